import * as z from 'zod';
import type { EventFacts } from '#contracts/catalogue.ts';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { deadlineId, startDeadline, type Deadline } from '#domain/deadline/deadline.ts';
import type { Draw } from '#domain/draw/draw.ts';
import { namedObjects, numbered, yearOf, type Proposal } from '#domain/draw/proposal.ts';
import { namedBy } from '#domain/trigger/merging.ts';
import type { StateWrite } from './commit.ts';
import { createdDeadline } from './deadlines.ts';
import { createdDraw } from './draws.ts';
import { itemsOf } from './items.ts';
import { counterKey } from './keys.ts';
import { created } from './records.ts';
import { load, type StateTable } from './store.ts';
import { knownSubjects } from './subjects.ts';
import { loadTrigger, updatedTrigger } from './triggers.ts';

const Counter = z.object({ version: z.int().positive() });

/** What a proposal needs from outside: the installation's document numbers (文号), and the calendar of its deadline. */
export interface Numbering {
  readonly template: string;
  readonly calendar: Counting;
}

/**
 * The writes and events that make a proposed draw with its plan, under the next document number of the year (article 7(1)).
 * Two that are made together meet on the year's counter, and the second is refused with `version-conflict`: wrap it in
 * `settled`, and it takes the number after. No number is skipped, none is given twice. A trigger's draw checks what the
 * reports merged into the trigger name, too.
 */
export async function proposed(
  store: StateTable,
  proposal: Proposal,
  { template, calendar }: Numbering,
  cause: Pick<EventFacts, 'causation' | 'actor'>,
): Promise<{ readonly draw: Draw; readonly writes: StateWrite[]; readonly events: MingchouEvent[] }> {
  const year = yearOf(proposal.at);
  const used = (await load(store, Counter, counterKey('plan', year)))?.version ?? 0;
  const { whole, onTrigger } = await withTrigger(store, proposal);
  const { plan, draw } = numbered(whole, template, used + 1);
  return {
    draw,
    writes: [
      ...onTrigger,
      counted(year, used),
      created('PLAN', plan),
      createdDraw(draw),
      ...(draw.status === 'proposed' ? [createdDeadline(approvalDeadline(draw, calendar))] : []),
    ],
    events: eventsOf(draw, cause),
  };
}

/**
 * The proposal with the businesses that reports merged into its trigger name, and the trigger that remembers its draw. Both
 * are committed in one transaction with the trigger's version: a report that is merged at this moment is either in the draw
 * or knows that it came late.
 */
async function withTrigger(
  store: StateTable,
  proposal: Proposal,
): Promise<{ readonly whole: Proposal; readonly onTrigger: StateWrite[] }> {
  if (proposal.trigger === undefined) {
    return { whole: proposal, onTrigger: [] };
  }
  const trigger = await loadTrigger(store, proposal.trigger);
  const onTrigger = [updatedTrigger({ ...trigger, version: trigger.version + 1, draw: proposal.id })];
  const told = new Set([...proposal.named, ...(proposal.namedLeftOut ?? [])].map(({ id }) => id));
  const ids = namedBy(trigger).filter((id) => !told.has(id));
  if (ids.length === 0) {
    return { whole: proposal, onTrigger };
  }
  const items = await itemsOf(store, proposal.items);
  const { named, leftOut } = namedObjects(ids, await knownSubjects(store, ids), items);
  const allLeftOut = [...(proposal.namedLeftOut ?? []), ...leftOut];
  return {
    whole: {
      ...proposal,
      named: [...proposal.named, ...named],
      ...(allLeftOut.length === 0 ? {} : { namedLeftOut: allLeftOut }),
    },
    onTrigger,
  };
}

/** The counter's version is the last number given, so that a number can be neither skipped nor given twice. */
function counted(year: number, used: number): StateWrite {
  return {
    key: counterKey('plan', year),
    item: { version: used + 1 },
    expect: used === 0 ? 'absent' : { version: used },
  };
}

/** The lead section has two working days to approve. */
function approvalDeadline(draw: Draw, calendar: Counting): Deadline {
  return startDeadline(calendar, {
    id: deadlineId('approve', draw.id),
    kind: 'approve',
    of: { kind: 'draw', id: draw.id },
    correlation: draw.correlation,
    startedAt: draw.proposedAt,
  });
}

function eventsOf(draw: Draw, cause: Pick<EventFacts, 'causation' | 'actor'>): MingchouEvent[] {
  const facts: EventFacts = {
    time: draw.proposedAt,
    about: { kind: 'draw', id: draw.id, version: draw.version },
    correlation: draw.correlation,
    ...cause,
  };
  const automatic = draw.status === 'approved';
  return [
    newEvent('draw.proposed', {
      ...facts,
      data: {
        approval: automatic ? 'automatic' : 'lead-section',
        title: draw.title,
        trigger: draw.trigger,
        policy: draw.policy?.id,
        plan: draw.plan.number,
        items: draw.items,
        replaces: draw.replaces,
      },
    }),
    ...(automatic ? [newEvent('draw.approved', { ...facts, data: { how: 'automatic' } })] : []),
  ];
}
