import * as z from 'zod';
import { addWorkingDays, workingDaysBetween, type WorkingDayCalendar } from '#domain/calendar/calendar.ts';
import { deriveId } from '#domain/ids/derive.ts';
import { CalendarDate, dateInShanghai, Instant } from '#domain/time/time.ts';
import { DeadlineKind } from './kind.ts';

export { DeadlineKind, deadlineLabels } from './kind.ts';

/** A kind whose day is counted; that of a follow-up is set when it is ordered. */
export type CountedKind = Exclude<DeadlineKind, 'follow-up'>;

/** Working days from the event that starts each deadline, the day of the event not counted (民法典 201条). */
export const defaultWorkingDays: Readonly<Record<CountedKind, number>> = {
  triage: 2,
  approve: 2,
  reveal: 1,
  match: 3,
  accept: 2,
  finish: 20,
  publish: 20,
  correct: 5,
  handover: 3,
  archive: 30,
};

/** Working days before the due day on which someone is reminded; past it, every working day. */
const LADDER = [10, 5, 3, 1, 0] as const;

/** One deadline of a kind for one record. */
export function deadlineId(kind: DeadlineKind, of: string): string {
  return deriveId('L', kind, of);
}

/** Whom a rung reaches: 0 the person who acts, 1 the unit too, 2 the supervisor too. */
export const EscalationLevel = z.int().min(0).max(2);

export const Deadline = z.object({
  id: z.string(),
  version: z.int().positive(),
  kind: DeadlineKind,
  of: z.object({
    kind: z.enum(['trigger', 'draw', 'inspection', 'correction', 'handover', 'follow-up']),
    id: z.string(),
  }),
  correlation: z.string(),
  startedAt: Instant,
  due: CalendarDate,
  /** How the day was counted; absent where it was set, and no calendar moves it. */
  count: z.object({ from: CalendarDate, workingDays: z.int().positive() }).optional(),
  /** True while the State Council has not announced a year that the count passes through. */
  provisional: z.boolean(),
  /** `withdrawn`: what it asked for is not asked for at present; it may be started again. */
  status: z.enum(['open', 'met', 'withdrawn']),
  /** The next day on which the sweep has something to say; absent unless it is open. */
  nextRung: CalendarDate.optional(),
  metAt: Instant.optional(),
  /** Met after the due day. */
  late: z.boolean().optional(),
});
export type Deadline = z.infer<typeof Deadline>;

/** What a deadline is of, and when it starts. */
type Start<Kind extends DeadlineKind> = Pick<Deadline, 'id' | 'of' | 'correlation' | 'startedAt'> & {
  readonly kind: Kind;
};

/**
 * Starts a deadline. Its day ends the count of working days from the event, whose own day is not counted
 * (民法典 201条, 行政处罚法 85条); it is over with that day in Asia/Shanghai.
 */
export function startDeadline(calendar: WorkingDayCalendar, fields: Start<CountedKind>): Deadline {
  const from = dateInShanghai(fields.startedAt);
  const workingDays = defaultWorkingDays[fields.kind];
  const { date: due, provisional } = addWorkingDays(calendar, from, workingDays);
  return { ...opened(calendar, fields, { due, provisional }), count: { from, workingDays } };
}

/** Starts a deadline whose day is set by whoever orders what is to be done (限期): it is that day, whatever becomes of the calendar. */
export function startDeadlineDue(
  calendar: WorkingDayCalendar,
  fields: Start<DeadlineKind>,
  due: CalendarDate,
): Deadline {
  return opened(calendar, fields, { due, provisional: false });
}

function opened(
  calendar: WorkingDayCalendar,
  fields: Start<DeadlineKind>,
  day: Pick<Deadline, 'due' | 'provisional'>,
): Deadline {
  const nextRung = rungAfter(calendar, day.due, dateInShanghai(fields.startedAt));
  return { ...fields, ...day, version: 1, status: 'open', nextRung };
}

/** The deadline once what it asked for was done. */
export function meetDeadline(deadline: Deadline, at: Instant): Deadline {
  const { nextRung: _, ...rest } = deadline;
  return {
    ...rest,
    version: deadline.version + 1,
    status: 'met',
    metAt: at,
    late: dateInShanghai(at) > deadline.due,
  };
}

/** The deadline started again: a new person has the whole time, whatever became of it before. */
export function restartDeadline(calendar: WorkingDayCalendar, deadline: Deadline, at: Instant): Deadline {
  const { id, kind, of, correlation, version } = deadline;
  if (kind === 'follow-up') {
    throw new TypeError(`${id} has a day that was set: it is not counted from another event`);
  }
  return {
    ...startDeadline(calendar, { id, kind, of, correlation, startedAt: at }),
    version: version + 1,
  };
}

/** The deadline while nobody can be asked to keep it: an inspection whose team changed is not to be finished before it is accepted anew. */
export function withdrawDeadline(deadline: Deadline): Deadline {
  const { nextRung: _, metAt: __, late: ___, ...rest } = deadline;
  return { ...rest, version: deadline.version + 1, status: 'withdrawn' };
}

/** The days on which whoever is sent may have to act: from today until the visit has to be finished, acceptance included. */
export function workWindow(
  calendar: WorkingDayCalendar,
  at: Instant,
): { readonly from: CalendarDate; readonly through: CalendarDate } {
  const from = dateInShanghai(at);
  const days = defaultWorkingDays.accept + defaultWorkingDays.finish;
  return { from, through: addWorkingDays(calendar, from, days).date };
}

/** What counting a deadline anew came to. `remaining`: working days to go from the day on which it was counted; 0 on the due day, negative once past. */
export interface Recount {
  readonly next: Deadline;
  readonly remaining: number;
}

/**
 * An open deadline counted by another calendar than before: a year's arrangement was announced or corrected. Undefined when
 * it is not open or nothing changes for it, neither its day nor whether that day is provisional.
 *
 * A rung that was not spoken yet is still spoken. A deadline whose new day has come or gone already is spoken of by the next
 * sweep, whatever its ladder said: a day that moves to before today must not pass in silence (article 14).
 * @param today in Asia/Shanghai
 */
export function recount(
  calendar: WorkingDayCalendar,
  deadline: Deadline,
  today: CalendarDate,
): Recount | undefined {
  const { count, status, version, nextRung } = deadline;
  if (count === undefined || status !== 'open' || nextRung === undefined) return undefined;
  const { date: due, provisional } = addWorkingDays(calendar, count.from, count.workingDays);
  if (due === deadline.due && provisional === deadline.provisional) return undefined;
  const rung = nextRung <= today ? nextRung : due <= today ? today : rungAfter(calendar, due, today);
  return {
    next: { ...deadline, version: version + 1, due, provisional, nextRung: rung },
    remaining: workingDaysBetween(calendar, today, due),
  };
}

/** Whom a deadline concerns so many working days before or after its day. */
export function escalation(remaining: number): number {
  return Math.min(2, Math.max(0, -remaining));
}

/** What the sweep of a working day says about a deadline that is due for attention. */
export interface Reminder {
  /** Working days to go: 0 on the due day, negative once past. */
  readonly remaining: number;
  readonly level: number;
  readonly next: Deadline;
}

/**
 * The rung that falls on `today`, or the latest one missed since (a sweep that did not run for a week speaks once, not
 * five times). Undefined when the deadline is not open or its next rung lies ahead. `today` is a working day in Asia/Shanghai.
 */
export function remind(
  calendar: WorkingDayCalendar,
  deadline: Deadline,
  today: CalendarDate,
): Reminder | undefined {
  if (deadline.status !== 'open' || deadline.nextRung === undefined || deadline.nextRung > today) {
    return undefined;
  }
  const remaining =
    today <= deadline.due
      ? workingDaysBetween(calendar, today, deadline.due)
      : -workingDaysBetween(calendar, deadline.due, today);
  return {
    remaining,
    level: escalation(remaining),
    next: { ...deadline, version: deadline.version + 1, nextRung: rungAfter(calendar, deadline.due, today) },
  };
}

/** The first day after `day` on which the ladder has a rung. */
function rungAfter(calendar: WorkingDayCalendar, due: CalendarDate, day: CalendarDate): CalendarDate {
  const ahead = LADDER.map((before) => addWorkingDays(calendar, due, -before).date).find(
    (rung) => rung > day,
  );
  return ahead ?? addWorkingDays(calendar, day > due ? day : due, 1).date;
}
