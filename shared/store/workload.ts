import * as z from 'zod';
import { Inspection } from '#domain/inspection/inspection.ts';
import {
  ListedInspection,
  phaseOf,
  type InspectionPhase,
  type InspectionTally,
} from '#domain/inspection/listing.ts';
import { workload, workloadsOf, type Workload } from '#domain/inspection/workload.ts';
import type { Inspector } from '#domain/inspector/inspector.ts';
import { startOfDay, type CalendarDate } from '#domain/time/time.ts';
import { listedPartition, lists, onHandPartition, stateKey } from './keys.ts';
import { loadMany, queryAll, type StateTable } from './store.ts';

/*
 * How much inspectors have to do for their unit, from rows that are committed with each inspection (docs/decisions/0031): of all
 * of a unit from its list, of one of them from their own rows. There is no count that could differ from either.
 */

const Visit = ListedInspection.pick({ status: true, team: true });
const VISIT_FIELDS = Object.keys(Visit.shape);

interface UnitReading {
  readonly unit: string;
  /** Visits that were assigned on this day or later count as given. */
  readonly since: CalendarDate;
  /** Of the unit. */
  readonly tally: InspectionTally;
}

/** The phases of visits that are not published. */
const OPEN = ['unrecorded', 'to-publish'] as const satisfies readonly InspectionPhase[];

/**
 * How much each of a unit's people has to do, by staff number; whoever has nothing is absent. One query, whose pages follow the
 * visits since the day and not the people. Visits that are open for longer are asked for only in a phase of which the tally knows
 * another number than was found; the index lags by moments, and then there may be none.
 */
export async function workloadsIn(
  store: StateTable,
  { unit, since, tally }: UnitReading,
): Promise<ReadonlyMap<string, Workload>> {
  const start = startOfDay(since);
  const given = await queryAll(store, Visit, {
    index: 'due',
    partition: listedPartition(unit),
    from: start,
    fields: VISIT_FIELDS,
  });
  const short = OPEN.filter(
    (phase) => given.filter((visit) => phaseOf(visit) === phase).length !== tally[phase],
  );
  const older = await Promise.all(
    short.map((phase) =>
      queryAll(store, Visit, {
        index: 'list',
        partition: lists.listed(unit, phase),
        through: start,
        fields: VISIT_FIELDS,
      }),
    ),
  );
  return workloadsOf(unit, given, older.flat());
}

/** A row of somebody in the list of their visits. One that an earlier version has stored names no unit: it counts for theirs. */
const Own = z.object({ inspection: z.string(), unit: z.string().optional() });
const OWN_FIELDS = Object.keys(Own.shape);
const Stage = z.object({ status: Inspection.shape.status });

/** The same of one inspector, in three requests: two lists of their own, and the states of what they have on hand. */
export async function workloadOf(
  store: StateTable,
  { staffNo, unit }: Pick<Inspector, 'staffNo' | 'unit'>,
  since: CalendarDate,
): Promise<Workload> {
  const own = (row: z.infer<typeof Own>): boolean => row.unit === undefined || row.unit === unit;
  const [onHand, given] = await Promise.all([
    queryAll(store, Own, { index: 'due', partition: onHandPartition(staffNo), fields: OWN_FIELDS }),
    queryAll(store, Own, {
      index: 'list',
      partition: lists.inspectionsOf(staffNo),
      from: startOfDay(since),
      fields: OWN_FIELDS,
    }),
  ]);
  const stages = await loadMany(
    store,
    Stage,
    onHand.filter(own).map(({ inspection }) => stateKey('INSPECTION', inspection)),
    ['status'],
  );
  return workload(
    stages.map(({ status }) => status),
    given.filter(own).length,
  );
}
