import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { measuredIn } from '../child.ts';
import { duration, Rounds, type Figure } from '../measure.ts';

const CHILD = fileURLToPath(new URL('../draw-child.ts', import.meta.url));
export const COHORT = 100_000;

/** A draw against each of the two bare queries that it could be held against. */
export const DrawRounds = z.object({ wholeRows: Rounds, sameFields: Rounds });

/**
 * A draw in DynamoDB Local as the function does it: the cohort read and judged, the pool sorted, hashed and written, the
 * commitment, then the pool read again, the tickets, the proof. Against reading the same pages of the same index one after
 * the other with the SDK's client and nothing else: once all that the index carries, once the fields that the draw asks for.
 */
export async function draw(): Promise<Figure[]> {
  const { wholeRows, sameFields } = await measuredIn(CHILD, DrawRounds);
  const figureOf = (what: string, { measured, baseline, ratio }: Rounds): Figure => ({
    name: `draw from ${COHORT.toLocaleString('en-US')}, gathered to proof, against ${what}`,
    measured: duration(measured),
    baseline: `${duration(baseline)} bare query`,
    ratio,
    target: { bound: 'at most', ratio: 1.3 },
  });
  return [figureOf('the rows', wholeRows), figureOf('their fields alone', sameFields)];
}
