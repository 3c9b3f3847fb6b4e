import { sha256 } from '#sha256';
import { merkleRoot } from '#domain/draw/merkle.ts';
import { poolLine, PoolSummarizer } from '#domain/draw/pool.ts';
import { duration, interleaved, type Figure } from '../measure.ts';
import { poolOf } from '../pools.ts';

const SIZE = 1_000_000;

/**
 * The root of a million objects against hashing its leaves and nothing else: a tree of n leaves has n − 1 nodes beside
 * them, so 2 is the least that is possible. A freeze also checks the order and counts the classes.
 */
export async function poolRoot(): Promise<Figure[]> {
  const lines = poolOf(SIZE).map(poolLine);
  const leaves = () => {
    let last = '';
    for (const line of lines) {
      last = sha256(`\u0000${line}`);
    }
    return last;
  };
  const tree = await interleaved(leaves, () => merkleRoot(lines), 3);
  const frozen = () => {
    const summarizer = new PoolSummarizer();
    for (const line of lines) {
      summarizer.append(line);
    }
    return summarizer.summary().root;
  };
  const checked = await interleaved(leaves, frozen, 3);
  return [
    {
      name: 'pool root of 1,000,000, tree alone',
      measured: duration(tree.measured),
      baseline: `${duration(tree.baseline)} leaves`,
      ratio: tree.ratio,
      target: { bound: 'at most', ratio: 3 },
    },
    {
      name: 'pool root of 1,000,000, as frozen',
      measured: `${duration(checked.measured)}, order and classes checked`,
      baseline: `${duration(checked.baseline)} leaves`,
      ratio: checked.ratio,
      target: { bound: 'at most', ratio: 3 },
    },
  ];
}
