import { consequenceOf, newEvent, type EventOf } from '#contracts/events.ts';
import { addWorkingDays } from '#domain/calendar/calendar.ts';
import { defaultWorkingDays } from '#domain/deadline/deadline.ts';
import type { Draw } from '#domain/draw/lifecycle.ts';
import { addMatching, Proof, proofText } from '#domain/draw/proof.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { busFunction, type Handled } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { itemsOf } from '#store/items.ts';
import { commit } from '#store/commit.ts';
import { loadDraw, readProof, updatedDraw, writeProof, writeTeams } from '#store/draws.ts';
import { inspectorsOf } from '#store/people.ts';
import { openState } from '#store/store.ts';
import { subjectsById } from '#store/subjects.ts';
import { staffing, teamsWithNames, type UnitInspectors } from './staffing.ts';

const store = once(() => openState(environmentOf('match').STATE_TABLE));
const calendar = once(stateCouncilCalendar);

export const handler = busFunction('match', { 'draw.drawn': match, 'draw.match-requested': match });

/** Draws the inspectors of every unit for every selected object: all of the teams, or none and the reason (articles 5, 7(4), 10). */
async function match(event: EventOf<'draw.drawn' | 'draw.match-requested'>): Promise<Handled> {
  const draw = await loadDraw(store(), event.about.id);
  if (draw.status !== 'drawn' || draw.proof === undefined) {
    return 'done-before';
  }
  const proof = Proof.parse(JSON.parse(await readProof(store(), draw.id, draw.proof)));
  const items = await itemsOf(store(), draw.items);
  const units = await inspectorsByUnit([...new Set(items.map((item) => item.unit))]);
  const subjects = await subjectsById(
    store(),
    proof.selected.map(({ id }) => id),
  );
  const through = lastDayOfWork(event);
  try {
    const matched = addMatching(
      proof,
      staffing({ draw, items, subjects, units, from: dateInShanghai(event.time), through }),
    );
    const pages = await writeTeams(store(), draw.id, teamsWithNames(matched, units, through));
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

/** Whoever is drawn must be able to act until the visit has to be finished: acceptance and inspection in working days. */
function lastDayOfWork(event: EventOf<'draw.drawn' | 'draw.match-requested'>) {
  const days = defaultWorkingDays.accept + defaultWorkingDays.finish;
  return addWorkingDays(calendar(), dateInShanghai(event.time), days).date;
}

async function inspectorsByUnit(names: readonly string[]): Promise<UnitInspectors[]> {
  return Promise.all(names.map(async (unit) => ({ unit, inspectors: await inspectorsOf(store(), unit) })));
}

async function commitMatched(
  draw: Draw,
  event: EventOf<'draw.drawn' | 'draw.match-requested'>,
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
async function commitUnstaffed(
  draw: Draw,
  event: EventOf<'draw.drawn' | 'draw.match-requested'>,
  reason: string,
): Promise<Handled> {
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
