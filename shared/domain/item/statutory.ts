import * as z from 'zod';
import { addDays, addMonths, CalendarDate } from '#domain/time/time.ts';
import type { Statutory } from './item.ts';

/** The draw that was proposed for the last period of an item; `id` is the item's code. */
export const ProposedPeriod = z.object({
  id: z.string(),
  version: z.int().positive(),
  /** First day of the period. */
  from: CalendarDate,
  draw: z.string(),
});
export type ProposedPeriod = z.infer<typeof ProposedPeriod>;

export interface Period {
  readonly from: CalendarDate;
  readonly through: CalendarDate;
}

/**
 * The period in which a day lies. Periods are whole months, counted from January of year 0, so that they follow from the
 * frequency alone: every 12 months is the calendar year, every 3 its quarters, every 24 begins in even years.
 */
export function periodOf({ everyMonths }: Statutory, day: CalendarDate): Period {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const from = addMonths(CalendarDate.parse(`${day.slice(0, 7)}-01`), -(month % everyMonths));
  return { from, through: addDays(addMonths(from, everyMonths), -1) };
}

/** Whether a draw for the period is still to be proposed: not when one was for it, or for a later one under another frequency. */
export function isToPropose(last: ProposedPeriod | undefined, { from }: Period): boolean {
  return last === undefined || last.from < from;
}
