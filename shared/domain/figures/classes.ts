import { CountedClass, type ClassChange } from '#domain/risk/classes.ts';
import type { ClassesOfMonth } from './figures.ts';

/** What the scans of a month added to the counts of classes. */
export interface MonthsChange extends ClassChange {
  readonly month: string;
}

/**
 * How many stand in each class at the end of each month: all that was added up to it. A month in which nothing changed stands
 * as the one before; one before anything was counted is left out.
 * @param changes of all months from the first one on, in any order, also several of one month
 * @param months `YYYY-MM`, in order
 */
export function classesByMonth(
  changes: readonly MonthsChange[],
  months: readonly string[],
): ClassesOfMonth[] {
  return months.flatMap((month) => {
    const until = changes.filter((change) => change.month <= month);
    const standing = (name: CountedClass) => until.reduce((sum, change) => sum + (change[name] ?? 0), 0);
    const [A, B, C, D] = [standing('A'), standing('B'), standing('C'), standing('D')];
    return until.length === 0 ? [] : [{ month, A, B, C, D, unclassed: standing('unclassed') }];
  });
}
