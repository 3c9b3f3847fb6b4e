import * as z from 'zod';
import { Month } from '#domain/deadline/deadline.ts';
import { Draw } from '#domain/draw/draw.ts';
import { ResultCount, SendingCount, TriggerCount, WarningCount } from '#domain/figures/figures.ts';
import { ResultCode } from '#domain/inspection/record.ts';
import type { Increment } from './commit.ts';
import { figureKey, figurePartition, monthThrough, lists } from './keys.ts';
import { queryAll, queryPage, type StateTable } from './store.ts';

/** What is counted, as it is stored: every member but the count is text. */
const stored = {
  triggers: TriggerCount.strip(),
  warnings: WarningCount.strip(),
  results: ResultCount.extend({ result: z.coerce.number().pipe(ResultCode) }).strip(),
  sendings: SendingCount.strip(),
} as const;
export type Counted = keyof typeof stored;

/** One more of something in a month. */
export interface Tally {
  readonly counted: Counted;
  readonly month: string;
  /** What tells the count from the others of the month, in the order of its key. */
  readonly by: Readonly<Record<string, string>>;
}

/**
 * One is added. Thousands of warnings may be raised in one morning, each in a transaction of its own: an event adds to one of
 * several rows, so that they don't all meet on one.
 */
export function tallied({ counted, month, by }: Tally, event: string): Increment {
  return {
    key: figureKey(counted, Month.parse(month), Object.values(by), event),
    item: { month, ...by },
    add: { count: 1 },
  };
}

/** The counts of some months, oldest first: one query, whatever was counted. */
export async function triggersCounted(store: StateTable, from: string, to: string): Promise<TriggerCount[]> {
  return summed(
    await rowsOf(store, 'triggers', stored.triggers, from, to),
    (row) => `${row.source}#${row.category}`,
  );
}

export async function warningsCounted(store: StateTable, from: string, to: string): Promise<WarningCount[]> {
  return summed(await rowsOf(store, 'warnings', stored.warnings, from, to), (row) => row.level);
}

export async function resultsCounted(store: StateTable, from: string, to: string): Promise<ResultCount[]> {
  return summed(
    await rowsOf(store, 'results', stored.results, from, to),
    (row) => `${row.unit}#${row.result}`,
  );
}

export async function sendingsCounted(store: StateTable, from: string, to: string): Promise<SendingCount[]> {
  return summed(
    await rowsOf(store, 'sendings', stored.sendings, from, to),
    (row) => `${row.unit}#${row.inspector}`,
  );
}

function rowsOf<T extends z.ZodType>(
  store: StateTable,
  counted: Counted,
  schema: T,
  from: string,
  to: string,
): Promise<z.infer<T>[]> {
  return queryAll(store, schema, { partition: figurePartition(counted), from, through: monthThrough(to) });
}

/** The rows of one count stand apart only in the store. They come in the order of their keys, and stay in it. */
function summed<Row extends { readonly month: string; readonly count: number }>(
  rows: readonly Row[],
  placeOf: (row: Row) => string,
): Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const key = `${row.month}#${placeOf(row)}`;
    sums.set(key, { ...row, count: row.count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()];
}

/** What the figures read of a draw: without its criteria, its beacon and how its teams came about. */
const ShownDraw = Draw.pick({ id: true, title: true, rule: true, committed: true, drawn: true });
type ShownDraw = z.infer<typeof ShownDraw>;

/** The newest draws, at most so many, by when they were proposed: one query. */
export async function newestDraws(store: StateTable, limit: number): Promise<ShownDraw[]> {
  const { items } = await queryPage(store, ShownDraw, {
    index: 'list',
    partition: lists.draws,
    newestFirst: true,
    limit,
    fields: ShownDraw.keyof().options,
  });
  return items;
}
