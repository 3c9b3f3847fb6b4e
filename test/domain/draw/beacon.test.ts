import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import {
  assertRandomnessOfSignature,
  Beacon,
  beaconMeaning,
  beaconValueOf,
  sealedBeacon,
} from '#domain/draw/beacon.ts';
import { seedOf } from '#domain/draw/ticket.ts';

import { reasonOf, vector } from './vectors.ts';

describe('a sealed beacon', () => {
  const { commitment, beaconValue } = vector('tiny');

  it('opens with the secret whose 32 bytes were hashed', () => {
    expect(sealedBeacon(beaconValue)).toEqual(commitment.beacon);
    expect(beaconValueOf(commitment.beacon, beaconValue)).toBe(beaconValue);
  });

  it('refuses another secret, and the same in another notation', () => {
    expect(reasonOf(() => beaconValueOf(commitment.beacon, `0${beaconValue.slice(1)}`))).toBe(
      'beacon-sealed',
    );
    for (const odd of [beaconValue.toUpperCase(), ` ${beaconValue}`, beaconValue.slice(2), '']) {
      expect(reasonOf(() => beaconValueOf(commitment.beacon, odd))).toBe('beacon-value');
    }
    expect(reasonOf(() => sealedBeacon('secret'))).toBe('beacon-value');
  });
});

describe('an announced beacon', () => {
  const { beacon } = vector('count').commitment;

  it('takes the text trimmed and in NFC', () => {
    expect(beaconValueOf(beacon, '\u3000 03 07 11 19 26 32 + 05\r\n')).toBe('03 07 11 19 26 32 + 05');
    expect(beaconValueOf(beacon, 'e\u0301')).toBe('\u00e9');
  });

  it('refuses an empty text and one that has no UTF-8 form', () => {
    expect(reasonOf(() => beaconValueOf(beacon, ' \n'))).toBe('beacon-value');
    expect(reasonOf(() => beaconValueOf(beacon, 'a\ud800'))).toBe('beacon-value');
  });
});

describe('a drand beacon', () => {
  const { beacon } = vector('one').commitment;

  it('takes 64 lower-case hex digits only', () => {
    expect(beaconValueOf(beacon, 'ab'.repeat(32))).toBe('ab'.repeat(32));
    expect(reasonOf(() => beaconValueOf(beacon, 'AB'.repeat(32)))).toBe('beacon-value');
  });

  it('has a randomness that is SHA-256 of its signature', () => {
    const signature =
      '8d61d9100567de44682506aea1a7a6fa6e5491cd27a0a0ed349ef6910ac5ac20ff7bc3e09d7c046566c9f7f3c6f3b10104990e7cb424998203d8f7de586fb7fa5f60045417a432684f85093b06ca91c769f0e7ca19268375e659c2a2352b4655';
    const randomness = createHash('sha256').update(Buffer.from(signature, 'hex')).digest('hex');
    expect(() => assertRandomnessOfSignature(randomness, signature)).not.toThrow();
    expect(reasonOf(() => assertRandomnessOfSignature(randomness, `0${signature.slice(1)}`))).toBe(
      'beacon-signature',
    );
    expect(reasonOf(() => assertRandomnessOfSignature(randomness, `${signature}0`))).toBe('beacon-signature');
  });
});

describe('the meaning of a beacon', () => {
  it('is that nobody could know it for a public chain only', () => {
    const { beacon } = vector('one').commitment;
    expect(beaconMeaning(beacon).en).toContain('nobody, the operator included, could know it');
    const own = beaconMeaning({ kind: 'drand', chain: 'ab'.repeat(32), round: 1 });
    expect(own.en).toContain('not a known public one: whoever holds its key could know it before');
    expect(own.zh).toContain('不是公认的公共链');
  });

  it('is told apart by its kind', () => {
    expect(beaconMeaning(vector('tiny').commitment.beacon).zh).toContain('三种中最弱的一种');
    expect(beaconMeaning(vector('count').commitment.beacon).zh).toContain('事先公告的公开来源');
  });
});

describe('the form of a beacon', () => {
  it.each([
    { kind: 'drand', chain: 'ab', round: 1 },
    { kind: 'drand', chain: 'ab'.repeat(32), round: 0 },
    { kind: 'announced', source: '', expectedAt: '2026-11-26T13:15:00Z' },
    { kind: 'announced', source: '双色球', expectedAt: '2026-11-26' },
    { kind: 'sealed', commitment: 'AB'.repeat(32) },
    { kind: 'sealed', commitment: 'ab'.repeat(32), secret: 'x' },
    { kind: 'dice' },
  ])('is not %j', (beacon) => {
    expect(Beacon.safeParse(beacon).success).toBe(false);
  });
});

describe('a seed', () => {
  it('is refused for a hash or a value that could not be published', () => {
    expect(reasonOf(() => seedOf('ab', 'x'))).toBe('seed');
    expect(reasonOf(() => seedOf('ab'.repeat(32), ''))).toBe('seed');
    expect(reasonOf(() => seedOf('ab'.repeat(32), '\ud800'))).toBe('seed');
  });
});
