import * as z from 'zod';
import { Policy } from '#domain/policy/policy.ts';
import { Severity } from '#domain/trigger/trigger.ts';

/** How grave a subject's risk is (风险等级), from the least to the gravest: 关注, 预警, 严重. */
export const RiskLevel = z.enum(['watch', 'warning', 'severe']);
export type RiskLevel = z.infer<typeof RiskLevel>;

export const riskLevelLabels: Readonly<Record<RiskLevel, string>> = {
  watch: '关注',
  warning: '预警',
  severe: '严重',
};

/** Negative when `a` is the lesser level, undefined being the least. */
export function compareLevels(a: RiskLevel | undefined, b: RiskLevel | undefined): number {
  return rank(a) - rank(b);
}

function rank(level: RiskLevel | undefined): number {
  return level === undefined ? -1 : RiskLevel.options.indexOf(level);
}

const CoolDownDays = z.int().min(1).max(3_650);

/** A direct check (直接检查) that a rule asks for: of which items, and how seldom. */
export const DirectCheck = z.strictObject({
  items: Policy.shape.draw.shape.items,
  /** After one was proposed, none for so many days, whatever rule asks (减少对市场主体的影响). */
  coolDownDays: CoolDownDays,
});
export type DirectCheck = z.infer<typeof DirectCheck>;

const body = {
  name: Policy.shape.name,
  effectiveFrom: Policy.shape.effectiveFrom,
  /** Condition in CEL over `subject` or `cohort` (see docs/risk.md). */
  when: Policy.shape.when,
};

const subjectRule = {
  ...body,
  about: z.literal('subject'),
  level: RiskLevel,
  /** What is said to those who read the warning, e.g. 90 日内投诉 3 件以上. */
  reason: z.string().trim().min(1).max(200),
  /** Proposes to check the subject itself, besides any draw; the lead section decides. */
  directCheck: DirectCheck.optional(),
};

const cohortRule = {
  ...body,
  about: z.literal('cohort'),
  /** Cohorts are told apart by so many digits of the territory: a county (县区), or a town (乡镇街道) below it. */
  territoryDigits: z.union([z.literal(6), z.literal(9)]).default(6),
  /** … and by so many digits of the industry after its letter: 0 the section (门类), 2 the division (大类), 3, 4. */
  industryDigits: z.union([z.literal(0), z.literal(2), z.literal(3), z.literal(4)]),
  /** Absent for normal. A severe trigger is never merged into another. */
  severity: Severity.optional(),
  /** After it fired for a cohort, it does not for so many days. */
  coolDownDays: CoolDownDays,
};

const identity = { id: Policy.shape.id, version: Policy.shape.version };

/** A rule about single subjects: whoever meets its condition is at its level (article 4: 风险预警、动态监测). */
export const SubjectRule = z.strictObject({ ...identity, ...subjectRule });
export type SubjectRule = z.infer<typeof SubjectRule>;

/** A rule about cohorts (territory × industry): one that meets its condition becomes a trigger, as if somebody had reported it. */
export const CohortRule = z.strictObject({ ...identity, ...cohortRule });
export type CohortRule = z.infer<typeof CohortRule>;

export const RiskRule = z.discriminatedUnion('about', [SubjectRule, CohortRule]);
export type RiskRule = z.infer<typeof RiskRule>;

/** What an administrator writes of a rule; id and version follow from the address and what is there. */
export const SubjectRuleBody = z
  .strictObject(subjectRule)
  .refine(({ level, directCheck }) => directCheck === undefined || level === 'severe', {
    path: ['directCheck'],
    message:
      '只有等级为 severe（严重）的规则可以提出直接检查 only a rule of the level severe proposes direct checks',
  });
export type SubjectRuleBody = z.infer<typeof SubjectRuleBody>;
export const CohortRuleBody = z.strictObject(cohortRule);
export type CohortRuleBody = z.infer<typeof CohortRuleBody>;
export const RiskRuleBody = z.discriminatedUnion('about', [SubjectRuleBody, CohortRuleBody]);
export type RiskRuleBody = z.infer<typeof RiskRuleBody>;
