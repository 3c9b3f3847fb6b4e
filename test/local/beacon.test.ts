import { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fetchRound, latestRound } from '#beacon/relays.ts';
import { DrandChainInfo, instantOfRound, PUBLIC_CHAINS } from '#domain/draw/drand-chain.ts';
import { LOCAL_CHAIN, LOCAL_KEY_TEXT } from '../../infra/local/beacon/chain.ts';
import { signerOf } from '../../infra/local/beacon/signer.ts';
import type { Runner } from '../../infra/local/runner.ts';
import { withOwnPort } from '../../infra/local/template/own-port.ts';
import { at, start } from './fixture/harness.ts';
import { synthesizeFixture } from './fixture/stack.ts';

let runner: Runner;
beforeAll(async () => {
  runner = await start(await synthesizeFixture());
});
afterAll(async () => {
  await runner.stop();
});
beforeEach(() => {
  runner.beacon.answer('honest');
});
const fetched = async (round: number) => fetchRound(runner.beacon.chain, [runner.beacon.url], round);
const newest = async () => latestRound(runner.beacon.chain, [runner.beacon.url]);
const asked = async (path: string, init?: RequestInit) => fetch(`${runner.beacon.url}/${path}`, init);
/** The round of 2026-03-02T01:30:00Z, where the clock stands at first: 791 days and an hour and a half after the first. */
const FIRST = 22_782_601;

describe('the local chain', () => {
  test('is signed with the key that stands in the repository, and is no public one', () => {
    expect(signerOf(LOCAL_KEY_TEXT).publicKey).toBe(LOCAL_CHAIN.publicKey);
    expect(PUBLIC_CHAINS.map(({ hash }) => hash)).not.toContain(LOCAL_CHAIN.hash);
    expect(LOCAL_CHAIN.beaconId).toContain('not-public');
  });

  test('says at /info what it is', async () => {
    const answer = await asked(`${LOCAL_CHAIN.hash}/info`);
    expect(DrandChainInfo.parse(await answer.json())).toEqual(LOCAL_CHAIN);
  });
});

describe('the local relay', () => {
  test('follows the clock of the runner', async () => {
    expect(await newest()).toMatchObject({ kind: 'published', round: FIRST, tried: [] });
    expect(await fetched(FIRST + 1)).toEqual({ kind: 'not-yet', latest: FIRST, tried: [] });
    expect(instantOfRound(LOCAL_CHAIN, FIRST + 1)).toBe('2026-03-02T01:30:03.000Z');
    await runner.advance(at('2026-03-02T01:30:02.999Z'));
    expect(await fetched(FIRST + 1)).toMatchObject({ kind: 'not-yet' });
    await runner.advance(at('2026-03-02T01:30:03.000Z'));
    expect(await fetched(FIRST + 1)).toMatchObject({ kind: 'published', round: FIRST + 1 });
    expect(await fetched(1)).toMatchObject({ kind: 'published', round: 1 });
  });

  test('gives one round the same signature every time', async () => {
    expect(await fetched(1)).toEqual({
      kind: 'published',
      round: 1,
      randomness: '58a0832b84c2a9b7aa9529020c80c0cf63f01bc5978b170bf06c66b669143a18',
      signature:
        'b7aa0454a6c58e85cebc50d21f96c183e3e0961ddd5d910b89d52f9e650f77c602c6171bb00cdd62a5e92cb54171cd84',
      tried: [],
    });
  });

  test('knows its own chain and rounds only', async () => {
    expect((await asked(`${'ab'.repeat(32)}/info`)).status).toBe(404);
    expect((await asked(`${LOCAL_CHAIN.hash}/public/${FIRST * 2}`)).status).toBe(404);
    expect((await asked(`${LOCAL_CHAIN.hash}/public/first`)).status).toBe(400);
    expect((await asked(`${LOCAL_CHAIN.hash}/public/0`)).status).toBe(400);
    expect((await asked(`${LOCAL_CHAIN.hash}/info`, { method: 'POST' })).status).toBe(404);
  });

  test('can be cut off, and comes back', async () => {
    runner.beacon.answer('unreachable');
    expect(await newest()).toMatchObject({ kind: 'unreachable', tried: [{ relay: runner.beacon.url }] });
    expect(await fetched(1)).toMatchObject({ kind: 'unreachable', tried: [{ relay: runner.beacon.url }] });
    runner.beacon.answer('honest');
    expect(await fetched(1)).toMatchObject({ kind: 'published' });
  });

  test('can lie, and is found out', async () => {
    runner.beacon.answer('wrong');
    const why = expect.stringMatching(/signature does not verify$/);
    expect(await fetched(1)).toEqual({ kind: 'unreachable', tried: [{ relay: runner.beacon.url, why }] });
    expect(await newest()).toEqual({ kind: 'unreachable', tried: [{ relay: runner.beacon.url, why }] });
  });

  test('can be an hour late', async () => {
    runner.beacon.answer('late');
    expect(await newest()).toMatchObject({ kind: 'published', round: FIRST + 1 - 1200 });
    expect(await fetched(FIRST)).toEqual({ kind: 'not-yet', latest: FIRST + 1 - 1200, tried: [] });
  });
});

test('a runner can be started with a relay that is out of order, and tells its functions where it is', async () => {
  const assembly = await synthesizeFixture({
    change: (stack) => {
      for (const child of stack.node.children) {
        if (child instanceof Lambda) child.addEnvironment('RELAYS', 'http://127.0.0.1:0/_local/drand');
      }
    },
  });
  const other = await start(assembly, { beacon: { answer: 'unreachable' } });
  try {
    const environment = await (await fetch(`${other.url}/environment`)).json();
    expect(environment).toMatchObject({ RELAYS: other.beacon.url });
    expect(other.beacon.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+\/_local\/drand$/);
    expect(await latestRound(other.beacon.chain, [other.beacon.url])).toMatchObject({ kind: 'unreachable' });
  } finally {
    await other.stop();
  }
});

test.each([
  ['http://127.0.0.1:0/_local/drand', 'http://127.0.0.1:4510/_local/drand'],
  ['http://localhost:0/a,http://127.0.0.1:0', 'http://localhost:4510/a,http://127.0.0.1:4510'],
  ['http://127.0.0.1:01/a http://127.0.0.1:080', 'http://127.0.0.1:01/a http://127.0.0.1:080'],
  ['https://127.0.0.1:0/a http://example.org:0/a', 'https://127.0.0.1:0/a http://example.org:0/a'],
])('port 0 of this machine is the port of the runner: %s', (text, placed) => {
  expect(withOwnPort(text, 4510)).toBe(placed);
});
