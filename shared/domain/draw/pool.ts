import * as z from 'zod';

import { Refusal } from '#domain/refusal/refusal.ts';

import { MerkleTree } from './merkle.ts';

/** An object's id: 1 to 32 digits and capital letters, normally the 18-character code of GB 32100. ASCII, so text order is byte order. */
export const ObjectId = z.string().regex(/^[0-9A-Z]{1,32}$/, 'must be 1 to 32 digits or capital letters');

/**
 * A stratum's name, normally the credit-risk class A to D. It begins with a letter or digit, so that `__proto__`
 * can't be one, and has no comma or line break, so that a pool line has one reading.
 */
export const Stratum = z
  .string()
  .regex(
    /^[0-9A-Za-z][0-9A-Za-z_-]{0,31}$/,
    'must be 1 to 32 letters, digits, "_" or "-", the first a letter or digit',
  );

/** One eligible object. */
export const PoolEntry = z.strictObject({ id: ObjectId, stratum: Stratum });
export type PoolEntry = z.infer<typeof PoolEntry>;

/** Number of objects for each stratum that has any. */
export const SizePerStratum = z.record(Stratum, z.int().positive());
export type SizePerStratum = z.infer<typeof SizePerStratum>;

/** What a commitment says about its pool: hex root of the RFC 6962 tree over the lines, and the sizes. */
export const PoolSummary = z.strictObject({ root: z.string().regex(/^[0-9a-f]{64}$/), size: SizePerStratum });
export type PoolSummary = z.infer<typeof PoolSummary>;

const POOL_LINE = /^([0-9A-Z]{1,32}),([0-9A-Za-z][0-9A-Za-z_-]{0,31})$/;

/** The leaf `<id>,<stratum>` of an object, without line end. */
export function poolLine(entry: PoolEntry): string {
  return `${entry.id},${entry.stratum}`;
}

/** The object of a pool line without line end. Refuses `pool-line` for anything but `<id>,<stratum>`. */
export function parsePoolLine(line: string): PoolEntry {
  const match = POOL_LINE.exec(line);
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new Refusal(
      'pool-line',
      `The pool line ${JSON.stringify(line.slice(0, 80))} is not "<id>,<stratum>": the id is 1 to 32 digits or capital ` +
        'letters, the stratum 1 to 32 letters, digits, "_" or "-".',
    );
  }
  return { id: match[1], stratum: match[2] };
}

/**
 * The pool in canonical order (ids ascending by bytes), from entries in any order.
 * Refuses `pool-id` and `pool-stratum` (odd characters or length) and `pool-duplicate` (two entries of one id, even
 * when their strata agree: one object would have two leaves), naming the id.
 */
export function canonicalPool(entries: Iterable<PoolEntry>): PoolEntry[] {
  const pool = Array.from(entries);
  for (const entry of pool) {
    assertEntry(entry);
  }
  pool.sort((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0));
  let previous: PoolEntry | undefined;
  for (const entry of pool) {
    assertFollows(previous, entry);
    previous = entry;
  }
  return pool;
}

/**
 * Root and sizes of a pool that is already in canonical order, in one pass with memory for one path of the tree.
 * Refuses `pool-id`, `pool-stratum`, `pool-duplicate`, and `pool-order` naming the first id out of order.
 */
export function summarizePool(entries: Iterable<PoolEntry>): PoolSummary {
  const tree = new MerkleTree();
  const size = new Map<string, number>();
  let previous: PoolEntry | undefined;
  for (const entry of entries) {
    assertEntry(entry);
    assertFollows(previous, entry);
    previous = entry;
    tree.append(poolLine(entry));
    size.set(entry.stratum, (size.get(entry.stratum) ?? 0) + 1);
  }
  return { root: tree.root(), size: Object.fromEntries(size) };
}

/** The published pool, one `<id>,<stratum>` and a line feed for each object, in the order given. */
export function* poolText(entries: Iterable<PoolEntry>): Generator<string> {
  for (const entry of entries) {
    yield `${poolLine(entry)}\n`;
  }
}

function assertEntry(entry: PoolEntry): void {
  if (POOL_LINE.test(poolLine(entry))) {
    return;
  }
  const id = JSON.stringify(entry.id);
  if (!ObjectId.safeParse(entry.id).success) {
    throw new Refusal(
      'pool-id',
      `The id ${id} can't be in a pool: an id is 1 to 32 digits or capital letters.`,
      [{ pointer: '/id', detail: 'must be 1 to 32 digits or capital letters' }],
    );
  }
  throw new Refusal(
    'pool-stratum',
    `The object ${id} has the stratum ${JSON.stringify(entry.stratum)}: a stratum is 1 to 32 letters, digits, "_" or "-", the first a letter or digit.`,
    [{ pointer: '/stratum', detail: 'must be 1 to 32 letters, digits, "_" or "-"' }],
  );
}

function assertFollows(previous: PoolEntry | undefined, entry: PoolEntry): void {
  if (previous === undefined || previous.id < entry.id) {
    return;
  }
  if (previous.id === entry.id) {
    throw new Refusal(
      'pool-duplicate',
      `The object ${entry.id} is in the pool twice; a pool holds an id once.`,
    );
  }
  throw new Refusal(
    'pool-order',
    `The object ${entry.id} comes after ${previous.id}; a pool is in ascending order of its ids' bytes.`,
  );
}
