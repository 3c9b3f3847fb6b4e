import * as z from 'zod';
import {
  addWorkingDays,
  isWorkingDay,
  lastAnnouncedYear,
  type WorkingDayCalendar,
  workingDaysBetween,
} from '#domain/calendar/calendar.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { addDays, CalendarDate, weekday } from '#domain/time/time.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { argument } from './argument.ts';
import { UsageError } from './failure.ts';
import { print } from './output.ts';

const Whole = z
  .string()
  .regex(/^[+-]?\d{1,6}$/)
  .transform(Number);

/** `workdays add DATE N` */
export function add(dateText: string, nText: string): void {
  const date = dateOf('DATE', dateText);
  const n = argument('N', Whole, nText, 'a whole number of working days, e.g. 20 or -3');
  const calendar = stateCouncilCalendar();
  const found = within(calendar, () => addWorkingDays(calendar, date, n));
  print(
    found.date +
      (found.provisional ? `  ${provisional(calendar, unannounced(calendar, date, found.date))}` : ''),
  );
}

/** `workdays between A B` */
export function between(fromText: string, toText: string): void {
  const from = dateOf('A', fromText);
  const to = dateOf('B', toText);
  const calendar = stateCouncilCalendar();
  const count = within(calendar, () => workingDaysBetween(calendar, from, to));
  const years = unannounced(calendar, from, to);
  const reason = years.length > 0 ? `  ${provisional(calendar, years)}` : '';
  print(`${count}${reason}`);
}

/** `workdays is DATE` */
export function is(dateText: string): void {
  const date = dateOf('DATE', dateText);
  const calendar = stateCouncilCalendar();
  const day = within(calendar, () => isWorkingDay(calendar, date));
  const reason = day.provisional ? `  ${provisional(calendar, [Number(date.slice(0, 4))])}` : '';
  print(
    `${date} ${day.working ? 'working day 工作日' : 'day off 休息日'} (${why(calendar, date, day.working)})${reason}`,
  );
}

function why(calendar: WorkingDayCalendar, date: CalendarDate, working: boolean): string {
  if (working) {
    return weekday(date) > 5 ? 'make-up working day 调休上班' : 'weekday';
  }
  if (calendar.statutoryHolidays[date.slice(0, 4)]?.includes(date) === true) {
    return 'holiday by law 法定节假日';
  }
  const arranged = Object.values(calendar.years).some(({ holidays }) => holidays.includes(date));
  return arranged ? 'holiday arrangement 放假安排' : 'weekend 周末';
}

function dateOf(name: string, text: string): CalendarDate {
  return argument(name, CalendarDate, text, 'a day that exists, as YYYY-MM-DD, e.g. 2026-03-02');
}

/** The years that a count from one day to another passes through and that are not announced. The first day is not counted. */
function unannounced(calendar: WorkingDayCalendar, from: CalendarDate, to: CalendarDate): number[] {
  if (from === to) {
    return [];
  }
  const start = Number(addDays(from, from < to ? 1 : -1).slice(0, 4));
  const end = Number(to.slice(0, 4));
  const [first, last] = [Math.min(start, end), Math.max(start, end)];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
    (year) => calendar.years[String(year)] === undefined,
  );
}

function provisional(calendar: WorkingDayCalendar, years: readonly number[]): string {
  return `provisional: no arrangement (放假安排) of ${years.join(', ')} is known here, the last is that of ${lastAnnouncedYear(calendar)}; holidays by law are counted, 调休 is not`;
}

/** A count that leaves the calendar's years is wrong use: they are the ones that would be accepted. */
function within<T>(calendar: WorkingDayCalendar, count: () => T): T {
  try {
    return count();
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'calendar-too-short') {
      const years = Object.keys(calendar.statutoryHolidays).toSorted();
      throw new UsageError(`${error.message} The count must stay within ${years[0]} to ${years.at(-1)}.`);
    }
    throw error;
  }
}
