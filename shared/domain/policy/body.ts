import * as z from 'zod';
import { sha256 } from '#sha256';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import { CohortRuleBody, SubjectRuleBody, type RiskRule } from '#domain/risk/rule.ts';
import { Policy } from './policy.ts';

/** What a policy is about: triggers, single subjects, or cohorts of them. */
export const PolicyKind = z.enum(['trigger', 'subject', 'cohort']);
export type PolicyKind = z.infer<typeof PolicyKind>;

/** What an administrator writes of a policy of triggers. It may say that it is one, and is the same policy when it doesn't. */
const TriggerPolicyBody = Policy.omit({ id: true, version: true })
  .extend({ about: z.literal('trigger').optional() })
  .transform((body) => {
    const { about: _, ...rest } = body;
    return rest;
  });

/** What an administrator writes of a policy of any kind; id and version follow from the address and what is there. */
export const PolicyBody = z.discriminatedUnion(
  'about',
  [TriggerPolicyBody, SubjectRuleBody, CohortRuleBody],
  {
    error: ({ code }) =>
      code === 'invalid_union' ? 'trigger, subject or cohort; absent for trigger' : undefined,
  },
);
export type PolicyBody = z.infer<typeof PolicyBody>;

/** A policy of any kind, in one of its versions. */
export type AnyPolicy = Policy | RiskRule;

export function kindOf(policy: PolicyBody | AnyPolicy): PolicyKind {
  return 'about' in policy ? policy.about : 'trigger';
}

/** What is written, as the version of an id. */
export function versionOf(body: PolicyBody, id: string, version: number): AnyPolicy {
  // Apart, so that each keeps its shape.
  if (!('about' in body)) return { ...body, id, version };
  return body.about === 'subject' ? { ...body, id, version } : { ...body, id, version };
}

/** The hash of all that a policy says under its id, whatever the number of its version. */
export function contentHash(policy: AnyPolicy): string {
  const { version: _, ...content } = policy;
  return sha256(canonicalJson(content));
}
