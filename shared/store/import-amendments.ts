import { amended, type Amendment } from '#domain/library/amendment.ts';
import type { RowError } from '#domain/library/column.ts';
import type { AmendingLibraryName, LibraryRecord } from '#domain/library/library.ts';
import type { GivenClass } from '#domain/signal/signal.ts';
import type { Subject } from '#domain/subject/subject.ts';
import { dateInShanghai, type CalendarDate, type Instant } from '#domain/time/time.ts';
import { commit, settled, type StateWrite } from './commit.ts';
import { NO_ROWS, runsOf, type ImportPlan } from './import-plan.ts';
import { formerItem } from './former-subjects.ts';
import { libraryItem, type LibraryItem } from './libraries.ts';
import { putPages } from './pages.ts';
import { subjectsAreDue, type Cause } from './reviews.ts';
import { givenClassItem, lateClasses, standingClass, unrecordedClasses } from './signals.ts';
import type { StateTable } from './store.ts';
import { storedSubjects, type StoredSubject } from './subjects.ts';

/** Each row may take a subject, what it said before, and its review: three of a transaction's 100 items. */
const ROWS_A_TRANSACTION = 33;

/** The class that a row gives its subject, if the library is about classes. */
const classOf: {
  readonly [Name in AmendingLibraryName]: (record: LibraryRecord[Name]) => readonly GivenClass[];
} = { licences: () => [], classings: standingClass };

/**
 * Rows that amend subjects: whoever else writes a subject meanwhile is not overwritten, the row is decided again on what is
 * there then. The review of a subject goes into the transaction that changes it. A class that is older than the one that stands
 * counts as unchanged, as its subject stays as it is; it is in the history all the same.
 */
export async function planAmendments<Name extends AmendingLibraryName>(
  store: StateTable,
  library: Name,
  rows: readonly Amendment<Name>[],
  at: Instant,
): Promise<ImportPlan> {
  const { counts, faults } = fold(library, await amendable(store, rows), rows);
  return {
    counts,
    faults,
    apply: async () => {
      for (const some of runsOf(rows, ROWS_A_TRANSACTION)) {
        await settled(async () => {
          const folded = fold(library, await amendable(store, some), some);
          await write(store, folded, at);
        });
      }
    },
  };
}

async function write(store: StateTable, { changed, given }: Folded, at: Instant): Promise<void> {
  const day = dateInShanghai(at);
  // Facts of their own day, true whether or not the class that stands now is a newer one: they may be there before it.
  const beside = given.filter(({ subject }) => changed.has(subject));
  await putPages(store, beside.map(givenClassItem));
  const late = given.filter(({ subject }) => !changed.has(subject));
  const writes = [
    ...[...changed.values()].flatMap((one) => [changedSubject(one), keptFormer(one, day)]),
    ...(await subjectsAreDue(store, causesOf(changed, day))),
    ...(await lateClasses(store, await unrecordedClasses(store, late), day)),
  ];
  if (writes.length > 0) await commit(store, { at, writes, events: [] });
}

function changedSubject({ item, expected }: Changed): StateWrite {
  const { pk, sk } = item;
  return { key: { pk, sk }, item, expect: { digest: expected } };
}

/** What the library said until today: nothing is overwritten without its history. */
function keptFormer({ before }: Changed, until: CalendarDate): StateWrite {
  const { pk, sk, ...item } = formerItem({ subject: before, until });
  return { key: { pk, sk }, item, expect: 'anything' };
}

function causesOf(changed: Folded['changed'], day: CalendarDate): Map<string, Cause> {
  return new Map(
    [...changed].map(([id, { item, expected }]) => [id, { day, digest: item.digest, replaces: expected }]),
  );
}

async function amendable(
  store: StateTable,
  rows: readonly { readonly record: { readonly id: string } }[],
): Promise<Map<string, StoredSubject>> {
  const found = await storedSubjects(
    store,
    rows.map(({ record }) => record.id),
  );
  return new Map(found.map((one) => [one.subject.id, one]));
}

interface Changed {
  readonly item: LibraryItem;
  /** As it is stored. */
  readonly before: Subject;
  readonly expected: string | undefined;
}

interface Folded {
  readonly counts: ImportPlan['counts'];
  readonly faults: RowError[];
  /** At most one for each subject and day. */
  readonly given: readonly GivenClass[];
  /** By the subject's id. */
  readonly changed: ReadonlyMap<string, Changed>;
}

/** Row after row, each on what the ones before have made of its subject. */
function fold<Name extends AmendingLibraryName>(
  library: Name,
  stored: ReadonlyMap<string, StoredSubject>,
  rows: readonly Amendment<Name>[],
): Folded {
  const counts = { ...NO_ROWS };
  const faults: RowError[] = [];
  const given = new Map<string, GivenClass>();
  const give = (one: GivenClass) => given.set(`${one.subject} ${one.on}`, one);
  const current = new Map([...stored].map(([id, { subject }]) => [id, subject]));
  const changed = new Map<string, Changed>();
  const classIn: (record: LibraryRecord[Name]) => readonly GivenClass[] = classOf[library];
  for (const amendment of rows) {
    const { id }: { readonly id: string } = amendment.record;
    const before = current.get(id);
    const decided = amended(library, before, amendment);
    if (!decided.ok || before === undefined) {
      counts.rejected += 1;
      if (!decided.ok) faults.push(decided.error);
      continue;
    }
    const item = libraryItem('subjects', decided.subject);
    const same = item.digest === libraryItem('subjects', before).digest;
    counts[same ? 'unchanged' : 'changed'] += 1;
    const gives = classIn(amendment.record);
    // The class that stood is in no history when a file of subjects brought it before there was one.
    if (!same && gives.length > 0) for (const one of standingClass(before)) give(one);
    for (const one of gives) give(one);
    if (same) continue;
    current.set(id, decided.subject);
    changed.set(id, {
      item,
      before: stored.get(id)?.subject ?? before,
      expected: stored.get(id)?.digest,
    });
  }
  return { counts, faults, given: [...given.values()], changed };
}
