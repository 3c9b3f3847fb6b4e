import * as z from 'zod';
import type { WorkingDayCalendar } from '#domain/calendar/calendar.ts';
import { lastAnnouncedYear } from '#domain/calendar/calendar.ts';
import { LibraryName } from '#domain/library/library.ts';
import { CALENDAR_ID, ImportedCalendar, merged } from './calendars.ts';
import { counterKey, lists, stateKey } from './keys.ts';
import { StoredLibrary } from './libraries.ts';
import { StoredPerson, staffFrom, type Staff } from './people.ts';
import { loadMany, queryAll, queryPage, type StateTable } from './store.ts';

/*
 * How far an installation is set up, in three requests to the store: who asks, the last import of each library, the calendar and
 * the numbers of draws in one reading, the units that have inspectors where they are asked for, and whether there is any policy.
 */

export interface Setup {
  readonly staff: Staff;
  /** Those that were imported at least once. */
  readonly libraries: readonly z.infer<typeof StoredLibrary>[];
  /** Units that have inspectors, in order. */
  readonly units: readonly string[];
  /** The last year whose arrangement is known. */
  readonly calendarThrough: number | undefined;
  readonly hasPolicy: boolean;
  /** Whether a draw got a number in the years that are looked at. */
  readonly hasDraw: boolean;
}

/** Years whose numbers of draws are looked at: an installation that drew nothing for longer begins anew. */
const YEARS = 3;

/** The numbers given to draws in a year. */
const Numbers = z.object({ pk: z.string().startsWith('COUNTER#'), version: z.int().positive() });
const Begun = z.union([Numbers, ImportedCalendar, StoredLibrary, StoredPerson]);
const Named = z.object({ id: z.string() });

/** @throws Refusal `not-staff` */
export async function setupOf(
  store: StateTable,
  staffNo: string | undefined,
  {
    administrators,
    reference,
    year,
    withUnits,
  }: {
    readonly administrators: readonly string[];
    readonly reference: WorkingDayCalendar;
    readonly year: number;
    readonly withUnits: boolean;
  },
): Promise<Setup> {
  if (staffNo === undefined) {
    throw new TypeError('this route has no authorizer: nobody can be asked about');
  }
  const [found, units, hasPolicy] = await Promise.all([
    loadMany(store, Begun, [
      stateKey('PERSON', staffNo),
      stateKey('CALENDAR', CALENDAR_ID),
      ...LibraryName.options.map((name) => stateKey('LIBRARY', name)),
      ...Array.from({ length: YEARS }, (_, ago) => counterKey('plan', year - ago)),
    ]),
    withUnits ? queryAll(store, Named, { index: 'list', partition: lists.units, fields: ['id'] }) : [],
    hasAny(store, lists.policies),
  ]);
  const person = found.flatMap((one) => ('staffNo' in one ? [one] : [])).at(0);
  const calendar = found.flatMap((one) => ('years' in one ? [one] : [])).at(0);
  return {
    staff: staffFrom(person, staffNo, administrators),
    libraries: found.flatMap((one) => ('contentHash' in one ? [one] : [])),
    units: units.map(({ id }) => id),
    calendarThrough: lastAnnouncedYear(merged(reference, calendar)),
    hasPolicy,
    hasDraw: found.some((one) => 'pk' in one),
  };
}

async function hasAny(store: StateTable, partition: string): Promise<boolean> {
  const { items } = await queryPage(store, z.object({}), { index: 'list', partition, limit: 1 });
  return items.length > 0;
}
