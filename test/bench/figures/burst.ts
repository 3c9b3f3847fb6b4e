import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { measuredIn } from '../child.ts';
import { duration, rate, type Figure } from '../measure.ts';

const CHILD = fileURLToPath(new URL('../burst-child.ts', import.meta.url));
/** Half of them are letters, half are texts of a robot. */
export const MESSAGES = 2_000;

export const Burst = z.object({
  /** Milliseconds in the function, and those of a bare loop that sends the same to the same servers. */
  measured: z.number(),
  baseline: z.number(),
  runs: z.int(),
  /** What the servers took, and how often they took something twice or not at all. */
  letters: z.int(),
  texts: z.int(),
  twice: z.int(),
  missing: z.int(),
  /** Answers of 4xx, 429 and 500 on the way. */
  refusals: z.int(),
});
export type Burst = z.infer<typeof Burst>;

/**
 * A burst to a mail server and to a robot that refuse three of ten at random, by a clock that is driven minute by minute: each
 * message arrives once, whatever the servers answer before. @throws Error when one did not, or came twice
 */
export async function burst(): Promise<Figure[]> {
  const { measured, baseline, runs, letters, texts, twice, missing, refusals } = await measuredIn(
    CHILD,
    Burst,
  );
  if (twice + missing > 0 || letters + texts !== MESSAGES) {
    throw new Error(`${twice} messages came twice and ${missing} never`);
  }
  return [
    {
      name: `burst, ${letters} letters and ${texts} texts once each, ${refusals} refusals`,
      measured: `${rate(MESSAGES, measured)} in ${runs} runs, ${duration(measured)}`,
      baseline: `${rate(MESSAGES, baseline)} in a bare loop`,
      ratio: measured / baseline,
    },
  ];
}
