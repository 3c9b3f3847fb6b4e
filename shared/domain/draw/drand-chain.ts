import { sha256 } from '#sha256';
import * as z from 'zod';

import { epochMilliseconds, EpochSeconds, instantOf, type Instant } from '#domain/time/time.ts';

import { bytesOfHex, Hex32, HexBytes } from './hex.ts';

/** A point of BLS12-381's G2, compressed to 96 bytes: the key of a chain. */
const PublicKey = HexBytes.length(192, 'must be 192 hex digits (96 bytes)');

/** What a chain's hash is made of. */
const HASHED = {
  publicKey: PublicKey,
  periodSeconds: z.int().min(1).max(86_400),
  /** When round 1 was published. */
  genesis: EpochSeconds,
  groupHash: Hex32,
  /** The name that its nodes give the chain, e.g. `quicknet`; `default` is not part of the hash. */
  beaconId: z.string().regex(/^[\x21-\x7e]{0,64}$/, 'must be printable ASCII without spaces'),
} as const;
const Hashed = z.strictObject(HASHED);

/**
 * A drand chain, as much of it as is needed to tell its rounds and to verify them. The hash binds the key: nobody can
 * put a key of their own under another chain's hash, so a commitment that names the hash fixes the key as well.
 *
 * Only the scheme `bls-unchained-g1-rfc9380` is taken: a round of a chained scheme is signed together with the
 * signature before it, which a proof does not carry, so it could not be verified from the proof alone.
 */
export const DrandChain = z
  .strictObject({ hash: Hex32, ...HASHED, scheme: z.literal('bls-unchained-g1-rfc9380') })
  .superRefine((chain, context) => {
    const computed = chainHashOf(chain);
    if (computed !== chain.hash) {
      context.addIssue({
        code: 'custom',
        path: ['hash'],
        message: `is not the hash of this chain, which is ${computed}`,
      });
    }
  });
export type DrandChain = z.infer<typeof DrandChain>;

/** A published round: `randomness` is SHA-256 of the signature, a point of G1 compressed to 48 bytes. */
export const DrandRound = z.object({
  round: z.int().positive(),
  randomness: Hex32,
  signature: HexBytes.length(96, 'must be 96 hex digits (48 bytes)'),
});
export type DrandRound = z.infer<typeof DrandRound>;

/** The JSON that a relay gives at `/info`, read as a chain. Members that we do not need are left out. */
export const DrandChainInfo = z
  .object({
    hash: z.unknown(),
    public_key: z.unknown(),
    period: z.unknown(),
    genesis_time: z.unknown(),
    groupHash: z.unknown(),
    schemeID: z.unknown(),
    metadata: z.object({ beaconID: z.unknown() }),
  })
  .transform(({ hash, public_key, period, genesis_time, groupHash, schemeID, metadata }) => ({
    hash,
    publicKey: public_key,
    periodSeconds: period,
    genesis: genesis_time,
    groupHash,
    beaconId: metadata.beaconID,
    scheme: schemeID,
  }))
  .pipe(DrandChain);

/** The same JSON, from the chain. */
export function infoOf(chain: DrandChain) {
  return {
    hash: chain.hash,
    public_key: chain.publicKey,
    period: chain.periodSeconds,
    genesis_time: Number(chain.genesis),
    groupHash: chain.groupHash,
    schemeID: chain.scheme,
    metadata: { beaconID: chain.beaconId },
  };
}

/**
 * quicknet of the League of Entropy (organisations in several countries that hold shares of its key): a round every
 * three seconds since 2023-08-23. The League's older chain, `default`, is a chained one.
 */
export const QUICKNET: DrandChain = DrandChain.parse({
  hash: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  periodSeconds: 3,
  genesis: 1_692_803_367,
  groupHash: 'f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e',
  beaconId: 'quicknet',
  scheme: 'bls-unchained-g1-rfc9380',
});

/** The chains that are run by many for everybody. Any other chain is worth what those who hold its key are worth. */
export const PUBLIC_CHAINS: readonly DrandChain[] = [QUICKNET];

/** Hex SHA-256 over period (4 bytes), genesis (8 bytes), key, group hash, and the name unless it is `default`. */
export function chainHashOf(chain: z.infer<typeof Hashed>): string {
  const numbers = hexOf(chain.periodSeconds, 4) + hexOf(chain.genesis, 8);
  const name = new TextEncoder().encode(chain.beaconId === 'default' ? '' : chain.beaconId);
  return sha256(Uint8Array.of(...bytesOfHex(numbers + chain.publicKey + chain.groupHash), ...name));
}

function hexOf(value: number, bytes: number): string {
  return value.toString(16).padStart(bytes * 2, '0');
}

/** The last round published at or before the instant; 0 when there was none yet. */
export function roundAt(chain: DrandChain, instant: Instant): number {
  const elapsed = epochMilliseconds(instant) - chain.genesis * 1000;
  if (elapsed < 0) {
    return 0;
  }
  const period = chain.periodSeconds * 1000;
  return (elapsed - (elapsed % period)) / period + 1;
}

/** The first round published strictly after the instant. */
export function roundAfter(chain: DrandChain, instant: Instant): number {
  return roundAt(chain, instant) + 1;
}

/** When a round is published. Throws RangeError for a number that is no round, or one beyond all dates. */
export function instantOfRound(chain: DrandChain, round: number): Instant {
  if (!Number.isSafeInteger(round) || round < 1) {
    throw new RangeError(`a drand round is a positive integer, not ${round}`);
  }
  return instantOf((chain.genesis + (round - 1) * chain.periodSeconds) * 1000);
}
