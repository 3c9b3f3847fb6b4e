import * as z from 'zod';
import { consequenceOf, newEvent, type EventOf } from '#contracts/events.ts';
import type { Draw } from '#domain/draw/lifecycle.ts';
import { deadlineId, startDeadline, type Deadline } from '#domain/deadline/deadline.ts';
import { deriveId } from '#domain/ids/derive.ts';
import type { ClassRatio, Item } from '#domain/item/item.ts';
import { planNumber, type Plan } from '#domain/plan/plan.ts';
import { criteriaFor, type Policy } from '#domain/policy/policy.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { Trigger } from '#domain/trigger/trigger.ts';
import type { Handled } from '#lambda/bus.ts';
import { once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { itemsOf } from '#store/items.ts';
import { commit, settled, type StateWrite } from '#store/commit.ts';
import { createdDeadline } from '#store/deadlines.ts';
import { createdDraw } from '#store/draws.ts';
import { counterKey } from '#store/keys.ts';
import { policyVersion } from '#store/policies.ts';
import { created, mustLoad } from '#store/records.ts';
import { load, type StateTable } from '#store/store.ts';

const calendar = once(stateCouncilCalendar);
const Counter = z.object({ version: z.int().positive() });

/** Makes the plan and the draw of a fired trigger, under the next document number of the year (article 7(1)). */
export function propose(
  store: StateTable,
  event: EventOf<'trigger.fired'>,
  numberTemplate: string,
): Promise<Handled> {
  // Two triggers that fire together meet on the year's counter: the second takes the number after.
  return settled(async () => {
    const trigger = await mustLoad(store, Trigger, 'TRIGGER', event.about.id);
    const policy = await policyVersion(store, event.data.policy, event.data.policyVersion);
    const items = await itemsOf(store, policy.draw.items);
    const year = Number(dateInShanghai(event.time).slice(0, 4));
    const used = (await load(store, Counter, counterKey('plan', year)))?.version ?? 0;
    const { plan, draw } = planned({ event, trigger, policy, items, year, serial: used + 1, numberTemplate });
    const outcome = await commit(store, {
      at: event.time,
      once: { consumer: 'draw', key: event.id },
      writes: [
        counted(year, used),
        created('PLAN', plan),
        createdDraw(draw),
        ...(draw.status === 'proposed' ? [createdDeadline(approvalDeadline(draw))] : []),
      ],
      events: eventsOf(draw, plan, event),
    });
    return outcome.kind;
  });
}

/** The lead section has two working days to approve. */
function approvalDeadline(draw: Draw): Deadline {
  return startDeadline(calendar(), {
    id: deadlineId('approve', draw.id),
    kind: 'approve',
    of: { kind: 'draw', id: draw.id },
    correlation: draw.correlation,
    startedAt: draw.proposedAt,
  });
}

interface Planning {
  readonly event: EventOf<'trigger.fired'>;
  readonly trigger: Trigger;
  readonly policy: Policy;
  readonly items: readonly Item[];
  readonly year: number;
  readonly serial: number;
  readonly numberTemplate: string;
}

function planned(on: Planning): { plan: Plan; draw: Draw } {
  const { event, trigger, policy, items, year, serial } = on;
  const resolved = criteriaFor(policy, trigger.report.cohort);
  if ('missing' in resolved) {
    throw new TypeError(`trigger ${trigger.id} fired without ${resolved.missing.join(', ')}`);
  }
  const drawId = deriveId('D', trigger.id, policy.id, policy.version);
  const number = planNumber(on.numberTemplate, year, serial);
  const title = `${policy.name}（${trigger.report.title}）`;
  const automatic = policy.draw.approval === 'automatic';
  return {
    plan: {
      id: deriveId('P', drawId),
      version: 1,
      number,
      year,
      serial,
      title,
      madeAt: event.time,
      madeBy: policy.id,
    },
    draw: {
      id: drawId,
      version: 1,
      status: automatic ? 'approved' : 'proposed',
      correlation: trigger.id,
      trigger: trigger.id,
      policy: { id: policy.id, version: policy.version },
      plan: { id: deriveId('P', drawId), number },
      title,
      items: policy.draw.items,
      criteria: resolved.criteria,
      rule: policy.draw.quota ?? { mode: 'ratio', basisPoints: highestRatio(items) },
      named: [],
      coolDownDays: policy.draw.coolDownDays ?? 0,
      teamSize: policy.draw.teamSize,
      staffing: policy.draw.staffing ?? 'random',
      beacon: policy.draw.beacon,
      proposedAt: event.time,
      ...(automatic ? { approvedAt: event.time } : {}),
    },
  };
}

/** One visit does all the items (article 3), so the share of a class is the highest that one of them asks for (article 6). */
function highestRatio(items: readonly Item[]): ClassRatio {
  const highest = (creditClass: keyof ClassRatio) =>
    Math.max(...items.map((item) => item.ratio[creditClass]));
  return { A: highest('A'), B: highest('B'), C: highest('C'), D: highest('D') };
}

/** The counter's version is the last number given, so that a number can be neither skipped nor given twice. */
function counted(year: number, used: number): StateWrite {
  return {
    key: counterKey('plan', year),
    item: { version: used + 1 },
    expect: used === 0 ? 'absent' : { version: used },
  };
}

function eventsOf(draw: Draw, plan: Plan, cause: EventOf<'trigger.fired'>) {
  const facts = consequenceOf(cause, 'draw', 'draw', draw);
  const data = {
    approval: draw.status === 'approved' ? ('automatic' as const) : ('lead-section' as const),
    title: draw.title,
    trigger: draw.trigger,
    policy: draw.policy?.id,
    plan: plan.number,
    items: draw.items,
  };
  return [
    newEvent('draw.proposed', { ...facts, data }),
    ...(draw.status === 'approved'
      ? [newEvent('draw.approved', { ...facts, data: { how: 'automatic' } })]
      : []),
  ];
}
