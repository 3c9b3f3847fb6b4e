import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import * as z from 'zod';

import { Commitment } from '#domain/draw/commitment.ts';
import { QuotaRule } from '#domain/draw/quota.ts';
import { Selected } from '#domain/draw/select.ts';

const Vector = z.strictObject({
  name: z.string(),
  pool: z.array(z.string()),
  rule: QuotaRule,
  commitment: Commitment,
  commitmentHash: z.string(),
  beaconValue: z.string(),
  seed: z.string(),
  selected: z.array(Selected),
});
export type Vector = z.infer<typeof Vector>;

export const VECTOR_NAMES = ['one', 'tiny', 'strata', 'count', 'overflow'] as const;

/** A frozen output of the independent implementation, read from test/vectors. */
export function vector(name: (typeof VECTOR_NAMES)[number]): Vector {
  const file = new URL(`../../vectors/draw-${name}.json`, import.meta.url);
  return Vector.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The refusal's reason that `call` ends with; 'none' when it returns. */
export function reasonOf(call: () => unknown): string {
  try {
    call();
    return 'none';
  } catch (error) {
    return error instanceof Error && 'reason' in error
      ? String(error.reason)
      : `not a refusal: ${String(error)}`;
  }
}

/** All subsets of a small list. */
export function subsetsOf<T>(items: readonly T[]): T[][] {
  const subsets: T[][] = [[]];
  for (const item of items) {
    subsets.push(...subsets.map((subset) => subset.concat([item])));
  }
  return subsets;
}

/** Seeds that are the same on every run, so that what is counted over them gives the same numbers each time. */
export const fixedSeeds = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => createHash('sha256').update(`${name} ${index}`).digest('hex'));
