import { Refusal } from '#domain/refusal/refusal.ts';

import {
  canonicalUnit,
  inTicketOrder,
  inspectorsByObject,
  type Team,
  type UnitStaffing,
} from './matching.ts';
import { pairTicketOf } from './ticket.ts';

/** The team with its new member, or why the unit has nobody to send. */
export type ReplacementOutcome =
  | { readonly kind: 'replaced'; readonly inspectorId: string; readonly team: Team }
  | {
      readonly kind: 'nobody-left';
      readonly reason: 'no-other-inspector' | 'no-qualified-inspector';
      readonly detail: string;
    };

/**
 * Replaces a member of a team after a recusal, a leave or a missed answer: the next is the smallest pair ticket among
 * the unit's inspectors who are not on the team and not barred for the object. When the others on the team are not
 * qualified, only the qualified count; members of the previous team count only when nobody else does.
 * `unit` is the state at the time of the replacement (it may have lost or gained inspectors since the matching); put
 * the leaving inspector's pair in `barred` if a later replacement must not bring them back.
 * Refuses `not-on-team`, `other-unit`, `object-unknown` and as `canonicalUnit` does.
 */
export function replaceInspector(
  seed: string,
  unit: UnitStaffing,
  team: Team,
  leavingId: string,
): ReplacementOutcome {
  const input = canonicalUnit(unit);
  assertReplaceable(input, team, leavingId);
  const staying = new Set(team.inspectors.filter((id) => id !== leavingId));
  const barred = inspectorsByObject(input.barred).get(team.objectId);
  const free = input.inspectors.filter(
    ({ id }) => id !== leavingId && !staying.has(id) && barred?.has(id) !== true,
  );
  const qualifiedStays = input.inspectors.some(({ id, qualified }) => qualified && staying.has(id));
  const allowed = qualifiedStays ? free : free.filter(({ qualified }) => qualified);
  const previous = inspectorsByObject(input.previous).get(team.objectId);
  const fresh = allowed.filter(({ id }) => previous?.has(id) !== true);
  const byPairTicket = inTicketOrder(
    (fresh.length > 0 ? fresh : allowed).map(({ id }) => id),
    (id) => pairTicketOf(seed, team.objectId, id),
  );
  const next = byPairTicket[0];
  if (next === undefined) {
    return nobodyLeft(team, leavingId, free.length);
  }
  const inspectors = inTicketOrder([...staying, next], (id) => pairTicketOf(seed, team.objectId, id));
  return { kind: 'replaced', inspectorId: next, team: { ...team, inspectors } };
}

function nobodyLeft(team: Team, leavingId: string, free: number): ReplacementOutcome {
  const who = `${leavingId} can't be replaced for the object ${team.objectId} by unit ${team.unitId}`;
  return free === 0
    ? {
        kind: 'nobody-left',
        reason: 'no-other-inspector',
        detail: `${who}: every other inspector of the unit is on the team or recused.`,
      }
    : {
        kind: 'nobody-left',
        reason: 'no-qualified-inspector',
        detail: `${who}: the rest of the team is not qualified for its items, and of the ${free} others who may go none is.`,
      };
}

function assertReplaceable(unit: UnitStaffing, team: Team, leavingId: string): void {
  if (team.unitId !== unit.unitId) {
    throw new Refusal(
      'other-unit',
      `The team is of unit ${team.unitId}; unit ${unit.unitId} can't replace its members.`,
    );
  }
  if (!unit.objects.includes(team.objectId)) {
    throw new Refusal(
      'object-unknown',
      `The object ${team.objectId} is not among those of unit ${unit.unitId}.`,
    );
  }
  if (!team.inspectors.includes(leavingId)) {
    throw new Refusal(
      'not-on-team',
      `${leavingId} is not on the team of the object ${team.objectId}; its members are ${team.inspectors.join(', ')}.`,
    );
  }
}
