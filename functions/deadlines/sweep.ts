import { newEvent } from '#contracts/events.ts';
import { isWorkingDay } from '#domain/calendar/calendar.ts';
import { recount, remind, type Deadline, type Reminder } from '#domain/deadline/deadline.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { deriveId } from '#domain/ids/derive.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { dateInShanghai, type Instant } from '#domain/time/time.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { commit, type Commit } from '#store/commit.ts';
import { deadlinesDue, updatedDeadline } from '#store/deadlines.ts';
import { movedDeadline } from '#store/recounts.ts';
import type { StateTable } from '#store/store.ts';

/** What a sweep works with: the table, the calendar and rules as they are now, and whom it tells how much it did. */
interface Around {
  readonly store: StateTable;
  readonly counting: Counting;
  readonly telemetry: Pick<Telemetry, 'count'>;
}

/**
 * Reminds of every deadline whose next rung has come, and escalates those past due (article 14). It looks only at what is
 * due, says each rung once however often it runs, and says nothing on a day without work.
 */
export async function sweep(around: Around, at: Instant): Promise<void> {
  const { store, counting, telemetry } = around;
  const today = dateInShanghai(at);
  if (!isWorkingDay(counting, today).working) {
    return;
  }
  for (const found of await deadlinesDue(store, today)) {
    const deadline = await countedBy(around, found, at);
    const reminder = deadline && remind(counting, deadline, today);
    if (deadline !== undefined && reminder !== undefined && (await speak(store, deadline, reminder, at))) {
      telemetry.count(reminder.remaining < 0 ? 'DeadlinesOverdue' : 'DeadlinesReminded');
    }
  }
}

/**
 * The deadline with the day that the calendar gives. Whoever started it in the moment in which a year was imported may have
 * counted by the calendar before, too late for the recount to see it: it is moved here, before its day can pass. Undefined
 * when somebody else was faster.
 */
async function countedBy(
  { store, counting }: Around,
  deadline: Deadline,
  at: Instant,
): Promise<Deadline | undefined> {
  const anew = recount(counting, deadline, dateInShanghai(at));
  if (anew === undefined) return deadline;
  const causation = deriveId('R', 'recount', deadline.id, deadline.version);
  const { writes, events } = await movedDeadline(store, deadline, anew, {
    time: at,
    causation,
    actor: { kind: 'function', id: 'deadlines' },
  });
  const moved = await unlessChanged(store, {
    at,
    once: { consumer: 'deadlines', key: causation },
    writes,
    events,
  });
  return moved ? anew.next : undefined;
}

/** Commits one rung; false when someone met the deadline, or another sweep spoke, in the same moment. */
async function speak(
  store: StateTable,
  deadline: Deadline,
  { remaining, level, reaches, next }: Reminder,
  at: Instant,
): Promise<boolean> {
  const rung = deriveId('R', deadline.id, dateInShanghai(at));
  return unlessChanged(store, {
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
        data: {
          deadline: deadline.kind,
          of: deadline.of,
          due: deadline.due,
          remaining,
          level,
          reaches: [...reaches],
          units: deadline.units ?? [],
        },
      }),
    ],
  });
}

/** False when a record was changed by somebody else meanwhile, or this was done before. */
async function unlessChanged(store: StateTable, change: Commit): Promise<boolean> {
  try {
    return (await commit(store, change)).kind === 'done';
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'version-conflict') {
      return false;
    }
    throw error;
  }
}
