import * as z from 'zod';
import { DrawCriteria } from '#domain/draw/criteria.ts';
import { CalendarDate } from '#domain/time/time.ts';
import { BeaconPlan } from '#domain/draw/beacon-plan.ts';
import { Staffing } from '#domain/draw/draw.ts';
import { ClassQuota } from '#domain/item/item.ts';

const fromTrigger = z.literal('from-trigger');

/** The criteria of the rule's draws. Territory and industry are a list of prefixes, or the prefix that the trigger names. */
const PolicyCriteria = DrawCriteria.extend({
  territory: z.union([fromTrigger, DrawCriteria.shape.territory.unwrap()]).optional(),
  industry: z.union([fromTrigger, DrawCriteria.shape.industry.unwrap()]).optional(),
});

/** A policy rule: when it fires, and the draw it then makes. Data, versioned, with a day from which it is in force (article 17). */
export const Policy = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,63}$/, 'lower-case letters, digits and hyphens, e.g. complaint-fuel'),
  version: z.int().positive(),
  name: z.string().trim().min(1).max(100),
  effectiveFrom: CalendarDate,
  /** Condition in CEL over `trigger` (see docs/policies.md), e.g. `trigger.category == "complaint"`. */
  when: z.string().min(1).max(2_000),
  /**
   * Reports of one cohort within so many hours of the first are dealt with by its draw. Absent, each fires a draw of its own;
   * so does, always, a referral and whatever is severe.
   */
  merge: z.strictObject({ windowHours: z.int().min(1).max(720) }).optional(),
  draw: z.strictObject({
    /** Codes of the check items (抽查事项) that the draw is for; one joint visit does them all (article 3). */
    items: z.array(z.string()).min(1).max(20),
    criteria: PolicyCriteria,
    /** How many of each class; absent, the highest share that one of the items asks for (articles 3, 6). */
    quota: ClassQuota.optional(),
    /** Whoever was visited within so many days is not drawn; absent for none. */
    coolDownDays: z.int().min(0).max(3_650).optional(),
    /** Where the randomness comes from. */
    beacon: BeaconPlan,
    /** Whether the units' inspectors are drawn (the rule) or chosen by the units with a reason (article 7(4)). */
    staffing: Staffing.optional(),
    /** Whether the draw runs by itself or waits for the lead section (牵头科室). */
    approval: z.enum(['automatic', 'lead-section']),
    /** Inspectors per visit; article 10 allows no fewer than two. */
    teamSize: z.int().min(2).max(6),
  }),
});
export type Policy = z.infer<typeof Policy>;

/**
 * The criteria of a draw that a policy makes for a report, or the names of what the report would have to say for it:
 * a rule that takes the cohort from the trigger must not silently draw from everybody when the trigger names none.
 */
export function criteriaFor(
  policy: Policy,
  cohort: { readonly territory?: string | undefined; readonly industry?: string | undefined } | undefined,
): { readonly criteria: DrawCriteria } | { readonly missing: readonly ('territory' | 'industry')[] } {
  const { territory, industry, ...fixed } = policy.draw.criteria;
  const missing = (['territory', 'industry'] as const).filter(
    (dimension) => policy.draw.criteria[dimension] === 'from-trigger' && cohort?.[dimension] === undefined,
  );
  if (missing.length > 0) {
    return { missing };
  }
  return {
    criteria: {
      ...fixed,
      territory: prefixes(territory, cohort?.territory),
      industry: prefixes(industry, cohort?.industry),
    },
  };
}

function prefixes(
  criterion: 'from-trigger' | string[] | undefined,
  named: string | undefined,
): string[] | undefined {
  return criterion === 'from-trigger' ? (named === undefined ? undefined : [named]) : criterion;
}

/** The version of each policy or rule that is in force on a day: the highest whose effective day has come (article 17). */
export function inForce<Versioned extends Pick<Policy, 'id' | 'version' | 'effectiveFrom'>>(
  versions: readonly Versioned[],
  day: CalendarDate,
): Versioned[] {
  const latest = new Map<string, Versioned>();
  for (const policy of versions) {
    const known = latest.get(policy.id);
    if (policy.effectiveFrom <= day && (known === undefined || known.version < policy.version)) {
      latest.set(policy.id, policy);
    }
  }
  return [...latest.values()];
}
