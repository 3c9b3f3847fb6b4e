import { consequenceOf, newEvent, type EventOf } from '#contracts/events.ts';
import { deadlineId, startDeadline } from '#domain/deadline/deadline.ts';
import type { Draw } from '#domain/draw/lifecycle.ts';
import { inspectionId, type Inspection } from '#domain/inspection/inspection.ts';
import { itemApplies, type Item } from '#domain/item/item.ts';
import type { Subject } from '#domain/subject/subject.ts';
import { busFunction, type Handled } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { itemsOf } from '#store/items.ts';
import { commit } from '#store/commit.ts';
import { createdDeadline } from '#store/deadlines.ts';
import { loadDraw, readTeams, updatedDraw, type TeamOfObject } from '#store/draws.ts';
import { createdInspection } from '#store/inspections.ts';
import { openState } from '#store/store.ts';
import { subjectsById } from '#store/subjects.ts';

const store = once(() => openState(environmentOf('dispatch').STATE_TABLE));
const calendar = once(stateCouncilCalendar);

export const handler = busFunction('dispatch', { 'draw.matched': dispatch });

/**
 * Makes one inspection with its registration form for each selected object and hands it to its team (articles 3, 7(3)).
 * A list may be longer than a transaction, so each inspection is a commit of its own under a derived id, and one last
 * commit closes the list: after a crash the inspections made before are found, not made again.
 */
async function dispatch(event: EventOf<'draw.matched'>): Promise<Handled> {
  const draw = await loadDraw(store(), event.about.id);
  if (draw.status !== 'matched') {
    return 'done-before';
  }
  const items = await itemsOf(store(), draw.items);
  const teams = await readTeams(store(), draw.id);
  const subjects = await subjectsById(
    store(),
    teams.map((team) => team.objectId),
  );
  for (const team of teams) {
    await assign(draw, inspectionOf(draw, team, subjects, items, event), event);
  }
  const next: Draw = {
    ...draw,
    version: draw.version + 1,
    status: 'dispatched',
    dispatchedAt: event.time,
    inspections: teams.length,
  };
  const outcome = await commit(store(), {
    at: event.time,
    once: { consumer: 'dispatch', key: event.id },
    writes: [updatedDraw(next)],
    events: [
      newEvent('draw.dispatched', {
        ...consequenceOf(event, 'dispatch', 'draw', next),
        data: { inspections: teams.length },
      }),
    ],
  });
  return outcome.kind;
}

function inspectionOf(
  draw: Draw,
  team: TeamOfObject,
  subjects: ReadonlyMap<string, Subject>,
  items: readonly Item[],
  event: EventOf<'draw.matched'>,
): Inspection {
  const subject = subjects.get(team.objectId);
  if (subject === undefined) {
    throw new TypeError(`subject ${team.objectId} was not loaded`);
  }
  return {
    id: inspectionId(draw.id, subject.id),
    version: 1,
    status: 'assigned',
    correlation: draw.correlation,
    draws: [{ id: draw.id, planNumber: draw.plan.number, how: 'drawn' }],
    subject: {
      id: subject.id,
      name: subject.name,
      territory: subject.territory,
      creditClass: subject.creditClass ?? 'B',
    },
    items: items
      .filter((item) => itemApplies(item, subject))
      .map(({ code, matter, legalBasis, unit }) => ({ code, matter, legalBasis, unit })),
    team: team.members.map(({ staffNo, name, unit, certificate }) => ({
      inspector: staffNo,
      name,
      unit,
      certificate,
    })),
    assignedAt: event.time,
  };
}

async function assign(draw: Draw, inspection: Inspection, event: EventOf<'draw.matched'>): Promise<void> {
  const deadline = startDeadline(calendar(), {
    id: deadlineId('accept', inspection.id),
    kind: 'accept',
    of: { kind: 'inspection', id: inspection.id },
    correlation: event.correlation,
    startedAt: event.time,
  });
  await commit(store(), {
    at: event.time,
    once: { consumer: 'dispatch', key: inspection.id },
    writes: [...createdInspection(inspection), createdDeadline(deadline)],
    events: [
      newEvent('inspection.assigned', {
        ...consequenceOf(event, 'dispatch', 'inspection', inspection),
        data: {
          draw: draw.id,
          subjectId: inspection.subject.id,
          subjectName: inspection.subject.name,
          team: inspection.team.map(({ inspector, unit }) => ({ inspector, unit })),
          acceptBy: deadline.due,
        },
      }),
    ],
  });
}
