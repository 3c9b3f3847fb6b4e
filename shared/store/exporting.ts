import * as z from 'zod';
import { DrawCriteria } from '#domain/draw/criteria.ts';
import { Inspector } from '#domain/inspector/inspector.ts';
import { Item } from '#domain/item/item.ts';
import type { LibraryRecord, WholeLibraryName } from '#domain/library/library.ts';
import { Person, PersonRole } from '#domain/person/person.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import { readCohort, type CohortPosition } from './cohort.ts';
import { lists } from './keys.ts';
import { queryAll, type StateTable } from './store.ts';
import { knownSubjects } from './subjects.ts';

/** Some records of a library, and where its reading goes on; without a position nothing follows. */
export interface LibraryPart<Name extends WholeLibraryName> {
  readonly records: readonly LibraryRecord[Name][];
  readonly position?: CohortPosition;
}

type Reading<Name extends WholeLibraryName> = (
  store: StateTable,
  day: CalendarDate,
  from?: CohortPosition,
) => AsyncGenerator<LibraryPart<Name>, void>;

const readings: { readonly [Name in WholeLibraryName]: Reading<Name> } = {
  subjects: allSubjects,
  inspectors: allInspectors,
  items: allItems,
  people: allPeople,
};

/** Every record of a library, part after part, each once. A library that is written meanwhile may be read half before and half after. */
export function libraryParts<Name extends WholeLibraryName>(
  store: StateTable,
  library: Name,
  day: CalendarDate,
  from?: CohortPosition,
): AsyncGenerator<LibraryPart<Name>, void> {
  const read: Reading<Name> = readings[library];
  return read(store, day, from);
}

/** The index has what a draw asks for; the rest of each subject stands in its record. */
async function* allSubjects(
  store: StateTable,
  day: CalendarDate,
  from?: CohortPosition,
): AsyncGenerator<LibraryPart<'subjects'>, void> {
  for await (const { subjects, position } of readCohort(store, DrawCriteria.parse({}), day, from)) {
    const records = await knownSubjects(
      store,
      subjects.map(({ id }) => id),
    );
    yield { records: records.toSorted((a, b) => (a.id < b.id ? -1 : 1)), position };
  }
}

const Named = z.object({ id: z.string() });

async function* allInspectors(store: StateTable): AsyncGenerator<LibraryPart<'inspectors'>, void> {
  const units = await queryAll(store, Named, { index: 'list', partition: lists.units });
  for (const { id } of units) {
    const partition = lists.inspectorsOf(id);
    yield { records: await queryAll(store, Inspector.strip(), { index: 'list', partition }) };
  }
}

async function* allItems(store: StateTable): AsyncGenerator<LibraryPart<'items'>, void> {
  yield { records: await queryAll(store, Item.strip(), { index: 'list', partition: lists.items }) };
}

async function* allPeople(store: StateTable): AsyncGenerator<LibraryPart<'people'>, void> {
  for (const role of PersonRole.options) {
    const partition = lists.peopleOf(role);
    yield { records: await queryAll(store, Person.strip(), { index: 'list', partition }) };
  }
}
