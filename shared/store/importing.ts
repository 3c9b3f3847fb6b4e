import * as z from 'zod';
import type { RowError } from '#domain/library/column.ts';
import { amended, type Amendment } from '#domain/library/amendment.ts';
import {
  type AmendingLibraryName,
  type LibraryName,
  type LibraryRecord,
  type WholeLibraryName,
} from '#domain/library/library.ts';
import type { GivenClass } from '#domain/signal/signal.ts';
import { Subject } from '#domain/subject/subject.ts';
import type { Instant } from '#domain/time/time.ts';
import { commit, settled } from './commit.ts';
import { stateKey, type Key } from './keys.ts';
import { directoryItems, libraryItem, type LibraryItem } from './libraries.ts';
import { putPages } from './pages.ts';
import { givenClassItem, standingClass } from './signals.ts';
import { loadMany, type StateTable } from './store.ts';
import { TRANSACTION_LIMIT } from './transaction.ts';

/** How many rows of a file came to what. */
export const ImportCounts = z.object({
  added: z.int().nonnegative(),
  changed: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  rejected: z.int().nonnegative(),
});
export type ImportCounts = z.infer<typeof ImportCounts>;

export const NO_ROWS: ImportCounts = { added: 0, changed: 0, unchanged: 0, rejected: 0 };

export function addCounts(one: ImportCounts, other: ImportCounts): ImportCounts {
  return {
    added: one.added + other.added,
    changed: one.changed + other.changed,
    unchanged: one.unchanged + other.unchanged,
    rejected: one.rejected + other.rejected,
  };
}

/** A row of a file that reads well. */
export interface ImportRow<Name extends LibraryName> {
  readonly row: number;
  readonly record: LibraryRecord[Name];
}

/** What importing rows comes to, as the library stands; nothing is written until `apply`. */
export interface ImportPlan {
  readonly counts: ImportCounts;
  /** Rows that read well and can't be imported all the same. */
  readonly faults: readonly RowError[];
  /** Writes what is added or changed. Applying the same rows again changes nothing. */
  readonly apply: (at: Instant) => Promise<void>;
}

/** Rows that are planned and written at a time: what is in memory of them, and is done again after a crash. */
export const IMPORT_BATCH = 1_000;

type Planner<Name extends LibraryName> = (
  store: StateTable,
  rows: readonly ImportRow<Name>[],
) => Promise<ImportPlan>;

const planners: { readonly [Name in LibraryName]: Planner<Name> } = {
  subjects: (store, rows) => planRecords(store, 'subjects', rows),
  inspectors: (store, rows) => planRecords(store, 'inspectors', rows),
  items: (store, rows) => planRecords(store, 'items', rows),
  people: (store, rows) => planRecords(store, 'people', rows),
  licences: (store, rows) => planAmendments(store, 'licences', rows, () => []),
  classings: (store, rows) => planAmendments(store, 'classings', rows, givenBy),
};

/** Compares rows with the library as it stands. The rows of a file are planned and applied `IMPORT_BATCH` at a time, in their order. */
export function planRows<Name extends LibraryName>(
  store: StateTable,
  library: Name,
  rows: readonly ImportRow<Name>[],
): Promise<ImportPlan> {
  const plan: Planner<Name> = planners[library];
  return plan(store, rows);
}

const StoredDigest = z.object({ pk: z.string(), digest: z.string().optional() });

/** Rows that are the whole truth of their record: what stands there is compared by its digest and put anew. */
async function planRecords<Name extends WholeLibraryName>(
  store: StateTable,
  library: Name,
  rows: readonly ImportRow<Name>[],
): Promise<ImportPlan> {
  const items = rows.map(({ record }) => libraryItem<Name>(library, record));
  const stored = await loadMany(store, StoredDigest, items.map(keyOf), ['pk', 'digest']);
  const digests = new Map(stored.map(({ pk, digest }) => [pk, digest]));
  const counts = { ...NO_ROWS };
  const open: LibraryItem[] = [];
  for (const item of items) {
    const effect = effectOf(item, digests);
    counts[effect] += 1;
    if (effect !== 'unchanged') open.push(item);
  }
  return {
    counts,
    faults: [],
    // The directories last: who finds a territory finds what stands in it.
    apply: async () => {
      await putPages(store, open);
      await putPages(store, directoryItems(open));
    },
  };
}

function keyOf({ pk, sk }: LibraryItem): Key {
  return { pk, sk };
}

function effectOf(
  { pk, digest }: LibraryItem,
  stored: ReadonlyMap<string, string | undefined>,
): 'added' | 'changed' | 'unchanged' {
  if (!stored.has(pk)) return 'added';
  return stored.get(pk) === digest ? 'unchanged' : 'changed';
}

/** What a row leaves behind beside the subject that it amends. */
type Traces<Name extends AmendingLibraryName> = (
  before: Subject,
  record: LibraryRecord[Name],
) => readonly GivenClass[];

/** The class that a row gives, and the one that stood before, whichever file it came from. */
function givenBy(before: Subject, { id, classedOn, creditClass }: LibraryRecord['classings']): GivenClass[] {
  return [...standingClass(before), { subject: id, on: classedOn, creditClass }];
}

/** Rows that amend subjects: whoever else writes a subject meanwhile is not overwritten, the row is decided again on what is there then. */
async function planAmendments<Name extends AmendingLibraryName>(
  store: StateTable,
  library: Name,
  rows: readonly Amendment<Name>[],
  traces: Traces<Name>,
): Promise<ImportPlan> {
  const { counts, faults } = fold(library, await amendable(store, rows), rows, traces);
  return {
    counts,
    faults,
    apply: async (at) => {
      for (const some of runsOf(rows, TRANSACTION_LIMIT)) {
        await settled(async () => {
          const { given, changed } = fold(library, await amendable(store, some), some, traces);
          // Facts of their own day, true whether or not the class that stands now is a newer one: they may be there before it.
          await putPages(store, given.map(givenClassItem));
          const writes = changed.map(({ item, expected }) => ({
            key: keyOf(item),
            item,
            expect: { digest: expected },
          }));
          if (writes.length > 0) await commit(store, { at, writes, events: [] });
        });
      }
    },
  };
}

/** A subject as it is stored, with the digest that tells whether somebody has written it since. */
interface Amendable {
  readonly subject: Subject;
  readonly digest: string | undefined;
}

const StoredSubject = Subject.strip();
const StoredAmendable = z
  .looseObject({ digest: z.string().optional() })
  .transform((item): Amendable => ({ digest: item.digest, subject: StoredSubject.parse(item) }));

async function amendable(
  store: StateTable,
  rows: readonly { readonly record: { readonly id: string } }[],
): Promise<Map<string, Amendable>> {
  const ids = new Set(rows.map(({ record }) => record.id));
  const found = await loadMany(
    store,
    StoredAmendable,
    [...ids].map((id) => stateKey('SUBJECT', id)),
  );
  return new Map(found.map((one) => [one.subject.id, one]));
}

interface Folded {
  readonly counts: ImportCounts;
  readonly faults: RowError[];
  readonly given: GivenClass[];
  readonly changed: readonly { readonly item: LibraryItem; readonly expected: string | undefined }[];
}

/** Row after row, each on what the ones before have made of its subject. */
function fold<Name extends AmendingLibraryName>(
  library: Name,
  stored: ReadonlyMap<string, Amendable>,
  rows: readonly Amendment<Name>[],
  traces: Traces<Name>,
): Folded {
  const counts = { ...NO_ROWS };
  const faults: RowError[] = [];
  const given = new Map<string, GivenClass>();
  const current = new Map([...stored].map(([id, { subject }]) => [id, subject]));
  const changed = new Map<string, { item: LibraryItem; expected: string | undefined }>();
  for (const amendment of rows) {
    const { id }: { readonly id: string } = amendment.record;
    const before = current.get(id);
    const decided = amended(library, before, amendment);
    if (!decided.ok || before === undefined) {
      counts.rejected += 1;
      if (!decided.ok) faults.push(decided.error);
      continue;
    }
    for (const one of traces(before, amendment.record)) given.set(`${one.subject} ${one.on}`, one);
    const item = libraryItem('subjects', decided.subject);
    const same = item.digest === libraryItem('subjects', before).digest;
    counts[same ? 'unchanged' : 'changed'] += 1;
    if (same) continue;
    current.set(id, decided.subject);
    changed.set(id, { item, expected: stored.get(id)?.digest });
  }
  return { counts, faults, given: [...given.values()], changed: [...changed.values()] };
}

function* runsOf<Row>(rows: readonly Row[], size: number): Generator<readonly Row[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}
