import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { Figure } from '../measure.ts';

const CHILD = fileURLToPath(new URL('../streaming-child.ts', import.meta.url));
const [SMALLEST, MIDDLE, LARGEST] = [100_000, 1_000_000, 10_000_000] as const;
const Report = z.object({ maxRssKb: z.number() });
const run = promisify(execFile);

/**
 * Left alone, V8 lets a heap grow before it looks for what is no longer needed, and the peak tells how much memory there is.
 * In a heap of this size, with a nursery of one megabyte, it tells what is needed: a process that kept what it has read
 * would not survive ten million lines.
 */
const SMALL_HEAP_MB = 32;
const SMALL_HEAP = [`--max-old-space-size=${SMALL_HEAP_MB}`, '--max-semi-space-size=1'] as const;

/**
 * The most memory of a process that freezes pools of growing size and draws from them, the sample staying 1,000. What an
 * invocation reads of the index before that is bounded by the stage's `gatherLimit`, whatever the cohort's size.
 */
export async function memory(): Promise<Figure[]> {
  const empty = await peakOf(0, SMALL_HEAP);
  const [small, middle, large] = [
    await peakOf(SMALLEST, SMALL_HEAP),
    await peakOf(MIDDLE, SMALL_HEAP),
    await peakOf(LARGEST, SMALL_HEAP),
  ];
  const figureOf = (size: number, peak: number, alone = empty, where = `heap of ${SMALL_HEAP_MB} MB`) => ({
    name: `memory, draw from ${size.toLocaleString('en-US')}, ${where}`,
    measured: `${megabytes(peak)} (+${megabytes(peak - alone)})`,
    baseline: `${megabytes(alone)} process alone`,
    ratio: peak / alone,
  });
  return [
    figureOf(SMALLEST, small),
    figureOf(MIDDLE, middle),
    figureOf(LARGEST, large),
    {
      name: 'memory growth, pool 100 times as large, same sample',
      measured: megabytes(large),
      baseline: `${megabytes(small)} from ${SMALLEST.toLocaleString('en-US')}`,
      ratio: large / small,
      target: { bound: 'at most', ratio: 1.1 },
    },
    figureOf(LARGEST, await peakOf(LARGEST), await peakOf(0), 'heap as it comes'),
  ];
}

/** Kilobytes, as the operating system counted them. */
async function peakOf(size: number, flags: readonly string[] = []): Promise<number> {
  const { stdout } = await run(process.execPath, [...flags, CHILD, String(size)]);
  return Report.parse(JSON.parse(stdout)).maxRssKb;
}

function megabytes(kilobytes: number): string {
  return `${(kilobytes / 1024).toFixed(0)} MB`;
}
