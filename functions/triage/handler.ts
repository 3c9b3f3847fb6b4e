import { consequenceOf, newEvent, type EventOf, type MingchouEvent } from '#contracts/events.ts';
import type { EventFacts } from '#contracts/catalogue.ts';
import { deadlineId, startDeadline } from '#domain/deadline/deadline.ts';
import { merge } from '#domain/trigger/merging.ts';
import { firedBy, held, type Trigger } from '#domain/trigger/trigger.ts';
import { busFunction, type Handled } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { commit, settled, type StateWrite } from '#store/commit.ts';
import { createdDeadline } from '#store/deadlines.ts';
import { openState } from '#store/store.ts';
import { firedLast, loadTrigger, updatedTrigger } from '#store/triggers.ts';
import { decide, type Decision } from './decide.ts';

const store = once(() => openState(environmentOf('triage').STATE_TABLE));
const reference = once(stateCouncilCalendar);

export const handler = busFunction('triage', { 'trigger.received': decideTrigger });

/**
 * Lets the rules in force look at a trigger: one of them fires, or the draw that it fired for the same cohort a while ago
 * takes this report too, or a person is asked within two working days.
 */
function decideTrigger(event: EventOf<'trigger.received'>, telemetry: Telemetry): Promise<Handled> {
  return settled(async () => {
    const trigger = await loadTrigger(store(), event.about.id);
    if (trigger.status !== 'received') {
      return 'done-before';
    }
    const decision = await decide(store(), trigger, event.time, telemetry);
    const deadlines = decision.kind === 'hold' ? [createdDeadline(await triageDeadline(trigger))] : [];
    const outcome = await commit(store(), {
      at: event.time,
      once: { consumer: 'triage', key: event.id },
      ...consequences(event, trigger, decision, deadlines),
    });
    if (decision.kind === 'merge' && outcome.kind === 'done') {
      telemetry.count('TriggersMerged');
    }
    return outcome.kind;
  });
}

interface Consequences {
  readonly writes: readonly StateWrite[];
  readonly events: readonly MingchouEvent[];
}

function consequences(
  event: EventOf<'trigger.received'>,
  trigger: Trigger,
  decision: Decision,
  deadlines: readonly StateWrite[],
): Consequences {
  const factsOf = (record: Trigger): EventFacts => consequenceOf(event, 'triage', 'trigger', record);
  switch (decision.kind) {
    case 'fire': {
      const { policy, criteria, known } = decision;
      const next = firedBy(trigger, { policy: policy.id, version: policy.version }, event.time);
      const firing = { trigger: trigger.id, at: event.time };
      return {
        writes: [
          updatedTrigger(next),
          ...(policy.merge === undefined ? [] : [firedLast(known, policy.id, criteria, firing)]),
        ],
        events: [
          newEvent('trigger.fired', {
            ...factsOf(next),
            data: { policy: policy.id, policyVersion: policy.version },
          }),
        ],
      };
    }
    case 'merge': {
      const { merged, into } = merge(trigger, decision.into, event.time);
      const own = into.merged?.at(-1);
      return {
        writes: [updatedTrigger(merged), updatedTrigger(into)],
        events: [
          newEvent('trigger.merged', {
            ...factsOf(merged),
            data: {
              into: into.id,
              title: trigger.report.title,
              policy: decision.policy,
              ...(own?.late === true ? { late: own.subject } : {}),
            },
          }),
          newEvent('trigger.extended', {
            ...factsOf(into),
            correlation: into.id,
            data: { merged: trigger.id, reports: into.merged?.length ?? 0 },
          }),
        ],
      };
    }
    case 'hold': {
      const { reason, suggestions } = decision;
      const next = held(trigger, reason, suggestions, event.time);
      return {
        writes: [updatedTrigger(next), ...deadlines],
        events: [
          newEvent('trigger.held', { ...factsOf(next), data: { reason, title: trigger.report.title } }),
        ],
      };
    }
  }
}

async function triageDeadline(trigger: Trigger) {
  return startDeadline(await workingDays(store(), reference()), {
    id: deadlineId('triage', trigger.id),
    kind: 'triage',
    of: { kind: 'trigger', id: trigger.id },
    correlation: trigger.id,
    startedAt: trigger.receivedAt,
  });
}
