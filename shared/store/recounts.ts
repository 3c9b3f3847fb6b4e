import * as z from 'zod';
import type { EventFacts } from '#contracts/catalogue.ts';
import { newEvent } from '#contracts/events.ts';
import { Deadline, DeadlineKind, type Recount } from '#domain/deadline/deadline.ts';
import { Reached } from '#domain/deadline/rules.ts';
import { CalendarDate } from '#domain/time/time.ts';
import type { Commit, StateWrite } from './commit.ts';
import { updatedDeadline } from './deadlines.ts';
import { changedInspection, loadInspection } from './inspections.ts';
import { PAGE_PREFIX, pageKey, recountPartition } from './keys.ts';
import { load, queryAll, type StateTable } from './store.ts';

/** A deadline that a recount moved, or made certain or provisional. */
export const DeadlineMove = z.object({
  kind: DeadlineKind,
  of: Deadline.shape.of,
  from: CalendarDate,
  to: CalendarDate,
  provisional: z.boolean(),
  /** Working days to go on the day of the recount; 0 on the due day, negative once past. */
  remaining: z.int(),
  /** Whom it concerns, and the units that answer for it. */
  reaches: z.array(Reached),
  units: z.array(z.string()),
});
export type DeadlineMove = z.infer<typeof DeadlineMove>;

/**
 * Stores a deadline that was counted anew, with its event. An inspection keeps the day of its publication too: both move in
 * one commit, or whether it was published in time would depend on whom one asks.
 */
export async function movedDeadline(
  store: StateTable,
  before: Deadline,
  { next: counted, remaining, reaches }: Recount,
  facts: Pick<EventFacts, 'time' | 'causation' | 'actor'>,
): Promise<Pick<Commit, 'writes' | 'events'> & { readonly move: DeadlineMove }> {
  const next = { ...counted, movedAt: facts.time };
  const { id, kind, of, correlation, due: to, provisional, units = [] } = next;
  const move = { kind, of, from: before.due, to, provisional, remaining, reaches: [...reaches], units };
  return {
    writes: [updatedDeadline(next), ...(kind === 'publish' ? await movedPublication(store, next) : [])],
    events: [
      newEvent('deadline.moved', {
        ...facts,
        about: { kind: 'deadline', id, version: next.version },
        correlation,
        data: { deadline: kind, of, from: move.from, to, provisional, remaining },
      }),
    ],
    move,
  };
}

async function movedPublication(
  store: StateTable,
  { of, due, provisional }: Deadline,
): Promise<StateWrite[]> {
  const inspection = await loadInspection(store, of.id);
  return changedInspection(inspection, {
    ...inspection,
    version: inspection.version + 1,
    publishBy: { date: due, provisional },
  });
}

/** What one step of a recount found to count anew, before it moves any; and, once it has, what it moved. */
export const RecountStep = z.object({
  deadlines: z.array(z.string()),
  /** Where the next step goes on; absent after the last. */
  next: z.object({ shard: z.int(), after: z.string().optional() }).optional(),
  moves: z.array(DeadlineMove).optional(),
});
export type RecountStep = z.infer<typeof RecountStep>;

/** The step as it was kept; undefined before it was. */
export function keptStep(store: StateTable, cause: string, step: number): Promise<RecountStep | undefined> {
  return load(store, RecountStep, pageKey(recountPartition(cause), step));
}

export function savedStep(
  cause: string,
  step: number,
  item: RecountStep,
  expect: 'absent' | 'anything',
): StateWrite {
  return { key: pageKey(recountPartition(cause), step), item, expect };
}

/** Everything that a finished recount moved. */
export async function movesOf(store: StateTable, cause: string): Promise<DeadlineMove[]> {
  const steps = await queryAll(store, RecountStep, {
    partition: recountPartition(cause),
    prefix: PAGE_PREFIX,
  });
  return steps.flatMap(({ moves = [] }) => moves);
}
