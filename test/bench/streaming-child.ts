import { summarizePool, type PoolEntry } from '#domain/draw/pool.ts';
import { Selector } from '#domain/draw/select.ts';
import { entryOf, evenQuota, SEED } from './pools.ts';

/** `node streaming-child.ts SIZE`: streams a pool through tree and selection and tells the most memory it took. */
const size = Number(process.argv[2]);
const selector = new Selector(SEED, evenQuota(1000));
const { root } = summarizePool(offered());
process.stdout.write(
  JSON.stringify({ root, selected: selector.selected().length, maxRssKb: process.resourceUsage().maxRSS }),
);

function* offered(): Generator<PoolEntry> {
  for (let number = 0; number < size; number += 1) {
    const entry = entryOf(number);
    selector.add(entry.id, entry.stratum);
    yield entry;
  }
}
