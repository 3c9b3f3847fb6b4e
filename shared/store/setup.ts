import * as z from 'zod';
import type { WorkingDayCalendar } from '#domain/calendar/calendar.ts';
import { lastAnnouncedYear } from '#domain/calendar/calendar.ts';
import { LibraryName } from '#domain/library/library.ts';
import { CALENDAR_ID, ImportedCalendar, merged } from './calendars.ts';
import { lists, stateKey } from './keys.ts';
import { StoredLibrary } from './libraries.ts';
import { StoredPerson, staffFrom, type Staff } from './people.ts';
import { loadMany, queryAll, queryPage, type StateTable } from './store.ts';

/*
 * How far an installation is set up, in four requests to the store: who asks, the last import of each library and the
 * calendar in one reading, the units that have inspectors, and whether there is any policy and any draw.
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
  readonly hasDraw: boolean;
}

const Begun = z.union([ImportedCalendar, StoredLibrary, StoredPerson]);
const Named = z.object({ id: z.string() });

/** @throws Refusal `not-staff` */
export async function setupOf(
  store: StateTable,
  staffNo: string | undefined,
  {
    administrators,
    reference,
  }: { readonly administrators: readonly string[]; readonly reference: WorkingDayCalendar },
): Promise<Setup> {
  if (staffNo === undefined) {
    throw new TypeError('this route has no authorizer: nobody can be asked about');
  }
  const [found, units, hasPolicy, hasDraw] = await Promise.all([
    loadMany(store, Begun, [
      stateKey('PERSON', staffNo),
      stateKey('CALENDAR', CALENDAR_ID),
      ...LibraryName.options.map((name) => stateKey('LIBRARY', name)),
    ]),
    queryAll(store, Named, { index: 'list', partition: lists.units, fields: ['id'] }),
    hasAny(store, lists.policies),
    hasAny(store, lists.draws),
  ]);
  const person = found.flatMap((one) => ('staffNo' in one ? [one] : [])).at(0);
  const calendar = found.flatMap((one) => ('years' in one ? [one] : [])).at(0);
  return {
    staff: staffFrom(person, staffNo, administrators),
    libraries: found.flatMap((one) => ('contentHash' in one ? [one] : [])),
    units: units.map(({ id }) => id),
    calendarThrough: lastAnnouncedYear(merged(reference, calendar)),
    hasPolicy,
    hasDraw,
  };
}

async function hasAny(store: StateTable, partition: string): Promise<boolean> {
  const { items } = await queryPage(store, z.object({}), { index: 'list', partition, limit: 1 });
  return items.length > 0;
}
