import type { DrawCriteria } from '#domain/draw/criteria.ts';
import { criteriaFor, type Policy } from '#domain/policy/policy.ts';
import { dateInShanghai, type Instant } from '#domain/time/time.ts';
import { hasRoom, isWithinWindow, mayBeMerged, type LastFiring } from '#domain/trigger/merging.ts';
import { suggestions } from '#domain/trigger/suggestion.ts';
import { triage, type Suggestion, type Trigger } from '#domain/trigger/trigger.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { holds } from '#rules/condition.ts';
import { loadDraw } from '#store/draws.ts';
import { knownItems } from '#store/items.ts';
import { policiesInForce } from '#store/policies.ts';
import type { StateTable } from '#store/store.ts';
import { lastFiring, loadTrigger } from '#store/triggers.ts';

/** What the rules in force make of a trigger. */
export type Decision =
  | {
      readonly kind: 'fire';
      readonly policy: Policy;
      readonly criteria: DrawCriteria;
      /** What the policy fired last for the cohort, when it merges. */
      readonly known?: LastFiring | undefined;
    }
  | { readonly kind: 'merge'; readonly policy: string; readonly into: Trigger }
  | { readonly kind: 'hold'; readonly reason: string; readonly suggestions: readonly Suggestion[] };

export async function decide(
  store: StateTable,
  trigger: Trigger,
  at: Instant,
  telemetry: Telemetry,
): Promise<Decision> {
  const policies = await policiesInForce(store, dateInShanghai(trigger.receivedAt));
  const { matching, failed } = evaluated(policies, trigger, telemetry);
  const decision = triage(matching);
  if (decision.kind === 'hold') {
    const reason =
      failed.length > 0
        ? `规则无法计算 rules that could not be evaluated: ${failed.join(', ')}`
        : decision.reason;
    return hold(store, trigger, reason, policies);
  }
  const policy = matching.find(({ id }) => id === decision.policy);
  if (policy === undefined) {
    throw new TypeError(`${decision.policy} was chosen and does not match`);
  }
  const resolved = criteriaFor(policy, trigger.report.cohort);
  if ('missing' in resolved) {
    const reason = `规则需要触发信息注明 the rule needs the report to name: ${resolved.missing.join(', ')}`;
    return hold(store, trigger, reason, policies);
  }
  return fireOrMerge(store, trigger, { policy, criteria: resolved.criteria, at });
}

function evaluated(policies: readonly Policy[], trigger: Trigger, telemetry: Telemetry) {
  const failed: string[] = [];
  const matching = policies.filter((policy) => {
    try {
      return holds(policy.when, trigger);
    } catch (error) {
      // One rule that can't be computed for this report must not keep every other rule, and every trigger, from being looked at.
      telemetry.error('a policy could not be evaluated', error, {
        policy: policy.id,
        version: policy.version,
      });
      failed.push(policy.id);
      return false;
    }
  });
  return { matching, failed };
}

async function hold(
  store: StateTable,
  trigger: Trigger,
  reason: string,
  policies: readonly Policy[],
): Promise<Decision> {
  const items = await knownItems(
    store,
    policies.flatMap(({ draw }) => draw.items),
  );
  return { kind: 'hold', reason, suggestions: suggestions(trigger, policies, items) };
}

interface Firing {
  readonly policy: Policy;
  readonly criteria: DrawCriteria;
  readonly at: Instant;
}

async function fireOrMerge(
  store: StateTable,
  trigger: Trigger,
  { policy, criteria, at }: Firing,
): Promise<Decision> {
  if (policy.merge === undefined) {
    return { kind: 'fire', policy, criteria };
  }
  const known = await lastFiring(store, policy.id, criteria);
  const { windowHours } = policy.merge;
  if (known !== undefined && mayBeMerged(trigger.report) && isWithinWindow(known, windowHours, at)) {
    const into = await loadTrigger(store, known.trigger);
    if (hasRoom(into, trigger) && !(await drawIsVoided(store, into))) {
      return { kind: 'merge', policy: policy.id, into };
    }
  }
  return { kind: 'fire', policy, criteria, known };
}

/** A report must not vanish into a trigger of which nothing comes any more. */
async function drawIsVoided(store: StateTable, { draw }: Trigger): Promise<boolean> {
  return draw !== undefined && (await loadDraw(store, draw)).status === 'voided';
}
