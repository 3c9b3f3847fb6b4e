import * as z from 'zod';
import { ArrangedDay, yearArrangement } from '#domain/calendar/arrangement.ts';
import type { WorkingDayCalendar } from '#domain/calendar/calendar.ts';
import { Instant } from '#domain/time/time.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import type { StateWrite } from './commit.ts';
import { RULES_ID, StoredRules } from './deadline-rules.ts';
import { stateKey } from './keys.ts';
import { created, updated } from './records.ts';
import { load, loadMany, type StateTable } from './store.ts';

/** The installation has one calendar; this is its id in keys and events. */
export const CALENDAR_ID = 'working-days';

/** A year's arrangement as it was imported, by whom and when. */
const ImportedYear = z.object({
  year: z.int(),
  days: z.array(ArrangedDay),
  contentHash: z.string(),
  adoptedAt: Instant,
  by: z.string(),
});
export type ImportedYear = z.infer<typeof ImportedYear>;

/**
 * The imported years, in order, in one record (some 3 KB a year): every count reads it whole, consistently, by one call, and
 * two years that are imported at one moment meet on its version, so that each is checked beside the other.
 */
export const ImportedCalendar = z.object({
  id: z.literal(CALENDAR_ID),
  version: z.int().positive(),
  years: z.array(ImportedYear),
});
export type ImportedCalendar = z.infer<typeof ImportedCalendar>;

/** What was imported; undefined before the first import. */
export function importedCalendar(store: StateTable): Promise<ImportedCalendar | undefined> {
  return load(store, ImportedCalendar, stateKey('CALENDAR', CALENDAR_ID));
}

/** The two records that a count goes by, told apart by their ids. */
export const CountedBy = z.discriminatedUnion('id', [ImportedCalendar, StoredRules]);
type CountedBy = z.infer<typeof CountedBy>;
export const countedByKeys = [stateKey('CALENDAR', CALENDAR_ID), stateKey('DEADLINE-RULES', RULES_ID)];

/**
 * What to count deadlines by: the reference with the imported years in place of its own, and the deadline rules, in one
 * reading, so that nothing that counts can forget either. To be read at each invocation and kept for no longer: a container
 * that stays warm must see a year that was imported, and rules that were adopted, meanwhile.
 */
export async function workingDays(store: StateTable, reference: WorkingDayCalendar): Promise<Counting> {
  return countingOf(reference, await loadMany(store, CountedBy, countedByKeys));
}

/** The same of what a reading of `countedByKeys` found beside other records. */
export function countingOf(reference: WorkingDayCalendar, found: readonly CountedBy[]): Counting {
  const calendar = found.find((one) => one.id === CALENDAR_ID);
  const rules = found.find((one) => one.id === RULES_ID);
  return { ...merged(reference, calendar), deadlineRules: rules?.versions ?? [] };
}

/** The reference with imported years in place of its own; they were checked when they were imported. */
export function merged(
  reference: WorkingDayCalendar,
  imported: Pick<ImportedCalendar, 'years'> | undefined,
): WorkingDayCalendar {
  if (imported === undefined) return reference;
  const years = imported.years.map(({ year, days }) => [String(year), yearArrangement(days)] as const);
  return { ...reference, years: { ...reference.years, ...Object.fromEntries(years) } };
}

/** The next version of the calendar, with a year in place of an earlier text of it. */
export function withYear(known: ImportedCalendar | undefined, year: ImportedYear): ImportedCalendar {
  const others = known?.years.filter((one) => one.year !== year.year) ?? [];
  return {
    id: CALENDAR_ID,
    version: (known?.version ?? 0) + 1,
    years: [...others, year].toSorted((a, b) => a.year - b.year),
  };
}

/** Stores the calendar in its first version or a later one. Committing it fails when another import was faster. */
export function savedCalendar(calendar: ImportedCalendar): StateWrite {
  return calendar.version === 1 ? created('CALENDAR', calendar) : updated('CALENDAR', calendar);
}
