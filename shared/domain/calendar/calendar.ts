import * as z from 'zod';
import { addDays, CalendarDate, weekday } from '#domain/time/time.ts';
import { Refusal } from '#domain/refusal/refusal.ts';

/** A calendar year as the key of a record: `2026`. */
const Year = z.string().regex(/^\d{4}$/, 'a year of four digits, e.g. 2026');

/** One year's arrangement as the State Council's General Office announces it (国务院办公厅关于部分节假日安排的通知). */
export const YearArrangement = z.strictObject({
  /** Days off, weekend days inside the break included. */
  holidays: z.array(CalendarDate).min(1),
  /** Saturdays and Sundays on which people work instead (调休上班). */
  makeUpWorkdays: z.array(CalendarDate),
});
export type YearArrangement = z.infer<typeof YearArrangement>;

const CalendarShape = z.strictObject({
  /** Announced years. A year that is absent here has not been announced, whatever else is known of it. */
  years: z.record(Year, YearArrangement),
  /**
   * The days that the law itself frees (全国年节及纪念日放假办法 第二条), for years to come as well. They stand in
   * for an arrangement that has not been announced; without make-up days the answer is provisional.
   */
  statutoryHolidays: z.record(Year, z.array(CalendarDate)),
});

/** What can't be right in an announced year: the day, and in both languages what is wrong with it. */
export interface CalendarFault {
  readonly path: readonly (string | number)[];
  readonly date: CalendarDate;
  readonly message: string;
}

/**
 * The working days of Asia/Shanghai as a value: what has been announced, and what the law says of years that
 * have not been announced. Everything below is a pure function of it. It is never changed in place: keep one value
 * and pass it round, since the index of its days is built once per value.
 */
export const WorkingDayCalendar = CalendarShape.superRefine((calendar, context) => {
  for (const fault of calendarFaults(calendar)) {
    context.addIssue({ code: 'custom', path: [...fault.path], message: fault.message });
  }
});
export type WorkingDayCalendar = z.infer<typeof CalendarShape>;

/** A day found by counting. `provisional`: a day of a year that has not been announced was counted on the way. */
export interface CountedDate {
  readonly date: CalendarDate;
  readonly provisional: boolean;
}

/**
 * Whether people work that day; `provisional` when its year has not been announced.
 * The last days of December belong to their own year here, although next year's arrangement may still move them
 * (2018-12-29 became a working day that way), so a new arrangement recomputes every open deadline, not only provisional ones.
 * @throws Refusal `calendar-too-short` for a year of which neither arrangement nor law is known.
 */
export function isWorkingDay(
  calendar: WorkingDayCalendar,
  date: CalendarDate,
): { readonly working: boolean; readonly provisional: boolean } {
  const year = date.slice(0, 4);
  const provisional = calendar.years[year] === undefined;
  if (provisional && calendar.statutoryHolidays[year] === undefined) {
    throw new Refusal(
      'calendar-too-short',
      `工作日历不含 ${year} 年 The working-day calendar knows nothing of ${year}.`,
    );
  }
  return { working: exceptionsOf(calendar).get(date) ?? weekday(date) <= 5, provisional };
}

/**
 * The n-th working day after the date (before it when n is negative). The date itself is not counted (民法典
 * 第二百零一条), whether or not it is a working day; n = 0 gives the date itself.
 * @param n whole number of working days
 * @throws RangeError when n is not whole; Refusal `calendar-too-short` when the count leaves the known years.
 */
export function addWorkingDays(calendar: WorkingDayCalendar, date: CalendarDate, n: number): CountedDate {
  if (!Number.isSafeInteger(n)) throw new RangeError(`${n} is not a whole number of working days`);
  const step = Math.sign(n);
  let at = date;
  let provisional = false;
  for (let left = Math.abs(n); left > 0;) {
    at = addDays(at, step);
    const day = isWorkingDay(calendar, at);
    provisional ||= day.provisional;
    if (day.working) left -= 1;
  }
  return { date: at, provisional };
}

/**
 * How many working days lie after `from` up to and including `to`; when `to` is earlier, how many lie from `to`
 * up to but without `from`, as a negative number. So it undoes addWorkingDays in both directions.
 * @throws Refusal `calendar-too-short` when the span leaves the known years.
 */
export function workingDaysBetween(
  calendar: WorkingDayCalendar,
  from: CalendarDate,
  to: CalendarDate,
): number {
  const step = to < from ? -1 : 1;
  let count = 0;
  for (let at = from; at !== to;) {
    at = addDays(at, step);
    if (isWorkingDay(calendar, at).working) count += step;
  }
  return count;
}

/** The first working day after the date, never the date itself. */
export function nextWorkingDay(calendar: WorkingDayCalendar, date: CalendarDate): CountedDate {
  return addWorkingDays(calendar, date, 1);
}

/** The date itself when people work that day, else the next working day: where a period that ends on a day off ends (民法典 第二百零三条). */
export function workingDayFrom(calendar: WorkingDayCalendar, date: CalendarDate): CountedDate {
  const { working, provisional } = isWorkingDay(calendar, date);
  if (working) return { date, provisional };
  const next = nextWorkingDay(calendar, date);
  return { date: next.date, provisional: provisional || next.provisional };
}

/** The last year that has been announced, `undefined` when none has. */
export function lastAnnouncedYear(calendar: WorkingDayCalendar): number | undefined {
  const years = Object.keys(calendar.years).map(Number);
  return years.length === 0 ? undefined : Math.max(...years);
}

/**
 * The calendar with a year's arrangement loaded, in place of an earlier text of the same year.
 * @throws Refusal `calendar-invalid` with every date that can't be right.
 */
export function announceYear(
  calendar: WorkingDayCalendar,
  year: number,
  arrangement: YearArrangement,
): WorkingDayCalendar {
  const checked = WorkingDayCalendar.safeParse({
    ...calendar,
    years: { ...calendar.years, [String(year)]: arrangement },
  });
  if (checked.success) return checked.data;
  throw new Refusal(
    'calendar-invalid',
    `${year} 年的放假安排有误 The arrangement for ${year} can't be right.`,
    checked.error.issues.map((issue) => ({ pointer: `/${issue.path.join('/')}`, detail: issue.message })),
  );
}

/** Days that differ from the plain week, by date. Built once per calendar value: counting looks at it for every day. */
const indexes = new WeakMap<WorkingDayCalendar, ReadonlyMap<string, boolean>>();

function exceptionsOf(calendar: WorkingDayCalendar): ReadonlyMap<string, boolean> {
  const known = indexes.get(calendar);
  if (known !== undefined) return known;
  const exceptions = new Map<string, boolean>();
  // The law first, so that an arrangement that moves a day off has the last word.
  for (const [year, dates] of Object.entries(calendar.statutoryHolidays)) {
    if (calendar.years[year] === undefined) for (const date of dates) exceptions.set(date, false);
  }
  for (const arrangement of Object.values(calendar.years)) {
    for (const date of arrangement.holidays) exceptions.set(date, false);
    for (const date of arrangement.makeUpWorkdays) exceptions.set(date, true);
  }
  indexes.set(calendar, exceptions);
  return exceptions;
}

/** Everything that can't be right in the announced years; nothing for a calendar that can be counted by. */
export function calendarFaults(calendar: z.infer<typeof CalendarShape>): CalendarFault[] {
  return [...faultsOfYears(calendar), ...contradictions(calendar)];
}

function faultsOfYears(calendar: z.infer<typeof CalendarShape>): CalendarFault[] {
  return Object.entries(calendar.years).flatMap(([year, arrangement]) =>
    faultsOfDates(year, 'holidays', arrangement.holidays).concat(
      faultsOfDates(year, 'makeUpWorkdays', arrangement.makeUpWorkdays),
      missingStatutory(year, arrangement, calendar.statutoryHolidays[year] ?? []),
    ),
  );
}

/** An arrangement may reach into the December before (2018-12-29 for 2019) and the January after, no further. */
function faultsOfDates(
  year: string,
  list: 'holidays' | 'makeUpWorkdays',
  dates: readonly CalendarDate[],
): CalendarFault[] {
  const first = `${Number(year) - 1}-12-01`;
  const last = `${Number(year) + 1}-01-31`;
  return dates.flatMap((date, index) => {
    const fault = (message: string): CalendarFault[] => [
      { path: ['years', year, list, index], date, message },
    ];
    if (date < first || date > last) {
      return fault(
        `${date} 不属于 ${year} 年的安排（${first} 至 ${last}） is not between ${first} and ${last}`,
      );
    }
    if (dates.indexOf(date) !== index) return fault(`${date} 出现两次 is there twice`);
    if (list === 'makeUpWorkdays' && weekday(date) <= 5) {
      return fault(
        `${date} 是星期一至星期五，本来就上班，不能作为补班 is no Saturday or Sunday: people work that day anyway`,
      );
    }
    return [];
  });
}

/** An announced year without one of the law's own days off is a year that was typed in wrongly. */
function missingStatutory(
  year: string,
  arrangement: YearArrangement,
  statutory: readonly CalendarDate[],
): CalendarFault[] {
  return statutory
    .filter((date) => !arrangement.holidays.includes(date))
    .map((date) => ({
      path: ['years', year, 'holidays'],
      date,
      message: `缺少 ${date}，这一天是法定节假日 ${date}, a holiday by law, is missing`,
    }));
}

/** A day can't be off by one year's arrangement and worked by another's: which one came last could not be told. */
function contradictions(calendar: z.infer<typeof CalendarShape>): CalendarFault[] {
  const off = new Set(Object.values(calendar.years).flatMap((arrangement) => arrangement.holidays));
  return Object.entries(calendar.years).flatMap(([year, arrangement]) =>
    arrangement.makeUpWorkdays.flatMap((date, index) =>
      off.has(date)
        ? [
            {
              path: ['years', year, 'makeUpWorkdays', index],
              date,
              message: `${date} 既是休又是班 is a day off and a working day`,
            },
          ]
        : [],
    ),
  );
}
