import type { InclusionFile } from '#domain/draw/inclusion.ts';
import type { Draw } from '#domain/draw/draw.ts';
import { MerkleTree } from '#domain/draw/merkle.ts';
import { parsePoolLine, poolLine, type PoolEntry } from '#domain/draw/pool.ts';
import { findInPool, readPoolText } from './pools.ts';
import type { StateTable } from './store.ts';

/** What the public knows of an object in a draw's pool: its line and its place. */
export interface PoolPlace {
  readonly index: number;
  readonly entry: PoolEntry;
}

/** Where an object stands in the pool of a draw; undefined when it is not there. */
export async function placeInPool(
  store: StateTable,
  draw: Draw,
  subject: string,
): Promise<PoolPlace | undefined> {
  const { committed } = draw;
  const found =
    committed === undefined ? undefined : await findInPool(store, draw.id, committed.pool, subject);
  return found === undefined ? undefined : { index: found.index, entry: parsePoolLine(found.line) };
}

/** The audit path of the object at a place: one pass over the pool, a page at a time. */
export async function inclusionAt(
  store: StateTable,
  draw: string,
  committed: NonNullable<Draw['committed']>,
  { index, entry }: PoolPlace,
): Promise<InclusionFile> {
  const tree = new MerkleTree(index);
  const pages = readPoolText(store, draw, committed.pool.key, {
    first: 0,
    count: committed.pool.pages,
  });
  for await (const page of pages) {
    for (const line of page.trimEnd().split('\n')) {
      tree.append(line);
    }
  }
  return {
    drawId: draw,
    leaf: poolLine(entry),
    index,
    size: tree.size,
    path: tree.path(),
  };
}
