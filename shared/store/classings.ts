import * as z from 'zod';
import { CreditClass, type Subject } from '#domain/subject/subject.ts';
import { CalendarDate } from '#domain/time/time.ts';
import { CLASSING_PREFIX, classingKey, classingPartition } from './keys.ts';
import { queryAll, type StateTable } from './store.ts';

/** The credit-risk class that a subject was given on a day (article 6). */
export const GivenClass = z.object({ subject: z.string(), on: CalendarDate, creditClass: CreditClass });
export type GivenClass = z.infer<typeof GivenClass>;

/** The item of a class that was given: one a day, whatever is given later. Putting it again changes nothing. */
export function givenClassItem(given: GivenClass): Readonly<Record<string, unknown>> {
  return { ...classingKey(given.subject, given.on), ...given };
}

/** The class that stands on a subject, which a newer one is about to take the place of. */
export function standingClass({ id, creditClass, classedOn }: Subject): GivenClass[] {
  return creditClass === undefined || classedOn === undefined
    ? []
    : [{ subject: id, creditClass, on: classedOn }];
}

/** The classes that a subject was given, oldest first. */
export function classesOf(store: StateTable, subject: string): Promise<GivenClass[]> {
  return queryAll(store, GivenClass, { partition: classingPartition(subject), prefix: CLASSING_PREFIX });
}
