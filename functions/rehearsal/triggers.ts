import { inForce, type Policy } from '#domain/policy/policy.ts';
import {
  rehearseTrigger,
  stillOpen,
  type OpenWindow,
  type RehearsedTriggers,
  type TriggerFinding,
} from '#domain/policy/rehearsal.ts';
import type { RehearsalFailure } from '#domain/risk/rehearsal.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import type { Trigger } from '#domain/trigger/trigger.ts';
import { messageOf } from '#rules/compiled.ts';
import { holds } from '#rules/condition.ts';
import { allPolicies } from '#store/policies.ts';
import { keptWindows, windowsAfter } from '#store/rehearsals.ts';
import type { StateTable } from '#store/store.ts';
import { triggersReceived } from '#store/triggers.ts';
import type { RehearsalOf, Step, Surroundings } from './step.ts';

/** How many triggers there are to look at. */
export async function countTriggers(store: StateTable, { window }: RehearsalOf<'trigger'>): Promise<number> {
  let total = 0;
  for await (const { triggers } of triggersReceived(store, window)) total += triggers.length;
  return total;
}

/** Looks at the triggers that come next, in the order in which they were received. */
export async function stepOnTriggers(
  { store, limit }: Surroundings,
  run: RehearsalOf<'trigger'>,
): Promise<Step> {
  const { of, window } = run;
  const others = (await allPolicies(store)).filter(({ id }) => id !== of.policy.id);
  const open = new Map<string, OpenWindow>();
  for (const one of await windowsAfter(store, run.id, run.step)) open.set(one.cohort, one);
  let { counts, position } = of;
  let last: Trigger | undefined;
  const findings: TriggerFinding[] = [];
  let failure: RehearsalFailure | undefined;
  let looked = 0;
  let more = false;
  for await (const page of triggersReceived(store, window, { after: position, limit })) {
    ({ next: position } = page);
    for (const trigger of page.triggers) {
      const { finding, window: changed } = rehearseTrigger(
        of.policy,
        asked(of.policy, others, trigger),
        (cohort) => open.get(cohort),
      );
      if (changed !== undefined) open.set(changed.cohort, changed);
      if (finding !== undefined) findings.push(finding);
      failure ??= failureOf(finding);
      counts = counted(counts, finding);
      last = trigger;
    }
    looked += page.triggers.length;
    if (looked >= limit && position !== undefined) {
      more = true;
      break;
    }
  }
  const windows = last === undefined || !more ? [] : stillOpen(of.policy, open.values(), last.receivedAt);
  return {
    of: { ...of, counts, ...(position === undefined ? {} : { position }) },
    looked,
    findings,
    failure,
    more,
    writes: keptWindows(run.id, run.step + 1, windows),
  };
}

function asked(policy: Policy, others: readonly Policy[], trigger: Trigger) {
  return {
    trigger,
    outcome: outcomeOf(policy, trigger),
    others: inForce(others, dateInShanghai(trigger.receivedAt)).filter((other) => {
      const outcome = outcomeOf(other, trigger);
      return 'holds' in outcome && outcome.holds;
    }),
  };
}

function outcomeOf({ when }: Policy, trigger: Trigger): { holds: boolean } | { failed: string } {
  try {
    return { holds: holds(when, trigger) };
  } catch (error) {
    return { failed: messageOf(error) };
  }
}

function counted(counts: RehearsedTriggers, finding: TriggerFinding | undefined): RehearsedTriggers {
  const looked = counts.looked + 1;
  return finding === undefined
    ? { ...counts, looked }
    : { ...counts, looked, [finding.outcome]: counts[finding.outcome] + 1 };
}

function failureOf(finding: TriggerFinding | undefined): RehearsalFailure | undefined {
  return finding?.why === undefined ? undefined : { of: finding.trigger, on: finding.day, why: finding.why };
}
