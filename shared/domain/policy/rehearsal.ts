import * as z from 'zod';
import { DrawCriteria } from '#domain/draw/criteria.ts';
import { CalendarDate, dateInShanghai, daysBetween, Instant } from '#domain/time/time.ts';
import { cohortOf, isWithinWindow, mayBeMerged, MERGED_LIMIT } from '#domain/trigger/merging.ts';
import { triage, type Trigger } from '#domain/trigger/trigger.ts';
import { criteriaFor, type Policy } from './policy.ts';

const LONGEST_DAYS = 366;

/** The days over which a policy is rehearsed, both included. */
export const RehearsalWindow = z
  .strictObject({ from: CalendarDate, through: CalendarDate })
  .refine(({ from, through }) => from <= through, {
    path: ['through'],
    message: '止日不得早于起日 not before from',
  })
  .refine(({ from, through }) => daysBetween(from, through) < LONGEST_DAYS, {
    path: ['through'],
    message: `最多 ${LONGEST_DAYS} 日 at most ${LONGEST_DAYS} days`,
  });
export type RehearsalWindow = z.infer<typeof RehearsalWindow>;

const count = z.int().nonnegative();

/** What a policy of triggers would have come to. */
export const RehearsedTriggers = z.object({
  /** Triggers received in the window. */
  looked: count,
  /** Draws of its own. */
  fired: count,
  /** Reports that would have been dealt with by one of those draws. */
  merged: count,
  /** Its condition holds, and the report does not name what its draw takes from it. */
  held: count,
  /** Its condition holds, and another policy in force goes first. */
  outdone: count,
  /** Its condition could not be computed. */
  failed: count,
});
export type RehearsedTriggers = z.infer<typeof RehearsedTriggers>;

export const NO_TRIGGERS: RehearsedTriggers = {
  looked: 0,
  fired: 0,
  merged: 0,
  held: 0,
  outdone: 0,
  failed: 0,
};

/** What the policy would have done with one trigger. */
export const TriggerFinding = z.object({
  trigger: z.string(),
  /** The day on which it was received. */
  day: CalendarDate,
  title: z.string(),
  outcome: z.enum(['fired', 'merged', 'held', 'outdone', 'failed']),
  /** Whom the draw would have been about. */
  criteria: DrawCriteria.optional(),
  /** Of a merged one: the trigger whose draw would have taken it. */
  into: z.string().optional(),
  /** Of a held one: what the report leaves out. */
  missing: z.array(z.enum(['territory', 'industry'])).optional(),
  /** Of one that was outdone: the policy that goes first. */
  by: z.string().optional(),
  /** Of one that failed. */
  why: z.string().optional(),
});
export type TriggerFinding = z.infer<typeof TriggerFinding>;

/** A draw that would have been fired for a cohort, and takes what follows within its window. */
export const OpenWindow = z.object({ cohort: z.string(), trigger: z.string(), at: Instant, merged: count });
export type OpenWindow = z.infer<typeof OpenWindow>;

/** A trigger, and what the conditions came to for it. */
export interface Asked {
  readonly trigger: Trigger;
  readonly outcome: { readonly holds: boolean } | { readonly failed: string };
  /** The other policies in force whose condition holds. */
  readonly others: readonly Policy[];
}

/** What follows from a trigger; absent `finding` when the policy is not about it. */
export interface TriggerRehearsed {
  readonly finding?: TriggerFinding;
  /** What its cohort's window is from then on. */
  readonly window?: OpenWindow;
}

/**
 * What the policy, had it been in force, would have done with a trigger: as triage does, but on the policy's own firings of
 * the triggers before. Triggers have to come in the order in which they were received.
 */
export function rehearseTrigger(
  policy: Policy,
  { trigger, outcome, others }: Asked,
  windowFor: (cohort: string) => OpenWindow | undefined,
): TriggerRehearsed {
  const { id, receivedAt: at, report } = trigger;
  const of = { trigger: id, day: dateInShanghai(at), title: report.title };
  if ('failed' in outcome) return { finding: { ...of, outcome: 'failed', why: outcome.failed } };
  if (!outcome.holds) return {};
  const decision = triage([policy, ...others]);
  if (decision.kind === 'fire' && decision.policy !== policy.id) {
    return { finding: { ...of, outcome: 'outdone', by: decision.policy } };
  }
  const resolved = criteriaFor(policy, report.cohort);
  if ('missing' in resolved) {
    return { finding: { ...of, outcome: 'held', missing: [...resolved.missing] } };
  }
  const { criteria } = resolved;
  const fired = { ...of, outcome: 'fired', criteria } as const;
  if (policy.merge === undefined) return { finding: fired };
  const cohort = cohortOf(policy.id, criteria);
  const open = windowFor(cohort);
  if (
    open !== undefined &&
    mayBeMerged(report) &&
    isWithinWindow(open, policy.merge.windowHours, at) &&
    open.merged < MERGED_LIMIT
  ) {
    return {
      finding: { ...of, outcome: 'merged', criteria, into: open.trigger },
      window: { ...open, merged: open.merged + 1 },
    };
  }
  return { finding: fired, window: { cohort, trigger: id, at, merged: 0 } };
}

/** The windows that may still take something at a moment. */
export function stillOpen(policy: Policy, windows: Iterable<OpenWindow>, at: Instant): OpenWindow[] {
  const { merge } = policy;
  return merge === undefined
    ? []
    : Array.from(windows).filter((window) => isWithinWindow(window, merge.windowHours, at));
}
