import ICAL from 'ical.js';
import * as z from 'zod';
import type { ArrangedKind, GivenDay } from '#domain/calendar/arrangement.ts';
import { Refusal, type FieldError } from '#domain/refusal/refusal.ts';
import { addDays, CalendarDate, epochMilliseconds, startOfDay } from '#domain/time/time.ts';

/** An entry of a file that is no day of the arrangement, told so that nothing is left out in silence. */
export interface SkippedEntry {
  readonly at: string;
  readonly reason: 'blank-row' | 'explaining-row' | 'example-row' | 'not-marked' | 'other-year' | 'cancelled';
}

/** The longest holiday so far had 9 days; an entry much longer is no holiday. */
const LONGEST_DAYS = 31;

/** Whether a text begins as an iCalendar file does (RFC 5545). */
export function isICalendar(text: string): boolean {
  return /^\s*BEGIN:VCALENDAR\b/i.test(text);
}

/**
 * The days of a year in an iCalendar file: its all-day events that are marked as days off or make-up working days, by
 * `X-APPLE-SPECIAL-DAY` or by the words of their summary or category (休, 假; 班). Subscriptions hold several years and plain
 * festivals besides: events without a day in the year, and events without a mark, are skipped and told.
 * @throws Refusal `icalendar-unreadable`; `calendar-invalid` naming each event that can't be read
 */
export function icalendarDays(
  text: string,
  year: number,
): { readonly days: GivenDay[]; readonly skipped: SkippedEntry[] } {
  const days: GivenDay[] = [];
  const skipped: SkippedEntry[] = [];
  const faults: FieldError[] = [];
  for (const [index, event] of eventsOf(text).entries()) {
    const summary = textOf(event, 'summary');
    const at = `第 ${index + 1} 个日程“${summary}”`;
    const read = readEvent(event, summary);
    if ('fault' in read) faults.push({ pointer: at, detail: read.fault });
    else if ('skip' in read) skipped.push({ at, reason: read.skip });
    else if (!read.dates.some((date) => date.startsWith(`${year}-`)))
      skipped.push({ at, reason: 'other-year' });
    else days.push(...read.dates.map((date) => ({ date, kind: read.kind, name: nameIn(summary), at })));
  }
  if (faults.length > 0) {
    throw new Refusal(
      'calendar-invalid',
      'iCalendar 文件中有无法读取的日程，没有导入 Events of the iCalendar file can not be read; nothing was imported.',
      faults,
    );
  }
  return { days, skipped };
}

function eventsOf(text: string): ICAL.Component[] {
  try {
    const calendars: unknown = ICAL.parse(text);
    const all = Array.isArray(calendars) && Array.isArray(calendars[0]) ? calendars : [calendars];
    return all.flatMap((one) => new ICAL.Component(one).getAllSubcomponents('vevent'));
  } catch (error) {
    // The parser throws whatever a cut-off or mangled file makes it stumble over.
    throw new Refusal(
      'icalendar-unreadable',
      `iCalendar 文件不完整或格式有误 The iCalendar file is cut off or malformed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

type EventReading =
  | { readonly kind: ArrangedKind; readonly dates: readonly CalendarDate[] }
  | { readonly skip: SkippedEntry['reason'] }
  | { readonly fault: string };

function readEvent(event: ICAL.Component, summary: string): EventReading {
  if (textOf(event, 'status').toUpperCase() === 'CANCELLED') return { skip: 'cancelled' };
  const kind = kindOf(event, summary);
  if (kind === undefined) return { skip: 'not-marked' };
  if (kind === 'unclear') return { fault: '看不出是休还是班 is marked as a day off and as a working day' };
  if (event.hasProperty('rrule') || event.hasProperty('rdate')) {
    return { fault: '每年的安排各不相同，不能是重复日程 recurs, but no two years are arranged alike' };
  }
  const dates = datesOf(event);
  return typeof dates === 'string' ? { fault: dates } : { kind, dates };
}

function kindOf(event: ICAL.Component, summary: string): ArrangedKind | 'unclear' | undefined {
  const mark = textOf(event, 'x-apple-special-day').toUpperCase();
  if (mark === 'WORK-HOLIDAY') return 'off';
  if (mark === 'ALTERNATE-WORKDAY') return 'work';
  // 调休 stands for the day off as well as for the day on which it is made up for.
  const words = `${summary} ${textOf(event, 'categories')}`.replaceAll('调休', '');
  const [work, off] = [words.includes('班'), /[休假]/.test(words)];
  if (work && off) return 'unclear';
  return work ? 'work' : off ? 'off' : undefined;
}

/** A property that is a day, as the parser keeps it (RFC 7265): its own time would turn 30 February into 2 March. */
const DayProperty = z.tuple([z.string(), z.unknown(), z.literal('date'), z.string()]);

/** The days of an event, its end not among them; what is wrong with it when it has none. */
function datesOf(event: ICAL.Component): CalendarDate[] | string {
  const [start, end] = [dayOf(event, 'dtstart'), dayOf(event, 'dtend')];
  if (start === undefined || (end === undefined && event.hasProperty('dtend'))) {
    return '不是全天日程 is no all-day event';
  }
  const [first, last] = [CalendarDate.safeParse(start), CalendarDate.safeParse(end ?? start)];
  if (!first.success || !last.success) {
    return `日期不存在：${first.success ? end : start} is no day that exists`;
  }
  const length = end === undefined ? durationOf(event) : daysBetween(first.data, last.data);
  if (!Number.isInteger(length) || length < 1 || length > LONGEST_DAYS) {
    return `持续 ${length} 天，不是放假安排 lasts ${length} days`;
  }
  return Array.from({ length }, (_, day) => addDays(first.data, day));
}

function dayOf(event: ICAL.Component, property: string): string | undefined {
  return DayProperty.safeParse(event.getFirstProperty(property)?.toJSON()).data?.[3];
}

/** In days; an event without end and duration is one day long. */
function durationOf(event: ICAL.Component): number {
  const duration = event.getFirstPropertyValue('duration');
  return duration instanceof ICAL.Duration ? duration.toSeconds() / 86_400 : 1;
}

function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return (epochMilliseconds(startOfDay(to)) - epochMilliseconds(startOfDay(from))) / 86_400_000;
}

function textOf(event: ICAL.Component, property: string): string {
  const value = event.getFirstPropertyValue(property);
  return typeof value === 'string' ? value.trim() : '';
}

/** The holiday's name without what subscriptions put around it: `春节（休）`, `春节 假期 第1天/共8天`, `班｜国庆节`. */
function nameIn(summary: string): string {
  const bare = summary
    .replace(/第\s*\d+\s*天\s*[/／]?\s*(共\s*\d+\s*天)?/, '')
    .replaceAll(/调休|补班|上班|假期|放假|休息|[（(【[]\s*[休班]\s*[）)】\]]|^[休班]|[休班]$/g, '')
    .replaceAll(/[\s|｜·:：-]+/g, ' ')
    .trim();
  return (bare === '' ? summary : bare).slice(0, 40);
}
