import type { Counting } from '#domain/deadline/rules.ts';
import { recount } from '#domain/deadline/deadline.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import type { CalendarDate, Instant } from '#domain/time/time.ts';
import { commit } from '#store/commit.ts';
import { openDeadlines, type DuePosition } from '#store/deadlines.ts';
import { keptStep, savedStep, type RecountStep } from '#store/recounts.ts';
import type { StateTable } from '#store/store.ts';

/** A step of a recount: because of which event, its number from 0, from where on, and when. */
export interface Step {
  readonly cause: string;
  readonly step: number;
  readonly position: DuePosition;
  /** How many open deadlines it looks at. */
  readonly limit: number;
  readonly at: Instant;
  readonly today: CalendarDate;
}

/** What a step has to do: kept by the first attempt, and the same for every later one. */
export async function planned(
  store: StateTable,
  calendar: Counting,
  { cause, step, position, limit, at, today }: Step,
): Promise<RecountStep> {
  const kept = await keptStep(store, cause, step);
  if (kept !== undefined) return kept;
  const { deadlines, next } = await openDeadlines(store, position, limit);
  const ids = deadlines.filter((one) => recount(calendar, one, today) !== undefined).map(({ id }) => id);
  const found: RecountStep = { deadlines: ids, ...(next === undefined ? {} : { next }) };
  try {
    await commit(store, { at, writes: [savedStep(cause, step, found, 'absent')], events: [] });
    return found;
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason !== 'version-conflict') throw error;
    // A second copy of this step was faster; both do what the first one found.
    return (await keptStep(store, cause, step)) ?? found;
  }
}
