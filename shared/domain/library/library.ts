import * as z from 'zod';
import type { Inspector } from '#domain/inspector/inspector.ts';
import type { Item } from '#domain/item/item.ts';
import type { Library } from '#domain/library/column.ts';
import { items } from '#domain/library/items.ts';
import { type Permit, permits } from '#domain/library/permits.ts';
import { inspectors, people } from '#domain/library/staff.ts';
import { type Classing, classings, subjects } from '#domain/library/subjects.ts';
import { memberOf, writeText } from '#domain/library/writing.ts';
import type { Person } from '#domain/person/person.ts';
import type { Subject } from '#domain/subject/subject.ts';

/** What can be imported: the four libraries, and what is added to the subjects: their licences and tags, and the monthly credit-risk classes. */
export const LibraryName = z.enum(['subjects', 'inspectors', 'items', 'people', 'licences', 'classings']);
export type LibraryName = z.infer<typeof LibraryName>;

/** What a record of each library is. */
export interface LibraryRecord {
  readonly subjects: Subject;
  readonly inspectors: Inspector;
  readonly items: Item;
  readonly people: Person;
  readonly licences: Permit;
  readonly classings: Classing;
}

export const libraries: { readonly [Name in LibraryName]: Library<LibraryRecord[Name]> } = {
  subjects,
  inspectors,
  items,
  people,
  licences: permits,
  classings,
};

/** Libraries whose rows are the whole truth of a record, and those whose rows amend a subject that is there. */
export const WholeLibraryName = LibraryName.exclude(['licences', 'classings']);
export type WholeLibraryName = z.infer<typeof WholeLibraryName>;
export type AmendingLibraryName = Exclude<LibraryName, WholeLibraryName>;

/** The header row of a library's template: every column that it has. */
export function headerOf(name: LibraryName): string[] {
  return libraries[name].columns.map(({ header }) => header);
}

/** A record as a row under `headerOf`; importing the row gives the record again. */
export function rowOf<Name extends LibraryName>(name: Name, record: LibraryRecord[Name]): string[] {
  return libraries[name].columns.map(({ path, write = writeText }) => write(memberOf(record, path)));
}
