import * as z from 'zod';
import type { EventFacts } from '#contracts/catalogue.ts';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import type { WorkingDayCalendar } from '#domain/calendar/calendar.ts';
import { deadlineId, startDeadline, type Deadline } from '#domain/deadline/deadline.ts';
import type { Draw } from '#domain/draw/lifecycle.ts';
import { numbered, yearOf, type Proposal } from '#domain/draw/proposal.ts';
import type { StateWrite } from './commit.ts';
import { createdDeadline } from './deadlines.ts';
import { createdDraw } from './draws.ts';
import { counterKey } from './keys.ts';
import { created } from './records.ts';
import { load, type StateTable } from './store.ts';

const Counter = z.object({ version: z.int().positive() });

/** What a proposal needs from outside: the installation's document numbers (文号), and the calendar of its deadline. */
export interface Numbering {
  readonly template: string;
  readonly calendar: WorkingDayCalendar;
}

/**
 * The writes and events that make a proposed draw with its plan, under the next document number of the year (article 7(1)).
 * Two that are made together meet on the year's counter, and the second is refused with `version-conflict`: wrap it in
 * `settled`, and it takes the number after. No number is skipped, none is given twice.
 */
export async function proposed(
  store: StateTable,
  proposal: Proposal,
  { template, calendar }: Numbering,
  cause: Pick<EventFacts, 'causation' | 'actor'>,
): Promise<{ readonly draw: Draw; readonly writes: StateWrite[]; readonly events: MingchouEvent[] }> {
  const year = yearOf(proposal.at);
  const used = (await load(store, Counter, counterKey('plan', year)))?.version ?? 0;
  const { plan, draw } = numbered(proposal, template, used + 1);
  return {
    draw,
    writes: [
      counted(year, used),
      created('PLAN', plan),
      createdDraw(draw),
      ...(draw.status === 'proposed' ? [createdDeadline(approvalDeadline(draw, calendar))] : []),
    ],
    events: eventsOf(draw, cause),
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
function approvalDeadline(draw: Draw, calendar: WorkingDayCalendar): Deadline {
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
