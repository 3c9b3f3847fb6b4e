import { consequenceOf, newEvent, type EventOf } from '#contracts/events.ts';
import {
  Deadline,
  deadlineId,
  restartDeadline,
  startDeadline,
  workWindow,
} from '#domain/deadline/deadline.ts';
import { drawLifecycle } from '#domain/draw/lifecycle.ts';
import type { Draw } from '#domain/draw/draw.ts';
import { addMatching, proofText } from '#domain/draw/proof.ts';
import { visitsByUnit } from '#domain/inspection/form.ts';
import { isPossible } from '#domain/lifecycle/lifecycle.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { busFunction, type Handled } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { commit } from '#store/commit.ts';
import { savedDeadline } from '#store/deadlines.ts';
import { stateKey } from '#store/keys.ts';
import { loadDraw, updatedDraw, writeProof, writeTeams } from '#store/draws.ts';
import { inspectorsOf } from '#store/people.ts';
import { sendingOf, type Sending } from '#store/sending.ts';
import { load, openState } from '#store/store.ts';
import { lastTeams } from '#store/visits.ts';
import { staffing, teamsWithNames, type PeopleByObject, type UnitInspectors } from './staffing.ts';

const store = once(() => openState(environmentOf('match').STATE_TABLE));
const reference = once(stateCouncilCalendar);

export const handler = busFunction('match', { 'draw.drawn': match, 'draw.match-requested': match });

type Cause = EventOf<'draw.drawn' | 'draw.match-requested'>;

/**
 * Draws the inspectors of every unit for every object: all of the teams, or none and the reason (articles 5, 7(4), 10).
 * Where the units choose by themselves, it asks them to.
 */
async function match(event: Cause): Promise<Handled> {
  const draw = await loadDraw(store(), event.about.id);
  if (!isPossible(drawLifecycle, 'staff', draw.status) || draw.proof === undefined) {
    return 'done-before';
  }
  const sending = await sendingOf(store(), draw);
  if (draw.staffing === 'direct') {
    return requestTeams(draw, event, sending);
  }
  const units = await inspectorsByUnit([...new Set(sending.items.map((item) => item.unit))]);
  const window = workWindow(await workingDays(store(), reference()), event.time);
  const ids = sending.subjects.map(({ id }) => id);
  const previous = await lastTeamsOf(units, ids);
  try {
    const matched = addMatching(
      sending.proof,
      staffing({ ...sending, teamSize: draw.teamSize, units, window, previous }),
    );
    const pages = await writeTeams(store(), draw.id, teamsWithNames(matched, units, window.through));
    const stored = await writeProof(store(), draw.id, proofText(matched));
    const teams = matched.matching?.teams.length ?? 0;
    return await commitMatched(draw, event, { pages, proof: stored, teams });
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'objects-unstaffable') {
      return commitUnstaffed(draw, event, error.message);
    }
    throw error;
  }
}

/** Who checked each object last time, of each unit its own: they are drawn again only where others are not available. */
async function lastTeamsOf(
  units: readonly UnitInspectors[],
  objects: readonly string[],
): Promise<PeopleByObject> {
  const teams = await Promise.all(units.map(async ({ unit }) => lastTeams(store(), unit, objects)));
  return new Map(objects.map((object) => [object, new Set(teams.flatMap((team) => team.get(object) ?? []))]));
}

async function inspectorsByUnit(names: readonly string[]): Promise<UnitInspectors[]> {
  return Promise.all(names.map(async (unit) => ({ unit, inspectors: await inspectorsOf(store(), unit) })));
}

/** The units choose (直接选派, article 7(4)): the draw stays drawn until each of them has. */
async function requestTeams(draw: Draw, event: Cause, sending: Sending): Promise<Handled> {
  const next: Draw = { ...draw, version: draw.version + 1 };
  const units = [...visitsByUnit(sending.subjects, sending.items, sending.withheld)]
    .map(([unit, visits]) => ({ unit, objects: visits.length }))
    .filter(({ objects }) => objects > 0);
  const deadline = await choosingDeadline(
    draw,
    event,
    units.map(({ unit }) => unit),
  );
  const outcome = await commit(store(), {
    at: event.time,
    once: { consumer: 'match', key: event.id },
    writes: [updatedDraw(next), savedDeadline(deadline)],
    events: [
      newEvent('draw.staffing-requested', {
        ...consequenceOf(event, 'match', 'draw', next),
        data: { title: draw.title, units },
      }),
    ],
  });
  return outcome.kind;
}

/** The units have three working days to choose; asked again, they have them anew. */
async function choosingDeadline(
  { id: draw, correlation }: Draw,
  { time: startedAt }: Cause,
  units: readonly string[],
): Promise<Deadline> {
  const id = deadlineId('match', draw);
  const [counting, known] = await Promise.all([
    workingDays(store(), reference()),
    load(store(), Deadline, stateKey('DEADLINE', id)),
  ]);
  const of = { kind: 'draw', id: draw } as const;
  return known === undefined
    ? startDeadline(counting, { id, kind: 'match', of, correlation, units: [...units], startedAt })
    : restartDeadline(counting, known, startedAt, units);
}

async function commitMatched(
  draw: Draw,
  event: Cause,
  { pages, proof, teams }: { pages: number; proof: NonNullable<Draw['proof']>; teams: number },
): Promise<Handled> {
  const next: Draw = {
    ...draw,
    version: draw.version + 1,
    status: 'matched',
    proof,
    matched: { at: event.time, pages },
    unstaffed: undefined,
  };
  const outcome = await commit(store(), {
    at: event.time,
    once: { consumer: 'match', key: event.id },
    writes: [updatedDraw(next)],
    events: [
      newEvent('draw.matched', {
        ...consequenceOf(event, 'match', 'draw', next),
        data: { teams, proofHash: proof.hash },
      }),
    ],
  });
  return outcome.kind;
}

/** Too few inspectors: the draw waits with its reason, and the people who can change that are told. */
async function commitUnstaffed(draw: Draw, event: Cause, reason: string): Promise<Handled> {
  const next: Draw = { ...draw, version: draw.version + 1, unstaffed: reason };
  const outcome = await commit(store(), {
    at: event.time,
    once: { consumer: 'match', key: event.id },
    writes: [updatedDraw(next)],
    events: [
      newEvent('draw.unstaffed', { ...consequenceOf(event, 'match', 'draw', next), data: { reason } }),
    ],
  });
  return outcome.kind;
}
