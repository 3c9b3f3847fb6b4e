import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { LOCAL_CHAIN, LOCAL_KEY_TEXT } from '#infra/local/beacon/chain.ts';
import { signerOf } from '#infra/local/beacon/signer.ts';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import type { DrandVerifier } from '#domain/draw/beacon.ts';
import { buildCommitment } from '#domain/draw/commitment.ts';
import { canonicalPool, poolText, summarizePool } from '#domain/draw/pool.ts';
import { addMatching, buildProof, proofText } from '#domain/draw/proof.ts';
import { verifyProof } from '#domain/draw/verification.ts';
import { creditCodeCheckCharacter } from '#domain/subject/subject-id.ts';

function codeOf(n: number): string {
  const first17 = `91410381MA${String(n).padStart(7, '0')}`;
  return `${first17}${creditCodeCheckCharacter(first17)}`;
}

/** A named object, two units, one of them with recusals and a team of last time; the randomness is a round of the local chain. */
function filesOfADraw() {
  const pool = canonicalPool(
    Array.from({ length: 150 }, (_, n) => ({
      id: codeOf(n * 7),
      stratum: ['A', 'A', 'B', 'C', 'D'][n % 5] ?? 'A',
    })),
  );
  const named = codeOf(9_000);
  const round = signerOf(LOCAL_KEY_TEXT).sign(28_000_000);
  const commitment = buildCommitment({
    drawId: 'D-4f1c2a9b7e30d58816aa02c4',
    pool: summarizePool(pool),
    rule: { mode: 'ratio', basisPoints: { A: 100, B: 300, C: 1000, D: 2000 } },
    beacon: { kind: 'drand', chain: LOCAL_CHAIN.hash, round: 28_000_000 },
    spec: {
      plan: '明抽〔2026〕12号',
      title: '加油站计量投诉触发抽查',
      trigger: 'T-0b6d1f5e2c7a49938d21e0f7',
      policy: { id: 'complaint-fuel', version: 3 },
      criteria: { territory: ['410381'], industry: ['F526'] },
      items: ['YS-001', 'YS-002'],
      named: [named],
      coolDownDays: 90,
      teamSize: 2,
      staffing: 'random',
      excluded: { 'not-operating': 3, 'no-item-applies': 0, named: 1, frequency: 2, 'cool-down': 7 },
      beaconWanted: 'drand',
    },
  });
  const drawn = buildProof({
    commitment,
    beaconValue: round.randomness,
    beaconSignature: round.signature,
    pool,
  });
  const objects = [...drawn.selected.map(({ id }) => id), named];
  const unit = (unitId: string) => ({
    unitId,
    teamSize: 2,
    objects,
    inspectors: ['a1', 'b2', 'c3', 'd4', 'e5', 'f6'].map((id, at) => ({
      id: `${unitId}-${id}`,
      qualified: at % 2 === 0,
    })),
    barred: [{ objectId: named, inspectorId: `${unitId}-a1` }],
    previous: [{ objectId: objects[0] ?? named, inspectorId: `${unitId}-b2` }],
  });
  const proof = addMatching(drawn, [unit('U-5c0e'), unit('U-91d7')]);
  const drand: DrandVerifier = (asked) =>
    asked.chain === LOCAL_CHAIN.hash &&
    asked.round === round.round &&
    asked.signature === round.signature &&
    asked.randomness === round.randomness;
  return { proof, drand, text: proofText(proof), pool: Array.from(poolText(pool)).join('') };
}

const { proof, drand, text, pool } = filesOfADraw();
const { commitment } = proof;

/** Places of the proof's text, inner ones before those around them, each with the steps that can find a change there. */
const PLACES: readonly {
  readonly member: string;
  readonly of: unknown;
  readonly steps: readonly string[];
}[] = [
  { member: 'root', of: commitment.pool.root, steps: ['proof-format', 'pool-root'] },
  { member: 'size', of: commitment.pool.size, steps: ['proof-format', 'pool-size'] },
  { member: 'quota', of: commitment.quota, steps: ['proof-format', 'quota'] },
  { member: 'beacon', of: commitment.beacon, steps: ['proof-format', 'commitment-hash'] },
  { member: 'drawId', of: commitment.drawId, steps: ['proof-format', 'commitment-hash'] },
  { member: 'rule', of: commitment.spec['rule'], steps: ['proof-format', 'quota', 'commitment-hash'] },
  { member: 'spec', of: commitment.spec, steps: ['proof-format', 'commitment-hash'] },
  { member: 'commitment', of: commitment, steps: ['proof-format'] },
  { member: 'beaconSignature', of: proof.beaconSignature, steps: ['proof-format', 'beacon'] },
  { member: 'beaconValue', of: proof.beaconValue, steps: ['proof-format', 'beacon'] },
  { member: 'commitmentHash', of: proof.commitmentHash, steps: ['proof-format', 'commitment-hash'] },
  { member: 'matching', of: proof.matching, steps: ['proof-format', 'matching'] },
  { member: 'seed', of: proof.seed, steps: ['proof-format', 'seed'] },
  { member: 'selected', of: proof.selected, steps: ['proof-format', 'selected'] },
];
const POOL_STEPS = ['pool-format', 'pool-order', 'pool-size', 'pool-root'];

const original = { proof: Buffer.from(text), pool: Buffer.from(pool) };

/** Where each member's value begins and ends, in bytes. */
const ranges = PLACES.map(({ member, of, steps }) => {
  const value = Buffer.from(canonicalJson(of));
  const name = Buffer.from(`"${member}":`);
  const from = original.proof.indexOf(Buffer.concat([name, value])) + name.length;
  return { member, steps, from, to: from + value.length };
});

/** What is around all members, the braces and names of the proof itself, has its form only. */
const AROUND = { member: 'the proof itself', steps: ['proof-format'] };

function placeOf(index: number) {
  return ranges.find(({ from, to }) => index >= from && index < to) ?? AROUND;
}

/** The nth change: one byte of the two files, set to another one. */
function change(n: number) {
  const random = createHash('sha256').update(`change ${n}`).digest();
  const at = random.readUInt32BE(0) % (original.proof.length + original.pool.length);
  const inProof = at < original.proof.length;
  const [file, index] = inProof ? [original.proof, at] : [original.pool, at - original.proof.length];
  const altered = Buffer.from(file);
  const byte = altered[index] ?? 0;
  // Half of them turn one character into a like one, which a careless eye would pass over; the others are any byte.
  altered[index] = n % 2 === 0 ? (byte + 1) & 0xff : byte ^ (((random[4] ?? 0) % 255) + 1);
  return { inProof, index, altered };
}

describe('the files of a draw by a drand round, with a named object and two units', () => {
  it('verify in every step', () => {
    expect(verifyProof(original.proof, original.pool, { drand })).toMatchObject({
      verified: true,
      firstFailure: null,
      notChecked: [],
    });
    expect(proof.matching?.teams).toHaveLength(2 * (proof.selected.length + 1));
    for (const { member, from, to } of ranges) {
      expect(original.proof.toString('utf8', from - member.length - 3, from)).toBe(`"${member}":`);
      expect(to).toBeLessThan(original.proof.length);
    }
  });

  it('fail for each of 1,000 single-byte changes, in a step that answers for that place', () => {
    const found = new Map<string, Set<string>>();
    for (let n = 0; n < 1000; n += 1) {
      const { inProof, index, altered } = change(n);
      const { verified, firstFailure } = inProof
        ? verifyProof(altered, original.pool, { drand })
        : verifyProof(original.proof, altered, { drand });
      const { member, steps } = inProof ? placeOf(index) : { member: 'the pool', steps: POOL_STEPS };
      expect({ n, member, verified, answered: steps.includes(firstFailure ?? 'none') }).toEqual({
        n,
        member,
        verified: false,
        answered: true,
      });
      found.set(member, (found.get(member) ?? new Set()).add(firstFailure ?? 'none'));
    }
    // Every place was met, and every step that can find a single changed byte in these files did.
    expect(Array.from(found.keys()).toSorted()).toEqual(
      [...PLACES.map(({ member }) => member), 'the pool', 'the proof itself'].toSorted(),
    );
    expect([...new Set(Array.from(found.values()).flatMap((steps) => [...steps]))].toSorted()).toEqual([
      'beacon',
      'commitment-hash',
      'matching',
      'pool-format',
      'pool-order',
      'pool-root',
      'pool-size',
      'proof-format',
      'quota',
      'seed',
      'selected',
    ]);
  });
});
