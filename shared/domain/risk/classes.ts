import * as z from 'zod';
import { CreditClass, type Subject } from '#domain/subject/subject.ts';
import { addDays, type CalendarDate } from '#domain/time/time.ts';

/** A credit-risk class (信用风险分类, article 6) as subjects are counted by it: those that were given none are counted as such. */
export const CountedClass = z.enum([...CreditClass.options, 'unclassed']);
export type CountedClass = z.infer<typeof CountedClass>;

export const countedClassLabels: Readonly<Record<CountedClass, string>> = {
  A: 'A 类',
  B: 'B 类',
  C: 'C 类',
  D: 'D 类',
  unclassed: '未分类',
};

export function countedClassOf({ creditClass }: Pick<Subject, 'creditClass'>): CountedClass {
  return creditClass ?? 'unclassed';
}

/** What is added to the counts of classes. */
export type ClassChange = Partial<Record<CountedClass, number>>;

/** What has to be added when a subject is counted under another class than before; undefined is under none. */
export function classChange(before: CountedClass | undefined, after: CountedClass | undefined): ClassChange {
  if (before === after) return {};
  return {
    ...(before === undefined ? {} : { [before]: -1 }),
    ...(after === undefined ? {} : { [after]: 1 }),
  };
}

/** The sum of changes, without the classes of which as many came as went. */
export function summedClasses(changes: readonly ClassChange[]): ClassChange {
  const sums = CountedClass.options.map(
    (name) => [name, changes.reduce((sum, change) => sum + (change[name] ?? 0), 0)] as const,
  );
  return Object.fromEntries(sums.filter(([, sum]) => sum !== 0));
}

/**
 * The month, `YYYY-MM`, that a morning's scan counts for: that of the day before. So the scan of the first of a month tells how
 * the month before ended, and a file that came in on its last day is counted in it.
 */
export function monthScanned(day: CalendarDate): string {
  return addDays(day, -1).slice(0, 7);
}
