import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { Figure } from '../measure.ts';

const CHILD = fileURLToPath(new URL('../streaming-child.ts', import.meta.url));
const SIZES = [100_000, 1_000_000, 10_000_000] as const;
const Report = z.object({ maxRssKb: z.number() });
const run = promisify(execFile);

/** The most memory of a process that streams pools of growing size through tree and selection, the quota staying 1,000. */
export async function memory(): Promise<Figure[]> {
  const empty = await peakOf(0);
  const [smallest, ...larger] = await peaks();
  if (smallest === undefined) {
    throw new RangeError('no size was measured');
  }
  const figureOf = ({ size, peak }: { size: number; peak: number }): Figure => ({
    name: `memory, ${size.toLocaleString('en-US')} streamed`,
    measured: `${megabytes(peak)} (+${megabytes(peak - empty)})`,
    baseline: `${megabytes(empty)} process alone`,
    ratio: peak / empty,
  });
  return [
    figureOf(smallest),
    ...larger.map(figureOf),
    {
      name: 'memory growth, pool 100 times as large',
      measured: megabytes((larger.at(-1)?.peak ?? smallest.peak) - smallest.peak),
      baseline: megabytes(smallest.peak),
      ratio: (larger.at(-1)?.peak ?? smallest.peak) / smallest.peak,
    },
  ];
}

async function peaks() {
  const measured: { size: number; peak: number }[] = [];
  for (const size of SIZES) {
    measured.push({ size, peak: await peakOf(size) });
  }
  return measured;
}

/** Kilobytes, as the operating system counted them. */
async function peakOf(size: number): Promise<number> {
  const { stdout } = await run(process.execPath, [CHILD, String(size)]);
  return Report.parse(JSON.parse(stdout)).maxRssKb;
}

function megabytes(kilobytes: number): string {
  return `${(kilobytes / 1024).toFixed(0)} MB`;
}
