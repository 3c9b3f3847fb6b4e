import * as z from 'zod';
import { NO_CAPACITY, NOTHING_SCANNED, scanId, ScanPart, ScanRun, type ToWeigh } from '#domain/risk/scan.ts';
import { dateInShanghai, CalendarDate, type Instant } from '#domain/time/time.ts';
import { CohortPosition } from './cohort.ts';
import type { StateWrite } from './commit.ts';
import { dueThrough, lists, PASS_PARTITION, REVIEW_SHARDS, reviewPartitions, stateKey } from './keys.ts';
import { created, mustLoad, updated } from './records.ts';
import { Pass } from './risk-rules.ts';
import { load, loadMany, queryAll, queryPage, type StateTable } from './store.ts';

/** The part that looks at the whole library after a rule has changed; the others are the shards of what is due. */
export const PASS_PART = REVIEW_SHARDS;

const listed = (run: ScanRun) => ({ listPk: lists.scans, listSk: run.day });
const partId = (run: string, part: number): string => `${run}#${part}`;

/** The parts that have anything to look at by the day: on a day on which nothing is due a scan is over when it begins. */
export async function partsWithWork(store: StateTable, day: CalendarDate): Promise<number[]> {
  const [lap, passes, ...due] = await Promise.all([
    loadLap(store),
    duePasses(store, 'subject', day),
    ...reviewPartitions.map((_, part) => dueSubjects(store, part, { day, limit: 1 })),
  ]);
  const shards = due.flatMap(({ length }, part) => (length === 0 ? [] : [part]));
  const isUnderWay = lap !== undefined && lap.finishedOn === undefined;
  return isUnderWay || passes.length > 0 ? [...shards, PASS_PART] : shards;
}

/**
 * The records of a scan that begins: the run and its parts. Committing them fails when that day's scan has begun.
 * @param weighing what is to be weighed at once, when there is no part at all
 */
export function startedScan(
  at: Instant,
  numbers: readonly number[],
  weighing: ToWeigh = { toWeigh: [], passes: [] },
): { readonly run: ScanRun; readonly parts: readonly ScanPart[]; readonly writes: StateWrite[] } {
  const day = dateInShanghai(at);
  const none = { counts: NOTHING_SCANNED, capacity: NO_CAPACITY, territories: [] };
  const isToWeigh = weighing.toWeigh.length > 0 || weighing.passes.length > 0;
  const status = numbers.length > 0 ? 'running' : isToWeigh ? 'weighing' : 'finished';
  const run: ScanRun = {
    id: scanId(day),
    version: 1,
    day,
    status,
    startedAt: at,
    ...(status === 'finished' ? { finishedAt: at } : {}),
    parts: [...numbers],
    open: [...numbers],
    ...none,
    ...weighing,
    cohorts: { looked: 0, fired: 0, coolingDown: 0, failed: 0 },
  };
  const parts = numbers.map((part): ScanPart => ({
    id: partId(run.id, part),
    version: 1,
    run: run.id,
    part,
    status: 'running',
    ...none,
  }));
  return {
    run,
    parts,
    writes: [created('SCAN', run, listed(run)), ...parts.map((part) => created('SCAN', part))],
  };
}

export function updatedRun(run: ScanRun): StateWrite {
  return updated('SCAN', run, listed(run));
}

export function updatedPart(part: ScanPart): StateWrite {
  return updated('SCAN', part);
}

/** @throws Refusal `not-found` */
export function loadRun(store: StateTable, id: string): Promise<ScanRun> {
  return mustLoad(store, ScanRun, 'SCAN', id);
}

export function runOf(store: StateTable, day: CalendarDate): Promise<ScanRun | undefined> {
  return load(store, ScanRun, stateKey('SCAN', scanId(day)));
}

/** @throws Refusal `not-found` */
export function loadPart(store: StateTable, run: string, part: number): Promise<ScanPart> {
  return mustLoad(store, ScanPart, 'SCAN', partId(run, part));
}

/** The parts of a run, in their order. */
export async function partsOf(store: StateTable, { id, parts }: ScanRun): Promise<ScanPart[]> {
  const found = await loadMany(
    store,
    ScanPart,
    parts.map((part) => stateKey('SCAN', partId(id, part))),
  );
  return found.toSorted((a, b) => a.part - b.part);
}

/** Scans, newest first. */
export async function newestScans(store: StateTable, limit: number): Promise<ScanRun[]> {
  const page = await queryPage(store, ScanRun, {
    index: 'list',
    partition: lists.scans,
    newestFirst: true,
    limit,
  });
  return page.items;
}

const Due = z.object({ id: z.string(), dueSk: z.string() });

/** Subjects of a shard that are due by the day, from the one after `after` on, with their places on the index. */
export async function dueSubjects(
  store: StateTable,
  part: number,
  {
    day,
    after,
    limit,
  }: { readonly day: CalendarDate; readonly after?: string | undefined; readonly limit: number },
): Promise<z.infer<typeof Due>[]> {
  const partition = reviewPartitions[part];
  if (partition === undefined) throw new RangeError(`there is no shard ${part} of what is due`);
  const { items } = await queryPage(store, Due, {
    index: 'due',
    partition,
    through: dueThrough(day),
    limit,
    ...(after === undefined ? {} : { after: positionAt(partition, after) }),
  });
  return items;
}

/** The index goes on behind a place whether or not a record still stands there. */
function positionAt(duePk: string, dueSk: string): Record<string, string> {
  return { duePk, dueSk, ...stateKey('REVIEW', dueSk.slice(dueSk.indexOf('#') + 1)) };
}

/** The pass over the whole library that is under way: a slice of it each morning. */
export const Lap = z.object({
  id: z.literal('lap'),
  version: z.int().positive(),
  startedOn: CalendarDate,
  finishedOn: CalendarDate.optional(),
  /** What asked for it. */
  passes: z.array(Pass),
  position: CohortPosition.optional(),
  evaluated: z.int().nonnegative(),
});
export type Lap = z.infer<typeof Lap>;

export function loadLap(store: StateTable): Promise<Lap | undefined> {
  return load(store, Lap, stateKey('PASS', 'lap'));
}

export function savedLap(lap: Lap): StateWrite {
  return lap.version === 1 ? created('PASS', lap) : updated('PASS', lap);
}

/** The passes that are due by the day and not done. */
export async function duePasses(store: StateTable, about: Pass['about'], day: CalendarDate): Promise<Pass[]> {
  const due = await queryAll(store, Pass, {
    index: 'due',
    partition: PASS_PARTITION,
    through: dueThrough(day),
  });
  return due.filter((pass) => pass.about === about);
}

/** Takes passes that are done off the index, as far as no rule has asked for another one meanwhile. */
export async function passesDone(
  store: StateTable,
  done: readonly Pick<Pass, 'id' | 'digest'>[],
): Promise<StateWrite[]> {
  const keys = done.map(({ id }) => stateKey('PASS', id));
  const now = await loadMany(store, Pass, keys);
  return now
    .filter(({ id, digest }) => done.some((pass) => pass.id === id && pass.digest === digest))
    .map((pass) => ({ key: stateKey('PASS', pass.id), item: pass, expect: { digest: pass.digest } }));
}
