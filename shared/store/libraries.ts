import * as z from 'zod';
import { sha256 } from '#sha256';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import type { Item } from '#domain/item/item.ts';
import type { LibraryRecord, WholeLibraryName } from '#domain/library/library.ts';
import type { Person } from '#domain/person/person.ts';
import type { Subject } from '#domain/subject/subject.ts';
import { Instant } from '#domain/time/time.ts';
import { directoryPlace, inspectorIn, inspectorRow } from './directory.ts';
import { cohortKey, lists, peopleKey, stateKey, type Key } from './keys.ts';

/** What is known of a library as a whole: its last import. */
export const StoredLibrary = z.object({
  id: z.string(),
  version: z.int().positive(),
  rows: z.int(),
  importedAt: Instant,
  contentHash: z.string(),
});

/**
 * A record's item: what it says, its place on the indexes, and a digest by which a row that changes nothing is known: of both,
 * or of what an inspector's row says alone, whose place on the due index moves with the warnings.
 */
export type LibraryItem = Key & { readonly digest: string; readonly [attribute: string]: unknown };

type TableItem = Key & Readonly<Record<string, unknown>>;

const itemOf: {
  readonly [L in WholeLibraryName]: (record: LibraryRecord[L]) => LibraryItem;
} = {
  subjects: (subject) => digested(subjectItem(subject)),
  inspectors: (inspector) => inspectorRow(inspector, []),
  items: (item) => digested(checkItem(item)),
  people: (person) => digested(personItem(person)),
};

function digested(item: TableItem): LibraryItem {
  return { ...item, digest: sha256(canonicalJson(item)) };
}

/** The table item of a library's record. */
export function libraryItem<L extends WholeLibraryName>(library: L, record: LibraryRecord[L]): LibraryItem {
  const make: (record: LibraryRecord[L]) => LibraryItem = itemOf[library];
  return make(record);
}

/** The table items of a library's records, and of what they stand in. */
export function libraryItems<L extends WholeLibraryName>(
  library: L,
  records: readonly LibraryRecord[L][],
): Readonly<Record<string, unknown>>[] {
  const items: TableItem[] = records.map((record) => libraryItem(library, record));
  return [...items, ...directoryItems(items)];
}

/**
 * The directories that records are found through: the territories of subjects and the units of inspectors. A draw without a
 * territory, and an export of a whole library, read those that there are. Beside them, what the public figures of inspectors
 * are counted from.
 */
export function directoryItems(items: readonly TableItem[]): TableItem[] {
  const territories = new Set<string>();
  const units = new Set<string>();
  const inspectors: TableItem[] = [];
  for (const item of items) {
    const { pk, territory, unit } = item;
    if (pk.startsWith('SUBJECT#')) territories.add(String(territory).slice(0, 6));
    if (pk.startsWith('INSPECTOR#')) {
      units.add(String(unit));
      inspectors.push(item);
    }
  }
  return [
    ...inspectors.map((item) => {
      const place = directoryPlace(inspectorIn(item));
      return { ...place.item, ...place.key };
    }),
    ...[...territories].map((id) => directoryItem('TERRITORY', lists.territories, id)),
    ...[...units].map((id) => directoryItem('UNIT', lists.units, id)),
  ];
}

function directoryItem(kind: 'TERRITORY' | 'UNIT', listPk: string, id: string): TableItem {
  return { ...stateKey(kind, id), id, listPk, listSk: id };
}

function subjectItem(subject: Subject): TableItem {
  return {
    ...stateKey('SUBJECT', subject.id),
    ...subject,
    ...cohortKey(subject.territory, subject.industry, subject.id),
  };
}

function checkItem(item: Item): TableItem {
  return { ...stateKey('ITEM', item.code), ...item, listPk: lists.items, listSk: item.code };
}

function personItem(person: Person): TableItem {
  return {
    ...stateKey('PERSON', person.staffNo),
    ...person,
    listPk: lists.peopleOf(person.role),
    listSk: `${person.unit}#${person.staffNo}`,
    ...peopleKey(person.unit, person.staffNo),
  };
}
