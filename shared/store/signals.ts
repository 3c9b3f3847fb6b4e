import * as z from 'zod';
import { GivenClass, Signal } from '#domain/signal/signal.ts';
import type { Subject } from '#domain/subject/subject.ts';
import { givenClassKey, historyPartition, signalKey } from './keys.ts';
import { queryAll, type StateTable } from './store.ts';

/** The item of a signal. Its id follows from its cause: putting it again changes nothing. */
export function signalItem(signal: Signal): Readonly<Record<string, unknown>> {
  return { ...signalKey(signal.subject, signal.on, signal.id), signal };
}

/** The item of a class that was given: one a day, whatever is given later. Putting it again changes nothing. */
export function givenClassItem(given: GivenClass): Readonly<Record<string, unknown>> {
  return { ...givenClassKey(given.subject, given.on), given };
}

/** The class that stands on a subject, which a newer one is about to take the place of. */
export function standingClass({ id, creditClass, classedOn }: Subject): GivenClass[] {
  return creditClass === undefined || classedOn === undefined
    ? []
    : [{ subject: id, creditClass, on: classedOn }];
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
