import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { sealedBeacon, type Beacon } from '#domain/draw/beacon.ts';
import { buildCommitment, commitmentHash } from '#domain/draw/commitment.ts';
import { canonicalPool, poolText, summarizePool } from '#domain/draw/pool.ts';
import { addMatching, buildProof, proofText, unitsHashOf, type Proof } from '#domain/draw/proof.ts';
import { select } from '#domain/draw/select.ts';
import { seedOf } from '#domain/draw/ticket.ts';
import { ProofVerifier, verifyProof } from '#domain/draw/verification.ts';

import { reasonOf } from './vectors.ts';

const SECRET = '5485cb5d03981cc3bd989290a6be33ca392c013279a5c3c3fd10a1cae57e1460';
const pool = canonicalPool(
  Array.from({ length: 40 }, (_, index) => ({
    id: `91410381${index * 37}`,
    stratum: index % 4 === 0 ? 'D' : 'A',
  })),
);
const commit = (beacon: Beacon = sealedBeacon(SECRET)) =>
  buildCommitment({
    drawId: 'D-1',
    pool: summarizePool(pool),
    rule: { mode: 'ratio', basisPoints: { A: 500, D: 3000 } },
    beacon,
    spec: { reason: '触发：投诉举报', items: ['YS-GXJ-003'] },
  });
const bare = buildProof({ commitment: commit(), beaconValue: SECRET, pool });
const unitOf = (proof: Proof, unitId: string, ...people: string[]) => ({
  unitId,
  teamSize: 2,
  objects: proof.selected.map(({ id }) => id),
  inspectors: people.map((id) => ({ id, qualified: id.endsWith('Q') })),
  barred: proof.selected.slice(0, 1).map(({ id }) => ({ objectId: id, inspectorId: people[0] ?? '' })),
  previous: [],
});
const matched = addMatching(bare, [unitOf(bare, 'u1', 'p1', 'p2Q', 'p3Q', 'p4')]);
const text = Array.from(poolText(pool)).join('');
const stepOf = (proof: Proof | string, name: string, options = {}) =>
  verifyProof(typeof proof === 'string' ? proof : proofText(proof), text, options).steps.find(
    (step) => step.name === name,
  );
const firstFailure = (proof: Proof, poolAs = text) => verifyProof(proofText(proof), poolAs).firstFailure;

describe('a proof', () => {
  it('verifies in every step', () => {
    const report = verifyProof(proofText(matched), text);
    expect(report.steps.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'proof-format ok',
      'pool-format ok',
      'pool-order ok',
      'pool-size ok',
      'pool-root ok',
      'quota ok',
      'commitment-hash ok',
      'beacon ok',
      'seed ok',
      'selected ok',
      'matching ok',
    ]);
    expect(report).toMatchObject({ verified: true, firstFailure: null, notChecked: [] });
    expect(report.beacon?.meaning.en).toContain('the weakest of the three kinds');
    expect(report.beacon?.meaning.zh).toContain('最弱');
  });

  it('verifies from bytes in chunks', () => {
    const verifier = new ProofVerifier(Buffer.from(proofText(matched)));
    for (let at = 0; at < text.length; at += 7) {
      verifier.push(Buffer.from(text.slice(at, at + 7)));
    }
    expect(verifier.report().verified).toBe(true);
  });

  it('takes the matching of units one by one as well as together', () => {
    const [one, two] = [unitOf(bare, 'u1', 'p1', 'p2Q', 'p3Q'), unitOf(bare, 'u2', 'q1', 'q2Q', 'q3')];
    expect(addMatching(addMatching(bare, [one]), [two])).toEqual(addMatching(bare, [one, two]));
  });

  it('is not made from another pool, nor for objects that were not drawn or can not be staffed', () => {
    const proofOf = (other: typeof pool) =>
      reasonOf(() => buildProof({ commitment: commit(), beaconValue: SECRET, pool: other }));
    expect(proofOf(pool.slice(1))).toBe('pool-not-committed');
    expect(proofOf([...pool, { id: 'Z', stratum: 'B' }])).toBe('pool-not-committed');
    expect(proofOf(pool.toReversed())).toBe('pool-order');
    expect(reasonOf(() => buildProof({ commitment: commit(), beaconValue: 'ab'.repeat(32), pool }))).toBe(
      'beacon-sealed',
    );
    expect(reasonOf(() => addMatching(bare, [{ ...unitOf(bare, 'u1', 'p1', 'p2Q'), objects: ['X'] }]))).toBe(
      'object-not-selected',
    );
    expect(reasonOf(() => addMatching(bare, [unitOf(bare, 'u1', 'p1', 'p2Q')]))).toBe('objects-unstaffable');
  });

  it('must be in its one text', () => {
    const canonical = proofText(bare);
    for (const other of [
      canonical.trimEnd(),
      ` ${canonical}`,
      canonical.replace(',', ', '),
      JSON.stringify(bare),
      canonical.replace('触', '\\u89e6'),
      canonical.replace('{', '{"seed":"x",'),
      canonical.replace('500', '5e2'),
    ]) {
      expect(other).not.toBe(canonical);
      expect(verifyProof(other, text).firstFailure).toBe('proof-format');
    }
    expect(verifyProof('', text).firstFailure).toBe('proof-format');
    expect(verifyProof('null', '').firstFailure).toBe('proof-format');
    expect(verifyProof(canonical.replace('{', '{"a":1,'), text).beacon).toBe(null);
    expect(verifyProof(Buffer.of(0xff, 0x0a), text).steps[0]?.detail.en).toBe('The proof is not UTF-8.');
    expect(verifyProof(`\uFEFF${canonical}`, text).firstFailure).toBe('proof-format');
    expect(verifyProof(Buffer.from(`\uFEFF${canonical}`), text).firstFailure).toBe('proof-format');
  });
});

const forge = (commitment: Proof['commitment'], value = SECRET): Proof => {
  const hash = commitmentHash(commitment);
  const seed = seedOf(hash, value);
  const selected = select(seed, commitment.quota, pool);
  return { commitment, commitmentHash: hash, beaconValue: value, seed, selected };
};

describe('a forged proof, consistent in itself from the forged step on,', () => {
  it('fails in quota when the commitment takes another number than its rule gives', () => {
    const commitment = commit();
    expect(firstFailure(forge({ ...commitment, quota: { A: 3, D: 3 } }))).toBe('quota');
    expect(firstFailure(forge({ ...commitment, quota: { A: 2, D: 11 } }))).toBe('quota');
    expect(firstFailure(forge({ ...commitment, spec: { rule: { mode: 'all' } } }))).toBe('quota');
    expect(
      firstFailure(forge({ ...commitment, spec: { rule: { mode: 'ratio', basisPoints: { A: 500 } } } })),
    ).toBe('quota');
    const { spec: _, ...rest } = commitment;
    expect(firstFailure({ ...forge({ ...rest, quota: { A: 2, D: 99 }, spec: {} }), selected: [] })).toBe(
      'quota',
    );
    expect(firstFailure({ ...forge({ ...rest, quota: { A: 2, D: 3, E: 0 }, spec: {} }) })).toBe('quota');
  });

  it('fails in beacon for another secret', () => {
    expect(firstFailure(forge(commit(), 'ab'.repeat(32)))).toBe('beacon');
    expect(firstFailure({ ...bare, beaconSignature: 'ab' })).toBe('beacon');
    const announced: Beacon = { kind: 'announced', source: '双色球', expectedAt: '2026-11-26T13:15:00Z' };
    expect(firstFailure(forge(commit(announced), '01 02'))).toBe(null);
    expect(firstFailure(forge(commit(announced), '01 02 '))).toBe('beacon');
    expect(firstFailure(forge(commit(announced), 'e\u0301'))).toBe('beacon');
  });

  it('fails in pool-size or pool-root for another pool', () => {
    expect(firstFailure(bare, text.replace(',D\n', ',A\n'))).toBe('pool-size');
    expect(firstFailure(bare, text.slice(text.indexOf('\n') + 1))).toBe('pool-size');
    const [first = '', second = ''] = text.split('\n');
    expect(firstFailure(bare, text.replace(`${first}\n${second}`, `${second}\n${first}`))).toBe('pool-order');
    expect(firstFailure(bare, '')).toBe('pool-size');
    expect(firstFailure(bare, text.replace('914103810,', '914103809,'))).toBe('pool-root');
    expect(firstFailure(bare, text.trimEnd())).toBe('pool-format');
  });

  it('fails in selected when one is left out, put in or moved', () => {
    const { selected } = bare;
    expect(firstFailure({ ...bare, selected: selected.slice(1) })).toBe('selected');
    expect(firstFailure({ ...bare, selected: selected.slice(0, -1) })).toBe('selected');
    expect(firstFailure({ ...bare, selected: selected.toReversed() })).toBe('selected');
    expect(firstFailure({ ...bare, selected: [...selected, ...selected.slice(-1)] })).toBe('selected');
  });

  it('fails in matching when a team or an input is another', () => {
    const { units = [], teams = [], unitsHash = '' } = matched.matching ?? {};
    expect(teams.length).toBe(matched.selected.length);
    const change = (next: Partial<NonNullable<Proof['matching']>>) =>
      firstFailure({ ...matched, matching: { units, unitsHash, teams, ...next } });
    expect(change({})).toBe(null);
    expect(change({ teams: teams.slice(1) })).toBe('matching');
    const turned = teams.map(({ objectId, unitId, inspectors }) => ({
      objectId,
      unitId,
      inspectors: inspectors.toReversed(),
    }));
    expect(change({ teams: turned })).toBe('matching');
    expect(change({ unitsHash: 'ab'.repeat(32) })).toBe('matching');
    const [unit = unitOf(bare, 'u1')] = units;
    const disordered = [{ ...unit, inspectors: unit.inspectors.toReversed() }];
    expect(change({ units: disordered, unitsHash: unitsHashOf(disordered) })).toBe('matching');
    const strangers = [{ ...unit, objects: [...unit.objects, 'X'] }];
    expect(change({ units: strangers, unitsHash: unitsHashOf(strangers) })).toBe('matching');
    const lonely = [{ ...unit, inspectors: unit.inspectors.slice(0, 1) }];
    expect(change({ units: lonely, unitsHash: unitsHashOf(lonely) })).toBe('matching');
  });
});

describe('objects that a trigger names', () => {
  const NAMED = '91410381MA9NAMED01';
  const naming = (named: unknown) =>
    buildProof({
      commitment: buildCommitment({
        drawId: 'D-1',
        pool: summarizePool(pool),
        rule: { mode: 'ratio', basisPoints: { A: 500, D: 3000 } },
        beacon: sealedBeacon(SECRET),
        spec: { named },
      }),
      beaconValue: SECRET,
      pool,
    });
  const going = (proof: Proof, ...objects: string[]) => {
    const unit = unitOf(proof, 'u1', 'p1', 'p2Q', 'p3Q');
    return { ...unit, objects: [...unit.objects, ...objects] };
  };

  it('are matched beside the selected ones, and the proof verifies', () => {
    const proof = addMatching(naming([NAMED]), [going(naming([NAMED]), NAMED)]);
    const team = proof.matching?.teams.find(({ objectId }) => objectId === NAMED);
    expect(team?.inspectors).toHaveLength(2);
    expect(proof.selected.some(({ id }) => id === NAMED)).toBe(false);
    expect(verifyProof(proofText(proof), text)).toMatchObject({ verified: true, notChecked: [] });
  });

  it.each([
    ['names another', ['91410381MA9NAMED02']],
    ['names nobody', []],
    ['names no list of ids', { [NAMED]: true }],
    ['has an id that is none', [NAMED, 'no id']],
  ])('are refused when the commitment %s', (_, named) => {
    const proof = naming(named);
    expect(reasonOf(() => addMatching(proof, [going(proof, NAMED)]))).toBe('object-not-selected');
  });

  it('fail in matching when the team was added afterwards, and in commitment-hash when the name was', () => {
    const proof = naming([]);
    const named = naming([NAMED]);
    const { matching } = addMatching({ ...proof, commitment: named.commitment }, [going(proof, NAMED)]);
    if (matching === undefined) {
      throw new Error('nobody was matched');
    }
    expect(firstFailure({ ...proof, matching })).toBe('matching');
    expect(firstFailure({ ...proof, commitment: named.commitment, matching })).toBe('commitment-hash');
  });
});

describe('a proof with a drand beacon', () => {
  const signature = 'ab'.repeat(48);
  const randomness = createHash('sha256').update(Buffer.from(signature, 'hex')).digest('hex');
  const commitment = commit({ kind: 'drand', chain: 'cd'.repeat(32), round: 7 });
  const proof = buildProof({ commitment, beaconValue: randomness, beaconSignature: signature, pool });

  it('says not checked without a verifier, and never ok', () => {
    expect(stepOf(proof, 'beacon-signature')?.status).toBe('not-checked');
    expect(verifyProof(proofText(proof), text)).toMatchObject({
      verified: true,
      notChecked: ['beacon-signature', 'matching'],
    });
  });

  it('gives the verifier the round and takes its answer', () => {
    const asked: unknown[] = [];
    const drand = (round: unknown) => asked.push(round) === 1;
    expect(stepOf(proof, 'beacon-signature', { drand })?.status).toBe('ok');
    expect(asked).toEqual([{ chain: 'cd'.repeat(32), round: 7, signature, randomness }]);
    expect(stepOf(proof, 'beacon-signature', { drand })?.status).toBe('failed');
  });

  it('fails with a verifier when there is no signature to verify', () => {
    const unsigned = buildProof({ commitment, beaconValue: randomness, pool });
    expect(stepOf(unsigned, 'beacon-signature', { drand: () => true })?.status).toBe('failed');
    expect(stepOf(unsigned, 'beacon-signature')?.status).toBe('not-checked');
  });

  it('fails in beacon for a signature that the randomness was not made from', () => {
    expect(firstFailure({ ...proof, beaconSignature: 'ac'.repeat(48) })).toBe('beacon');
    const wrong = { commitment, beaconValue: randomness, beaconSignature: 'ac'.repeat(48), pool };
    expect(reasonOf(() => buildProof(wrong))).toBe('beacon-signature');
    expect(reasonOf(() => buildProof({ ...wrong, commitment: commit(), beaconValue: SECRET }))).toBe(
      'beacon-signature',
    );
  });
});

const changes = (original: Buffer, index: number) => {
  const byte = original[index] ?? 0;
  // The next character, another case or control, and a byte that is no ASCII.
  return [byte + 1, byte ^ 0x20, byte ^ 0x80].map((changed) => {
    const copy = Buffer.from(original);
    copy[index] = changed & 0xff;
    return copy;
  });
};

describe('a single changed byte', () => {
  it('of the proof is caught at every place, and the step is named', () => {
    const original = Buffer.from(proofText(matched));
    const failures = new Map<string, number>();
    for (const index of original.keys()) {
      for (const changed of changes(original, index)) {
        const name = verifyProof(changed, text).firstFailure ?? `nothing at ${index}`;
        failures.set(name, (failures.get(name) ?? 0) + 1);
      }
    }
    expect(original.length * 3).toBeGreaterThan(3000);
    expect(Array.from(failures.keys()).toSorted()).toEqual([
      'beacon',
      'commitment-hash',
      'matching',
      'pool-root',
      'pool-size',
      'proof-format',
      'quota',
      'seed',
      'selected',
    ]);
  });

  it('of the pool is caught at every place, and the step is one of the pool', () => {
    const original = Buffer.from(text);
    const proof = proofText(matched);
    const failures = new Set<string>();
    for (const index of original.keys()) {
      for (const changed of changes(original, index)) {
        failures.add(verifyProof(proof, changed).firstFailure ?? `nothing at ${index}`);
      }
    }
    expect(original.length * 3).toBeGreaterThan(1000);
    expect(Array.from(failures).toSorted()).toEqual(['pool-format', 'pool-order', 'pool-root', 'pool-size']);
  });

  it('left out or put in is caught too', () => {
    const original = Buffer.from(proofText(bare));
    for (let index = 0; index <= original.length; index += 5) {
      const without = Buffer.concat([original.subarray(0, index), original.subarray(index + 1)]);
      const within = Buffer.concat([original.subarray(0, index), Buffer.from('0'), original.subarray(index)]);
      expect(index === original.length || !verifyProof(without, text).verified).toBe(true);
      expect(verifyProof(within, text).verified).toBe(false);
    }
  });
});
