import type { FormerMember, InspectionMember, OpenSeat } from './member.ts';

/** Who is on an inspection, who was, and which seats are empty. */
export interface Seats {
  readonly team: InspectionMember[];
  readonly left: FormerMember[];
  readonly openSeats: OpenSeat[];
}

/** The seats once a member has left: the successor sits there, or nobody does and the seat is open. */
export function withoutMember(
  { team, left, openSeats }: Seats,
  former: FormerMember,
  successor: InspectionMember | undefined,
): Seats {
  const open =
    successor === undefined ? [{ unit: former.unit, formerly: former.inspector, since: former.at }] : [];
  return {
    team: team.flatMap((member) =>
      member.inspector === former.inspector ? (successor === undefined ? [] : [successor]) : [member],
    ),
    left: [...left, former],
    openSeats: [...openSeats, ...open],
  };
}

/**
 * The seats with exactly these people for one unit. Whoever was on the team already keeps their acceptance; whoever goes
 * is remembered with the reason, and no seat of the unit is open any more.
 */
export function withUnitTeam(
  { team, left, openSeats }: Seats,
  unit: string,
  chosen: readonly InspectionMember[],
  by: Pick<FormerMember, 'reason' | 'by' | 'at'>,
): Seats {
  const ids = new Set(chosen.map(({ inspector }) => inspector));
  const known = new Map(team.map((member) => [member.inspector, member]));
  const gone = team.filter((member) => member.unit === unit && !ids.has(member.inspector));
  return {
    team: [
      ...team.filter((member) => member.unit !== unit),
      ...chosen.map((member) => known.get(member.inspector) ?? member),
    ],
    left: [
      ...left,
      ...gone.map(({ inspector, name, unit: of }): FormerMember => ({
        inspector,
        name,
        unit: of,
        why: 'reassigned',
        ...by,
      })),
    ],
    openSeats: openSeats.filter((seat) => seat.unit !== unit),
  };
}

/** The seats with more people, those who are on the team already left out; each fills an open seat of their unit first. */
export function withMembers({ team, left, openSeats }: Seats, more: readonly InspectionMember[]): Seats {
  const ids = new Set(team.map(({ inspector }) => inspector));
  const distinct = new Map(more.map((member) => [member.inspector, member]));
  const joining = [...distinct.values()].filter(({ inspector }) => !ids.has(inspector));
  const open = [...openSeats];
  for (const { unit } of joining) {
    const at = open.findIndex((seat) => seat.unit === unit);
    if (at >= 0) {
      open.splice(at, 1);
    }
  }
  return { team: [...team, ...joining], left, openSeats: open };
}

/** Those who are on the team afterwards and were not before. */
export function newcomers(
  before: Pick<Seats, 'team'>,
  after: Pick<Seats, 'team'>,
): readonly InspectionMember[] {
  const ids = new Set(before.team.map(({ inspector }) => inspector));
  return after.team.filter(({ inspector }) => !ids.has(inspector));
}

/** Those who were on the team before and are not afterwards. */
export function leavers(
  before: Pick<Seats, 'team'>,
  after: Pick<Seats, 'team'>,
): readonly InspectionMember[] {
  return newcomers(after, before);
}
