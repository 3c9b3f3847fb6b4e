import type { Demand, SeatCandidate } from './balance.ts';

/** Somebody who may go to an object, by index within the unit; gated is who is not qualified, since a team can't be of such alone. */
export interface Candidate extends SeatCandidate {
  /** On the team that checked this object last time. */
  readonly previous: boolean;
}

/** Why no team exists: how many are needed, may go, and are barred. */
export interface Shortage {
  readonly reason: 'too-few-inspectors' | 'no-qualified-inspector';
  readonly needed: number;
  readonly eligible: number;
  readonly barred: number;
}

/** Why an object can't be staffed; undefined when it can. Rotation never makes it impossible, recusals may. */
export function staffable(
  unit: {
    readonly teamSize: number;
    readonly inspectors: readonly { readonly id: string; readonly qualified: boolean }[];
  },
  barredIds: ReadonlySet<string>,
): Shortage | undefined {
  const may = unit.inspectors.filter((inspector) => !barredIds.has(inspector.id));
  const counts = { needed: unit.teamSize, eligible: may.length, barred: unit.inspectors.length - may.length };
  if (may.length < unit.teamSize) {
    return { reason: 'too-few-inspectors', ...counts };
  }
  return may.some((inspector) => inspector.qualified)
    ? undefined
    : { reason: 'no-qualified-inspector', ...counts };
}

/**
 * The demands whose fillings are exactly the teams allowed for one object: `teamSize` people, one qualified at least,
 * and as few of the previous team as that allows. The object must be staffable.
 *
 * Counting both the unqualified and the previous members of one team against two limits would not be a flow any more;
 * so the three cases are told apart here, and in each the two limits fall on separate groups.
 */
export function demandsOf(candidates: readonly Candidate[], teamSize: number): Demand[] {
  const fresh = candidates.filter((candidate) => !candidate.previous);
  const previous = candidates.filter((candidate) => candidate.previous);
  const freshQualified = fresh.some((candidate) => !candidate.gated);
  if (fresh.length < teamSize) {
    // All the fresh ones go, and as many of the previous team as are still missing.
    const missing = teamSize - fresh.length;
    return [
      demand(fresh, fresh.length, fresh.length),
      demand(previous, missing, freshQualified ? missing : missing - 1),
    ];
  }
  if (!freshQualified) {
    // Enough fresh people, but nobody qualified among them: one qualified member of the previous team goes again.
    return [demand(fresh, teamSize - 1, teamSize - 1), demand(previous, 1, 0)];
  }
  return [demand(fresh, teamSize, teamSize - 1)];
}

/** Seats of which at most `gate` go to people without the qualification. */
function demand(candidates: readonly Candidate[], seats: number, gate: number): Demand {
  return { seats, gate, candidates };
}
