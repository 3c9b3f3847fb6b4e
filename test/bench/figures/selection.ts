import { sha256 } from '#sha256';
import { select } from '#domain/draw/select.ts';
import { interleaved, rate, type Figure } from '../measure.ts';
import { evenQuota, poolOf, SEED } from '../pools.ts';

const SIZE = 1_000_000;

/** Tickets a second while 1 % of a million objects is selected, against hashing the same strings and nothing else. */
export async function selection(): Promise<Figure[]> {
  const pool = poolOf(SIZE);
  const quota = evenQuota(SIZE / 100);
  const rounds = await interleaved(
    () => {
      let last = '';
      for (const { id } of pool) {
        last = sha256(`${SEED}:${id}`);
      }
      return last;
    },
    () => select(SEED, quota, pool).length,
    5,
  );
  return [
    {
      name: 'select 1 % of 1,000,000',
      measured: `${rate(SIZE, rounds.measured)} tickets`,
      baseline: `${rate(SIZE, rounds.baseline)} bare hashes`,
      ratio: 1 / rounds.ratio,
      target: { bound: 'at least', ratio: 0.5 },
    },
  ];
}
