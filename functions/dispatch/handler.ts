import { consequenceOf, newEvent, type EventOf } from '#contracts/events.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { deadlineId, startDeadline } from '#domain/deadline/deadline.ts';
import { drawLifecycle } from '#domain/draw/lifecycle.ts';
import type { Draw } from '#domain/draw/draw.ts';
import { formItem } from '#domain/inspection/form.ts';
import { decide, type Inspection } from '#domain/inspection/inspection.ts';
import { answeringUnits, deadlineSteps } from '#domain/inspection/deadlines.ts';
import { newcomers } from '#domain/inspection/team.ts';
import { isPossible } from '#domain/lifecycle/lifecycle.ts';
import type { Item } from '#domain/item/item.ts';
import { busFunction, type Handled } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { commit, settled } from '#store/commit.ts';
import { createdDeadline, savedDeadline, steppedDeadlines } from '#store/deadlines.ts';
import { loadDraw, readWithheld, teamsFrom, updatedDraw } from '#store/draws.ts';
import { changedInspection, createdInspection } from '#store/inspections.ts';
import { itemsOf } from '#store/items.ts';
import { teamsPartition } from '#store/keys.ts';
import { foundAt, pointedTo, type Found } from '#store/open-inspections.ts';
import { inspectorsByStaffNo } from '#store/people.ts';
import { teamsPlace } from '#store/staffing.ts';
import { openState } from '#store/store.ts';
import { subjectsById } from '#store/subjects.ts';
import { arrivalOf, inspectionOf, joining, type Arrival } from './joining.ts';
import { sharesOf, type HandedOut, type UnitShare } from './shares.ts';

const environment = once(() => environmentOf('dispatch'));
const store = once(() => openState(environment().STATE_TABLE));
const reference = once(stateCouncilCalendar);

type Cause = EventOf<'draw.matched' | 'draw.dispatching'>;

export const handler = busFunction('dispatch', {
  'draw.matched': (event) => dispatch(event, 0, []),
  'draw.dispatching': (event) => dispatch(event, event.data.done, event.data.units ?? []),
});

/**
 * Makes one inspection with its registration form for each object and hands it to its team, or lets the draw join the one
 * that has not begun there (articles 3, 7(3)). A list may be longer than a transaction and than an invocation: each
 * inspection is a commit of its own, marked by draw and object; each batch ends in a commit whose event says where the
 * next one goes on, and the last one closes the list. After a crash what was made before is found, not made again.
 */
async function dispatch(event: Cause, from: number, before: readonly UnitShare[]): Promise<Handled> {
  const draw = await loadDraw(store(), event.about.id);
  if (!isPossible(drawLifecycle, 'dispatch', draw.status)) {
    return 'done-before';
  }
  const place = await teamsPlace(store(), draw.id);
  const size = environment().DISPATCH_BATCH;
  const ahead = await teamsFrom(store(), place, from, size + 1);
  const teams = ahead.slice(0, size);
  const ids = teams.map((team) => team.objectId);
  const [calendar, subjects, items, withheld, found] = await Promise.all([
    workingDays(store(), reference()),
    subjectsById(store(), ids),
    itemsOf(store(), draw.items),
    readWithheld(store(), draw.id),
    foundAt(store(), ids),
  ]);
  const direct = place !== teamsPartition(draw.id);
  const arrivals = teams.map((team) => {
    const subject = subjects.get(team.objectId);
    if (subject === undefined) {
      throw new TypeError(`subject ${team.objectId} was not loaded`);
    }
    return arrivalOf(draw, team, subject, { items, withheld, direct });
  });
  for (const arrival of arrivals) {
    await arrive(arrival, found.get(arrival.subject.id), { event, calendar, direct });
  }
  // Carried from batch to batch in the events: run again, a batch adds the same to the same.
  const list = { done: from + teams.length, units: sharesOf(arrivals, before) };
  return ahead.length > size ? goOn(draw, event, list) : close(draw, event, list);
}

/** What the arrivals of one batch have in common. */
interface Batch {
  readonly event: Cause;
  readonly calendar: Counting;
  /** The units chose the teams. */
  readonly direct: boolean;
}

const NOTHING: Found = { pointer: undefined, open: undefined };

/** Brings the draw to one object. Two draws that come at the same moment meet on the subject's pointer: the slower one joins. */
function arrive(arrival: Arrival, seen: Found | undefined, batch: Batch): Promise<void> {
  let known: Found | undefined = seen ?? NOTHING;
  return settled(async () => {
    const id = arrival.subject.id;
    const { pointer, open } = known ?? (await foundAt(store(), [id])).get(id) ?? NOTHING;
    // What was read for the whole batch is good for one attempt.
    known = undefined;
    if (open === undefined) {
      return assign(arrival, pointer, batch);
    }
    if (!open.draws.some((draw) => draw.id === arrival.draw.id)) {
      await join(arrival, open, batch);
    }
  });
}

/** One arrival of a draw at an object, whether it makes an inspection or joins one. */
function onceFor({ draw, subject }: Arrival) {
  return { consumer: 'dispatch', key: `${draw.id}#${subject.id}` };
}

async function assign(
  arrival: Arrival,
  pointer: Found['pointer'],
  { event, calendar, direct }: Batch,
): Promise<void> {
  const inspection = inspectionOf(arrival, event.correlation, event.time);
  const deadline = startDeadline(calendar, {
    id: deadlineId('accept', inspection.id),
    kind: 'accept',
    of: { kind: 'inspection', id: inspection.id },
    correlation: inspection.correlation,
    units: answeringUnits(inspection),
    startedAt: event.time,
  });
  await commit(store(), {
    at: event.time,
    once: onceFor(arrival),
    writes: [...createdInspection(inspection), pointedTo(inspection, pointer), createdDeadline(deadline)],
    events: [
      newEvent('inspection.assigned', {
        ...consequenceOf(event, 'dispatch', 'inspection', inspection),
        data: {
          draw: arrival.draw.id,
          subjectId: inspection.subject.id,
          subjectName: inspection.subject.name,
          team: inspection.team.map(({ inspector, unit }) => ({ inspector, unit })),
          acceptBy: deadline.due,
          ...(direct ? { direct: true as const } : {}),
        },
      }),
    ],
  });
}

async function join(arrival: Arrival, open: Inspection, { event, calendar }: Batch): Promise<void> {
  const { draw, items } = arrival;
  const directory = await inspectorsByStaffNo(store(), peopleToAskAbout(open, items));
  const next = decide(open, {
    kind: 'join',
    by: 'dispatch',
    at: event.time,
    draw,
    items: items.map(formItem),
    members: joining(arrival, open, directory),
  });
  const steps = deadlineSteps(open, next);
  const deadlines = await steppedDeadlines(store(), () => Promise.resolve(calendar), next, steps, event.time);
  const joined = new Set(newcomers(open, next).map(({ inspector }) => inspector));
  await commit(store(), {
    at: event.time,
    once: onceFor(arrival),
    writes: [...changedInspection(open, next), ...deadlines.map(savedDeadline)],
    events: [
      newEvent('inspection.joined', {
        ...consequenceOf(event, 'dispatch', 'inspection', next),
        data: {
          draw: draw.id,
          planNumber: draw.planNumber,
          how: draw.how,
          subjectId: next.subject.id,
          subjectName: next.subject.name,
          items: items.map(({ code }) => code),
          units: [...new Set(items.map(({ unit }) => unit))],
          team: next.team.map(({ inspector, unit }) => ({ inspector, unit, joined: joined.has(inspector) })),
          acceptBy: deadlines.find(({ kind }) => kind === 'accept')?.due,
        },
      }),
    ],
  });
}

/** Whether a team holds a qualification is asked only of units whose new items need one. */
function peopleToAskAbout(open: Inspection, items: readonly Item[]): string[] {
  const units = new Set(items.filter((item) => item.qualification !== undefined).map((item) => item.unit));
  return open.team.filter(({ unit }) => units.has(unit)).map(({ inspector }) => inspector);
}

async function goOn(draw: Draw, event: Cause, list: HandedOut): Promise<Handled> {
  const next: Draw = { ...draw, version: draw.version + 1 };
  const outcome = await commit(store(), {
    at: event.time,
    once: { consumer: 'dispatch', key: event.id },
    writes: [updatedDraw(next)],
    events: [newEvent('draw.dispatching', { ...consequenceOf(event, 'dispatch', 'draw', next), data: list })],
  });
  return outcome.kind;
}

async function close(draw: Draw, event: Cause, { done, units }: HandedOut): Promise<Handled> {
  const next: Draw = {
    ...draw,
    version: draw.version + 1,
    status: 'dispatched',
    dispatchedAt: event.time,
    inspections: done,
  };
  const outcome = await commit(store(), {
    at: event.time,
    once: { consumer: 'dispatch', key: event.id },
    writes: [updatedDraw(next)],
    events: [
      newEvent('draw.dispatched', {
        ...consequenceOf(event, 'dispatch', 'draw', next),
        data: { inspections: done, title: draw.title, units },
      }),
    ],
  });
  return outcome.kind;
}
