import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { Figure } from '../measure.ts';

const CHILD = fileURLToPath(new URL('../streaming-child.ts', import.meta.url));
const LARGEST = 10_000_000;
const SIZES = [100_000, 1_000_000, LARGEST] as const;
const Report = z.object({ maxRssKb: z.number() });
const run = promisify(execFile);

/** Far less than V8 takes when it may: in a heap of this size a process that kept what it has read would not survive. */
const SMALL_HEAP_MB = 32;

/** The most memory of a process that streams pools of growing size through tree and selection, the quota staying 1,000. */
export async function memory(): Promise<Figure[]> {
  const empty = await peakOf(0);
  const [smallest, ...larger] = await peaks();
  if (smallest === undefined) {
    throw new RangeError('no size was measured');
  }
  const figureOf = ({ size, peak, where = '' }: Peak): Figure => ({
    name: `memory, ${size.toLocaleString('en-US')} streamed${where}`,
    measured: `${megabytes(peak)} (+${megabytes(peak - empty)})`,
    baseline: `${megabytes(empty)} process alone`,
    ratio: peak / empty,
  });
  return [
    figureOf(smallest),
    ...larger.map((peak) => figureOf(peak)),
    {
      name: 'memory growth, pool 100 times as large',
      measured: megabytes((larger.at(-1)?.peak ?? smallest.peak) - smallest.peak),
      baseline: megabytes(smallest.peak),
      ratio: (larger.at(-1)?.peak ?? smallest.peak) / smallest.peak,
    },
    figureOf({
      size: LARGEST,
      peak: await peakOf(LARGEST, [`--max-old-space-size=${SMALL_HEAP_MB}`]),
      where: ` in a heap of ${SMALL_HEAP_MB} MB`,
    }),
  ];
}

interface Peak {
  readonly size: number;
  readonly peak: number;
  readonly where?: string;
}

async function peaks(): Promise<Peak[]> {
  const measured: Peak[] = [];
  for (const size of SIZES) {
    measured.push({ size, peak: await peakOf(size) });
  }
  return measured;
}

/** Kilobytes, as the operating system counted them. */
async function peakOf(size: number, flags: readonly string[] = []): Promise<number> {
  const { stdout } = await run(process.execPath, [...flags, CHILD, String(size)]);
  return Report.parse(JSON.parse(stdout)).maxRssKb;
}

function megabytes(kilobytes: number): string {
  return `${(kilobytes / 1024).toFixed(0)} MB`;
}
