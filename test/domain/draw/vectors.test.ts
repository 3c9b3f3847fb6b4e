import { describe, expect, it } from 'vitest';

import { beaconValueOf } from '#domain/draw/beacon.ts';
import { buildCommitment, commitmentHash } from '#domain/draw/commitment.ts';
import { canonicalPool, parsePoolLine, poolText, summarizePool } from '#domain/draw/pool.ts';
import { buildProof, proofText } from '#domain/draw/proof.ts';
import { quotaOf } from '#domain/draw/quota.ts';
import { select } from '#domain/draw/select.ts';
import { seedOf, ticketOf } from '#domain/draw/ticket.ts';
import { verifyProof } from '#domain/draw/verification.ts';

import { vector, VECTOR_NAMES } from './vectors.ts';

describe.each(VECTOR_NAMES)('the vector %s of the independent implementation', (name) => {
  const given = vector(name);
  const pool = canonicalPool(given.pool.map(parsePoolLine));

  it('has our root and sizes', () => {
    expect(summarizePool(pool)).toEqual(given.commitment.pool);
  });

  it('has our quota', () => {
    expect(quotaOf(given.rule, given.commitment.pool.size)).toEqual(given.commitment.quota);
  });

  it('has our commitment hash and seed', () => {
    expect(commitmentHash(given.commitment)).toBe(given.commitmentHash);
    expect(beaconValueOf(given.commitment.beacon, given.beaconValue)).toBe(given.beaconValue);
    expect(seedOf(given.commitmentHash, given.beaconValue)).toBe(given.seed);
  });

  it('has our selection with its tickets, in order, from the pool in canonical and in given order', () => {
    expect(select(given.seed, given.commitment.quota, pool)).toEqual(given.selected);
    expect(select(given.seed, given.commitment.quota, given.pool.map(parsePoolLine))).toEqual(given.selected);
    expect(given.selected.map(({ id }) => ticketOf(given.seed, id))).toEqual(
      given.selected.map(({ ticket }) => ticket),
    );
  });

  it('becomes a proof that verifies, and says that the quota was not recomputed', () => {
    const proof = buildProof({ commitment: given.commitment, beaconValue: given.beaconValue, pool });
    expect(proof.selected).toEqual(given.selected);
    const report = verifyProof(proofText(proof), poolText(pool));
    expect(report.steps.filter((step) => step.status === 'failed')).toEqual([]);
    expect(report.verified).toBe(true);
    const signature = given.commitment.beacon.kind === 'drand' ? ['beacon-signature'] : [];
    expect(report.notChecked).toEqual(['quota', ...signature, 'matching']);
    expect(report.beacon?.kind).toBe(given.commitment.beacon.kind);
  });

  it('has the quota recomputed when the commitment is ours', () => {
    const { drawId, pool: summary, beacon, spec } = given.commitment;
    const commitment = buildCommitment({ drawId, pool: summary, rule: given.rule, beacon, spec });
    expect(commitment.quota).toEqual(given.commitment.quota);
    const proof = buildProof({ commitment, beaconValue: given.beaconValue, pool });
    const report = verifyProof(proofText(proof), poolText(pool));
    expect(report.verified).toBe(true);
    expect(report.steps.find((step) => step.name === 'quota')?.status).toBe('ok');
  });
});
