import * as z from 'zod';
import type { InspectionStatus } from './inspection.ts';

/** From the publication on a visit is nobody's task on hand any more. */
type DoneStatus = Extract<InspectionStatus, 'published' | 'closed' | 'archived'>;
const DONE: ReadonlySet<InspectionStatus> = new Set<DoneStatus>(['published', 'closed', 'archived']);

const visits = z.int().nonnegative();

/** How much an inspector has to do (任务量, article 5): for the people who look at it. No draw asks for it. */
export const Workload = z.strictObject({
  /** Visits whose team they are on and that are not published, which ends the team's duty (article 14): all of them, and by their state. */
  open: z.strictObject({
    all: visits,
    assigned: visits,
    accepted: visits,
    begun: visits,
    ended: visits,
    recorded: visits,
  } satisfies Record<'all' | Exclude<InspectionStatus, DoneStatus>, z.ZodType>),
  /** Visits whose team they are on and that were assigned within the last year, open or published. Those that they left don't count. */
  givenInYear: visits,
});
export type Workload = z.infer<typeof Workload>;

/** Counts the visits that somebody has on hand; one that was published a moment ago is none any more. */
export function workload(onHand: readonly InspectionStatus[], givenInYear: number): Workload {
  const counted = (status: InspectionStatus) => onHand.filter((one) => one === status).length;
  return {
    open: {
      all: onHand.filter((one) => !DONE.has(one)).length,
      assigned: counted('assigned'),
      accepted: counted('accepted'),
      begun: counted('begun'),
      ended: counted('ended'),
      recorded: counted('recorded'),
    },
    givenInYear,
  };
}
