import {
  Deadline,
  deadlineId,
  meetDeadline,
  restartDeadline,
  startDeadline,
  withdrawDeadline,
} from '#domain/deadline/deadline.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { answeringUnits, type DeadlineStep } from '#domain/inspection/deadlines.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { CalendarDate, type Instant } from '#domain/time/time.ts';
import type { Increment, StateWrite } from './commit.ts';
import {
  dayPlace,
  deadlineUnitKey,
  dueKey,
  duePartitions,
  dueThrough,
  leadKey,
  lists,
  monthThrough,
  openDeadlineKey,
  punctualityKey,
  stateKey,
} from './keys.ts';
import { created, mustLoad, updated } from './records.ts';
import { load, loadMany, queryAll, queryPage, type Page, type StateTable } from './store.ts';

/** In the list of those for which no unit answers, but the lead section. */
export const NO_UNIT = '-';

/** Behind all days: no sweep comes to a paused deadline, and whoever reads all of them does. */
const NEVER = CalendarDate.parse('9999-12-31');

/** Only an open or paused deadline has a place on the due index: a met one costs the sweep nothing. */
function placeOf({ id, status, nextRung }: Deadline) {
  return nextRung === undefined
    ? status === 'paused'
      ? dueKey(NEVER, id)
      : undefined
    : dueKey(nextRung, id);
}

/** Its place in the list of a unit, while it has to be kept. */
function listedFor(deadline: Deadline, unit: string) {
  const { kind, due, id } = deadline;
  return placeOf(deadline) === undefined
    ? {}
    : { listPk: lists.deadlinesOf(unit), listSk: `${kind}#${due}#${id}` };
}

/**
 * Its place among what the lead section keeps, or decides of: a request that waits, or a correction. It is one of the
 * record itself, on the index that deadlines leave free: settling the deadline takes it away, and nobody can forget to.
 */
function ofLead(deadline: Deadline) {
  const { kind, request, due, id, units = [], of } = deadline;
  const said = { requested: request !== undefined, own: units.length === 0 };
  return placeOf(deadline) !== undefined && (said.own || said.requested || kind === 'correct')
    ? leadKey({ kind, due, id, of, ...said })
    : {};
}

/** The whole deadline in the list of those of all units: a page of it is one query, and nothing is asked for again. */
function openPlace(deadline: Deadline): StateWrite {
  const { id, due } = deadline;
  return {
    key: openDeadlineKey(id),
    item:
      placeOf(deadline) === undefined
        ? { id }
        : { ...deadline, listPk: lists.openDeadlines, listSk: dayPlace(due, id) },
    expect: 'anything',
  };
}

function unitsOf({ units = [] }: Pick<Deadline, 'units'>): readonly string[] {
  return units.length === 0 ? [NO_UNIT] : units;
}

/** The record with its places in lists, and what this version adds to the figures of the units that answer for it. */
function written(deadline: Deadline, write: typeof created): StateWrite {
  const [first = NO_UNIT, ...others] = unitsOf(deadline);
  return {
    ...write('DEADLINE', deadline, {
      ...placeOf(deadline),
      ...listedFor(deadline, first),
      ...ofLead(deadline),
    }),
    beside: [
      openPlace(deadline),
      ...others.map((unit): StateWrite => ({
        key: deadlineUnitKey(deadline.id, unit),
        item: { id: deadline.id, of: deadline.of, ...listedFor(deadline, unit) },
        expect: 'anything',
      })),
    ],
    increments: incrementsOf(deadline),
  };
}

/** A deadline of a joint visit counts for each of its units. A tally of an earlier version was added with that. */
function incrementsOf(deadline: Deadline): Increment[] {
  const { kind, tally, version } = deadline;
  if (tally?.version !== version) return [];
  const { month, onTime, late } = tally;
  return unitsOf(deadline).map((unit) => ({
    key: punctualityKey(month, unit, kind),
    item: { month, unit, kind },
    add: { onTime, late },
  }));
}

export function createdDeadline(deadline: Deadline): StateWrite {
  return written(deadline, created);
}

export function updatedDeadline(deadline: Deadline): StateWrite {
  return written(deadline, updated);
}

/** @throws Refusal `not-found` */
export function loadDeadline(store: StateTable, id: string): Promise<Deadline> {
  return mustLoad(store, Deadline, 'DEADLINE', id);
}

/** Those of these deadlines that there are, in no order. */
export function knownDeadlines(store: StateTable, ids: readonly string[]): Promise<Deadline[]> {
  return loadMany(
    store,
    Deadline,
    ids.map((id) => stateKey('DEADLINE', id)),
  );
}

/**
 * The deadlines of an inspection after these steps, none of them stored yet.
 * @param calendar read when one of them is counted
 * @throws Refusal `not-found` for one to meet or withdraw that is not there
 */
export function steppedDeadlines(
  store: StateTable,
  calendar: () => Promise<Counting>,
  inspection: Pick<Inspection, 'id' | 'correlation' | 'items' | 'team'>,
  steps: readonly DeadlineStep[],
  at: Instant,
): Promise<Deadline[]> {
  const units = answeringUnits(inspection);
  return Promise.all(
    steps.map(async ({ kind, step }) => {
      const id = deadlineId(kind, inspection.id);
      if (step === 'start') {
        const known = await load(store, Deadline, stateKey('DEADLINE', id));
        const { correlation } = inspection;
        const of = { kind: 'inspection', id: inspection.id } as const;
        return known === undefined
          ? startDeadline(await calendar(), { id, kind, of, correlation, units, startedAt: at })
          : restartDeadline(await calendar(), known, at, units);
      }
      const open = await loadDeadline(store, id);
      return step === 'meet' ? meetDeadline(open, at) : withdrawDeadline(open);
    }),
  );
}

/** Stores a deadline in its first version or a later one. */
export function savedDeadline(deadline: Deadline): StateWrite {
  return deadline.version === 1 ? createdDeadline(deadline) : updatedDeadline(deadline);
}

/** Deadlines whose next rung is on or before the day: the cost follows these, not what is stored. */
export async function deadlinesDue(store: StateTable, day: CalendarDate): Promise<Deadline[]> {
  const shards = await Promise.all(
    duePartitions.map((partition) =>
      queryAll(store, Deadline, { index: 'due', partition, through: dueThrough(day) }),
    ),
  );
  return shards.flat();
}

/**
 * A page of the open and paused deadlines of all units, the earliest first. One whose day moves while somebody reads on is
 * given where it stands then: twice, or not at all. Whoever must not pass one over reads them by their rungs.
 * @param through only those that are due by the day
 */
export function deadlinesByDay(
  store: StateTable,
  limit: number,
  {
    through,
    after,
  }: {
    readonly through?: CalendarDate | undefined;
    readonly after?: Pick<Deadline, 'due' | 'id'> | undefined;
  },
): Promise<Page<Deadline>> {
  // A range that ends before it begins is no query.
  if (after !== undefined && through !== undefined && after.due > through)
    return Promise.resolve({ items: [] });
  return queryPage(store, Deadline, {
    ...OF_ALL_UNITS,
    limit,
    // Behind the place itself: no other begins with it.
    ...(after === undefined ? {} : { from: `${dayPlace(after.due, after.id)}!` }),
    ...(through === undefined ? {} : { through: dueThrough(through) }),
  });
}

/** All open and paused deadlines that are due by a day, the earliest first. */
export function deadlinesDueBy(store: StateTable, day: CalendarDate): Promise<Deadline[]> {
  return queryAll(store, Deadline, { ...OF_ALL_UNITS, through: dueThrough(day) });
}

/** All open and paused deadlines that are due from a month, `YYYY-MM`, through another one, the earliest first. */
export function deadlinesOfMonths(store: StateTable, from: string, to: string): Promise<Deadline[]> {
  return queryAll(store, Deadline, { ...OF_ALL_UNITS, from, through: monthThrough(to) });
}

const OF_ALL_UNITS = { index: 'list', partition: lists.openDeadlines } as const;

/** Where among the open deadlines a reader goes on: in which partition of the due index, and after which place. */
export interface DuePosition {
  readonly shard: number;
  readonly after?: string | undefined;
}

/** Before the first of the open deadlines. */
export const FIRST_DUE: DuePosition = { shard: 0 };

export interface OpenDeadlines {
  readonly deadlines: readonly Deadline[];
  readonly next?: DuePosition;
}

/**
 * Some of the open and paused deadlines, whenever they are due, from a position on; `next` is there when more may follow. One whose next
 * rung moves while somebody reads on may be given twice, and is never passed over: rungs move to later days.
 * @param limit how many at most
 */
export async function openDeadlines(
  store: StateTable,
  from: DuePosition,
  limit: number,
): Promise<OpenDeadlines> {
  const deadlines: Deadline[] = [];
  let { shard, after } = from;
  for (let partition = duePartitions[shard]; partition !== undefined; partition = duePartitions[shard]) {
    if (deadlines.length === limit) return { deadlines, next: { shard, after } };
    const page = await queryPage(store, Deadline, {
      index: 'due',
      partition,
      limit: limit - deadlines.length,
      // Behind the place itself: no other begins with it.
      ...(after === undefined ? {} : { from: `${after}!` }),
    });
    deadlines.push(...page.items);
    const last = page.items.at(-1);
    const place = last && placeOf(last);
    [shard, after] =
      page.next === undefined || place === undefined ? [shard + 1, undefined] : [shard, place.dueSk];
  }
  return { deadlines };
}
