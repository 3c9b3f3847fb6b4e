import * as z from 'zod';
import type { Inspector } from '#domain/inspector/inspector.ts';
import type { Item } from '#domain/item/item.ts';
import type { Library } from '#domain/library/column.ts';
import { items } from '#domain/library/items.ts';
import { type Permit, permits } from '#domain/library/permits.ts';
import { type SignalLine, signals } from '#domain/library/signals.ts';
import { inspectors, people } from '#domain/library/staff.ts';
import { type Classing, classings, subjects } from '#domain/library/subjects.ts';
import { memberOf, writeText } from '#domain/library/writing.ts';
import type { Person } from '#domain/person/person.ts';
import type { Subject } from '#domain/subject/subject.ts';

/** What can be imported: the four libraries, and what is added to the subjects: licences and tags, the monthly credit-risk classes, risk signals. */
export const LibraryName = z.enum([
  'subjects',
  'inspectors',
  'items',
  'people',
  'licences',
  'classings',
  'signals',
]);
export type LibraryName = z.infer<typeof LibraryName>;

/** What a record of each library is. */
export interface LibraryRecord {
  readonly subjects: Subject;
  readonly inspectors: Inspector;
  readonly items: Item;
  readonly people: Person;
  readonly licences: Permit;
  readonly classings: Classing;
  readonly signals: SignalLine;
}

export const libraries: { readonly [Name in LibraryName]: Library<LibraryRecord[Name]> } = {
  subjects,
  inspectors,
  items,
  people,
  licences: permits,
  classings,
  signals,
};

/** Libraries whose rows are the whole truth of a record. */
export const WholeLibraryName = LibraryName.exclude(['licences', 'classings', 'signals']);
export type WholeLibraryName = z.infer<typeof WholeLibraryName>;
/** Libraries whose rows amend a subject that is there; those of signals stand beside it. */
export type AmendingLibraryName = Exclude<LibraryName, WholeLibraryName | 'signals'>;

/** The header row of a library's template: every column that it has. */
export function headerOf(name: LibraryName): string[] {
  return libraries[name].columns.map(({ header }) => header);
}

/** The rows of a library's template: its header, and a sample that an import leaves out. */
export function templateOf(name: LibraryName): string[][] {
  const { columns, keyColumn } = libraries[name];
  const sample = columns.map(({ header, example = '' }) =>
    header === keyColumn ? `案例（请删除）${example}` : example,
  );
  return [headerOf(name), sample];
}

/** A record as a row under `headerOf`; importing the row gives the record again. */
export function rowOf<Name extends LibraryName>(name: Name, record: LibraryRecord[Name]): string[] {
  return libraries[name].columns.map(({ path, write = writeText }) => write(memberOf(record, path)));
}
