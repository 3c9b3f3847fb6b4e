import chineseDays from 'chinese-days';
import { yearArrangement, type ArrangedDay } from '#domain/calendar/arrangement.ts';
import { WorkingDayCalendar } from '#domain/calendar/calendar.ts';
import { addDays, CalendarDate, weekday } from '#domain/time/time.ts';

// The package is CommonJS: Node finds its default export only, although its types promise named ones.
// oxlint-disable-next-line import/no-named-as-default-member
const { getDayDetail, getSolarDateFromLunar, getSolarTermDate, isHoliday, isWorkday } = chineseDays;

/** The years for which the library is asked. What it doesn't have stays out and counts as not announced. */
const ASKED_YEARS = [2024, 2035] as const;
/** The law's own holidays are computed from the year before the first arrangement (to count backwards into it) to the last. */
const STATUTORY_YEARS = [2023, 2035] as const;

/**
 * The State Council's arrangements as the package chinese-days has them, from 2024 on, and the statutory holidays
 * of 2023 to 2035. The package answers for a year it doesn't have as if it had no holidays at all (1.5.7 calls
 * 2027-01-01 a plain working day), so a year counts as announced only when the package itself names every
 * statutory holiday of that year a holiday, and only in an unbroken run.
 */
export function stateCouncilCalendar(): WorkingDayCalendar {
  const announced = yearsOf(ASKED_YEARS);
  const end = announced.findIndex((year) => !libraryHas(year));
  const years = end === -1 ? announced : announced.slice(0, end);
  return WorkingDayCalendar.parse({
    years: Object.fromEntries(years.map((year) => [String(year), yearArrangement(arrangedDays(year))])),
    statutoryHolidays: Object.fromEntries(
      yearsOf(STATUTORY_YEARS).map((year) => [String(year), statutoryHolidays(year)]),
    ),
  });
}

/**
 * The holidays for all citizens by 全国年节及纪念日放假办法 第二条, in order of date: 13 days a year from 2025
 * (国务院令第795号: Spring Festival from its eve, 4 days; Labour Day, 2 days), 11 days before.
 * Mid-Autumn may fall on one of National Day's days (2031-10-01); the day is then listed once.
 * @param year 1900 to 2099, the range of the package's lunar table
 */
export function statutoryHolidays(year: number): CalendarDate[] {
  const springFestival = lunarDay(year, 1, 1);
  const amended = year >= 2025;
  const spring = amended ? [-1, 0, 1, 2] : [0, 1, 2];
  const days = [
    solarDay(year, 1, 1),
    ...spring.map((offset) => addDays(springFestival, offset)),
    CalendarDate.parse(getSolarTermDate(year, 4, 'pure_brightness')),
    solarDay(year, 5, 1),
    ...(amended ? [solarDay(year, 5, 2)] : []),
    lunarDay(year, 5, 5),
    lunarDay(year, 8, 15),
    ...[1, 2, 3].map((day) => solarDay(year, 10, day)),
  ];
  return [...new Set(days)].toSorted();
}

function yearsOf([first, last]: readonly [number, number]): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function solarDay(year: number, month: number, day: number): CalendarDate {
  return CalendarDate.parse(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
}

/** The day of Asia/Shanghai on which a day of the lunar calendar falls. */
function lunarDay(year: number, month: number, day: number): CalendarDate {
  return CalendarDate.parse(getSolarDateFromLunar(solarDay(year, month, day)).date);
}

/** The package marks a day of an arrangement by a name with commas (`Spring Festival,春节,4`), any other by its weekday. */
function isArranged(date: CalendarDate): boolean {
  return getDayDetail(date).name.includes(',');
}

function libraryHas(year: number): boolean {
  return statutoryHolidays(year).every((date) => isArranged(date) && isHoliday(date));
}

/** A year's arrangement as the package has it, with the names of the holidays; nothing of a year that it doesn't have. */
export function arrangedDays(year: number): ArrangedDay[] {
  return daysOf(year)
    .filter(isArranged)
    .flatMap((date): ArrangedDay[] => {
      const name = getDayDetail(date).name.split(',')[1] ?? '';
      if (isHoliday(date)) return [{ date, kind: 'off', name }];
      return isWorkday(date) && weekday(date) > 5 ? [{ date, kind: 'work', name }] : [];
    });
}

function daysOf(year: number): CalendarDate[] {
  const days: CalendarDate[] = [];
  for (let date = solarDay(year, 1, 1); date.startsWith(String(year)); date = addDays(date, 1))
    days.push(date);
  return days;
}
