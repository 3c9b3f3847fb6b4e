import { drandVerifierFor } from '#beacon/verify-round.ts';
import { PUBLIC_CHAINS } from '#domain/draw/drand-chain.ts';
import type { VerifierOptions } from '#domain/draw/verification.ts';

/** What the page can check of this proof beside the domain: the signature of a round of a known public drand chain. */
export async function verifierOptionsFor(proof: Uint8Array): Promise<VerifierOptions> {
  const drand = await drandVerifierFor(proof, PUBLIC_CHAINS);
  return drand === undefined ? {} : { drand };
}
