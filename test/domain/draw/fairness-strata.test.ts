import { describe, expect, it } from 'vitest';

import { sealedBeacon, type Beacon } from '#domain/draw/beacon.ts';
import { buildCommitment } from '#domain/draw/commitment.ts';
import { canonicalPool, summarizePool } from '#domain/draw/pool.ts';
import { buildProof } from '#domain/draw/proof.ts';
import type { QuotaRule } from '#domain/draw/quota.ts';
import { replaceInspector } from '#domain/draw/replacement.ts';
import { pairTicketOf } from '#domain/draw/ticket.ts';

import { furthest, pairsOf, scaledChiSquare, tally } from './tallies.ts';
import { fixedSeeds } from './vectors.ts';

/** Eight, six and ten objects of three classes, whose ids tell nothing of their class. */
const pool = canonicalPool(
  Array.from({ length: 24 }, (_, n) => ({
    id: `9141${String((n * 7919) % 9973).padStart(4, '0')}`,
    stratum: n < 8 ? 'A' : n < 14 ? 'B' : 'C',
  })),
);
const idsOf = (stratum: string) => pool.flatMap((entry) => (entry.stratum === stratum ? [entry.id] : []));

/** Every draw as its proof has it: from the commitment and a value that nobody chose to the selected ids. */
function drawsBy(rule: QuotaRule, count: number): { id: string; stratum: string }[][] {
  const beacon: Beacon = { kind: 'announced', source: '双色球', expectedAt: '2026-11-26T13:15:00Z' };
  const summary = summarizePool(pool);
  const commitment = buildCommitment({ drawId: 'D-1', pool: summary, rule, beacon, spec: {} });
  return Array.from(
    { length: count },
    (_, n) => buildProof({ commitment, beaconValue: `第${n}期`, pool }).selected,
  );
}

const within = (draws: readonly (readonly { id: string; stratum: string }[])[], stratum: string) =>
  draws.map((draw) => draw.flatMap((entry) => (entry.stratum === stratum ? [entry.id] : [])));

/**
 * For each class: its size, how many are drawn, and the bounds below which 99.9 % of fair draws stay: of χ² over its objects
 * (size − 1 degrees of freedom) and over its pairs.
 */
interface Expected {
  readonly stratum: string;
  readonly size: number;
  readonly quota: number;
  readonly objects: number;
  readonly pairs: number;
}

describe.each<{ readonly mode: string; readonly rule: QuotaRule; readonly expected: readonly Expected[] }>([
  {
    mode: 'ratio',
    rule: { mode: 'ratio', basisPoints: { A: 2500, B: 5000, C: 3000 } },
    expected: [
      { stratum: 'A', size: 8, quota: 2, objects: 24.4, pairs: 55.5 },
      { stratum: 'B', size: 6, quota: 3, objects: 20.6, pairs: 36.2 },
      { stratum: 'C', size: 10, quota: 3, objects: 27.9, pairs: 78.8 },
    ],
  },
  {
    // 8 × 1, 6 × 2 and 10 × 4 of 60: the shares of 11 are 1.47, 2.2 and 7.33, and the largest remainder is A's.
    mode: 'count',
    rule: { mode: 'count', count: 11, weights: { A: 1, B: 2, C: 4 } },
    expected: [
      { stratum: 'A', size: 8, quota: 2, objects: 24.4, pairs: 55.5 },
      { stratum: 'B', size: 6, quota: 2, objects: 20.6, pairs: 36.2 },
      { stratum: 'C', size: 10, quota: 7, objects: 27.9, pairs: 78.8 },
    ],
  },
])('over 3,000 beacon values a draw by $mode from three classes', ({ rule, expected }) => {
  const draws = drawsBy(rule, 3000);

  it.each(expected)('takes $quota of $stratum each time, every object and every pair equally often', (of) => {
    const chosen = within(draws, of.stratum);
    expect(chosen.every((ids) => ids.length === of.quota)).toBe(true);
    const p = of.quota / of.size;
    const counts = tally(chosen);
    expect(counts.size).toBe(of.size);
    expect(scaledChiSquare(counts, 3000 * p, p)).toBeLessThan(of.objects);
    const pairP = (p * (of.quota - 1)) / (of.size - 1);
    const pairs = tally(chosen.map(pairsOf));
    expect(pairs.size).toBe((of.size * (of.size - 1)) / 2);
    expect(scaledChiSquare(pairs, 3000 * pairP, pairP)).toBeLessThan(of.pairs);
    expect(furthest(pairs, 3000 * pairP, pairP)).toBeLessThan(4);
  });

  it('takes objects of two classes together as often as chance does: what one class draws tells nothing of another', () => {
    for (const [left, right] of pairsOf(expected.map(({ stratum }) => stratum)).map((pair) =>
      pair.split('+'),
    )) {
      const [one, other] = [left, right].map((name) => expected.find(({ stratum }) => stratum === name));
      const p = ((one?.quota ?? 0) / (one?.size ?? 1)) * ((other?.quota ?? 0) / (other?.size ?? 1));
      const together = tally(
        draws.map((draw) => {
          const ids = (stratum: string | undefined) =>
            draw.flatMap((entry) => (entry.stratum === stratum ? [entry.id] : []));
          return ids(left).flatMap((a) => ids(right).map((b) => `${a}+${b}`));
        }),
      );
      expect(together.size).toBe((one?.size ?? 0) * (other?.size ?? 0));
      expect(furthest(together, 3000 * p, p)).toBeLessThan(4);
    }
  });
});

describe('over 2,000 sealed secrets a draw', () => {
  it('takes every object of a class equally often: χ² with 9 degrees of freedom, 99.9 % below 27.9', () => {
    const rule = { mode: 'ratio', basisPoints: { A: 0, B: 0, C: 2000 } } as const;
    const summary = summarizePool(pool);
    const counts = tally(
      fixedSeeds('secret', 2000).map((secret) => {
        const commitment = buildCommitment({
          drawId: 'D-1',
          pool: summary,
          rule,
          beacon: sealedBeacon(secret),
          spec: {},
        });
        return buildProof({ commitment, beaconValue: secret, pool }).selected.map(({ id }) => id);
      }),
    );
    expect(Array.from(counts.keys()).toSorted()).toEqual(idsOf('C'));
    expect(scaledChiSquare(counts, 400, 0.2)).toBeLessThan(27.9);
  });
});

describe('over 4,000 seeds the replacement of one of a team', () => {
  const people = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const unit = (qualified: readonly string[]) => ({
    unitId: 'u1',
    teamSize: 2,
    objects: ['O1'],
    inspectors: people.map((id) => ({ id, qualified: qualified.includes(id) })),
    barred: [],
    previous: [{ objectId: 'O1', inspectorId: 'h' }],
  });
  const replacements = (qualified: readonly string[], team: readonly string[], leaving: string) =>
    fixedSeeds('replacement', 4000).map((seed) => {
      const outcome = replaceInspector(
        seed,
        unit(qualified),
        { objectId: 'O1', unitId: 'u1', inspectors: [...team] },
        leaving,
      );
      return outcome.kind === 'replaced' ? [outcome.inspectorId] : [];
    });

  it('calls everybody who may go equally often, and nobody of the previous team: χ² with 4 degrees, 99.9 % below 18.5', () => {
    const called = tally(replacements(people, ['a', 'b'], 'a'));
    expect(Array.from(called.keys()).toSorted()).toEqual(['c', 'd', 'e', 'f', 'g']);
    expect(scaledChiSquare(called, 800, 0)).toBeLessThan(18.5);
  });

  it('calls the qualified equally often when one is needed: χ² with 2 degrees, 99.9 % below 13.8', () => {
    const called = tally(replacements(['a', 'd', 'f', 'g'], ['a', 'b'], 'a'));
    expect(Array.from(called.keys()).toSorted()).toEqual(['d', 'f', 'g']);
    expect(scaledChiSquare(called, 4000 / 3, 0)).toBeLessThan(13.8);
  });

  it('calls the next in line of everybody: over all seeds each comes as often, given the two who were drawn first', () => {
    const everybody = { ...unit(people), previous: [] };
    const next = fixedSeeds('in line', 4000).map((seed) => {
      const order = people.toSorted((a, b) =>
        pairTicketOf(seed, 'O1', a) < pairTicketOf(seed, 'O1', b) ? -1 : 1,
      );
      const team = { objectId: 'O1', unitId: 'u1', inspectors: order.slice(0, 2) };
      const outcome = replaceInspector(seed, everybody, team, order[0] ?? '');
      return outcome.kind === 'replaced' ? [outcome.inspectorId] : [];
    });
    // 7 degrees of freedom, 99.9 % below 24.3.
    const called = tally(next);
    expect(called.size).toBe(8);
    expect(scaledChiSquare(called, 500, 0)).toBeLessThan(24.3);
  });
});
