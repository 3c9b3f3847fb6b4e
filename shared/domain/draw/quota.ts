import * as z from 'zod';

import { Refusal } from '#domain/refusal/refusal.ts';

import { Stratum, type SizePerStratum } from './pool.ts';

/** Objects to select for each stratum of the pool; a stratum from which nothing is drawn stands with 0. */
export const QuotaPerStratum = z.record(Stratum, z.int().nonnegative());
export type QuotaPerStratum = z.infer<typeof QuotaPerStratum>;

/** Draw this many ten-thousandths of each stratum, rounded up. Article 6: the ratio follows the credit-risk class. */
const RatioRule = z.strictObject({
  mode: z.literal('ratio'),
  basisPoints: z.record(Stratum, z.int().min(0).max(10_000)),
});

/** Draw this many in all, in proportion to size × weight. Weight 0 means that nothing is drawn from the stratum. */
const CountRule = z.strictObject({
  mode: z.literal('count'),
  count: z.int().nonnegative(),
  weights: z.record(Stratum, z.int().nonnegative()),
});

export const QuotaRule = z.discriminatedUnion('mode', [RatioRule, CountRule]);
export type QuotaRule = z.infer<typeof QuotaRule>;

/**
 * The quota of every stratum of the pool, in integers only (article 6).
 * Ratio: min(size, ceil(size × basisPoints / 10000)). Count: largest remainder over size × weight.
 * A rule may name strata that the pool has not. Refuses `quota-stratum` for a stratum of the pool that the rule
 * doesn't name: taking it as 0 would let a class escape every draw through a spelling mistake in a policy.
 */
export function quotaOf(rule: QuotaRule, size: SizePerStratum): QuotaPerStratum {
  return rule.mode === 'ratio'
    ? ratioQuota(rule.basisPoints, size)
    : countQuota(rule.count, rule.weights, size);
}

function ratioQuota(basisPoints: Readonly<Record<string, number>>, size: SizePerStratum): QuotaPerStratum {
  const quota = Object.entries(size).map(([stratum, objects]): [string, number] => {
    const share = BigInt(objects) * BigInt(named(basisPoints, stratum, 'basisPoints'));
    return [stratum, Math.min(objects, Number((share + 9_999n) / 10_000n))];
  });
  return Object.fromEntries(quota);
}

interface Part {
  readonly stratum: string;
  readonly size: bigint;
  readonly weight: bigint;
}

function countQuota(
  count: number,
  weights: Readonly<Record<string, number>>,
  size: SizePerStratum,
): QuotaPerStratum {
  const quota = new Map<string, bigint>();
  let rest = BigInt(count);
  let parts = Object.entries(size).map(([stratum, objects]): Part => ({
    stratum,
    size: BigInt(objects),
    weight: BigInt(named(weights, stratum, 'weights')),
  }));
  for (;;) {
    const total = parts.reduce((sum, part) => sum + part.size * part.weight, 0n);
    const left = rest;
    // share = rest × size × weight / total is above size exactly when rest × weight is above total.
    const full = parts.filter((part) => left * part.weight > total);
    if (full.length === 0) {
      apportion(rest, total, parts, quota);
      return Object.fromEntries(Array.from(quota, ([stratum, objects]) => [stratum, Number(objects)]));
    }
    for (const part of full) {
      quota.set(part.stratum, part.size);
      rest -= part.size;
    }
    parts = parts.filter((part) => !full.includes(part));
  }
}

/** Hamilton's method: floors first, then one more for the largest remainders, ties by stratum name ascending. */
function apportion(count: bigint, total: bigint, parts: readonly Part[], quota: Map<string, bigint>): void {
  if (total === 0n) {
    // Only strata of weight 0 are left (or none): they get nothing, and the count stays unfilled.
    for (const part of parts) {
      quota.set(part.stratum, 0n);
    }
    return;
  }
  let left = count;
  const remainders: { readonly stratum: string; readonly remainder: bigint }[] = [];
  for (const part of parts) {
    const share = count * part.size * part.weight;
    quota.set(part.stratum, share / total);
    left -= share / total;
    remainders.push({ stratum: part.stratum, remainder: share % total });
  }
  remainders.sort((a, b) =>
    a.remainder === b.remainder ? (a.stratum < b.stratum ? -1 : 1) : a.remainder > b.remainder ? -1 : 1,
  );
  for (const { stratum } of remainders.slice(0, Number(left))) {
    quota.set(stratum, (quota.get(stratum) ?? 0n) + 1n);
  }
}

function named(values: Readonly<Record<string, number>>, stratum: string, key: string): number {
  // hasOwn, because a stratum may be called `constructor`, which every plain object answers to.
  const value = Object.hasOwn(values, stratum) ? values[stratum] : undefined;
  if (value === undefined) {
    throw new Refusal(
      'quota-stratum',
      `The pool has objects of stratum ${stratum}, which the quota rule doesn't name; name it in ${key}, with 0 if nothing is to be drawn from it.`,
      [{ pointer: `/${key}/${stratum}`, detail: 'is missing' }],
    );
  }
  return value;
}
