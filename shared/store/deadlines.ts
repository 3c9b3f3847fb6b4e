import { Deadline } from '#domain/deadline/deadline.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import { dueKey, duePartitions, dueThrough } from './keys.ts';
import { created, mustLoad, updated } from './records.ts';
import { queryAll, type StateTable } from './store.ts';

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

/** Deadlines whose next rung is on or before the day: the cost follows these, not what is stored. */
export async function deadlinesDue(store: StateTable, day: CalendarDate): Promise<Deadline[]> {
  const shards = await Promise.all(
    duePartitions.map((partition) =>
      queryAll(store, Deadline, { index: 'due', partition, through: dueThrough(day) }),
    ),
  );
  return shards.flat();
}
