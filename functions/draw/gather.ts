import { sha256 } from '#sha256';
import type { Draw, Gathering, Run } from '#domain/draw/lifecycle.ts';
import { mergeRuns, type LineRun } from '#domain/draw/merge.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { POOL_PAGE, readPoolLines, writePool } from '#store/draws.ts';
import { itemsOf } from '#store/items.ts';
import { eligibleObjects, type Tally } from '#store/pool.ts';
import type { StateTable } from '#store/store.ts';

/** What one invocation read of a pool: a sorted run in memory, on top of the runs that earlier ones wrote. */
export interface Gathered {
  readonly lines: readonly string[];
  readonly tally: Tally;
  /** Where the reading goes on; absent when all of the cohort was read. */
  readonly position: unknown;
  readonly complete: boolean;
}

/**
 * Reads the objects of a draw from where the last step stopped, up to about `limit` of the library: a cohort of a million is
 * more than one invocation should be trusted with.
 */
export async function gather(store: StateTable, draw: Draw, limit: number): Promise<Gathered> {
  const items = await itemsOf(store, draw.items);
  const question = {
    criteria: draw.criteria,
    items,
    named: draw.named.map(({ id }) => id),
    coolDownDays: draw.coolDownDays,
    day: dateInShanghai(draw.approvedAt ?? draw.proposedAt),
  };
  const lines: string[] = [];
  const tally = new Map(Object.entries(draw.gathering?.tally ?? {}));
  let looked = 0;
  for await (const part of eligibleObjects(store, question, draw.gathering?.position)) {
    for (const line of part.lines) {
      lines.push(line);
    }
    for (const [reason, count] of Object.entries(part.tally)) {
      tally.set(reason, (tally.get(reason) ?? 0) + count);
    }
    looked += part.looked;
    if (looked >= limit && part.position !== undefined) {
      return {
        lines: lines.toSorted(),
        tally: Object.fromEntries(tally),
        position: part.position,
        complete: false,
      };
    }
  }
  return { lines: lines.toSorted(), tally: Object.fromEntries(tally), position: undefined, complete: true };
}

/** Writes what was gathered as a run of its own, and says how far the gathering has come. */
export async function keepRun(store: StateTable, draw: Draw, gathered: Gathered): Promise<Gathering> {
  const key = keyOf(gathered.lines);
  const pages = await writePool(store, draw.id, key, pagesIn(gathered.lines));
  const { step, runs } = draw.gathering ?? { step: 0, runs: [] };
  return {
    step: step + 1,
    runs: [...runs, { key, pages }],
    position: gathered.position,
    tally: gathered.tally,
  };
}

/** The key under which the whole pool is written: it follows from the runs that it is merged from. */
export function poolKey(runs: readonly Run[], lines: readonly string[]): string {
  return sha256([...runs.map(({ key }) => key), keyOf(lines)].join('\n'));
}

/** The whole pool in canonical order, page by page: the runs that were written, and the last one from memory. */
export function mergedPool(
  store: StateTable,
  draw: Draw,
  runs: readonly Run[],
  lines: readonly string[],
): AsyncGenerator<string[]> {
  const written = runs.map(({ key }): LineRun => readPoolLines(store, draw.id, key));
  return mergeRuns([...written, inMemory(lines)], POOL_PAGE);
}

function keyOf(lines: readonly string[]): string {
  return sha256(lines.join('\n'));
}

function* pagesIn(lines: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < lines.length; from += POOL_PAGE) {
    yield lines.slice(from, from + POOL_PAGE);
  }
}

async function* inMemory(lines: readonly string[]): AsyncGenerator<readonly string[]> {
  yield* pagesIn(lines);
}
