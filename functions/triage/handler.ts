import { consequenceOf, newEvent, type EventOf } from '#contracts/events.ts';
import { deadlineId, startDeadline } from '#domain/deadline/deadline.ts';
import { criteriaFor } from '#domain/policy/policy.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { triage, Trigger, type TriageDecision } from '#domain/trigger/trigger.ts';
import { busFunction, type Handled } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { holds } from '#rules/condition.ts';
import { commit } from '#store/commit.ts';
import { createdDeadline } from '#store/deadlines.ts';
import { policiesInForce } from '#store/policies.ts';
import { mustLoad } from '#store/records.ts';
import { openState } from '#store/store.ts';
import { updatedTrigger } from '#store/triggers.ts';

const store = once(() => openState(environmentOf('triage').STATE_TABLE));
const calendar = once(stateCouncilCalendar);

export const handler = busFunction('triage', { 'trigger.received': decideTrigger });

/** Lets the rules in force look at a trigger: one of them fires, or a person is asked within two working days. */
async function decideTrigger(event: EventOf<'trigger.received'>, telemetry: Telemetry): Promise<Handled> {
  const trigger = await mustLoad(store(), Trigger, 'TRIGGER', event.about.id);
  const decision = await decisionOn(trigger, telemetry);
  const next: Trigger = {
    ...trigger,
    version: trigger.version + 1,
    ...(decision.kind === 'fire'
      ? { status: 'fired', firedBy: { policy: decision.policy, version: decision.version } }
      : { status: 'triaging', reason: decision.reason }),
  };
  const facts = consequenceOf(event, 'triage', 'trigger', next);
  const outcome = await commit(store(), {
    at: event.time,
    once: { consumer: 'triage', key: event.id },
    writes: [
      updatedTrigger(next),
      ...(decision.kind === 'hold' ? [createdDeadline(triageDeadline(trigger))] : []),
    ],
    events: [
      decision.kind === 'fire'
        ? newEvent('trigger.fired', {
            ...facts,
            data: { policy: decision.policy, policyVersion: decision.version },
          })
        : newEvent('trigger.held', {
            ...facts,
            data: { reason: decision.reason, title: trigger.report.title },
          }),
    ],
  });
  return outcome.kind;
}

async function decisionOn(trigger: Trigger, telemetry: Telemetry): Promise<TriageDecision> {
  const policies = await policiesInForce(store(), dateInShanghai(trigger.receivedAt));
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
  const decision = triage(matching);
  if (decision.kind === 'hold' && failed.length > 0) {
    return { kind: 'hold', reason: `规则无法计算 rules that could not be evaluated: ${failed.join(', ')}` };
  }
  const chosen = matching.find((policy) => decision.kind === 'fire' && policy.id === decision.policy);
  const resolved = chosen === undefined ? undefined : criteriaFor(chosen, trigger.report.cohort);
  return resolved !== undefined && 'missing' in resolved
    ? {
        kind: 'hold',
        reason: `规则需要触发信息注明 the rule needs the report to name: ${resolved.missing.join(', ')}`,
      }
    : decision;
}

function triageDeadline(trigger: Trigger) {
  return startDeadline(calendar(), {
    id: deadlineId('triage', trigger.id),
    kind: 'triage',
    of: { kind: 'trigger', id: trigger.id },
    correlation: trigger.id,
    startedAt: trigger.receivedAt,
  });
}
