import type { AnyPolicy } from '#domain/policy/body.ts';
import type { StateWrite } from './commit.ts';
import { adopted, allPolicies, versionsOf } from './policies.ts';
import { adoptedRule, allRiskRules, versionsOfRule } from './risk-rules.ts';
import type { StateTable } from './store.ts';

/** All versions of all policies: those of triggers, then the rules about subjects and cohorts. */
export async function everyPolicy(store: StateTable): Promise<AnyPolicy[]> {
  const [policies, rules] = await Promise.all([allPolicies(store), allRiskRules(store)]);
  return [...policies, ...rules];
}

/** All versions of one policy, oldest first. One id has versions of one kind. */
export async function everyVersion(store: StateTable, id: string): Promise<AnyPolicy[]> {
  const [policies, rules] = await Promise.all([versionsOf(store, id), versionsOfRule(store, id)]);
  return [...policies, ...rules];
}

/** Adopts a version of whatever kind; fails when that version exists. */
export function adoptedPolicy(policy: AnyPolicy): StateWrite[] {
  return 'about' in policy ? adoptedRule(policy) : [adopted(policy)];
}
