import * as z from 'zod';
import type { InspectionStatus } from './inspection.ts';
import type { ListedInspection } from './listing.ts';

/** From the publication on a visit is nobody's task on hand any more. */
type DoneStatus = Extract<InspectionStatus, 'published' | 'closed' | 'archived'>;
const DONE: ReadonlySet<InspectionStatus> = new Set<DoneStatus>(['published', 'closed', 'archived']);

const visits = z.int().nonnegative();

/** How much an inspector has to do for their unit (任务量, article 5): for the people who look at it. No draw asks for it. */
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

type Visit = Pick<ListedInspection, 'status' | 'team'>;

/**
 * The load of everybody whom a unit has on the team of one of these visits, by staff number.
 * @param given the visits that were assigned within the year
 * @param older those that were assigned before it and are not published
 */
export function workloadsOf(
  unit: string,
  given: readonly Visit[],
  older: readonly Visit[],
): ReadonlyMap<string, Workload> {
  const byPerson = (some: readonly Visit[]) =>
    Map.groupBy(
      some.flatMap(({ status, team }) =>
        team.filter((member) => member.unit === unit).map(({ inspector }) => ({ inspector, status })),
      ),
      ({ inspector }) => inspector,
    );
  const inYear = byPerson(given);
  const before = byPerson(older);
  return new Map(
    [...new Set([...inYear.keys(), ...before.keys()])].map((inspector) => {
      const own = inYear.get(inspector) ?? [];
      const all = [...own, ...(before.get(inspector) ?? [])];
      return [
        inspector,
        workload(
          all.map(({ status }) => status),
          own.length,
        ),
      ];
    }),
  );
}

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
