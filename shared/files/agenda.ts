import ICAL from 'ical.js';
import { addDays, type CalendarDate, type Instant } from '#domain/time/time.ts';

/** An all-day entry of a calendar. */
export interface AgendaEntry {
  /** Stays the same through all versions. */
  readonly uid: string;
  /** From 1; a later one replaces it in the reader's calendar. */
  readonly version: number;
  /** When this version came to be. */
  readonly at: Instant;
  readonly day: CalendarDate;
  readonly summary: string;
  readonly description: string;
  /** The day may still move. */
  readonly tentative: boolean;
}

/** A calendar file (RFC 5545) of all-day entries, which subscriptions read again every hour. */
export function agendaFile(name: string, entries: readonly AgendaEntry[]): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('prodid', '-//Mingchou//deadlines//ZH');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('calscale', 'GREGORIAN');
  calendar.addPropertyWithValue('x-wr-calname', name);
  const refresh = new ICAL.Property('refresh-interval');
  refresh.resetType('duration');
  refresh.setValue(ICAL.Duration.fromString('PT1H'));
  calendar.addProperty(refresh);
  for (const entry of entries) calendar.addSubcomponent(eventOf(entry));
  return `${calendar.toString()}\r\n`;
}

function eventOf({ uid, version, at, day, summary, description, tentative }: AgendaEntry): ICAL.Component {
  const event = new ICAL.Component('vevent');
  event.addPropertyWithValue('uid', uid);
  event.addPropertyWithValue('sequence', version - 1);
  event.addPropertyWithValue('dtstamp', ICAL.Time.fromDateTimeString(at.replace(/\.\d{3}Z$/, 'Z')));
  event.addPropertyWithValue('dtstart', ICAL.Time.fromDateString(day));
  // The end is not part of it (RFC 5545 §3.6.1).
  event.addPropertyWithValue('dtend', ICAL.Time.fromDateString(addDays(day, 1)));
  event.addPropertyWithValue('summary', summary);
  event.addPropertyWithValue('description', description);
  event.addPropertyWithValue('status', tentative ? 'TENTATIVE' : 'CONFIRMED');
  // A deadline doesn't make a day busy.
  event.addPropertyWithValue('transp', 'TRANSPARENT');
  return event;
}
