import { describe, expect, it } from 'vitest';

import {
  chainHashOf,
  DrandChain,
  DrandChainInfo,
  infoOf,
  instantOfRound,
  QUICKNET,
  roundAfter,
  roundAt,
} from '#domain/draw/drand-chain.ts';
import { EpochSeconds, Instant } from '#domain/time/time.ts';

const at = (text: string) => Instant.parse(text);

/** What relays of quicknet give at /info. */
const QUICKNET_INFO = {
  public_key:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  period: 3,
  genesis_time: 1_692_803_367,
  hash: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  groupHash: 'f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e',
  schemeID: 'bls-unchained-g1-rfc9380',
  metadata: { beaconID: 'quicknet' },
};

describe('the rounds of quicknet', () => {
  it.each([
    ['2023-08-23T15:09:26.999Z', 0],
    ['2023-08-23T15:09:27.000Z', 1],
    ['2023-08-23T15:09:29.999Z', 1],
    ['2023-08-23T15:09:30.000Z', 2],
    ['2023-08-23T15:59:23.999Z', 999],
    ['2023-08-23T15:59:24.000Z', 1000],
    ['2026-04-20T00:00:00.000Z', 27_946_612],
    ['2026-04-20T12:30:45.000Z', 27_961_627],
    ['1970-01-01T00:00:00.000Z', 0],
  ])('at %s the last one is %i, and the next comes after', (instant, round) => {
    expect(roundAt(QUICKNET, at(instant))).toBe(round);
    expect(roundAfter(QUICKNET, at(instant))).toBe(round + 1);
  });

  it.each([
    [1, '2023-08-23T15:09:27.000Z'],
    [1000, '2023-08-23T15:59:24.000Z'],
    [27_946_612, '2026-04-20T00:00:00.000Z'],
  ])('the %i-th is published at %s', (round, instant) => {
    expect(instantOfRound(QUICKNET, round)).toBe(instant);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER])('there is none of number %d', (round) => {
    expect(() => instantOfRound(QUICKNET, round)).toThrow(RangeError);
  });
});

describe('a chain', () => {
  it('is read from what a relay says of it, and written back', () => {
    expect(DrandChainInfo.parse(QUICKNET_INFO)).toEqual(QUICKNET);
    expect(infoOf(QUICKNET)).toEqual(QUICKNET_INFO);
  });

  it('has the hash that drand computes, with the name left out when it is the default one', () => {
    // The League of Entropy's older chain: its key is of another length, which the hash does not mind.
    const mainnet = {
      publicKey:
        '868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31',
      periodSeconds: 30,
      genesis: EpochSeconds.parse(1_595_431_050),
      groupHash: '176f93498eac9ca337150b46d21dd58673ea4e3581185f869672e59fa4cb390a',
      beaconId: 'default',
    };
    expect(chainHashOf(mainnet)).toBe('8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce');
    expect(chainHashOf(QUICKNET)).toBe('52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971');
  });

  it.each([
    { publicKey: `${QUICKNET.publicKey.slice(0, -1)}b` },
    { periodSeconds: 4 },
    { genesis: QUICKNET.genesis + 3 },
    { groupHash: 'ab'.repeat(32) },
    { beaconId: 'other' },
    { hash: 'ab'.repeat(32) },
  ])('can not stand under the hash of another: %j', (change) => {
    const read = DrandChain.safeParse({ ...QUICKNET, ...change });
    expect(read.error?.issues.map(({ path, message }) => [path, message])).toEqual([
      [['hash'], expect.stringMatching(/^is not the hash of this chain, which is [0-9a-f]{64}$/)],
    ]);
  });

  it.each([
    ['scheme', { scheme: 'pedersen-bls-chained' }],
    ['publicKey', { publicKey: 'ab'.repeat(48) }],
    ['periodSeconds', { periodSeconds: 0 }],
    ['periodSeconds', { periodSeconds: 2.5 }],
    ['genesis', { genesis: -1 }],
    ['beaconId', { beaconId: '公共' }],
  ])('is refused for its %s: %j', (field, change) => {
    const read = DrandChain.safeParse({ ...QUICKNET, ...change });
    expect(read.error?.issues.map(({ path }) => path)).toContainEqual([field]);
  });
});
