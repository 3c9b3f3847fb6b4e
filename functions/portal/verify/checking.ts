import type { Bilingual } from '#domain/draw/beacon.ts';
import { commitmentHash } from '#domain/draw/commitment.ts';
import { explainProof } from '#domain/draw/explanation.ts';
import { standingOf, verifyInclusion, type InclusionReport, type Standing } from '#domain/draw/inclusion.ts';
import type { Proof } from '#domain/draw/proof.ts';
import { readProof } from '#domain/draw/proof-reading.ts';
import type { VerificationReport } from '#domain/draw/report.ts';
import { seedOf } from '#domain/draw/ticket.ts';
import { ProofVerifier } from '#domain/draw/verification.ts';
import { bytesOf, slicesOf } from './files.ts';
import { verifierOptionsFor } from './options.ts';
import { PoolText } from './pool-text.ts';

/** What the reader chose. */
export interface Chosen {
  readonly proof: File;
  /** The pool's parts in their order; empty when only one line is to be checked. */
  readonly pool: readonly File[];
  readonly inclusion?: File;
}

/** An object of the verified pool: its line from 1, and where it stands. */
export interface Found {
  readonly line: number;
  readonly standing: Standing;
}

export interface Outcome {
  /** Of proof and pool. */
  readonly whole?: VerificationReport;
  /** Of proof and inclusion file. */
  readonly own?: InclusionReport;
  /** Absent when the proof can't be read. */
  readonly explanation?: readonly Bilingual[];
  /** Looks an object up in the pool that was read; absent without a pool, or when the proof can't be read. */
  readonly lookUp?: (id: string) => Found | undefined;
}

/** Verifies what was chosen. `onRead` is told how many bytes of the pool were read. @throws FileFault */
export async function check(chosen: Chosen, onRead: (bytes: number) => void): Promise<Outcome> {
  const bytes = await bytesOf(chosen.proof);
  const { proof } = readProof(bytes);
  const options = await verifierOptionsFor(bytes);
  const own =
    chosen.inclusion === undefined
      ? {}
      : { own: verifyInclusion(bytes, await bytesOf(chosen.inclusion), options) };
  const explanation = proof === undefined ? {} : { explanation: explainProof(proof) };
  if (chosen.pool.length === 0) {
    return { ...own, ...explanation };
  }
  const verifier = new ProofVerifier(bytes, options);
  const text = new PoolText();
  for (const part of chosen.pool) {
    for await (const slice of slicesOf(part, onRead)) {
      verifier.push(slice);
      text.push(slice);
    }
  }
  return {
    whole: verifier.report(),
    ...own,
    ...explanation,
    ...(proof === undefined ? {} : { lookUp: lookUpIn(proof, text) }),
  };
}

function lookUpIn(proof: Proof, text: PoolText): (id: string) => Found | undefined {
  const seed = seedOf(commitmentHash(proof.commitment), proof.beaconValue);
  return (id) => {
    const found = text.find(id);
    return found === undefined
      ? undefined
      : { line: found.line, standing: standingOf(proof, seed, found.entry) };
  };
}
