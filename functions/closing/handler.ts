import { consequenceOf, newEvent, type EventOf, type MingchouEvent } from '#contracts/events.ts';
import { addWorkingDays } from '#domain/calendar/calendar.ts';
import { deadlineId, startDeadlineDue, type Deadline } from '#domain/deadline/deadline.ts';
import { isSettled, withRaised, type Docket } from '#domain/follow-up/docket.ts';
import {
  defaultFollowUpDays,
  followUpKinds,
  raiseFollowUp,
  type FollowUpCase,
} from '#domain/follow-up/follow-up.ts';
import { decide, type Inspection } from '#domain/inspection/inspection.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { busFunction, type Handled } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { commit, settled, type StateWrite } from '#store/commit.ts';
import { createdDeadline } from '#store/deadlines.ts';
import { docketOf, savedDocket, savedFollowUp } from '#store/follow-ups.ts';
import { changedInspection, loadInspection } from '#store/inspections.ts';
import { openState } from '#store/store.ts';

const store = once(() => openState(environmentOf('closing').STATE_TABLE));
const reference = once(stateCouncilCalendar);

type Cause = EventOf<'inspection.published' | 'follow-up.closed' | 'handover.closed'>;

/** Raises what follows from a published result (article 15), and closes the inspection with the last that hangs off it. */
export const handler = busFunction('closing', {
  'inspection.published': (event) => advance(event, event.about.id),
  'follow-up.closed': (event) => advance(event, event.data.inspection),
  'handover.closed': (event) => advance(event, event.data.inspection),
});

/**
 * Takes an inspection on as far as it goes. The docket is written with it: a clue that is handed over at this moment is either
 * on the docket, and the inspection stays open, or finds the inspection closed.
 */
function advance(event: Cause, id: string): Promise<Handled> {
  return settled(async () => {
    const [inspection, before] = await Promise.all([loadInspection(store(), id), docketOf(store(), id)]);
    const cases =
      event.type === 'inspection.published' && !before.raised ? await casesOf(inspection, event) : undefined;
    const told = (cases ?? []).map(({ followUp }) => raised(followUp, event));
    const docket =
      cases === undefined
        ? before
        : withRaised(
            before,
            cases.map(({ followUp }) => followUp),
            told,
          );
    const closes = inspection.status === 'published' && isSettled(docket);
    if (cases === undefined && !closes) {
      return 'done';
    }
    const closed = closes ? closing(inspection, docket, event) : { writes: [], events: [] };
    const outcome = await commit(store(), {
      at: event.time,
      once: { consumer: 'closing', key: event.id },
      writes: [
        savedDocket(cases === undefined ? { ...docket, version: docket.version + 1 } : docket),
        ...(cases ?? []).flatMap(({ followUp, deadline }) => [
          savedFollowUp(followUp),
          createdDeadline(deadline),
        ]),
        ...closed.writes,
      ],
      events: [...told, ...closed.events],
    });
    return outcome.kind;
  });
}

/** The follow-ups of what was recorded, each with the day by which it is to be closed until somebody sets another one. */
async function casesOf(inspection: Inspection, event: Cause) {
  const { record } = inspection;
  if (record === undefined) {
    throw new TypeError(`${inspection.id} was published without a record`);
  }
  const kinds = followUpKinds(record);
  if (kinds.length === 0) return [];
  const calendar = await workingDays(store(), reference());
  const today = dateInShanghai(event.time);
  return kinds.map((kind): { followUp: FollowUpCase; deadline: Deadline } => {
    const due = addWorkingDays(calendar, today, defaultFollowUpDays[kind]).date;
    const followUp = raiseFollowUp(inspection, kind, { due, at: event.time });
    const { id, correlation, unit } = followUp;
    const of = { kind: 'follow-up', id } as const;
    const start = { id: deadlineId('follow-up', id), of, correlation, units: [unit], startedAt: event.time };
    return { followUp, deadline: startDeadlineDue(calendar, { ...start, kind: 'follow-up' }, due) };
  });
}

function closing(
  inspection: Inspection,
  { followUps, handovers }: Docket,
  event: Cause,
): { readonly writes: StateWrite[]; readonly events: MingchouEvent[] } {
  const next = decide(inspection, { kind: 'close', by: 'closing', at: event.time });
  return {
    writes: changedInspection(inspection, next),
    events: [
      newEvent('inspection.closed', {
        ...consequenceOf(event, 'closing', 'inspection', next),
        data: { followUps: followUps.length, handovers: handovers.length },
      }),
    ],
  };
}

function raised(followUp: FollowUpCase, event: Cause): MingchouEvent {
  const { inspection, kind, subject, unit, team, due } = followUp;
  return newEvent('follow-up.raised', {
    ...consequenceOf(event, 'closing', 'follow-up', followUp),
    data: {
      inspection,
      kind,
      subjectId: subject.id,
      subjectName: subject.name,
      unit,
      team: team.filter((member) => member.unit === unit).map(({ inspector }) => inspector),
      due,
    },
  });
}
