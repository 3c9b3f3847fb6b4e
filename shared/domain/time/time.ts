import * as z from 'zod';

/**
 * Three kinds of time that never mix. They are branded, so that a number of seconds can't be passed where a
 * calendar date is meant: an epoch value in milliseconds written into a TTL once kept records for 50,000 years.
 */

/** A moment, as UTC ISO 8601 with milliseconds: `2026-03-02T01:30:00.000Z`. Sorts as text. */
export const Instant = z.iso.datetime({ precision: 3 }).brand<'Instant'>();
export type Instant = z.infer<typeof Instant>;

/** A day in Asia/Shanghai, `YYYY-MM-DD`. Sorts as text. */
export const CalendarDate = z.iso.date().brand<'CalendarDate'>();
export type CalendarDate = z.infer<typeof CalendarDate>;

/** Whole seconds since 1970-01-01T00:00:00Z, as DynamoDB's TTL wants them. */
export const EpochSeconds = z.int().nonnegative().brand<'EpochSeconds'>();
export type EpochSeconds = z.infer<typeof EpochSeconds>;

const DAY_MS = 86_400_000;
/** Asia/Shanghai has been UTC+08:00 without daylight saving since 1991-09-15. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** The instant of a number of milliseconds since 1970-01-01T00:00:00Z. Throws RangeError for a number that is no time. */
export function instantOf(milliseconds: number): Instant {
  return Instant.parse(new Date(milliseconds).toISOString());
}

/** Milliseconds since 1970-01-01T00:00:00Z. */
export function epochMilliseconds(instant: Instant): number {
  return Date.parse(instant);
}

/** The instant rounded down to whole seconds since 1970-01-01T00:00:00Z. */
export function epochSeconds(instant: Instant): EpochSeconds {
  return EpochSeconds.parse(Math.floor(Date.parse(instant) / 1000));
}

/** The instant that many milliseconds later (earlier when negative). */
export function later(instant: Instant, milliseconds: number): Instant {
  return instantOf(Date.parse(instant) + milliseconds);
}

/** The day that a clock on a wall in Asia/Shanghai shows at this instant. */
export function dateInShanghai(instant: Instant): CalendarDate {
  return CalendarDate.parse(new Date(Date.parse(instant) + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10));
}

/** Minutes since midnight that a clock on a wall in Asia/Shanghai shows at this instant, 0 to 1439. */
export function minuteOfDayInShanghai(instant: Instant): number {
  return Math.floor(((Date.parse(instant) + SHANGHAI_OFFSET_MS) % DAY_MS) / 60_000);
}

/** The instant at which a day of Asia/Shanghai begins. */
export function startOfDay(date: CalendarDate): Instant {
  return instantOf(Date.parse(`${date}T00:00:00.000Z`) - SHANGHAI_OFFSET_MS);
}

/** The last millisecond of a day of Asia/Shanghai: a deadline "on" a day ends here. */
export function endOfDay(date: CalendarDate): Instant {
  return instantOf(Date.parse(`${date}T00:00:00.000Z`) - SHANGHAI_OFFSET_MS + DAY_MS - 1);
}

/** The day that many days later (earlier when negative). */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateOf(numberOf(date) + days);
}

/** Days and their numbers since 1970-01-01: a scan asks for the same few hundred again and again, and reading or writing one takes longer than a rule. */
const numbers = new Map<CalendarDate, number>();
const dates = new Map<number, CalendarDate>();
const DAYS_KEPT = 10_000;

function numberOf(date: CalendarDate): number {
  const known = numbers.get(date);
  if (known !== undefined) return known;
  const number = Date.parse(`${date}T00:00:00.000Z`) / DAY_MS;
  keep(number, date);
  return number;
}

function dateOf(number: number): CalendarDate {
  const known = dates.get(number);
  if (known !== undefined) return known;
  const date = CalendarDate.parse(new Date(number * DAY_MS).toISOString().slice(0, 10));
  keep(number, date);
  return date;
}

function keep(number: number, date: CalendarDate): void {
  if (dates.size >= DAYS_KEPT) {
    dates.clear();
    numbers.clear();
  }
  dates.set(number, date);
  numbers.set(date, number);
}

/** The earlier of two days, either of which may be absent. */
export function earliest(a: CalendarDate | undefined, b: CalendarDate | undefined): CalendarDate | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}

/** How many days lie from one day to another; negative when that one is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return (Date.parse(`${to}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / DAY_MS;
}

/**
 * The same day of the month that many months later (earlier when negative); where that month has no such day, its last:
 * 2026-08-31 minus 6 months is 2026-02-28.
 */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  // Day 0 of the month after is the last one of this.
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, lastDay));
  return CalendarDate.parse(first.toISOString().slice(0, 10));
}

/** ISO weekday: Monday 1 to Sunday 7. */
export function weekday(date: CalendarDate): number {
  return new Date(`${date}T00:00:00.000Z`).getUTCDay() || 7;
}
