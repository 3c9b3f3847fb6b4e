import { sealedBeacon } from '#domain/draw/beacon.ts';
import { buildCommitment } from '#domain/draw/commitment.ts';
import { mergeRuns } from '#domain/draw/merge.ts';
import { poolLine, PoolSummarizer } from '#domain/draw/pool.ts';
import { ProofBuilder, proofText } from '#domain/draw/proof.ts';
import { POOL_PAGE } from '#store/pools.ts';
import { entryOf, SECRET } from './pools.ts';

/**
 * `node streaming-child.ts SIZE`: does with a pool of that size what a freeze and a reveal do with the runs and pages that
 * they read, but for the table: runs merged into pages, root and sizes, the commitment; then the pages again, tickets and
 * proof. Tells the most memory it took.
 */
const size = Number(process.argv[2]);
const SAMPLE = 1000;
const RUNS = 4;

const summarizer = new PoolSummarizer();
await eachLine((line) => {
  summarizer.append(line);
});
let selected = 0;
if (size > 0) {
  const commitment = buildCommitment({
    drawId: 'D-1',
    pool: summarizer.summary(),
    rule: { mode: 'count', count: SAMPLE, weights: { A: 1, B: 1, C: 1, D: 1 } },
    beacon: sealedBeacon(SECRET),
    spec: {},
  });
  const builder = new ProofBuilder(commitment, { value: SECRET });
  await eachLine((line) => {
    builder.add(line);
  });
  const proof = builder.build();
  selected = proof.selected.length;
  proofText(proof);
}
process.stdout.write(JSON.stringify({ selected, maxRssKb: process.resourceUsage().maxRSS }));

async function eachLine(take: (line: string) => void): Promise<void> {
  const runs = Array.from({ length: RUNS }, (_, run) => pagesOfRun(run));
  for await (const page of mergeRuns(runs, POOL_PAGE)) {
    for (const line of page) {
      take(line);
    }
  }
}

/** Every fourth line of the pool, made when it is asked for. */
function* pagesOfRun(run: number): Generator<string[]> {
  for (let from = run; from < size; from += RUNS * POOL_PAGE) {
    const lines = Math.min(POOL_PAGE, Math.ceil((size - from) / RUNS));
    yield Array.from({ length: lines }, (_, at) => poolLine(entryOf(from + RUNS * at)));
  }
}
