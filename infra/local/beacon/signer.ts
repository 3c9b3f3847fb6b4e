import { createHash } from 'node:crypto';
import { bls12_381 as bls } from '@noble/curves/bls12-381.js';
import type { DrandRound } from '#domain/draw/drand-chain.ts';

/** The domain of the scheme `bls-unchained-g1-rfc9380`. */
const DST = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';

export interface RoundSigner {
  /** Hex, compressed. */
  publicKey: string;
  sign(round: number): DrandRound;
}

/**
 * Signs rounds with one key, derived from a text, where a drand network has shares of a key in many hands: whoever knows
 * the text knows every round in advance. For development and tests, and for nothing else.
 */
export function signerOf(text: string): RoundSigner {
  const secret = bls.fields.Fr.create(BigInt(`0x${sha256(Buffer.from(text)).toString('hex')}`));
  return {
    publicKey: bls.G2.ProjectivePoint.BASE.multiply(secret).toHex(true),
    sign(round) {
      const number = Buffer.alloc(8);
      number.writeBigUInt64BE(BigInt(round));
      // What hashes to the curve can add, and can't multiply.
      const point = bls.G1.ProjectivePoint.fromAffine(bls.G1.hashToCurve(sha256(number), { DST }).toAffine());
      const signature = point.multiply(secret).toHex(true);
      return { round, randomness: sha256(Buffer.from(signature, 'hex')).toString('hex'), signature };
    },
  };
}

function sha256(data: Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}
