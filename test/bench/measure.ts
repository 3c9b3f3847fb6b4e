import * as z from 'zod';

/** One figure of the table. */
export interface Figure {
  readonly name: string;
  /** What was measured, e.g. `2.1 million tickets/s`. */
  readonly measured: string;
  readonly baseline?: string;
  readonly ratio?: number;
  readonly target?: Target;
}

export interface Target {
  readonly bound: 'at least' | 'at most';
  readonly ratio: number;
}

export const Rounds = z.object({
  /** Milliseconds of one round of the baseline, the middle one of all rounds. */
  baseline: z.number(),
  /** The same of what is measured. */
  measured: z.number(),
  /** The middle one of the rounds' own ratios, measured by baseline: a machine that slows down in between slows both. */
  ratio: z.number(),
});
export type Rounds = z.infer<typeof Rounds>;

type Work = () => unknown;

/**
 * Times a bare baseline and the real thing in turns, A B A B, after one turn of each that does not count.
 * @param rounds an odd number has a middle one
 * @param prepare called before each turn, off the clock
 */
export async function interleaved(
  baseline: Work,
  measured: Work,
  rounds: number,
  prepare: () => void | Promise<void> = () => {},
): Promise<Rounds> {
  const [bare = [], real = []] = await turns([baseline, measured], rounds, prepare);
  return compared(bare, real);
}

/**
 * The same of any number of works: the times of each, one for each round.
 * @param prepare called before each turn of all, off the clock
 */
export async function turns(
  works: readonly Work[],
  rounds: number,
  prepare: () => void | Promise<void> = () => {},
): Promise<number[][]> {
  const times: number[][] = works.map(() => []);
  for (let round = -1; round < rounds; round += 1) {
    await prepare();
    for (const [at, work] of works.entries()) {
      const time = await timed(work);
      if (round >= 0) {
        times[at]?.push(time);
      }
    }
  }
  return times;
}

/** What the times of some rounds say of a baseline and of what is measured by it. */
export function compared(baseline: readonly number[], measured: readonly number[]): Rounds {
  return {
    baseline: median(baseline),
    measured: median(measured),
    ratio: median(measured.map((time, round) => time / (baseline[round] ?? Number.NaN))),
  };
}

/** Milliseconds that a piece of work takes. What it gives is kept, so that no compiler finds out that nobody wants it. */
export async function timed(work: Work): Promise<number> {
  const start = performance.now();
  kept = await work();
  return performance.now() - start;
}
let kept: unknown;
export const lastResult = (): unknown => kept;

/** The middle one; of an even number the upper of the two. */
export function median(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  if (middle === undefined) {
    throw new RangeError('nothing was measured');
  }
  return middle;
}

export function isMissed({ ratio, target }: Figure): boolean {
  if (ratio === undefined || target === undefined) {
    return false;
  }
  return target.bound === 'at least' ? ratio < target.ratio : ratio > target.ratio;
}

/** `1.24 s`, `83 ms` */
export function duration(milliseconds: number): string {
  return milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(2)} s` : `${milliseconds.toFixed(0)} ms`;
}

/** `2.13 million/s`, `412/s` */
export function rate(count: number, milliseconds: number): string {
  const perSecond = (count * 1000) / milliseconds;
  return perSecond >= 1e6 ? `${(perSecond / 1e6).toFixed(2)} million/s` : `${perSecond.toFixed(0)}/s`;
}
