import * as z from 'zod';

import { Refusal } from '#domain/refusal/refusal.ts';

import { fillBalanced, type Demand } from './balance.ts';
import { ObjectId } from './pool.ts';
import { demandsOf, staffable, type Candidate, type Shortage } from './staffing.ts';
import { pairTicketOf, ticketOf } from './ticket.ts';

/*
 * The matching of objects and inspectors (articles 5, 7(4), 10). Units don't share inspectors, so each is a problem of
 * its own, and a unit's result doesn't depend on when the others are matched.
 *
 * What a result must be, in this order:
 *  1. each team has the unit's team size (two at least), one member or more is qualified, and no barred pair is used;
 *  2. rotation: each team has as few members of the previous team as 1 allows for that object alone;
 *  3. the largest number of objects on one inspector is the smallest that 1 and 2 allow.
 * Which of the results that are left: objects are taken in ticket order, and each takes, among those who may go, the
 * inspectors with the fewest objects so far, ties by pair ticket; then inspectors with too many hand objects on along
 * shortest chains, searched in pair-ticket order (balance.ts). Names decide nothing: renaming people changes the
 * outcome only through their pair tickets.
 */

/** An inspector's or a unit's id: 1 to 64 ASCII letters, digits, ".", "_" or "-". Published in proofs, so no name or phone number. */
export const PersonId = z
  .string()
  .regex(/^[0-9A-Za-z._-]{1,64}$/, 'must be 1 to 64 letters, digits, ".", "_" or "-"');

/** Somebody who may be drawn: active, certified, trained and present are checked before; `qualified` for the unit's items. */
export const EligibleInspector = z.strictObject({ id: PersonId, qualified: z.boolean() });
export type EligibleInspector = z.infer<typeof EligibleInspector>;

export const ObjectInspectorPair = z.strictObject({ objectId: ObjectId, inspectorId: PersonId });
export type ObjectInspectorPair = z.infer<typeof ObjectInspectorPair>;

/** What the matching of one unit depends on, besides the seed. */
export const UnitStaffing = z.strictObject({
  unitId: PersonId,
  teamSize: z.int().min(2),
  objects: z.array(ObjectId),
  inspectors: z.array(EligibleInspector),
  /** Recused for the object (kinship, former employment, own declaration): never used. */
  barred: z.array(ObjectInspectorPair),
  /** On the team that checked the object last time: used only when others are not available. */
  previous: z.array(ObjectInspectorPair),
});
export type UnitStaffing = z.infer<typeof UnitStaffing>;

/** The inspectors of one unit for one object, in the order of their pair tickets. */
export const Team = z.strictObject({
  objectId: ObjectId,
  unitId: PersonId,
  inspectors: z.array(PersonId).min(2),
});
export type Team = z.infer<typeof Team>;

/** An object that no team of the unit can be found for, and why. */
export interface Unstaffable extends Shortage {
  readonly objectId: string;
  readonly unitId: string;
  /** A sentence for the person who must find more inspectors. */
  readonly detail: string;
}

/** All teams, units in the order given and objects in ticket order; or every object that can't be staffed, and no team at all. */
export type MatchingOutcome =
  | { readonly kind: 'matched'; readonly teams: readonly Team[] }
  | { readonly kind: 'unstaffable'; readonly objects: readonly Unstaffable[] };

/**
 * The one form of a unit's input that is hashed and published: lists sorted by id, pairs once each and only those that
 * concern an object and an inspector of this input (a recused inspector who is on leave is not in it, and needs no pair).
 * Refuses `team-below-two` (article 10), `object-twice`, `inspector-twice`.
 */
export function canonicalUnit(unit: UnitStaffing): UnitStaffing {
  if (!Number.isSafeInteger(unit.teamSize) || unit.teamSize < 2) {
    throw new Refusal(
      'team-below-two',
      `The unit ${unit.unitId} asks for teams of ${unit.teamSize}; a team has at least two inspectors (article 10).`,
      [{ pointer: '/teamSize', detail: 'must be 2 or more' }],
    );
  }
  const objects = unit.objects.toSorted();
  refuseTwice(objects, 'object-twice', `objects of unit ${unit.unitId}`);
  const inspectors = unit.inspectors
    .map(({ id, qualified }) => ({ id, qualified }))
    .toSorted((left, right) => (left.id < right.id ? -1 : 1));
  refuseTwice(
    inspectors.map((inspector) => inspector.id),
    'inspector-twice',
    `inspectors of unit ${unit.unitId}`,
  );
  const concerns = {
    objects: new Set(objects),
    inspectors: new Set(inspectors.map((inspector) => inspector.id)),
  };
  return {
    unitId: unit.unitId,
    teamSize: unit.teamSize,
    objects,
    inspectors,
    barred: canonicalPairs(unit.barred, concerns),
    previous: canonicalPairs(unit.previous, concerns),
  };
}

/**
 * The teams of all units, or the objects that can't be staffed: nothing is half-assigned.
 * Refuses as `canonicalUnit` does, `unit-twice`, and `inspector-two-units` (whoever belongs to two units would be
 * balanced in each alone and carry the sum).
 */
export function matchInspectors(seed: string, units: readonly UnitStaffing[]): MatchingOutcome {
  const inputs = units.map(canonicalUnit);
  refuseTwice(inputs.map((unit) => unit.unitId).toSorted(), 'unit-twice', 'units');
  refuseTwice(
    inputs.flatMap((unit) => unit.inspectors.map((inspector) => inspector.id)).toSorted(),
    'inspector-two-units',
    'inspectors of all units',
  );
  const unstaffable = inputs.flatMap(unstaffableOf);
  if (unstaffable.length > 0) {
    return { kind: 'unstaffable', objects: unstaffable };
  }
  return { kind: 'matched', teams: inputs.flatMap((unit) => unitTeams(seed, unit)) };
}

function unstaffableOf(unit: UnitStaffing): Unstaffable[] {
  const barred = inspectorsByObject(unit.barred);
  return unit.objects.flatMap((objectId) => {
    const shortage = staffable(unit, barred.get(objectId) ?? new Set());
    return shortage === undefined
      ? []
      : [{ objectId, unitId: unit.unitId, ...shortage, detail: sentence(objectId, unit.unitId, shortage) }];
  });
}

function sentence(objectId: string, unitId: string, shortage: Shortage): string {
  const { needed, eligible, barred } = shortage;
  const recused = `${eligible} of the unit's ${eligible + barred} inspectors may go (${barred} recused)`;
  return shortage.reason === 'too-few-inspectors'
    ? `The object ${objectId} can't be staffed by unit ${unitId}: a team needs ${needed}, and ${recused}.`
    : `The object ${objectId} can't be staffed by unit ${unitId}: ${recused}, none of them qualified for its items; at least one must be.`;
}

function unitTeams(seed: string, unit: UnitStaffing): Team[] {
  const objects = inTicketOrder(unit.objects, (objectId) => ticketOf(seed, objectId));
  const first = objects[0];
  if (first === undefined) {
    return [];
  }
  // People are numbered by their pair tickets with the first object: an order by id would decide who hands on first.
  const people = inTicketOrder(
    unit.inspectors.map((inspector) => inspector.id),
    (id) => pairTicketOf(seed, first, id),
  );
  const candidatesOf = candidateLists(seed, unit, people);
  const demands: Demand[] = [];
  const drawn = objects.map((objectId) => {
    const candidates = candidatesOf(objectId);
    const from = demands.length;
    demands.push(...demandsOf(candidates, unit.teamSize));
    return { objectId, candidates, from, to: demands.length };
  });
  const filled = fillBalanced(demands, people.length);
  return drawn.map(({ objectId, candidates, from, to }) => {
    const team = new Set(filled.slice(from, to).flat());
    const members = candidates.filter(({ index }) => team.has(index));
    return { objectId, unitId: unit.unitId, inspectors: members.map((member) => member.id) };
  });
}

/** For each object, who may go, in the order of their pair tickets. */
function candidateLists(
  seed: string,
  unit: UnitStaffing,
  people: readonly string[],
): (objectId: string) => (Candidate & { readonly id: string })[] {
  const qualified = new Set(
    unit.inspectors.flatMap((inspector) => (inspector.qualified ? [inspector.id] : [])),
  );
  // One object for each person, not for each person and object: a big unit has hundreds of thousands of those.
  const person = new Map(
    people.map((id, index) => [id, { id, index, gated: !qualified.has(id), previous: false }]),
  );
  const barred = inspectorsByObject(unit.barred);
  const previous = inspectorsByObject(unit.previous);
  return (objectId) =>
    inTicketOrder(people, (id) => pairTicketOf(seed, objectId, id)).flatMap((id) => {
      const somebody = person.get(id);
      if (somebody === undefined || barred.get(objectId)?.has(id) === true) {
        return [];
      }
      return [previous.get(objectId)?.has(id) === true ? { ...somebody, previous: true } : somebody];
    });
}

/** The ids by ticket, ties by id; each ticket is hashed once. */
export function inTicketOrder(ids: readonly string[], ticket: (id: string) => string): string[] {
  const keyed = ids.map((id) => ({ id, ticket: ticket(id) }));
  keyed.sort((a, b) => (a.ticket < b.ticket || (a.ticket === b.ticket && a.id < b.id) ? -1 : 1));
  return keyed.map(({ id }) => id);
}

/** The inspectors of the pairs, for each object. */
export function inspectorsByObject(
  pairs: readonly ObjectInspectorPair[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const byObject = new Map<string, Set<string>>();
  for (const { objectId, inspectorId } of pairs) {
    const inspectors = byObject.get(objectId);
    if (inspectors === undefined) {
      byObject.set(objectId, new Set([inspectorId]));
    } else {
      inspectors.add(inspectorId);
    }
  }
  return byObject;
}

function canonicalPairs(
  pairs: readonly ObjectInspectorPair[],
  concerns: { readonly objects: ReadonlySet<string>; readonly inspectors: ReadonlySet<string> },
): ObjectInspectorPair[] {
  return Array.from(inspectorsByObject(pairs))
    .filter(([objectId]) => concerns.objects.has(objectId))
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([objectId, inspectors]) =>
      Array.from(inspectors)
        .filter((id) => concerns.inspectors.has(id))
        .toSorted()
        .map((inspectorId) => ({ objectId, inspectorId })),
    );
}

function refuseTwice(sorted: readonly string[], reason: string, list: string): void {
  const twice = sorted.find((id, index) => index > 0 && sorted[index - 1] === id);
  if (twice !== undefined) {
    throw new Refusal(reason, `${twice} is named twice among the ${list}; each may be there once.`);
  }
}
