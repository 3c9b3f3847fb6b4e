import { workWindow } from '#domain/deadline/deadline.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import type { InspectionMember } from '#domain/inspection/member.ts';
import { successorOf } from '#domain/inspection/succession.ts';
import { recusedIn, type SubjectRecusals } from '#domain/inspector/recusal.ts';
import type { Instant } from '#domain/time/time.ts';
import { loadDraw } from './draws.ts';
import { knownItems } from './items.ts';
import { inspectorsOf } from './people.ts';
import type { StateTable } from './store.ts';
import { lastTeams } from './visits.ts';

/** What a seat is filled by, besides the draw and the library. */
interface Filling {
  /** Whose seat it is. */
  readonly inspector: string;
  readonly recusals: SubjectRecusals | undefined;
  readonly calendar: Counting;
  readonly at: Instant;
}

/** The next in line for a member's seat; undefined when nobody is left, or the person is not on the team. */
export async function nextInLine(
  store: StateTable,
  inspection: Inspection,
  { inspector, recusals, calendar, at }: Filling,
): Promise<InspectionMember | undefined> {
  const leaving = inspection.team.find((member) => member.inspector === inspector);
  const ranking = leaving?.draw ?? inspection.draws[0]?.id;
  if (leaving === undefined || ranking === undefined) {
    return undefined;
  }
  const own = inspection.items.filter(({ unit }) => unit === leaving.unit).map(({ code }) => code);
  const [draw, inspectors, items, last] = await Promise.all([
    loadDraw(store, ranking),
    inspectorsOf(store, leaving.unit),
    knownItems(store, own),
    lastTeams(store, leaving.unit, [inspection.subject.id]),
  ]);
  if (draw.drawn === undefined) {
    throw new TypeError(`${draw.id} sent an inspection out before it was drawn`);
  }
  return successorOf({
    inspection,
    leaving,
    draw: { id: draw.id, seed: draw.drawn.seed, teamSize: draw.teamSize },
    inspectors,
    items,
    recused: recusedIn(recusals),
    previous: last.get(inspection.subject.id) ?? [],
    window: workWindow(calendar, at),
  });
}
