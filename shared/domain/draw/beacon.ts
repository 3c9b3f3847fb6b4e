import { sha256 } from '#sha256';
import * as z from 'zod';

import { Refusal } from '#domain/refusal/refusal.ts';

import { PUBLIC_CHAINS } from './drand-chain.ts';
import { bytesOfHex, Hex32, HexBytes } from './hex.ts';

/** A round of the drand network, in the future when the commitment is written. `chain` is the chain's hash. */
const DrandBeacon = z.strictObject({ kind: z.literal('drand'), chain: Hex32, round: z.int().positive() });

/** A public source named in advance (RFC 3797) and the UTC time at which it is expected. */
const AnnouncedBeacon = z.strictObject({
  kind: z.literal('announced'),
  source: z
    .string()
    .min(1)
    .refine((text) => text.isWellFormed() && text.trim() === text, 'must be trimmed text'),
  expectedAt: z.iso.datetime(),
});

/** SHA-256 of the 32 bytes of a secret that was stored before the pool was read. */
const SealedBeacon = z.strictObject({ kind: z.literal('sealed'), commitment: Hex32 });

/** Where the randomness comes from; fixed in the commitment, before its value exists or is known to the operator. */
export const Beacon = z.discriminatedUnion('kind', [DrandBeacon, AnnouncedBeacon, SealedBeacon]);
export type Beacon = z.infer<typeof Beacon>;

/** One sentence in both languages of the product; zh is what people read first. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

const MEANING: Readonly<Record<Beacon['kind'] | 'private-drand', Bilingual>> = {
  drand: {
    zh: '随机数取自事先指定的 drand 公共随机信标轮次：该轮产生之前，包括经办人在内任何人都无法得知。',
    en: 'The randomness is a drand round named in advance: before that round nobody, the operator included, could know it.',
  },
  'private-drand': {
    zh: '随机数取自事先指定的 drand 信标轮次，但该链不是公认的公共链：掌握该链密钥的人可以事先得知随机数，请先查明密钥由谁掌握。',
    en: 'The randomness is a drand round named in advance, of a chain that is not a known public one: whoever holds its key could know it before, so find out who does.',
  },
  announced: {
    zh: '随机数取自事先公告的公开来源（如尚未开奖的彩票）：请自行与该来源公布的原文核对。',
    en: 'The randomness is the text of a public source named in advance: compare it yourself with what that source published.',
  },
  sealed: {
    zh: '随机数是系统在读取名单之前封存的秘密，这是三种中最弱的一种：能读到该秘密的人有可能挑选名单。',
    en: 'The randomness is a secret that the system stored before it read the pool, the weakest of the three kinds: whoever could read the secret could have chosen the pool.',
  },
};

/**
 * What a reader of the proof must know about its beacon, in one plain sentence. A drand chain that is not among
 * `PUBLIC_CHAINS` is never told to be one that nobody could foresee.
 */
export function beaconMeaning(beacon: Beacon): Bilingual {
  const isPrivate = beacon.kind === 'drand' && PUBLIC_CHAINS.every(({ hash }) => hash !== beacon.chain);
  return MEANING[isPrivate ? 'private-drand' : beacon.kind];
}

/** Checks the BLS signature of a drand round; passed in by a caller that knows the chain's public key. */
export type DrandVerifier = (round: {
  readonly chain: string;
  readonly round: number;
  readonly signature: string;
  readonly randomness: string;
}) => boolean;

/** The beacon of a 32-byte secret given as 64 hex digits. Refuses `beacon-value` for another shape. */
export function sealedBeacon(secret: string): Beacon {
  return { kind: 'sealed', commitment: sha256(bytesOfHex(assertHex32(secret, 'a sealed beacon'))) };
}

/**
 * The value of a beacon in the one form that enters the seed, from the text that was received.
 * drand: 64 lower-case hex digits of randomness. announced: trimmed, then Unicode NFC. sealed: the secret's 64 hex
 * digits. Refuses `beacon-value` (shape) and `beacon-sealed` (not the secret that was sealed).
 */
export function beaconValueOf(beacon: Beacon, received: string): string {
  if (beacon.kind === 'sealed') {
    return openSealed(beacon.commitment, received);
  }
  return beacon.kind === 'announced'
    ? announcedValue(beacon.source, received)
    : assertHex32(received, `drand round ${beacon.round}`);
}

/**
 * Refuses a drand signature (hex) that can't belong to the randomness: `beacon-signature`. drand defines a round's
 * randomness as SHA-256 of its signature. This is not a check of the signature itself, which needs a `DrandVerifier`.
 */
export function assertRandomnessOfSignature(randomness: string, signature: string): void {
  if (!HexBytes.safeParse(signature).success || sha256(bytesOfHex(signature)) !== randomness) {
    throw new Refusal(
      'beacon-signature',
      'The drand signature is not the one that the randomness was made from: SHA-256 of its bytes must be the beacon value.',
    );
  }
}

function announcedValue(source: string, received: string): string {
  const value = received.trim().normalize('NFC');
  if (value === '' || !value.isWellFormed()) {
    throw new Refusal(
      'beacon-value',
      `The value of the announced source "${source}" is ${value === '' ? 'empty' : 'not well-formed Unicode'}; enter the text that the source published.`,
    );
  }
  return value;
}

function openSealed(commitment: string, received: string): string {
  const secret = assertHex32(received, 'a sealed beacon');
  if (sha256(bytesOfHex(secret)) !== commitment) {
    throw new Refusal(
      'beacon-sealed',
      `The secret is not the one that was sealed: SHA-256 of its 32 bytes must be ${commitment}.`,
    );
  }
  return secret;
}

function assertHex32(value: string, what: string): string {
  if (!Hex32.safeParse(value).success) {
    throw new Refusal('beacon-value', `The value of ${what} must be 64 lower-case hex digits (32 bytes).`);
  }
  return value;
}
