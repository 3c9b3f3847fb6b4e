import { sha256 } from '#sha256';
import * as z from 'zod';

import { Refusal } from '#domain/refusal/refusal.ts';

import { assertRandomnessOfSignature, beaconValueOf } from './beacon.ts';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import { Commitment, commitmentHash } from './commitment.ts';
import { Hex32, HexBytes } from './hex.ts';
import { canonicalUnit, matchInspectors, Team, UnitStaffing } from './matching.ts';
import { checkedLine, ObjectId, PoolSummarizer, type PoolEntry } from './pool.ts';
import { Selected, Selector } from './select.ts';
import { seedOf } from './ticket.ts';

/** The matching: what each unit put in, its hash, and the teams that follow from it and the seed. */
export const ProofMatching = z.strictObject({
  units: z.array(UnitStaffing),
  /** Of the inputs as a whole: a changed flag that happens to leave the teams as they are must show too. */
  unitsHash: Hex32,
  teams: z.array(Team),
});
export type ProofMatching = z.infer<typeof ProofMatching>;

/** All that a reader needs, beside the pool's text, to recompute a draw without database or network. */
export const Proof = z.strictObject({
  commitment: Commitment,
  commitmentHash: Hex32,
  /** In the normal form of `beaconValueOf`. */
  beaconValue: z.string().min(1),
  /** Of a drand round, hex. */
  beaconSignature: z.exactOptional(HexBytes),
  seed: Hex32,
  selected: z.array(Selected),
  matching: z.exactOptional(ProofMatching),
});
export type Proof = z.infer<typeof Proof>;

/**
 * The one text of a proof: RFC 8785 with a line feed at the end. A proof file with other spaces, member order or
 * escapes is refused by the verifier, so that any changed byte shows. Refuses as `canonicalJson` does.
 */
export function proofText(proof: Proof): string {
  return `${canonicalJson(proof)}\n`;
}

/** Hex SHA-256 of the RFC 8785 form of the matching's inputs. */
export function unitsHashOf(units: readonly UnitStaffing[]): string {
  return sha256(canonicalJson(units));
}

/** A beacon's value as it was received, with the signature of a drand round. */
export interface ReceivedBeacon {
  readonly value: string;
  readonly signature?: string | undefined;
}

/**
 * Draws from a committed pool that streams past line by line in canonical order: memory follows the sample, not the pool.
 * Everything follows from what was written before and the beacon's value, so a draw that is cut off and begun again ends
 * with the same proof.
 */
export class ProofBuilder {
  readonly #drawn: Omit<Proof, 'selected' | 'matching'>;
  readonly #selector: Selector;
  readonly #pool = new PoolSummarizer();

  /** Refuses the reasons of `beaconValueOf`, and `beacon-signature`. */
  constructor(commitment: Commitment, { value, signature }: ReceivedBeacon) {
    const hash = commitmentHash(commitment);
    const beaconValue = beaconValueOf(commitment.beacon, value);
    const seed = seedOf(hash, beaconValue);
    if (signature !== undefined) {
      assertSignatureFits(commitment, beaconValue, signature);
    }
    this.#selector = new Selector(seed, commitment.quota);
    this.#drawn = {
      commitment,
      commitmentHash: hash,
      beaconValue,
      seed,
      ...(signature === undefined ? {} : { beaconSignature: signature }),
    };
  }

  /** The next line of the pool. Refuses `pool-not-committed`, and the reasons of `PoolSummarizer`. */
  add(line: string): void {
    const comma = line.indexOf(',');
    const stratum = line.slice(comma + 1);
    if (!this.#selector.has(stratum)) {
      throw new Refusal(
        'pool-not-committed',
        `The pool line ${line} is of a stratum that the commitment doesn't name; only the committed pool can be drawn from.`,
      );
    }
    this.#pool.append(line);
    this.#selector.add(line.slice(0, comma), stratum);
  }

  /** The proof, once the whole pool has been added. Refuses `pool-not-committed` when it was not the committed one. */
  build(): Proof {
    const { commitment } = this.#drawn;
    const summary = this.#pool.summary();
    if (canonicalJson(summary) !== canonicalJson(commitment.pool)) {
      throw new Refusal(
        'pool-not-committed',
        `The pool of draw ${commitment.drawId} has the root ${summary.root}, the commitment ${commitment.pool.root}; only the committed pool can be drawn from.`,
      );
    }
    return { ...this.#drawn, selected: this.#selector.selected() };
  }
}

/** The proof of a draw whose pool is at hand, in canonical order. Refuses as `ProofBuilder` and `checkedLine` do. */
export function buildProof(draw: {
  readonly commitment: Commitment;
  readonly beaconValue: string;
  readonly beaconSignature?: string;
  readonly pool: Iterable<PoolEntry>;
}): Proof {
  const builder = new ProofBuilder(draw.commitment, {
    value: draw.beaconValue,
    signature: draw.beaconSignature,
  });
  for (const entry of draw.pool) {
    builder.add(checkedLine(entry));
  }
  return builder.build();
}

/**
 * The proof with the teams of these units added to those it has. Units may be added one by one as they match, since
 * none depends on another. Teams go to the selected objects and to those that the commitment names, and nowhere else.
 * Refuses `object-not-selected` (a team would go where the draw did not send it),
 * `objects-unstaffable` with a sentence for each object, and as `matchInspectors` does.
 */
export function addMatching(proof: Proof, units: readonly UnitStaffing[]): Proof {
  const inputs = [...(proof.matching?.units ?? []), ...units.map(canonicalUnit)];
  const stranger = strangerTo(proof, inputs);
  if (stranger !== undefined) {
    throw new Refusal(
      'object-not-selected',
      `The object ${stranger} is not among those that draw ${proof.commitment.drawId} selected or its commitment names; match its inspectors outside this proof.`,
    );
  }
  const outcome = matchInspectors(proof.seed, inputs);
  if (outcome.kind === 'unstaffable') {
    throw new Refusal(
      'objects-unstaffable',
      `${outcome.objects.length} object(s) of draw ${proof.commitment.drawId} can't be staffed, and no team was made. ${outcome.objects[0]?.detail ?? ''}`,
      outcome.objects.map(({ objectId, unitId, detail }) => ({ pointer: `/${unitId}/${objectId}`, detail })),
    );
  }
  return { ...proof, matching: { units: inputs, unitsHash: unitsHashOf(inputs), teams: [...outcome.teams] } };
}

/**
 * The ids that a commitment names beside its pool, under `named` of its spec: objects of the trigger, which are checked
 * without being drawn. What is not a list of ids names nothing.
 */
export function namedIn(commitment: Pick<Commitment, 'spec'>): readonly string[] {
  return Named.safeParse(commitment.spec['named']).data ?? [];
}
const Named = z.array(ObjectId);

/** The first object of a unit's input that the draw neither selected nor named when it was committed. */
export function strangerTo(
  { commitment, selected }: Pick<Proof, 'commitment' | 'selected'>,
  units: readonly UnitStaffing[],
): string | undefined {
  const ids = new Set([...selected.map(({ id }) => id), ...namedIn(commitment)]);
  return units.flatMap((unit) => unit.objects).find((id) => !ids.has(id));
}

/** Refuses `beacon-signature` for a signature that can't be this beacon's: only a drand round has one. */
export function assertSignatureFits(commitment: Commitment, beaconValue: string, signature: string): void {
  if (commitment.beacon.kind !== 'drand') {
    throw new Refusal(
      'beacon-signature',
      `A beacon of the kind ${commitment.beacon.kind} has no signature; only a drand round has one.`,
    );
  }
  assertRandomnessOfSignature(beaconValue, signature);
}
