import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { build } from 'esbuild';
import { describe, expect, it, vi } from 'vitest';
import { drandRoundOf, drandVerifierFor, isRoundOf } from '#beacon/verify-round.ts';
import type { DrandVerifier } from '#domain/draw/beacon.ts';
import { buildCommitment } from '#domain/draw/commitment.ts';
import { type DrandRound, PUBLIC_CHAINS, QUICKNET } from '#domain/draw/drand-chain.ts';
import { parsePoolLine, poolText, summarizePool } from '#domain/draw/pool.ts';
import { buildProof, proofText } from '#domain/draw/proof.ts';
import { verifyProof } from '#domain/draw/verification.ts';
import { ownChain, QUICKNET_ROUND } from './own-chain.ts';

const { chain, sign } = ownChain('one');
const other = ownChain('two');
const seventh = sign(7);
const sha256 = (hex: string) => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');
const withSignature = (round: number, signature: string): DrandRound => ({
  round,
  signature,
  randomness: sha256(signature),
});

const network = vi.spyOn(globalThis, 'fetch');
const complaints = vi.spyOn(console, 'error');

describe('a round', () => {
  it('of quicknet verifies with its public key', async () => {
    expect(await isRoundOf(QUICKNET, QUICKNET_ROUND)).toBe(true);
    expect(
      await isRoundOf(
        QUICKNET,
        withSignature(
          1001,
          'b33bf3667cbd5a82de3a24b4e0e9fe5513cc1a0e840368c6e31f5fcfa79bea03f73896b25883abf2853d10337fb8fa41',
        ),
      ),
    ).toBe(true);
  });

  it('of a chain of our own verifies with its key', async () => {
    expect(await isRoundOf(chain, seventh)).toBe(true);
    expect(await isRoundOf(other.chain, other.sign(7))).toBe(true);
  });

  it.each([
    ['whose signature is of another round', withSignature(7, sign(8).signature)],
    ['under another number', { ...seventh, round: 8 }],
    ['with another randomness', { ...seventh, randomness: sign(8).randomness }],
    ['signed with another key', other.sign(7)],
    ['of quicknet', QUICKNET_ROUND],
    ['whose signature is no point of the curve', withSignature(7, 'ff'.repeat(48))],
    ['whose signature is the point at infinity', withSignature(7, `c0${'00'.repeat(47)}`)],
    ['whose signature is zero', withSignature(7, '00'.repeat(48))],
  ])('%s is refused', async (_, round) => {
    expect(await isRoundOf(chain, round)).toBe(false);
  });

  it('is refused with one bit of its signature changed', async () => {
    const bytes = Buffer.from(seventh.signature, 'hex');
    const changed = [0, 1, 24, 47].map((at) =>
      bytes
        .with(at, (bytes[at] ?? 0) ^ 1)
        .reduce((hex, byte) => hex + byte.toString(16).padStart(2, '0'), ''),
    );
    const answers = await Promise.all(
      changed.map(async (signature) => isRoundOf(chain, withSignature(7, signature))),
    );
    expect(answers).toEqual([false, false, false, false]);
  });
});

/** The same point written with its x coordinate greater by the order of the field; undefined where that has no room. */
function writtenOtherwise(signature: string): string | undefined {
  const written = BigInt(`0x${signature}`);
  const x = BigInt.asUintN(381, written);
  const greater = x + bls12_381.fields.Fp.ORDER;
  return greater < 1n << 381n ? (written - x + greater).toString(16).padStart(96, '0') : undefined;
}

describe('a signature', () => {
  it('has one form: the same point in other bytes would be another randomness', async () => {
    const others = Array.from({ length: 40 }, (_, at) => at + 1).flatMap((round) => {
      const rewritten = writtenOtherwise(sign(round).signature);
      return rewritten === undefined ? [] : [withSignature(round, rewritten)];
    });
    expect(others.length).toBe(11);
    expect(new Set(await Promise.all(others.map(async (round) => isRoundOf(chain, round))))).toEqual(
      new Set([false]),
    );
    // It is the same point indeed: a verifier that only reads the point takes it.
    const [first = seventh] = others;
    const point = bls12_381.G1.ProjectivePoint.fromHex(first.signature);
    expect(point.toHex(true)).toBe(sign(first.round).signature);
  });
});

const pool = ['91410381000000001A,A', '91410381000000002B,B'].map(parsePoolLine);

/** The text of a proof by a drand round, as Mingchou makes it. */
function proofBy(hash: string, { round, randomness, signature }: DrandRound, asked = round): string {
  const commitment = buildCommitment({
    drawId: 'D-drand',
    pool: summarizePool(pool),
    rule: { mode: 'ratio', basisPoints: { A: 5000, B: 5000 } },
    beacon: { kind: 'drand', chain: hash, round: asked },
    spec: {},
  });
  return proofText(buildProof({ commitment, beaconValue: randomness, beaconSignature: signature, pool }));
}

/** The step of the signature in the report over a proof. */
function stepOf(proof: string, drand: DrandVerifier | undefined): unknown {
  const report = verifyProof(proof, poolText(pool), drand === undefined ? {} : { drand });
  return report.steps.find(({ name }) => name === 'beacon-signature')?.status;
}

describe('the verifier for a proof', () => {
  it('accepts the signature of its round, as text and as bytes', async () => {
    const proof = proofBy(chain.hash, seventh);
    expect(stepOf(proof, await drandVerifierFor(proof, [chain]))).toBe('ok');
    expect(stepOf(proof, await drandVerifierFor(Buffer.from(proof), [...PUBLIC_CHAINS, chain]))).toBe('ok');
    const real = proofBy(QUICKNET.hash, QUICKNET_ROUND);
    expect(stepOf(real, await drandVerifierFor(real, PUBLIC_CHAINS))).toBe('ok');
  });

  it.each([
    ['of another round', sign(8), 7],
    ['of another key', other.sign(7), 7],
    ['that is no point of the curve', withSignature(7, 'ff'.repeat(48)), 7],
    ['that is too short', withSignature(7, 'ff'), 7],
  ])('refuses a signature %s', async (_, round, asked) => {
    const proof = proofBy(chain.hash, round, asked);
    expect(stepOf(proof, await drandVerifierFor(proof, [chain]))).toBe('failed');
  });

  it('refuses a proof that left its signature out', async () => {
    const proof = proofBy(chain.hash, seventh).replace(`"beaconSignature":"${seventh.signature}",`, '');
    expect(stepOf(proof, await drandVerifierFor(proof, [chain]))).toBe('failed');
  });

  it('answers for exactly its round', async () => {
    const verifier = await drandVerifierFor(proofBy(chain.hash, seventh), [chain]);
    expect(verifier?.({ chain: chain.hash, ...seventh })).toBe(true);
    expect(verifier?.({ chain: chain.hash, ...sign(8) })).toBe(false);
    expect(verifier?.({ chain: other.chain.hash, ...seventh })).toBe(false);
    expect(verifier?.({ chain: chain.hash, ...seventh, randomness: sign(8).randomness })).toBe(false);
    expect(verifier?.({ chain: chain.hash, ...seventh, signature: sign(8).signature })).toBe(false);
  });

  it('is none for a chain that is not known: the signature stays not checked', async () => {
    const proof = proofBy(chain.hash, seventh);
    const verifier = await drandVerifierFor(proof, [...PUBLIC_CHAINS, other.chain]);
    expect(verifier).toBe(undefined);
    expect(stepOf(proof, verifier)).toBe('not-checked');
    expect(drandRoundOf(proof)).toEqual({ chain: chain.hash, round: 7 });
  });

  it.each([
    ['no JSON', '{'],
    ['no proof', '{}'],
    ['not UTF-8', Uint8Array.of(0x7b, 0xff)],
    [
      'a proof by another kind of beacon',
      JSON.stringify({
        commitment: { beacon: { kind: 'sealed', commitment: 'ab'.repeat(32) } },
        beaconValue: '',
      }),
    ],
  ])('is none for what is %s', async (_, proof) => {
    expect(await drandVerifierFor(proof, PUBLIC_CHAINS)).toBe(undefined);
    expect(drandRoundOf(proof)).toBe(undefined);
  });
});

it('verifies where there is nothing but what a browser has', async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../shared/beacon/verify-round.ts', import.meta.url))],
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'beacon',
    target: 'es2024',
    conditions: ['browser'],
    write: false,
    logLevel: 'silent',
  });
  const code = outputFiles[0]?.text ?? '';
  expect(code).not.toMatch(/["'`]node:/);
  const page = createContext({
    TextDecoder,
    TextEncoder,
    console,
    chains: PUBLIC_CHAINS,
    proof: proofBy(QUICKNET.hash, QUICKNET_ROUND),
    round: { chain: QUICKNET.hash, ...QUICKNET_ROUND },
  });
  runInContext(code, page);
  const verified = 'beacon.drandVerifierFor(proof, chains).then((verifier) => verifier(round))';
  expect(await runInContext(verified, page)).toBe(true);
  const ofAnother =
    'beacon.drandVerifierFor(proof, chains).then((verifier) => verifier({ ...round, round: 1001 }))';
  expect(await runInContext(ofAnother, page)).toBe(false);
  expect(runInContext('typeof Buffer + typeof process', page)).toBe('undefinedundefined');
});

it('all of this used no network, and wrote nothing to the console', () => {
  expect(network).not.toHaveBeenCalled();
  expect(complaints).not.toHaveBeenCalled();
});
