import { consequenceOf, newEvent, type EventOf, type MingchouEvent } from '#contracts/events.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { busFunction, type Handled } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { answeredBefore, commit } from '#store/commit.ts';
import { FIRST_DUE, type DuePosition } from '#store/deadlines.ts';
import { savedStep, type RecountStep } from '#store/recounts.ts';
import { openState } from '#store/store.ts';
import { moveAll } from './move.ts';
import { planned } from './plan.ts';

const environment = once(() => environmentOf('recount'));
const store = once(() => openState(environment().STATE_TABLE));
const reference = once(stateCouncilCalendar);

export const handler = busFunction('recount', {
  'calendar.adopted': (event, telemetry) =>
    recountStep(event, { cause: event.id, step: 0, position: FIRST_DUE }, telemetry),
  'calendar.recounting': (event, telemetry) => {
    const { cause, step, shard, after } = event.data;
    return recountStep(event, { cause, step, position: { shard, after } }, telemetry);
  },
});

interface At {
  readonly cause: string;
  readonly step: number;
  readonly position: DuePosition;
}

/**
 * Counts every open deadline anew when a year's arrangement was announced or corrected, step by step (article 14: the day
 * that is published by is the true one). Which deadlines a step moves is kept before it moves the first: a deadline that was
 * moved stands elsewhere on the index, and after a crash it would be missing from what people are told. Each deadline is a
 * commit of its own, marked by cause and deadline; the step ends in one whose event says where the next goes on.
 */
async function recountStep(
  event: EventOf<'calendar.adopted' | 'calendar.recounting'>,
  { cause, step, position }: At,
  telemetry: Telemetry,
): Promise<Handled> {
  if ((await answeredBefore(store(), 'recount', event.id)) !== undefined) return 'done-before';
  const today = dateInShanghai(event.time);
  const calendar = await workingDays(store(), reference());
  const limit = environment().RECOUNT_BATCH;
  const plan = await planned(store(), calendar, { cause, step, position, limit, at: event.time, today });
  const moves = await moveAll(store(), plan.deadlines, { cause, event, calendar, today });
  const { kind } = await commit(store(), {
    at: event.time,
    once: { consumer: 'recount', key: event.id },
    writes: [savedStep(cause, step, { ...plan, moves }, 'anything')],
    events: [following(event, cause, step + 1, plan)],
  });
  if (kind === 'done') telemetry.count('DeadlinesMoved', moves.length);
  return kind;
}

function following(
  event: EventOf<'calendar.adopted' | 'calendar.recounting'>,
  cause: string,
  steps: number,
  { next }: RecountStep,
): MingchouEvent {
  const facts = consequenceOf(event, 'recount', 'calendar', event.about);
  const { year } = event.data;
  return next === undefined
    ? newEvent('calendar.recounted', { ...facts, data: { year, cause, steps } })
    : newEvent('calendar.recounting', { ...facts, data: { year, cause, step: steps, ...next } });
}
