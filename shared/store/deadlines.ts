import type { WorkingDayCalendar } from '#domain/calendar/calendar.ts';
import {
  Deadline,
  deadlineId,
  meetDeadline,
  restartDeadline,
  startDeadline,
  withdrawDeadline,
} from '#domain/deadline/deadline.ts';
import type { DeadlineStep } from '#domain/inspection/deadlines.ts';
import type { CalendarDate, Instant } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import { dueKey, duePartitions, dueThrough, stateKey } from './keys.ts';
import { created, mustLoad, updated } from './records.ts';
import { load, loadMany, queryAll, queryPage, type StateTable } from './store.ts';

/** Only an open deadline has a place on the due index: a met one costs the sweep nothing. */
function dueIndex(deadline: Deadline) {
  return deadline.nextRung === undefined ? {} : dueKey(deadline.nextRung, deadline.id);
}

export function createdDeadline(deadline: Deadline): StateWrite {
  return created('DEADLINE', deadline, dueIndex(deadline));
}

export function updatedDeadline(deadline: Deadline): StateWrite {
  return updated('DEADLINE', deadline, dueIndex(deadline));
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
  calendar: () => Promise<WorkingDayCalendar>,
  inspection: { readonly id: string; readonly correlation: string },
  steps: readonly DeadlineStep[],
  at: Instant,
): Promise<Deadline[]> {
  return Promise.all(
    steps.map(async ({ kind, step }) => {
      const id = deadlineId(kind, inspection.id);
      if (step === 'start') {
        const known = await load(store, Deadline, stateKey('DEADLINE', id));
        const { correlation } = inspection;
        const of = { kind: 'inspection', id: inspection.id } as const;
        return known === undefined
          ? startDeadline(await calendar(), { id, kind, of, correlation, startedAt: at })
          : restartDeadline(await calendar(), known, at);
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
 * Some of the open deadlines, whenever they are due, from a position on; `next` is there when more may follow. One whose next
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
    [shard, after] =
      page.next === undefined || last?.nextRung === undefined
        ? [shard + 1, undefined]
        : [shard, dueKey(last.nextRung, last.id).dueSk];
  }
  return { deadlines };
}
