import * as z from 'zod';
import { sha256 } from '#sha256';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import { CohortRuleBody, SubjectRuleBody, type RiskRule } from '#domain/risk/rule.ts';
import { Policy } from './policy.ts';

/** What a policy is about: triggers, single subjects, or cohorts of them. */
export const PolicyKind = z.enum(['trigger', 'subject', 'cohort']);
export type PolicyKind = z.infer<typeof PolicyKind>;

/** What an administrator writes of a policy of triggers. It may say that it is one, and is the same policy when it doesn't. */
const TriggerPolicyBody = Policy.omit({ id: true, version: true }).extend({
  about: z.literal('trigger').optional(),
});

const notOfAKind = {
  error: ({ code }: { readonly code?: string }) =>
    code === 'invalid_union' ? 'trigger, subject or cohort; absent for trigger' : undefined,
};

/** What an administrator writes of a policy of any kind; id and version follow from the address and what is there. */
export const PolicyBody = z.discriminatedUnion(
  'about',
  [
    TriggerPolicyBody.transform((body) => {
      const { about: _, ...rest } = body;
      return rest;
    }),
    SubjectRuleBody,
    CohortRuleBody,
  ],
  notOfAKind,
);
export type PolicyBody = z.infer<typeof PolicyBody>;

const entry = { id: Policy.shape.id, version: Policy.shape.version.optional() };

/** A policy of any kind as files and `GET /policies` have it: under its id, and with or without a version, which is not looked at. */
export const PolicyEntry = z.discriminatedUnion(
  'about',
  [
    TriggerPolicyBody.extend(entry).transform((policy) => {
      const { about: _, version: __, ...rest } = policy;
      return rest;
    }),
    SubjectRuleBody.safeExtend(entry).transform((rule) => {
      const { version: _, ...rest } = rule;
      return rest;
    }),
    CohortRuleBody.extend(entry).transform((rule) => {
      const { version: _, ...rest } = rule;
      return rest;
    }),
  ],
  notOfAKind,
);
/** A policy of any kind as somebody writes it under an id: which version it becomes follows from what is there. */
export type PolicyDraft = z.infer<typeof PolicyEntry>;

/** A policy of any kind, in one of its versions. */
export type AnyPolicy = Policy | RiskRule;

export function kindOf(policy: PolicyBody | PolicyDraft | AnyPolicy): PolicyKind {
  return 'about' in policy ? policy.about : 'trigger';
}

/** What is written of a policy, under its id. */
export function draftOf(id: string, body: PolicyBody): PolicyDraft {
  return { ...body, id };
}

/** The version that a draft becomes: the next one, or the newest itself when it says the same already. */
export function versionFor(latest: AnyPolicy | undefined, draft: PolicyDraft): AnyPolicy {
  return latest !== undefined && contentHash(latest) === contentHash(draft)
    ? latest
    : { ...draft, version: (latest?.version ?? 0) + 1 };
}

/** The hash of all that a policy says under its id, whatever the number of its version. */
export function contentHash(policy: PolicyDraft & { readonly version?: number }): string {
  const { version: _, ...content } = policy;
  return sha256(canonicalJson(content));
}

/** The hash of one version, with its number: what its event says of it. */
export function versionHash(policy: AnyPolicy): string {
  return sha256(canonicalJson(policy));
}

/** The check items (抽查事项) that a policy names, and where in it. */
export function itemsNamedIn(policy: PolicyDraft): {
  readonly items: readonly string[];
  readonly pointer: string;
} {
  if (!('about' in policy)) return { items: policy.draw.items, pointer: '/draw/items' };
  const items = policy.about === 'subject' ? (policy.directCheck?.items ?? []) : [];
  return { items, pointer: '/directCheck/items' };
}
