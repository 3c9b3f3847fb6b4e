import type { EventOf, MingchouEvent } from '#contracts/events.ts';
import { highestRatio, namedObjects, type Proposal } from '#domain/draw/proposal.ts';
import { deriveId } from '#domain/ids/derive.ts';
import type { Item } from '#domain/item/item.ts';
import { criteriaFor, type Policy } from '#domain/policy/policy.ts';
import type { Subject } from '#domain/subject/subject.ts';
import { Trigger } from '#domain/trigger/trigger.ts';
import type { Handled } from '#lambda/bus.ts';
import { once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { commit, settled } from '#store/commit.ts';
import { itemsOf } from '#store/items.ts';
import { policyVersion } from '#store/policies.ts';
import { proposed } from '#store/proposals.ts';
import { mustLoad } from '#store/records.ts';
import type { StateTable } from '#store/store.ts';
import { knownSubjects } from '#store/subjects.ts';

const reference = once(stateCouncilCalendar);

/** Makes the plan and the draw of a fired trigger, under the next document number of the year (article 7(1)). */
export function propose(
  store: StateTable,
  event: EventOf<'trigger.fired'>,
  template: string,
): Promise<Handled> {
  return settled(async () => {
    const trigger = await mustLoad(store, Trigger, 'TRIGGER', event.about.id);
    const policy = await policyVersion(store, event.data.policy, event.data.policyVersion);
    const items = await itemsOf(store, policy.draw.items);
    const named = await knownSubjects(store, namedIn(trigger));
    return committed(store, event, template, proposalOf({ event, trigger, policy, items, named }));
  });
}

/** Commits what an event led to, once, under the next document number. Wrap it in `settled`, as `proposed` says. */
export async function committed(
  store: StateTable,
  event: MingchouEvent,
  template: string,
  proposal: Proposal,
): Promise<Handled> {
  const { writes, events } = await proposed(
    store,
    proposal,
    { template, calendar: await workingDays(store, reference()) },
    { causation: event.id, actor: { kind: 'function', id: 'draw' } },
  );
  const outcome = await commit(store, {
    at: event.time,
    once: { consumer: 'draw', key: event.id },
    writes,
    events,
  });
  return outcome.kind;
}

interface Fired {
  readonly event: EventOf<'trigger.fired'>;
  readonly trigger: Trigger;
  readonly policy: Policy;
  readonly items: readonly Item[];
  readonly named: readonly Subject[];
}

function proposalOf({ event, trigger, policy, items, named: known }: Fired): Proposal {
  const resolved = criteriaFor(policy, trigger.report.cohort);
  if ('missing' in resolved) {
    throw new TypeError(`trigger ${trigger.id} fired without ${resolved.missing.join(', ')}`);
  }
  const { named, leftOut } = namedObjects(namedIn(trigger), known, items);
  return {
    id: deriveId('D', trigger.id, policy.id, policy.version),
    correlation: trigger.id,
    trigger: trigger.id,
    policy: { id: policy.id, version: policy.version },
    title: `${policy.name}（${trigger.report.title}）`,
    items: policy.draw.items,
    criteria: resolved.criteria,
    rule: policy.draw.quota ?? { mode: 'ratio', basisPoints: highestRatio(items) },
    named,
    ...(leftOut.length === 0 ? {} : { namedLeftOut: leftOut }),
    coolDownDays: policy.draw.coolDownDays ?? 0,
    teamSize: policy.draw.teamSize,
    staffing: policy.draw.staffing ?? 'random',
    beacon: policy.draw.beacon,
    at: event.time,
    automatic: policy.draw.approval === 'automatic',
  };
}

/** The objects that a report names by their code; a name alone could be anybody's. */
function namedIn({ report }: Trigger): string[] {
  return report.subject?.id === undefined ? [] : [report.subject.id];
}
