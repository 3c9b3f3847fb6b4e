import * as fc from 'fast-check';

import { subsetsOf } from './vectors.ts';
import type { Team, UnitStaffing } from '#domain/draw/matching.ts';

export const SEED = 'c867b267feaf074cf7171e772b39d456bf46a9b66bc93327d5c7228b388d3b09';

const OBJECTS = ['O1', 'O2', 'O3', 'O4'];
const PEOPLE = ['p1', 'p2', 'p3', 'p4', 'p5'];
const pairs = fc.subarray(
  OBJECTS.flatMap((objectId) => PEOPLE.map((inspectorId) => ({ objectId, inspectorId }))),
);

const noPairs = fc.constant<{ objectId: string; inspectorId: string }[]>([]);

/** Small units with every kind of trouble: too few people, nobody qualified, recusals, previous teams. */
export const smallUnits: fc.Arbitrary<UnitStaffing> = fc
  .record({
    teamSize: fc.constantFrom(2, 2, 2, 3),
    objects: fc.subarray(OBJECTS),
    inspectors: fc.subarray(PEOPLE, { minLength: 1 }),
    qualified: fc.subarray(PEOPLE),
    barred: fc.oneof(noPairs, pairs),
    barredAgain: pairs,
    previous: fc.oneof(noPairs, pairs),
  })
  .map((drawn) => ({
    unitId: 'u1',
    teamSize: drawn.teamSize,
    objects: drawn.objects,
    // The intersection of two random sets, so that a quarter of the pairs is barred and many cases stay solvable.
    barred: drawn.barred.filter((pair) => drawn.barredAgain.includes(pair)),
    previous: drawn.previous,
    inspectors: drawn.inspectors.map((id) => ({ id, qualified: drawn.qualified.includes(id) })),
  }));

const has = (list: UnitStaffing['barred'], objectId: string, id: string) =>
  list.some((pair) => pair.objectId === objectId && pair.inspectorId === id);

/** All teams that the rules allow for an object: recusals, size, qualification; then only those with the fewest previous members. */
export function allowedTeams(unit: UnitStaffing, objectId: string): string[][] {
  const people = unit.inspectors.filter(({ id }) => !has(unit.barred, objectId, id));
  const teams = subsetsOf(people)
    .filter((set) => set.length === unit.teamSize && set.some(({ qualified }) => qualified))
    .map((set) => set.map(({ id }) => id));
  const repeats = (team: readonly string[]) => team.filter((id) => has(unit.previous, objectId, id)).length;
  const fewest = Math.min(...teams.map(repeats));
  return teams.filter((team) => repeats(team) === fewest);
}

/** The smallest possible largest load, by trying every combination of allowed teams. */
export function smallestMaximum(unit: UnitStaffing): number {
  const choices = unit.objects.map((objectId) => allowedTeams(unit, objectId));
  const load = new Map<string, number>();
  let best = Number.POSITIVE_INFINITY;
  const search = (object: number, most: number): void => {
    if (most >= best) {
      return;
    }
    const teams = choices[object];
    if (teams === undefined) {
      best = most;
      return;
    }
    for (const team of teams) {
      team.forEach((id) => load.set(id, (load.get(id) ?? 0) + 1));
      search(object + 1, Math.max(most, ...team.map((id) => load.get(id) ?? 0)));
      team.forEach((id) => load.set(id, (load.get(id) ?? 0) - 1));
    }
  };
  search(0, 0);
  return best;
}

export function largestLoad(teams: readonly Team[]): number {
  const all = teams.flatMap(({ inspectors }) => inspectors);
  return Math.max(0, ...all.map((id) => all.filter((other) => other === id).length));
}
