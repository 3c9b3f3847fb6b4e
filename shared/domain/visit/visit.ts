import * as z from 'zod';
import type { Frequency, Item } from '#domain/item/item.ts';
import { addDays, addMonths, CalendarDate } from '#domain/time/time.ts';

/** That a subject was visited: an inspection of it began on that day. */
export const Visit = z.object({ subject: z.string(), on: CalendarDate, inspection: z.string() });
export type Visit = z.infer<typeof Visit>;

/** The visits that hold a draw back: for each item those of its window at least, and those of any item within the cool-down. */
export interface PastVisits {
  /** By item code. An item whose frequency nothing limits needs none. */
  readonly ofItem: ReadonlyMap<string, readonly Visit[]>;
  readonly ofAny: readonly Visit[];
}

/**
 * The first day whose visits count against a frequency. In any `perMonths` months a subject is checked at most `maxTimes`,
 * so the window is the months that end with the draw's day: after a visit on 2024-03-02, every two years means free on 2026-03-02.
 */
export function countedSince({ perMonths }: Frequency, day: CalendarDate): CalendarDate {
  return addDays(addMonths(day, -perMonths), 1);
}

/** The first day whose visits keep a subject in cool-down; the visit's own day is not counted, as in every period of days. `undefined` for none. */
export function coolingSince(day: CalendarDate, coolDownDays: number): CalendarDate | undefined {
  return coolDownDays === 0 ? undefined : addDays(day, -coolDownDays);
}

export interface RestOn {
  readonly items: readonly Pick<Item, 'code' | 'frequency'>[];
  readonly visits: PastVisits;
  /** The day of the draw. Visits after it count too: what began since was not known when the draw was made, and is a visit all the same. */
  readonly day: CalendarDate;
  /** Days after a visit in which a subject is left alone (减少对市场主体的影响); 0 for none. */
  readonly coolDownDays: number;
}

/** Who is to be left alone, and with which items. */
export interface Rest {
  /** Codes of the items for which the subject was checked as often as their frequency (抽查频次) allows, in the items' order. */
  readonly withheld: (subject: string) => readonly string[];
  /** Whether the subject was visited within the cool-down, for whatever item. */
  readonly coolingDown: (subject: string) => boolean;
}

const NOTHING: readonly string[] = [];

/** Counts the visits once, so that each of a million subjects is then answered by a look into a table. */
export function restOn({ items, visits, day, coolDownDays }: RestOn): Rest {
  const withheld = new Map<string, string[]>();
  for (const { code, frequency } of items) {
    if (frequency === undefined) continue;
    for (const subject of checkedOften(visits.ofItem.get(code) ?? [], frequency, day)) {
      const codes = withheld.get(subject);
      if (codes === undefined) withheld.set(subject, [code]);
      else codes.push(code);
    }
  }
  const since = coolingSince(day, coolDownDays);
  const cooling = new Set(
    since === undefined ? [] : visits.ofAny.filter(({ on }) => on >= since).map(({ subject }) => subject),
  );
  return {
    withheld: (subject) => withheld.get(subject) ?? NOTHING,
    coolingDown: (subject) => cooling.has(subject),
  };
}

/** The subjects that were visited `maxTimes` or more within the window. */
function checkedOften(visits: readonly Visit[], frequency: Frequency, day: CalendarDate): string[] {
  const since = countedSince(frequency, day);
  const times = new Map<string, number>();
  for (const { subject, on } of visits) {
    if (on >= since) times.set(subject, (times.get(subject) ?? 0) + 1);
  }
  return [...times].flatMap(([subject, count]) => (count >= frequency.maxTimes ? [subject] : []));
}

/** Which of the items that apply to a subject may be checked, which have to wait, and whether all of it has to. */
export interface OpenItems<Of> {
  readonly open: readonly Of[];
  readonly withheld: readonly Of[];
  readonly coolingDown: boolean;
}

/** What a visit to one subject may be about: for a draw's form of an object, and for a visit that is proposed by itself. */
export function openItems<Of extends Pick<Item, 'code'>>(
  rest: Rest,
  subject: string,
  applicable: readonly Of[],
): OpenItems<Of> {
  const codes = rest.withheld(subject);
  return {
    open: codes.length === 0 ? applicable : applicable.filter(({ code }) => !codes.includes(code)),
    withheld: codes.length === 0 ? [] : applicable.filter(({ code }) => codes.includes(code)),
    coolingDown: rest.coolingDown(subject),
  };
}
