import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeRuns } from '#domain/draw/merge.ts';

/** A run as it is read from the table: in pages, some of them empty. */
function* runOf(lines: readonly string[], pageSize: number): Generator<readonly string[]> {
  for (let from = 0; from < lines.length; from += pageSize) {
    yield lines.slice(from, from + pageSize);
    yield [];
  }
}

const merged = async (runs: readonly (readonly string[])[], pageSize: number, outSize = 3) =>
  Array.fromAsync(
    mergeRuns(
      runs.map((run, at) => (at % 2 === 0 ? runOf(run, pageSize) : awaited(runOf(run, pageSize)))),
      outSize,
    ),
  );

/** The same, read from elsewhere. */
async function* awaited(run: Iterable<readonly string[]>): AsyncGenerator<readonly string[]> {
  for (const page of run) {
    yield await Promise.resolve(page);
  }
}

describe('the merging of sorted runs', () => {
  it('gives pages of the size asked for, the last one shorter', async () => {
    expect(await merged([['B,A', 'D,A'], ['A,C', 'C,B', 'E,A'], []], 2)).toEqual([
      ['A,C', 'B,A', 'C,B'],
      ['D,A', 'E,A'],
    ]);
    expect(await merged([[], []], 2)).toEqual([]);
    expect(await merged([], 2)).toEqual([]);
  });

  it('keeps an object that two runs found once, by the line that sorts first', async () => {
    expect(
      await merged(
        [
          ['A,D', 'C,A'],
          ['A,B', 'B,A'],
        ],
        1,
      ),
    ).toEqual([['A,B', 'B,A', 'C,A']]);
  });

  it('takes a shorter id before one that begins with it, as the bytes do', async () => {
    expect(await merged([['A1,A', 'AB,A'], ['A,D']], 1)).toEqual([['A,D', 'A1,A', 'AB,A']]);
  });

  it('gives the sorted pool whatever the runs and their pages', async () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[0-9A-Z]{1,4}$/), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(ids, fc.array(fc.nat(4)), fc.integer({ min: 1, max: 7 }), async (all, cuts, size) => {
        const runs: string[][] = [[], [], [], [], []];
        for (const [at, id] of all.entries()) {
          runs[cuts[at % Math.max(cuts.length, 1)] ?? 0]?.push(`${id},A`);
        }
        const sorted = runs.map((run) => run.toSorted());
        const pages = await merged(sorted, size, 5);
        expect(pages.flat()).toEqual(all.toSorted().map((id) => `${id},A`));
        expect(pages.slice(0, -1).every((page) => page.length === 5)).toBe(true);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});
