import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sealedBeacon } from '#domain/draw/beacon.ts';
import { buildCommitment, type Commitment } from '#domain/draw/commitment.ts';
import { mergeRuns } from '#domain/draw/merge.ts';
import { canonicalPool, poolLine, PoolSummarizer, summarizePool, type PoolEntry } from '#domain/draw/pool.ts';
import { buildProof, ProofBuilder, proofText } from '#domain/draw/proof.ts';
import type { QuotaRule } from '#domain/draw/quota.ts';

const SECRET = '5485cb5d03981cc3bd989290a6be33ca392c013279a5c3c3fd10a1cae57e1460';
const beacon = sealedBeacon(SECRET);

const pools = fc.uniqueArray(
  fc.record({ id: fc.stringMatching(/^[0-9A-Z]{1,5}$/), stratum: fc.constantFrom('A', 'B', 'C', 'D') }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 80 },
);
const rules = fc.constantFrom<QuotaRule[]>(
  { mode: 'ratio', basisPoints: { A: 500, B: 1000, C: 3000, D: 10_000 } },
  { mode: 'count', count: 12, weights: { A: 1, B: 2, C: 5, D: 10 } },
);

const committedTo = (pool: Commitment['pool'], rule: QuotaRule) =>
  buildCommitment({ drawId: 'D-1', pool, rule, beacon, spec: { reason: '触发' } });

/** As one reading of a pool in canonical order gives it. */
function proofAtOnce(pool: readonly PoolEntry[], rule: QuotaRule): string {
  const canonical = canonicalPool(pool);
  const commitment = committedTo(summarizePool(canonical), rule);
  return proofText(buildProof({ commitment, beaconValue: SECRET, pool: canonical }));
}

/** As a freeze and a reveal make it of what several steps have gathered, each of which sorts and writes its own lines. */
async function proofFromRuns(gathered: readonly (readonly PoolEntry[])[], page: number, rule: QuotaRule) {
  const runs = gathered.map((run) => pagesOf(run.map(poolLine).toSorted(), page));
  const summarizer = new PoolSummarizer();
  const pages = await Array.fromAsync(mergeRuns(runs, page));
  for (const line of pages.flat()) {
    summarizer.append(line);
  }
  const builder = new ProofBuilder(committedTo(summarizer.summary(), rule), { value: SECRET });
  for (const line of pages.flat()) {
    builder.add(line);
  }
  return proofText(builder.build());
}

function pagesOf(lines: readonly string[], page: number): string[][] {
  return Array.from({ length: Math.ceil(lines.length / page) }, (_, at) =>
    lines.slice(at * page, (at + 1) * page),
  );
}

describe('a pool that is gathered in steps', () => {
  it('gives the same proof byte for byte, whatever the order of the library and wherever the steps ended', async () => {
    const gatherings = pools.chain((pool) =>
      fc.record({
        pool: fc.constant(pool),
        order: fc.shuffledSubarray(pool, { minLength: pool.length }),
        ends: fc.array(fc.nat(pool.length), { maxLength: 6 }),
        page: fc.integer({ min: 1, max: 9 }),
        rule: rules,
      }),
    );
    await fc.assert(
      fc.asyncProperty(gatherings, async ({ pool, order, ends, page, rule }) => {
        const cuts = [0, ...ends.toSorted((a, b) => a - b), order.length];
        const steps = cuts.slice(1).map((end, at) => order.slice(cuts[at], end));
        expect(await proofFromRuns(steps, page, rule)).toBe(proofAtOnce(pool, rule));
      }),
      { seed: 21, numRuns: 300 },
    );
  });

  it('gives the same proof byte for byte, whichever step found which object', async () => {
    const gatherings = pools.chain((pool) =>
      fc.record({
        pool: fc.constant(pool),
        foundBy: fc.array(fc.nat(4), { minLength: pool.length, maxLength: pool.length }),
        page: fc.integer({ min: 1, max: 9 }),
        rule: rules,
      }),
    );
    await fc.assert(
      fc.asyncProperty(gatherings, async ({ pool, foundBy, page, rule }) => {
        const steps = [0, 1, 2, 3, 4].map((step) => pool.filter((_, at) => foundBy[at] === step));
        expect(await proofFromRuns(steps, page, rule)).toBe(proofAtOnce(pool, rule));
      }),
      { seed: 22, numRuns: 300 },
    );
  });

  it('takes an object that moved meanwhile once, by the class that sorts first, whichever step found it first', async () => {
    const moved = fc.record({
      pool: pools,
      twice: fc.array(fc.constantFrom('A', 'B', 'C', 'D'), { maxLength: 20 }),
      later: fc.boolean(),
      page: fc.integer({ min: 1, max: 9 }),
      rule: rules,
    });
    await fc.assert(
      fc.asyncProperty(moved, async ({ pool, twice, later, page, rule }) => {
        const again = pool.slice(0, twice.length).map(({ id }, at) => ({ id, stratum: twice[at] ?? 'A' }));
        const once = pool.map(({ id, stratum }, at) => {
          const other = again[at]?.stratum ?? stratum;
          return { id, stratum: other < stratum ? other : stratum };
        });
        const steps = later ? [pool, again] : [again, pool];
        expect(await proofFromRuns(steps, page, rule)).toBe(proofAtOnce(once, rule));
      }),
      { seed: 23, numRuns: 200 },
    );
  });
});
