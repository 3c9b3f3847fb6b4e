import { describe, expect, it } from 'vitest';

import { sealedBeacon } from '#domain/draw/beacon.ts';
import { buildCommitment, commitmentHash } from '#domain/draw/commitment.ts';
import {
  inclusionText,
  verifyInclusion,
  type InclusionFile,
  type InclusionReport,
} from '#domain/draw/inclusion.ts';
import { merklePath } from '#domain/draw/merkle.ts';
import { canonicalPool, poolLine, summarizePool, type PoolEntry } from '#domain/draw/pool.ts';
import { buildProof, proofText, type Proof } from '#domain/draw/proof.ts';
import { INCLUSION_STEP_NAMES } from '#domain/draw/report.ts';
import { before, select } from '#domain/draw/select.ts';
import { seedOf, ticketOf } from '#domain/draw/ticket.ts';

const SECRET = '5485cb5d03981cc3bd989290a6be33ca392c013279a5c3c3fd10a1cae57e1460';
const ZEROS = '0'.repeat(64);

function drawOf(objects: number): { readonly pool: PoolEntry[]; readonly proof: Proof } {
  const pool = canonicalPool(
    Array.from({ length: objects }, (_, index) => ({
      id: `91410381${index * 37}`,
      stratum: 'ABD'.charAt(index % 3),
    })),
  );
  const commitment = buildCommitment({
    drawId: 'D-1',
    pool: summarizePool(pool),
    rule: { mode: 'ratio', basisPoints: { A: 2000, B: 0, D: 5000 } },
    beacon: sealedBeacon(SECRET),
    spec: { title: '加油站投诉抽查' },
  });
  return { pool, proof: buildProof({ commitment, beaconValue: SECRET, pool }) };
}

function inclusionOf(pool: readonly PoolEntry[], index: number): InclusionFile {
  const leaves = pool.map(poolLine);
  return {
    drawId: 'D-1',
    leaf: leaves[index] ?? '',
    index,
    size: pool.length,
    path: merklePath(leaves, index),
  };
}

const { pool, proof } = drawOf(30);
const failedSteps = (report: InclusionReport) =>
  report.steps.filter(({ status }) => status === 'failed').map(({ name }) => name);
const failures = (changedProof: Proof, inclusion: unknown) =>
  failedSteps(
    verifyInclusion(
      proofText(changedProof),
      typeof inclusion === 'string' ? inclusion : JSON.stringify(inclusion),
    ),
  );
const indexOf = (id: string | undefined) => pool.findIndex((entry) => entry.id === id);
/** A proof that is consistent in all but its list. */
const listing = (selected: Proof['selected']): Proof => ({ ...proof, selected });
const ofClass = (stratum: string) => proof.selected.filter((entry) => entry.stratum === stratum);
const [chosenD] = ofClass('D');
const unchosenD = pool
  .filter(({ id, stratum }) => stratum === 'D' && !proof.selected.some((entry) => entry.id === id))
  .map(({ id, stratum }) => ({ id, stratum, ticket: ticketOf(proof.seed, id) }));

describe('an inclusion', () => {
  it('tells a selected object in every step, and says what it can not see', () => {
    const report = verifyInclusion(
      Buffer.from(proofText(proof)),
      Buffer.from(inclusionText(inclusionOf(pool, indexOf(chosenD?.id)))),
    );
    expect(report.steps.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'proof-format ok',
      'quota ok',
      'commitment-hash ok',
      'beacon ok',
      'seed ok',
      'selected-list ok',
      'inclusion-format ok',
      'inclusion-draw ok',
      'inclusion-path ok',
      'inclusion-ticket ok',
      'inclusion-selected ok',
      'selected not-checked',
    ]);
    expect(report).toMatchObject({ verified: true, notChecked: ['selected'], beacon: { kind: 'sealed' } });
    expect(report.standing).toMatchObject({
      id: chosenD?.id,
      stratum: 'D',
      due: true,
      listed: true,
      quota: 5,
    });
    expect(report.conclusion.zh).toBe(`${chosenD?.id} 在名单中（类别 D），并按规则被选中。`);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17])(
    'of every leaf of a pool of %i is verified, and says what the draw says',
    (objects) => {
      const small = drawOf(objects);
      for (const [index, { id }] of small.pool.entries()) {
        const report = verifyInclusion(proofText(small.proof), inclusionText(inclusionOf(small.pool, index)));
        expect([id, failedSteps(report)]).toEqual([id, []]);
        const selected = small.proof.selected.some((entry) => entry.id === id);
        expect([id, report.standing?.listed, report.standing?.due]).toEqual([id, selected, selected]);
      }
    },
  );

  it('of a class from which nothing is drawn says so', () => {
    const index = pool.findIndex(({ stratum }) => stratum === 'B');
    const report = verifyInclusion(proofText(proof), inclusionText(inclusionOf(pool, index)));
    expect(report.verified).toBe(true);
    expect(report.steps.find(({ name }) => name === 'inclusion-selected')?.detail.en).toBe(
      'Not selected: nothing is drawn from class B.',
    );
  });
});

describe('a changed inclusion', () => {
  const original = inclusionOf(pool, 11);
  const [first = ''] = original.path;

  it.each<readonly [string, object, readonly string[]]>([
    ['drawId', { drawId: 'D-2' }, ['inclusion-draw']],
    ['index', { index: 12 }, ['inclusion-path']],
    ['index, outside', { index: 30 }, ['inclusion-path']],
    ['size', { size: 31 }, ['inclusion-path']],
    ['the path’s first hash', { path: [ZEROS, ...original.path.slice(1)] }, ['inclusion-path']],
    ['a path too short', { path: original.path.slice(0, -1) }, ['inclusion-path']],
    ['a path too long', { path: [...original.path, first] }, ['inclusion-path']],
    ['a path of capitals', { path: [first.toUpperCase()] }, ['inclusion-format']],
    ['a leaf without class', { leaf: '91410381407' }, ['inclusion-format']],
    ['a fraction', { index: 1.5 }, ['inclusion-format']],
    ['a member more', { note: 'x' }, ['inclusion-format']],
  ])('%s is caught in its step', (_, change, steps) => {
    expect(failures(proof, { ...original, ...change })).toEqual(steps);
  });

  it('its class or its id leads to another root', () => {
    expect(failures(proof, { ...original, leaf: original.leaf.replace(/.$/, 'A') })).toContain(
      'inclusion-path',
    );
    expect(failures(proof, { ...original, leaf: `9${original.leaf}` })).toContain('inclusion-path');
  });

  it('an object that is not in the pool has no path to the root', () => {
    const stranger = pool.with(11, { id: '914103819999', stratum: 'A' });
    expect(failures(proof, inclusionOf(canonicalPool(stranger), 11))).toContain('inclusion-path');
  });

  it('text that is no inclusion at all is told, and the proof is checked all the same', () => {
    const report = verifyInclusion(proofText(proof), '<html>');
    expect(failedSteps(report)).toEqual(['inclusion-format']);
    expect(report.standing).toBe(null);
    expect(report.conclusion.zh).toContain('核验未通过');
    expect(verifyInclusion(proofText(proof), Buffer.of(0xff)).firstFailure).toBe('inclusion-format');
  });
});

describe('a proof that lies to one enterprise', () => {
  it('fails where it leaves out an object that must be selected', () => {
    const [next] = unchosenD.toSorted((left, right) => (before(left, right) ? -1 : 1));
    if (chosenD === undefined || next === undefined) {
      throw new Error('the sample has no such object');
    }
    const forged = [...proof.selected.filter(({ id }) => id !== chosenD.id), next].toSorted((left, right) =>
      before(left, right) ? -1 : 1,
    );
    expect(failures(listing(forged), inclusionOf(pool, indexOf(chosenD.id)))).toEqual(['inclusion-selected']);
  });

  it('fails where it lists an object of a class without quota', () => {
    const index = pool.findIndex(({ stratum }) => stratum === 'B');
    const entry = pool[index];
    const ticket = ticketOf(proof.seed, entry?.id ?? '');
    const forged = [...proof.selected, { id: entry?.id ?? '', stratum: 'B', ticket }].toSorted(
      (left, right) => (before(left, right) ? -1 : 1),
    );
    expect(failures(listing(forged), inclusionOf(pool, index))).toEqual([
      'selected-list',
      'inclusion-selected',
    ]);
  });

  it('fails where a ticket is invented, the list is short, doubled or in another order', () => {
    const own = inclusionOf(pool, 0);
    const [one, two, ...rest] = proof.selected;
    if (one === undefined || two === undefined) {
      throw new Error('the sample selects too few');
    }
    expect(failures(listing([{ ...one, ticket: ZEROS }, two, ...rest]), own)).toContain('selected-list');
    expect(failures(listing([two, ...rest]), own)).toContain('selected-list');
    expect(failures(listing([one, one, ...rest]), own)).toContain('selected-list');
    expect(failures(listing([two, one, ...rest]), own)).toContain('selected-list');
  });

  it('fails where its seed, beacon, commitment or quota is forged', () => {
    const own = inclusionOf(pool, 0);
    const selectedBy = (seed: string) => select(seed, proof.commitment.quota, pool);
    const invented = { ...proof, seed: ZEROS, selected: selectedBy(ZEROS) };
    expect(failures(invented, own)[0]).toBe('seed');
    const other = 'ab'.repeat(32);
    const seed = seedOf(proof.commitmentHash, other);
    expect(failures({ ...proof, beaconValue: other, seed, selected: selectedBy(seed) }, own)).toEqual([
      'beacon',
    ]);
    expect(failures({ ...proof, commitmentHash: ZEROS }, own)).toEqual(['commitment-hash']);
    const commitment = { ...proof.commitment, quota: { ...proof.commitment.quota, D: 4 } };
    expect(failures({ ...proof, commitment, commitmentHash: commitmentHash(commitment) }, own)[0]).toBe(
      'quota',
    );
  });

  it('that can not be read leaves nothing checked but the form of both', () => {
    const report = verifyInclusion('{}', inclusionText(inclusionOf(pool, 0)));
    expect(report.steps.map(({ name }) => name)).toEqual(
      INCLUSION_STEP_NAMES.filter((name) => name !== 'beacon-signature'),
    );
    expect(report).toMatchObject({ verified: false, firstFailure: 'proof-format', standing: null });
  });
});
