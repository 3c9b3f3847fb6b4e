import * as z from 'zod';
import { deriveId } from '#domain/ids/derive.ts';
import { GivenClass, Signal } from '#domain/signal/signal.ts';
import type { Subject } from '#domain/subject/subject.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import { datedAt, datedKey, givenClassKey, historyPartition, signalKey } from './keys.ts';
import { subjectsAreDue } from './reviews.ts';
import { load, loadMany, queryAll, queryPage, type StateTable } from './store.ts';

/** The item of a signal. Its id follows from its cause: putting it again changes nothing. */
export function signalItem(signal: Signal): Readonly<Record<string, unknown>> {
  return { ...signalKey(signal.subject, signal.on, signal.id), signal };
}

const StoredSignal = z.object({ signal: Signal }).transform(({ signal }) => signal);

/** The signal as it was recorded, if it was. */
export function recordedBefore(store: StateTable, { subject, on, id }: Signal): Promise<Signal | undefined> {
  return load(store, StoredSignal, signalKey(subject, on, id));
}

/** Those of the signals that were recorded before, as they were. */
export function knownSignals(store: StateTable, signals: readonly Signal[]): Promise<Signal[]> {
  return loadMany(
    store,
    StoredSignal,
    signals.map(({ subject, on, id }) => signalKey(subject, on, id)),
  );
}

/**
 * Records signals of at most 50 different ids, each subject being due today. A new one only: committing it fails when one of
 * them is there, so that what was recorded first stands. It fails as well when a review was changed meanwhile; wrap it in
 * `settled`.
 */
export async function recordedSignals(
  store: StateTable,
  signals: readonly Signal[],
  today: CalendarDate,
): Promise<StateWrite[]> {
  const causes = new Map(signals.map(({ subject, id }) => [subject, { day: today, digest: id }]));
  return [
    ...signals.map((signal): StateWrite => ({
      key: signalKey(signal.subject, signal.on, signal.id),
      item: { signal },
      expect: 'absent',
    })),
    ...(await subjectsAreDue(store, causes)),
  ];
}

/** The item of a class that was given: one a day, whatever is given later. Putting it again changes nothing. */
export function givenClassItem(given: GivenClass): Readonly<Record<string, unknown>> {
  return { ...givenClassKey(given.subject, given.on), given };
}

/** The class that stands on a subject, which a newer one is about to take the place of. */
export function standingClass({
  id,
  creditClass,
  classedOn,
}: Pick<Subject, 'creditClass' | 'classedOn'> & { readonly id: string }): GivenClass[] {
  return creditClass === undefined || classedOn === undefined
    ? []
    : [{ subject: id, creditClass, on: classedOn }];
}

const StoredClass = z.object({ given: GivenClass }).transform(({ given }) => given);

/** Those of the classes that the histories do not have, or have otherwise. At most one for each subject and day. */
export async function unrecordedClasses(
  store: StateTable,
  classes: readonly GivenClass[],
): Promise<GivenClass[]> {
  const recorded = await loadMany(
    store,
    StoredClass,
    classes.map(({ subject, on }) => givenClassKey(subject, on)),
  );
  const known = new Set(recorded.map(nameOf));
  return classes.filter((given) => !known.has(nameOf(given)));
}

function nameOf({ subject, on, creditClass }: GivenClass): string {
  return `${subject} ${on} ${creditClass}`;
}

/**
 * Records classes that change no subject, being older than the one that stands; each subject is due today. Committing it fails
 * when a review was changed meanwhile; wrap it in `settled`.
 */
export async function lateClasses(
  store: StateTable,
  classes: readonly GivenClass[],
  today: CalendarDate,
): Promise<StateWrite[]> {
  const causes = new Map(
    classes.map((given) => [given.subject, { day: today, digest: deriveId('G', nameOf(given)) }]),
  );
  return [
    ...classes.map((given): StateWrite => ({
      key: givenClassKey(given.subject, given.on),
      item: { given },
      expect: 'anything',
    })),
    ...(await subjectsAreDue(store, causes)),
  ];
}

const Entry = z.union([
  z.object({ signal: Signal }).transform(({ signal }) => ({ signals: [signal], classes: [] })),
  z.object({ given: GivenClass }).transform(({ given }) => ({ signals: [], classes: [given] })),
]);

/** The signals about a subject and the classes that it was given, oldest first. */
export async function historyOfSubject(
  store: StateTable,
  subject: string,
): Promise<{ readonly signals: Signal[]; readonly classes: GivenClass[] }> {
  const entries = await queryAll(store, Entry, { partition: historyPartition(subject) });
  return {
    signals: entries.flatMap(({ signals }): Signal[] => signals),
    classes: entries.flatMap(({ classes }): GivenClass[] => classes),
  };
}

/** One thing that a subject's history tells: a signal or a class. */
export interface HistoryEntry {
  readonly signal?: Signal;
  readonly given?: GivenClass;
}

const StoredEntry = z.union([z.object({ signal: Signal }), z.object({ given: GivenClass })]);

/** A page of a subject's history, newest first. `next` continues it; it is absent after the last entry. */
export async function historyPage(
  store: StateTable,
  subject: string,
  { limit, after }: { readonly limit: number; readonly after?: string },
): Promise<{ readonly items: readonly HistoryEntry[]; readonly next?: string }> {
  const { items, next } = await queryPage(store, StoredEntry, {
    partition: historyPartition(subject),
    newestFirst: true,
    limit,
    ...(after === undefined ? {} : { after: { ...datedKey(historyPartition(subject), after) } }),
  });
  return { items, ...(next === undefined ? {} : { next: datedAt(Place.parse(next).sk) }) };
}

const Place = z.object({ sk: z.string() });
