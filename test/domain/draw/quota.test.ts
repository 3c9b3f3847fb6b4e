import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { QuotaRule, quotaOf } from '#domain/draw/quota.ts';

import { reasonOf } from './vectors.ts';

const ratio = (basisPoints: Record<string, number>, size: Record<string, number>) =>
  quotaOf({ mode: 'ratio', basisPoints }, size);
const count = (number: number, weights: Record<string, number>, size: Record<string, number>) =>
  quotaOf({ mode: 'count', count: number, weights }, size);

describe('a quota by ratio', () => {
  it.each([
    [100, 1, 1],
    [100, 100, 1],
    [100, 101, 2],
    [3000, 7, 3],
    [10000, 31, 31],
    [1, 10000, 1],
    [1, 10001, 2],
    [0, 500, 0],
    [9999, 5, 5],
  ])('of %i basis points takes from %i objects %i', (basisPoints, size, quota) => {
    expect(ratio({ A: basisPoints }, { A: size })).toEqual({ A: quota });
  });

  it('is exact where size × basis points has no exact double', () => {
    expect(ratio({ A: 9999 }, { A: 9007199254740991 })).toEqual({ A: 9006298534815517 });
  });
});

describe('a quota by count', () => {
  it('gives floors first and then the largest remainders', () => {
    // Shares 7.198, 5.556, 7.467, 4.779.
    expect(count(25, { A: 1, B: 2, C: 5, D: 10 }, { A: 241, B: 93, C: 50, D: 16 })).toEqual({
      A: 7,
      B: 6,
      C: 7,
      D: 5,
    });
  });

  it('breaks ties of remainders by the name of the stratum', () => {
    expect(count(2, { A: 1, B: 1, C: 1 }, { C: 5, B: 5, A: 5 })).toEqual({ A: 1, B: 1, C: 0 });
    expect(count(1, { b: 1, B: 1 }, { b: 5, B: 5 })).toEqual({ B: 1, b: 0 });
  });

  it('gives a stratum no more than its size and apportions the rest again', () => {
    expect(count(30, { A: 1, D: 100 }, { A: 56, D: 4 })).toEqual({ A: 26, D: 4 });
  });

  it('apportions again and again when one overflow causes the next', () => {
    // Total 1130: the shares of D (17.7) and C (1.8) are above 1. Then 18 over A and B, total 30: B's share is 6. Then 17 over A.
    expect(count(20, { A: 1, B: 10, C: 100, D: 1000 }, { A: 20, B: 1, C: 1, D: 1 })).toEqual({
      A: 17,
      B: 1,
      C: 1,
      D: 1,
    });
  });

  it('lets all overflowing strata of a round leave together', () => {
    expect(count(10, { A: 1, C: 50, D: 50 }, { A: 100, C: 2, D: 3 })).toEqual({ A: 5, C: 2, D: 3 });
  });

  it('takes a share of exactly the size without apportioning again', () => {
    expect(count(4, { A: 1, B: 1 }, { A: 2, B: 2 })).toEqual({ A: 2, B: 2 });
  });

  it('takes everything when the count is above the pool', () => {
    expect(count(1000, { A: 1, B: 7 }, { A: 3, B: 4 })).toEqual({ A: 3, B: 4 });
  });

  it('draws nothing from weight 0, even when the count stays unfilled', () => {
    expect(count(10, { A: 0, B: 1 }, { A: 50, B: 4 })).toEqual({ A: 0, B: 4 });
    expect(count(3, { A: 0, B: 0 }, { A: 5, B: 5 })).toEqual({ A: 0, B: 0 });
    expect(count(0, { A: 1 }, { A: 5 })).toEqual({ A: 0 });
    expect(count(5, { A: 1 }, {})).toEqual({});
  });

  it('is exact where size × weight has no exact double', () => {
    const size = { A: 9007199254740991, B: 9007199254740990 };
    // As doubles the two products are equal, and the tie would go to A's name in both cases.
    expect(count(1, { A: 9007199254740990, B: 9007199254740991 }, size)).toEqual({ A: 1, B: 0 });
    expect(count(1, { A: 9007199254740989, B: 9007199254740991 }, size)).toEqual({ A: 0, B: 1 });
  });
});

describe('a quota rule', () => {
  it('is refused when it does not name a stratum of the pool, with the name', () => {
    expect(reasonOf(() => ratio({ A: 100 }, { A: 5, B: 5 }))).toBe('quota-stratum');
    expect(() => count(3, { A: 1 }, { A: 5, E: 5 })).toThrow('stratum E');
    expect(reasonOf(() => ratio({}, { constructor: 5 }))).toBe('quota-stratum');
  });

  it('may name strata that the pool has not', () => {
    expect(ratio({ A: 100, B: 300, D: 10000 }, { D: 1 })).toEqual({ D: 1 });
  });

  it.each([
    { mode: 'ratio', basisPoints: { A: 10001 } },
    { mode: 'ratio', basisPoints: { A: -1 } },
    { mode: 'ratio', basisPoints: { A: 0.5 } },
    { mode: 'ratio', basisPoints: { A: 1 }, count: 3 },
    { mode: 'ratio', basisPoints: { 'A,B': 1 } },
    { mode: 'count', count: 1.5, weights: {} },
    { mode: 'count', count: -1, weights: {} },
    { mode: 'count', count: 1, weights: { A: 2.5 } },
    { mode: 'percent', percent: 3 },
  ])('is not %j', (rule) => {
    expect(QuotaRule.safeParse(rule).success).toBe(false);
  });

  it('by count fills the count, or all that has weight, and is monotone in no stratum beyond its size', () => {
    const strata = fc.dictionary(
      fc.constantFrom('A', 'B', 'C', 'D', 'E'),
      fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(9)),
    );
    fc.assert(
      fc.property(strata, fc.nat(200), (parts, wanted) => {
        const size = Object.fromEntries(Object.entries(parts).map(([name, [objects]]) => [name, objects]));
        const weights = Object.fromEntries(Object.entries(parts).map(([name, [, weight]]) => [name, weight]));
        const quota = count(wanted, weights, size);
        const drawable = Object.values(parts).reduce(
          (sum, [objects, weight]) => sum + (weight > 0 ? objects : 0),
          0,
        );
        expect(Object.values(quota).reduce((a, b) => a + b, 0)).toBe(Math.min(wanted, drawable));
        for (const [name, [objects]] of Object.entries(parts)) {
          expect(quota[name]).toBeLessThanOrEqual(objects);
          expect(quota[name]).toBeGreaterThanOrEqual(0);
        }
      }),
      { seed: 2, numRuns: 1000 },
    );
  });
});
