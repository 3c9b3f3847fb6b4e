import * as z from 'zod';
import { keepingClass } from '#domain/library/subjects.ts';
import type { GivenClass } from '#domain/signal/signal.ts';
import { CreditClass, type Subject } from '#domain/subject/subject.ts';
import { CalendarDate, dateInShanghai, type Instant } from '#domain/time/time.ts';
import { NO_ROWS, runsOf, SUBJECTS_A_TRANSACTION, type ImportPlan, type ImportRow } from './import-plan.ts';
import { commit, settled } from './commit.ts';
import { formerItem } from './former-subjects.ts';
import { stateKey } from './keys.ts';
import { directoryItems, libraryItem, type LibraryItem } from './libraries.ts';
import { putPages } from './pages.ts';
import { reviewItem } from './reviews.ts';
import { givenClassItem, lateClasses, standingClass, unrecordedClasses } from './signals.ts';
import { loadMany, type StateTable } from './store.ts';
import { storedSubjects } from './subjects.ts';

/** What of a stored subject a row is compared with. */
const Stored = z.object({
  id: z.string(),
  digest: z.string().optional(),
  creditClass: CreditClass.optional(),
  classedOn: CalendarDate.optional(),
});
type Stored = z.infer<typeof Stored>;

/** What a row of the register's own file comes to. */
interface Outcome {
  readonly id: string;
  readonly effect: 'added' | 'changed' | 'unchanged';
  readonly item: LibraryItem;
  /** Classes that belong into the subject's history: all that the row tells of but the one that stands. */
  readonly given: readonly GivenClass[];
}

/**
 * Subjects: a row is the whole truth of its subject but for the class, which no row that is older or says nothing of it takes
 * away. What it replaces is kept. History and reviews are put before the subjects: a crash between leaves a review of what is not there yet, which stays
 * due, never a change that nobody looks at. A row that says something new of the past alone counts as unchanged, as its
 * subject stays as it is; the class is in the history all the same.
 */
export async function planSubjects(
  store: StateTable,
  rows: readonly ImportRow<'subjects'>[],
  at: Instant,
): Promise<ImportPlan> {
  const stored = await loadMany(
    store,
    Stored,
    rows.map(({ record }) => stateKey('SUBJECT', record.id)),
    Stored.keyof().options,
  );
  const byId = new Map(stored.map((one) => [one.id, one]));
  const outcomes = rows.map(({ record }) => outcomeOf(record, byId.get(record.id)));
  const counts = { ...NO_ROWS };
  for (const { effect } of outcomes) counts[effect] += 1;
  const open = outcomes.filter(({ effect }) => effect !== 'unchanged');
  const late = outcomes.filter(({ effect }) => effect === 'unchanged').flatMap(({ given }) => given);
  return {
    counts,
    faults: [],
    // The directories last: who finds a territory finds what stands in it.
    apply: async () => {
      await putPages(store, await formersOf(store, outcomes, dateInShanghai(at)));
      await putPages(
        store,
        open.flatMap(({ given }) => given.map(givenClassItem)),
      );
      await putPages(
        store,
        open.map(({ id, item }) => reviewItem(id, awaiting(item, at))),
      );
      await putPages(
        store,
        open.map(({ item }) => item),
      );
      await putPages(store, directoryItems(open.map(({ item }) => item)));
      await recordLate(store, late, at);
    },
  };
}

/** The rows that are about to be replaced, whole: nothing is overwritten without its history. */
async function formersOf(
  store: StateTable,
  outcomes: readonly Outcome[],
  until: CalendarDate,
): Promise<Readonly<Record<string, unknown>>[]> {
  const changed = outcomes.filter(({ effect }) => effect === 'changed');
  const rows = await storedSubjects(
    store,
    changed.map(({ id }) => id),
  );
  // Done again after a crash, a row that stands already is not one that is replaced.
  const next = new Map<string, string>(changed.map(({ id, item }) => [id, item.digest]));
  return rows
    .filter(({ subject, digest }) => next.get(subject.id) !== digest)
    .map(({ subject }) => formerItem({ subject, until }));
}

function awaiting({ digest }: LibraryItem, at: Instant) {
  return { day: dateInShanghai(at), digest, awaits: digest };
}

function outcomeOf(record: Subject, stored: Stored | undefined): Outcome {
  const { id } = record;
  const before = stored === undefined ? [] : standingClass(stored);
  const given = standingClass(record);
  const item = libraryItem('subjects', stored === undefined ? record : keepingClass(record, stored));
  if (stored?.digest === item.digest) {
    return { id, effect: 'unchanged', item, given: given.filter(({ on }) => on !== stored.classedOn) };
  }
  // The class that stands is on the subject: what belongs into the history is the one that it takes the place of, or the
  // row's own when a newer one stands. One class a day: what the row says of the day of the standing class corrects it.
  const { classedOn } = Stored.parse(item);
  const past = [...before, ...given].filter(({ on }) => on !== classedOn);
  return { id, effect: stored === undefined ? 'added' : 'changed', item, given: past };
}

/** Classes of the past that leave their subject as it is: each goes with its review, since no row of a subject tells of them. */
async function recordLate(store: StateTable, late: readonly GivenClass[], at: Instant): Promise<void> {
  for (const some of runsOf(await unrecordedClasses(store, late), SUBJECTS_A_TRANSACTION)) {
    await settled(async () =>
      commit(store, { at, writes: await lateClasses(store, some, dateInShanghai(at)), events: [] }),
    );
  }
}
