import * as z from 'zod';
import { nextWorkingDay, workingDayFrom, type WorkingDayCalendar } from '#domain/calendar/calendar.ts';
import { dateInShanghai, later, startOfDay, type CalendarDate, type Instant } from '#domain/time/time.ts';

/** Messages go out 08:30 to 18:00 on working days. */
const OPENS = '08:30';
const CLOSES = '18:00';
/** The reminders of a morning are written at 08:30; what goes out ten minutes later lists them too. */
const DIGEST = '08:40';
/** Whoever wants no messages at all would not hear of an overdue deadline. */
const LEAST_OPEN_MINUTES = 60;

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM, e.g. 12:00');

/** Hours of the working day in which somebody wants no messages; what comes in them goes out after. */
export const QuietHours = z
  .strictObject({ from: TimeOfDay, to: TimeOfDay })
  .refine(({ from, to }) => OPENS <= from && from < to && to <= CLOSES, {
    error: `须在 ${OPENS} 至 ${CLOSES} 之内，且先后有序 within ${OPENS} to ${CLOSES}, the beginning first`,
  })
  .refine(
    ({ from, to }) => minutes(CLOSES) - minutes(OPENS) - (minutes(to) - minutes(from)) >= LEAST_OPEN_MINUTES,
    {
      error: `每个工作日须留至少 ${LEAST_OPEN_MINUTES} 分钟接收消息 leave at least ${LEAST_OPEN_MINUTES} minutes of a working day`,
    },
  );
export type QuietHours = z.infer<typeof QuietHours>;

/**
 * The first moment, not before this one, at which a message may go out to somebody: in the hours of a working day and outside
 * their own quiet hours.
 * @throws Refusal `calendar-too-short` when no known year has such a moment
 */
export function sendableFrom(calendar: WorkingDayCalendar, at: Instant, quiet?: QuietHours): Instant {
  const today = dateInShanghai(at);
  for (let { date } = workingDayFrom(calendar, today); ; { date } = nextWorkingDay(calendar, date)) {
    const open = latest(at, momentOf(date, OPENS));
    const moment =
      quiet !== undefined && open >= momentOf(date, quiet.from)
        ? latest(open, momentOf(date, quiet.to))
        : open;
    if (moment < momentOf(date, CLOSES)) return moment;
  }
}

/** When what is written at this moment goes out together with the rest of a working morning: the first such moment after it. */
export function digestAfter(calendar: WorkingDayCalendar, at: Instant): Instant {
  const today = momentOf(workingDayFrom(calendar, dateInShanghai(at)).date, DIGEST);
  return at < today ? today : momentOf(nextWorkingDay(calendar, dateInShanghai(at)).date, DIGEST);
}

function momentOf(date: CalendarDate, time: string): Instant {
  return later(startOfDay(date), minutes(time) * 60_000);
}

function minutes(time: string): number {
  const [hours = 0, minute = 0] = time.split(':').map(Number);
  return hours * 60 + minute;
}

function latest(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}
