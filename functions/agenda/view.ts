import type { DeadlineView } from '#contracts/api/agenda.ts';
import { workingDaysBetween } from '#domain/calendar/calendar.ts';
import { possibleChanges, type DeadlineChange } from '#domain/deadline/change.ts';
import { deadlineLabels, type Deadline } from '#domain/deadline/deadline.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import type { Staff } from '#store/people.ts';

/** A deadline as staff see it, with what is left of it today. */
export function viewOf(
  deadline: Deadline,
  counting: Counting,
  today: CalendarDate,
  about?: string,
): DeadlineView {
  const { id, version, kind, of, units = [], startedAt, rules, due, provisional, status } = deadline;
  const { request, pausedOn, metAt, late } = deadline;
  const running = status === 'open' || status === 'paused';
  return {
    id,
    version,
    kind,
    label: deadlineLabels[kind],
    of,
    about,
    units,
    startedAt,
    rules,
    due,
    provisional,
    status,
    ...(running ? { remaining: workingDaysBetween(counting, pausedOn ?? today, due) } : {}),
    overdue: status === 'open' && today > due,
    request,
    pausedOn,
    metAt,
    late,
  };
}

/** What this person may do to the deadline now: those who keep it ask and resume, and another one of the lead section decides. */
export function mayDo(
  deadline: Deadline,
  { role, staffNo }: Staff,
  mayAsk: boolean,
  today: CalendarDate,
): DeadlineChange[] {
  return possibleChanges(deadline, today).filter((change) =>
    change === 'approve' || change === 'refuse'
      ? role === 'lead-section' && (change === 'refuse' || deadline.request?.by !== staffNo)
      : mayAsk,
  );
}
