import * as z from 'zod';
import { earliest, type CalendarDate } from '#domain/time/time.ts';
import { compareLevels, RiskLevel, type DirectCheck, type SubjectRule } from './rule.ts';

/** Why a subject is at a level: the rule that says so, in the words of its version. */
export const RiskReason = z.object({
  policy: z.string(),
  version: z.int().positive(),
  level: RiskLevel,
  reason: z.string(),
});
export type RiskReason = z.infer<typeof RiskReason>;

/** What the rules in force make of a subject on a day. */
export interface Assessment {
  /** The gravest level that a rule gives; absent when none does. */
  readonly level?: RiskLevel;
  /** The rules whose condition holds, the gravest first, then by id. */
  readonly reasons: readonly RiskReason[];
  /** What to check if the subject is to be checked directly: of the gravest rule that asks for it. */
  readonly directCheck?: DirectCheck;
  /** The first day on which time alone may change any of it; absent when it can't. */
  readonly reviewOn?: CalendarDate;
  /** Rules that could not be computed for this subject; they count as not holding. */
  readonly failed: readonly string[];
}

/** What one rule came to. */
export type RuleOutcome =
  | { readonly holds: boolean; readonly until?: CalendarDate | undefined }
  | { readonly failed: string; readonly until?: CalendarDate | undefined };

/** Puts together what each rule came to. `outcomeOf` computes a condition. */
export function assess(
  rules: readonly SubjectRule[],
  outcomeOf: (rule: SubjectRule) => RuleOutcome,
): Assessment {
  const held: SubjectRule[] = [];
  const failed: string[] = [];
  let reviewOn: CalendarDate | undefined;
  for (const rule of rules) {
    const outcome = outcomeOf(rule);
    reviewOn = earliest(reviewOn, outcome.until);
    if ('failed' in outcome) failed.push(`${rule.id}: ${outcome.failed}`);
    else if (outcome.holds) held.push(rule);
  }
  const gravest = held.toSorted((a, b) => compareLevels(b.level, a.level) || (a.id < b.id ? -1 : 1));
  const [first] = gravest;
  const directCheck = gravest.find((rule) => rule.directCheck !== undefined)?.directCheck;
  return {
    ...(first === undefined ? {} : { level: first.level }),
    reasons: gravest.map(({ id, version, level, reason }) => ({ policy: id, version, level, reason })),
    ...(directCheck === undefined ? {} : { directCheck }),
    ...(reviewOn === undefined ? {} : { reviewOn }),
    failed,
  };
}
