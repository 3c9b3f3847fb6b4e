import { newEvent } from '#contracts/events.ts';
import { isWorkingDay } from '#domain/calendar/calendar.ts';
import { remind, type Deadline, type Reminder } from '#domain/deadline/deadline.ts';
import { deriveId } from '#domain/ids/derive.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { dateInShanghai, type Instant } from '#domain/time/time.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { scheduleFunction } from '#lambda/schedule.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { commit } from '#store/commit.ts';
import { deadlinesDue, updatedDeadline } from '#store/deadlines.ts';
import { openState } from '#store/store.ts';

const store = once(() => openState(environmentOf('deadlines').STATE_TABLE));
const calendar = once(stateCouncilCalendar);

export const handler = scheduleFunction('deadlines', sweep);

/**
 * Reminds of every deadline whose next rung has come, and escalates those past due (article 14). It looks only at what is
 * due, says each rung once however often it runs, and says nothing on a day without work.
 */
async function sweep(at: Instant, telemetry: Telemetry): Promise<void> {
  const today = dateInShanghai(at);
  if (!isWorkingDay(calendar(), today).working) {
    return;
  }
  for (const deadline of await deadlinesDue(store(), today)) {
    const reminder = remind(calendar(), deadline, today);
    if (reminder !== undefined && (await speak(deadline, reminder, at))) {
      telemetry.count(reminder.remaining < 0 ? 'DeadlinesOverdue' : 'DeadlinesReminded');
    }
  }
}

/** Commits one rung; false when someone met the deadline, or another sweep spoke, in the same moment. */
async function speak(
  deadline: Deadline,
  { remaining, level, next }: Reminder,
  at: Instant,
): Promise<boolean> {
  const rung = deriveId('R', deadline.id, dateInShanghai(at));
  try {
    const outcome = await commit(store(), {
      at,
      once: { consumer: 'deadlines', key: rung },
      writes: [updatedDeadline(next)],
      events: [
        newEvent('deadline.reminded', {
          time: at,
          about: { kind: 'deadline', id: deadline.id, version: next.version },
          correlation: deadline.correlation,
          causation: rung,
          actor: { kind: 'function', id: 'deadlines' },
          data: { deadline: deadline.kind, of: deadline.of, due: deadline.due, remaining, level },
        }),
      ],
    });
    return outcome.kind === 'done';
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'version-conflict') {
      return false;
    }
    throw error;
  }
}
