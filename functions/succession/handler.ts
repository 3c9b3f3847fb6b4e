import { newEvent, type EventOf, type MingchouEvent } from '#contracts/events.ts';
import { deadlineId } from '#domain/deadline/deadline.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { deadlineSteps } from '#domain/inspection/deadlines.ts';
import { decide, type Inspection } from '#domain/inspection/inspection.ts';
import type { Seats } from '#domain/inspection/team.ts';
import { unanswered, withSuccessors, type Successor } from '#domain/inspection/unresponsive.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import { busFunction, type Handled } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { commit, settled } from '#store/commit.ts';
import { loadDeadline, savedDeadline, steppedDeadlines } from '#store/deadlines.ts';
import { changedInspection, loadInspection } from '#store/inspections.ts';
import { loadRecusals } from '#store/recusals.ts';
import { openState } from '#store/store.ts';
import { nextInLine } from '#store/succession.ts';

const store = once(() => openState(environmentOf('succession').STATE_TABLE));
const reference = once(stateCouncilCalendar);

type Cause = EventOf<'deadline.reminded'>;

/** Lets the next in line come instead of those who did not answer until the last day to accept had passed (articles 5, 7(4)). */
export const handler = busFunction('succession', {
  'deadline.reminded': async (event) =>
    event.data.deadline === 'accept' && event.data.remaining < 0 ? succeed(event) : 'done',
});

/**
 * Nobody chooses who comes: it is the order that the draw's seed gives. All who are late go in one step. Where nobody is left
 * in line the member stays, and the ladder goes on to the unit and its supervisor; the next rung tries again.
 */
function succeed(event: Cause): Promise<Handled> {
  const { of, due } = event.data;
  return settled(async () => {
    const [inspection, deadline] = await Promise.all([
      loadInspection(store(), of.id),
      loadDeadline(store(), deadlineId('accept', of.id)),
    ]);
    // Somebody came, was replaced or accepted since: the time runs anew, or is over.
    if (deadline.status !== 'open' || deadline.due !== due || inspection.status !== 'assigned') {
      return 'done-before';
    }
    const calendar = await workingDays(store(), reference());
    const successors = await successorsOf(inspection, event, calendar);
    if (successors.length === 0) {
      return 'done';
    }
    const given = { by: 'succession', at: event.time, acceptBy: due, successors };
    const next = decide(inspection, { kind: 'succeed', ...given });
    const deadlines = await steppedDeadlines(
      store(),
      () => Promise.resolve(calendar),
      next,
      deadlineSteps(inspection, next),
      event.time,
    );
    const acceptBy = deadlines.find(({ kind }) => kind === 'accept')?.due;
    if (acceptBy === undefined) {
      throw new TypeError(`${inspection.id} has new members who have no day to accept by`);
    }
    const outcome = await commit(store(), {
      at: event.time,
      once: { consumer: 'succession', key: event.id },
      writes: [...changedInspection(inspection, next), ...deadlines.map(savedDeadline)],
      events: successors.map((one) => replaced(event, next, one, acceptBy)),
    });
    return outcome.kind;
  });
}

/** One after the other, so that nobody comes for two. */
async function successorsOf(
  inspection: Inspection,
  { time, data: { due } }: Cause,
  calendar: Counting,
): Promise<Successor[]> {
  const recusals = await loadRecusals(store(), inspection.subject.id);
  const found: Successor[] = [];
  let seats: Seats = inspection;
  for (const { inspector } of unanswered(inspection)) {
    const filling = { inspector, recusals, calendar, at: time };
    const successor = await nextInLine(store(), { ...inspection, ...seats }, filling);
    if (successor !== undefined) {
      const one = { inspector, successor };
      found.push(one);
      seats = withSuccessors(seats, { by: 'succession', at: time, acceptBy: due, successors: [one] });
    }
  }
  return found;
}

function replaced(
  event: Cause,
  { id, version, correlation, subject, left }: Inspection,
  { inspector, successor }: Successor,
  acceptBy: CalendarDate,
): MingchouEvent {
  const former = left.findLast((one) => one.inspector === inspector);
  if (former === undefined) {
    throw new TypeError(`${inspector} did not leave ${id}`);
  }
  return newEvent('inspection.replaced', {
    time: event.time,
    about: { kind: 'inspection', id, version },
    correlation,
    // Several are told of one version.
    causation: `${event.id}/${inspector}`,
    actor: { kind: 'function', id: 'succession' },
    data: {
      inspector,
      successor: successor.inspector,
      unit: former.unit,
      why: former.why,
      reason: former.reason,
      subjectId: subject.id,
      subjectName: subject.name,
      acceptBy,
    },
  });
}
