import * as z from 'zod';
import type { Item } from '#domain/item/item.ts';
import type { LibraryRecord } from '#domain/library/library.ts';
import type { Person } from '#domain/person/person.ts';
import type { Subject } from '#domain/subject/subject.ts';
import { Instant } from '#domain/time/time.ts';
import { inspectorRow } from './directory.ts';
import { cohortKey, lists, stateKey } from './keys.ts';

/** What is known of a library as a whole: its last import. */
export const StoredLibrary = z.object({
  id: z.string(),
  version: z.int().positive(),
  rows: z.int(),
  importedAt: Instant,
  contentHash: z.string(),
});

type TableItem = Readonly<Record<string, unknown>>;

export type ImportableLibrary = Exclude<keyof LibraryRecord, 'classings'>;

const itemsOfLibrary: {
  readonly [L in ImportableLibrary]: (records: readonly LibraryRecord[L][]) => TableItem[];
} = {
  subjects: (records) => [...records.map(subjectItem), ...territoryItems(records)],
  inspectors: (records) => records.map((inspector) => inspectorRow(inspector, [])),
  items: (records) => records.map(checkItem),
  people: (records) => records.map(personItem),
};

/** The table items of a library's records, each with its place on the indexes. */
export function libraryItems<L extends ImportableLibrary>(
  library: L,
  records: readonly LibraryRecord[L][],
): TableItem[] {
  const make: (records: readonly LibraryRecord[L][]) => TableItem[] = itemsOfLibrary[library];
  return make(records);
}

function subjectItem(subject: Subject): TableItem {
  return {
    ...stateKey('SUBJECT', subject.id),
    ...subject,
    ...cohortKey(subject.territory, subject.industry, subject.id),
  };
}

/** A draw without a territory reads the territories that there are; they are put with the subjects that stand in them. */
function territoryItems(subjects: readonly Subject[]): TableItem[] {
  const territories = new Set(subjects.map((subject) => subject.territory.slice(0, 6)));
  return [...territories].map((id) => ({
    ...stateKey('TERRITORY', id),
    id,
    listPk: lists.territories,
    listSk: id,
  }));
}

function checkItem(item: Item): TableItem {
  return {
    ...stateKey('ITEM', item.code),
    ...item,
    ...(item.statutory === undefined ? {} : { listPk: lists.statutory, listSk: item.code }),
  };
}

function personItem(person: Person): TableItem {
  return {
    ...stateKey('PERSON', person.staffNo),
    ...person,
    listPk: lists.peopleOf(person.role),
    listSk: `${person.unit}#${person.staffNo}`,
  };
}
