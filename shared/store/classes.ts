import * as z from 'zod';
import { Month } from '#domain/deadline/deadline.ts';
import type { MonthsChange } from '#domain/figures/classes.ts';
import { monthScanned, type ClassChange } from '#domain/risk/classes.ts';
import type { ScanPart, ScanRun } from '#domain/risk/scan.ts';
import type { Increment } from './commit.ts';
import { CLASSES_PARTITION, classesKey, monthThrough } from './keys.ts';
import { queryAll, type StateTable } from './store.ts';

interface Place {
  readonly run: Pick<ScanRun, 'day'>;
  readonly part: Pick<ScanPart, 'part'>;
}

/**
 * What a part of a scan adds to the counts of classes, in the month that it looks at: nothing where as many came as went. It
 * goes into the transaction that says how each subject is counted now, so that no class is counted twice or left out.
 */
export function classIncrements({ run, part }: Place, change: ClassChange): Increment[] {
  const month = monthScanned(run.day);
  return Object.keys(change).length === 0
    ? []
    : [{ key: classesKey(month, part.part), item: { month }, add: change }];
}

const added = z.int().default(0);
const Row = z.object({ month: Month, A: added, B: added, C: added, D: added, unclassed: added });

/** All that was added to the counts of classes through a month: one query of some hundred rows a year, however many subjects. */
export function classesCounted(store: StateTable, through: string): Promise<MonthsChange[]> {
  return queryAll(store, Row, { partition: CLASSES_PARTITION, through: monthThrough(through) });
}
