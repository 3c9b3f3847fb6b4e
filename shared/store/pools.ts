import * as z from 'zod';
import { pageKey, poolPartition } from './keys.ts';
import { pagesOf, putPages } from './pages.ts';
import type { StateTable } from './store.ts';

/** A page of 5,000 pool lines is about 120 KB, well under the 400 KB of an item. */
export const POOL_PAGE = 5_000;
/** Pages that are put in one go: three batches of 25, or 9 MB. */
const POOL_PAGES_AT_ONCE = 75;

const PoolPage = z.object({ lines: z.string() });

/** Where the pages of a frozen pool stand. */
export interface PoolPages {
  readonly key: string;
  readonly pages: number;
}

/**
 * Writes pages of pool lines as they come and returns how many there were. The key has to follow from what is written: two
 * attempts that gathered differently then write apart, and nobody reads either before a commit names its key.
 */
export async function writePool(
  store: StateTable,
  draw: string,
  key: string,
  pages: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
): Promise<number> {
  let written = 0;
  let waiting: Record<string, unknown>[] = [];
  const put = async () => {
    await putPages(store, waiting);
    written += waiting.length;
    waiting = [];
  };
  for await (const lines of pages) {
    waiting.push({
      ...pageKey(poolPartition(draw, key), written + waiting.length),
      lines: lines.join('\n'),
    });
    if (waiting.length === POOL_PAGES_AT_ONCE) {
      await put();
    }
  }
  await put();
  return written;
}

/** The lines of a pool, or of a run of one, in canonical order: page after page, never more than eight in memory. */
export async function* readPoolLines(store: StateTable, draw: string, key: string): AsyncGenerator<string[]> {
  for await (const { lines } of pagesOf(store, poolPartition(draw, key), PoolPage)) {
    yield lines.split('\n');
  }
}

/**
 * The texts of some pages of a pool, from page `first` (from 0) on, at most `count` (one or more), each whole lines with a
 * line feed after every one; never more than a few in memory.
 */
export async function* readPoolText(
  store: StateTable,
  draw: string,
  key: string,
  { first, count }: { readonly first: number; readonly count: number },
): AsyncGenerator<string> {
  let left = count;
  for await (const { lines } of pagesOf(store, poolPartition(draw, key), PoolPage, { first, count })) {
    yield `${lines}\n`;
    left -= 1;
    if (left === 0) {
      return;
    }
  }
}

/** An object's place in a pool, counted from 0, and its line; undefined when it is not there. Reads few pages: ids ascend. */
export async function findInPool(
  store: StateTable,
  draw: string,
  { key, pages }: PoolPages,
  id: string,
): Promise<{ readonly index: number; readonly line: string } | undefined> {
  let [low, high] = [0, pages];
  while (low < high) {
    const page = Math.floor((low + high) / 2);
    const [text = ''] = await Array.fromAsync(readPoolText(store, draw, key, { first: page, count: 1 }));
    const lines = text.trimEnd().split('\n');
    const at = lines.findIndex((line) => idOf(line) === id);
    const line = lines[at];
    if (line !== undefined) {
      return { index: page * POOL_PAGE + at, line };
    }
    if (id < idOf(lines[0] ?? '')) {
      high = page;
    } else {
      low = page + 1;
    }
  }
  return undefined;
}

function idOf(line: string): string {
  return line.slice(0, line.indexOf(','));
}
