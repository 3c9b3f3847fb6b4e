import * as z from 'zod';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import { Commitment, commitmentHash, DRAW_VERSION } from '#domain/draw/commitment.ts';
import { beaconValueOf } from '#domain/draw/beacon.ts';
import { canonicalPool, parsePoolLine, summarizePool } from '#domain/draw/pool.ts';
import { QuotaRule, quotaOf } from '#domain/draw/quota.ts';
import { select } from '#domain/draw/select.ts';
import { seedOf } from '#domain/draw/ticket.ts';
import { Failure } from './failure.ts';
import { jsonFile } from './files.ts';
import { printJson } from './output.ts';

/** A draw in one file: what it is computed from, and what somebody else computed. */
const Vector = z.object({
  pool: z.array(z.string()),
  rule: QuotaRule,
  commitment: Commitment,
  beaconValue: z.string().min(1),
  commitmentHash: z.string().optional(),
  seed: z.string().optional(),
  selected: z.array(z.looseObject({ id: z.string(), ticket: z.string() })).optional(),
});

/** `draw recompute VECTOR.json` */
export async function recompute(file: string): Promise<void> {
  const given = await jsonFile('VECTOR', file, Vector);
  const { drawId, beacon, spec } = given.commitment;
  const pool = canonicalPool(given.pool.map(parsePoolLine));
  const summary = summarizePool(pool);
  const quota = quotaOf(given.rule, summary.size);
  const hash = commitmentHash({ version: DRAW_VERSION, drawId, pool: summary, quota, beacon, spec });
  const seed = seedOf(hash, beaconValueOf(beacon, given.beaconValue));
  const selected = select(seed, quota, pool).map(({ id, ticket }) => ({ id, ticket }));
  printJson({ poolRoot: summary.root, quota, commitmentHash: hash, seed, selected });
  const difference = firstDifference([
    ['poolRoot', summary.root, given.commitment.pool.root],
    ['pool size', summary.size, given.commitment.pool.size],
    ['quota', quota, given.commitment.quota],
    ['commitmentHash', hash, given.commitmentHash],
    ['seed', seed, given.seed],
    ...selectedPairs(selected, given.selected),
  ]);
  if (difference !== undefined) {
    const [name, computed, expected] = difference;
    throw new Failure(
      `${name} differs: recomputed ${textOf(computed)}, the file ${file} says ${textOf(expected)}`,
    );
  }
}

type Pair = readonly [name: string, computed: unknown, expected: unknown];

function selectedPairs(
  computed: readonly { id: string; ticket: string }[],
  expected: readonly { id: string; ticket: string }[] | undefined,
): Pair[] {
  if (expected === undefined) {
    return [];
  }
  const length = Math.max(computed.length, expected.length);
  return Array.from({ length }, (_, index): Pair => {
    const [own, other] = [computed[index], expected[index]];
    return [
      `selected ${index + 1}`,
      own ?? 'nothing',
      other === undefined ? 'nothing' : { id: other.id, ticket: other.ticket },
    ];
  });
}

/** The first pair that differs; what the file does not say can't. */
function firstDifference(pairs: readonly Pair[]): Pair | undefined {
  return pairs.find(
    ([, computed, expected]) => expected !== undefined && textOf(computed) !== textOf(expected),
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : canonicalJson(value);
}
