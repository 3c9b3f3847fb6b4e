import * as z from 'zod';
import { sha256 } from '#sha256';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import { DirectoryPlace, placeInDirectory } from '#domain/inspector/figures.ts';
import { Inspector } from '#domain/inspector/inspector.ts';
import { nextWarningDay, Standing, type Warned } from '#domain/inspector/warning.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import {
  DIRECTORY_PARTITION,
  directoryKey,
  EXPIRING_PARTITION,
  expiringKey,
  expiringThrough,
  lists,
  stateKey,
  type Key,
} from './keys.ts';
import type { LibraryItem } from './libraries.ts';
import { saved } from './records.ts';
import { load, queryAll, type Found, type StateTable } from './store.ts';

/** Stored rows carry their keys; what is parsed of them is the inspector alone. */
const StoredInspector = Inspector.strip();

/**
 * The row of an inspector in the state table, with its place in the list of its unit and, while a warning is to come, on the
 * due index. An import knows nothing of the warnings that were given: it puts the first day of all, and the next sweep finds
 * that there is nothing to say and moves the row on.
 */
export function inspectorRow(inspector: Inspector, warned: readonly Warned[]): LibraryItem {
  const day = nextWarningDay(inspector, warned);
  return {
    ...stateKey('INSPECTOR', inspector.staffNo),
    ...inspector,
    digest: contentDigest(inspector),
    listPk: lists.inspectorsOf(inspector.unit),
    listSk: inspector.staffNo,
    ...(day === undefined ? {} : expiringKey(day, inspector.staffNo)),
  };
}

/** A changed row of an inspector. Committing it fails when an import or a person changed the row since it was read. */
export function changedInspector(before: Inspector, after: Inspector, warned: readonly Warned[]): StateWrite {
  return {
    key: stateKey('INSPECTOR', after.staffNo),
    item: inspectorRow(after, warned),
    expect: { digest: contentDigest(before) },
  };
}

/** The place of an inspector in the figures of the directory; the row's own condition decides between two who change it. */
export function directoryPlace(inspector: Inspector): StateWrite {
  return {
    key: directoryKey(inspector.staffNo),
    item: placeInDirectory(inspector),
    expect: 'anything',
  };
}

/** All places in the directory: of a thousand inspectors one query reads some 150 KB. */
export function directoryPlaces(store: StateTable): Promise<DirectoryPlace[]> {
  return queryAll(store, DirectoryPlace, { partition: DIRECTORY_PARTITION });
}

/** Two rows that say the same have the same one, and either may take the other's place: an import knows of no version. */
function contentDigest(inspector: Inspector): string {
  return sha256(canonicalJson(inspector));
}

/** The inspector that a row of the table tells of. */
export function inspectorIn(row: Readonly<Record<string, unknown>>): Inspector {
  return StoredInspector.parse(row);
}

export function loadInspector(store: StateTable, staffNo: string): Promise<Inspector | undefined> {
  return load(store, StoredInspector, stateKey('INSPECTOR', staffNo));
}

/** Staff numbers of those who may have to be warned by the day: the cost follows these, not the directory. */
export async function expiringBy(store: StateTable, day: CalendarDate): Promise<string[]> {
  const found = await queryAll(store, z.object({ staffNo: z.string() }), {
    index: 'due',
    partition: EXPIRING_PARTITION,
    through: expiringThrough(day),
  });
  return found.map(({ staffNo }) => staffNo);
}

export function loadStanding(store: StateTable, staffNo: string): Promise<Standing | undefined> {
  return load(store, Standing, stateKey('STANDING', staffNo));
}

/** The keys of an inspector's row and of what is known beside it. */
export const inspectorKeys = (staffNo: string): readonly Key[] => [
  stateKey('INSPECTOR', staffNo),
  stateKey('STANDING', staffNo),
];

/** The inspector that a reading of `inspectorKeys` found; undefined when the library has none. */
export function inspectorFound(
  found: Found,
  staffNo: string,
): { readonly inspector: Inspector; readonly standing: Standing | undefined } | undefined {
  const inspector = found.one(StoredInspector, stateKey('INSPECTOR', staffNo));
  return inspector && { inspector, standing: found.one(Standing, stateKey('STANDING', staffNo)) };
}

/** The next standing of an inspector. Committing it fails when something else happened meanwhile. */
export function savedStanding(next: Standing): StateWrite {
  return saved('STANDING', next);
}
