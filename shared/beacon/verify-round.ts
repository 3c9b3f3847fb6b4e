import { sha256 } from '#sha256';
import { fetchBeacon } from 'drand-client';
import * as z from 'zod';

import { Beacon, type DrandVerifier } from '#domain/draw/beacon.ts';
import { DrandRound, infoOf, type DrandChain } from '#domain/draw/drand-chain.ts';
import { bytesOfHex } from '#domain/draw/hex.ts';

/** What is read of a proof; that the rest of it is in order is the verifier's business. */
const ProofOfBeacon = z.object({
  commitment: z.object({ beacon: Beacon }),
  beaconValue: z.string(),
  beaconSignature: z.exactOptional(z.string()),
});

/** The order of BLS12-381's base field: coordinates are smaller. */
const FIELD_ORDER =
  0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn;
/** Above the x coordinate, a compressed point has three bits that say how it is written. */
const COORDINATE_BITS = 381;

/**
 * Whether the round is one of the chain: its signature is the chain's own over this round's number, and its randomness
 * is SHA-256 of the signature. Needs no network, and never throws for a bad round.
 */
export async function isRoundOf(chain: DrandChain, given: DrandRound): Promise<boolean> {
  // A mismatch of the randomness is found out here, because drand-client would write it to the console.
  if (!isReduced(given.signature) || sha256(bytesOfHex(given.signature)) !== given.randomness) {
    return false;
  }
  // A client that gives drand-client what there is to verify, instead of fetching it.
  const client = {
    options: { disableBeaconVerification: false, noCache: false },
    latest: async () => Promise.resolve(given),
    get: async () => Promise.resolve(given),
    chain: () => ({ baseUrl: '', info: async () => Promise.resolve(infoOf(chain)) }),
  };
  return fetchBeacon(client, given.round).then(
    () => true,
    // It throws for a signature that is another's and for bytes that are no point of the curve alike: neither is one.
    () => false,
  );
}

/**
 * Whether the signature's x coordinate is written below the field's order. drand-client reduces it silently: for one
 * signature in four there are other 48 bytes that it accepts as well, whose SHA-256 is another randomness. Whoever
 * publishes a proof could then choose between two draws.
 */
function isReduced(signature: string): boolean {
  return BigInt.asUintN(COORDINATE_BITS, BigInt(`0x${signature}`)) < FIELD_ORDER;
}

/** The drand round that a proof's commitment names; undefined for another kind of beacon and for an unreadable proof. */
export function drandRoundOf(
  proof: string | Uint8Array,
): { readonly chain: string; readonly round: number } | undefined {
  const beacon = read(proof)?.commitment.beacon;
  return beacon?.kind === 'drand' ? { chain: beacon.chain, round: beacon.round } : undefined;
}

/**
 * The verifier that `verifyProof` takes, for exactly the round of this proof: the BLS signature is verified here, once,
 * so that the verifier can answer at once. Undefined when the proof has no drand beacon, can't be read, or names a
 * chain that is not among those given: its signature then stays not checked. Needs no network; runs in browsers too.
 */
export async function drandVerifierFor(
  proof: string | Uint8Array,
  chains: readonly DrandChain[],
): Promise<DrandVerifier | undefined> {
  const given = read(proof);
  const beacon = given?.commitment.beacon;
  if (given === undefined || beacon?.kind !== 'drand') {
    return undefined;
  }
  const chain = chains.find(({ hash }) => hash === beacon.chain);
  if (chain === undefined) {
    return undefined;
  }
  const claimed = DrandRound.safeParse({
    round: beacon.round,
    randomness: given.beaconValue,
    signature: given.beaconSignature,
  });
  const verified = claimed.success && (await isRoundOf(chain, claimed.data)) ? claimed.data : undefined;
  return (asked) =>
    asked.chain === chain.hash &&
    asked.round === verified?.round &&
    asked.signature === verified.signature &&
    asked.randomness === verified.randomness;
}

function read(proof: string | Uint8Array): z.infer<typeof ProofOfBeacon> | undefined {
  try {
    const text =
      typeof proof === 'string'
        ? proof
        : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(proof);
    return ProofOfBeacon.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
