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
    checkedLine(entry);
  }
  pool.sort((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0));
  let previous = '';
  for (const entry of pool) {
    assertFollows(previous, entry.id);
    previous = entry.id;
  }
  return pool;
}

/**
 * Root and sizes of a pool that is already in canonical order, in one pass with memory for one path of the tree.
 * Refuses `pool-id`, `pool-stratum`, `pool-duplicate`, and `pool-order` naming the first id out of order.
 */
export function summarizePool(entries: Iterable<PoolEntry>): PoolSummary {
  const summarizer = new PoolSummarizer();
  for (const entry of entries) {
    summarizer.append(checkedLine(entry));
  }
  return summarizer.summary();
}

/**
 * Root and sizes of lines that arrive one by one in canonical order, however many: memory for one path of the tree. The
 * lines are those of `checkedLine`. Lines are in the order of their ids, since the comma sorts before every character of an id.
 */
export class PoolSummarizer {
  readonly #tree = new MerkleTree();
  /** A list, not a map: hashing a new string for each of a million lines costs more than comparing it with four. */
  readonly #strata: { readonly name: string; objects: number }[] = [];
  #previous = '';

  /** The next line. Refuses `pool-duplicate` and `pool-order`, naming the id. */
  append(line: string): void {
    const comma = line.indexOf(',');
    if (!follows(this.#previous, line, comma)) {
      assertFollows(this.#previous.slice(0, this.#previous.indexOf(',')), line.slice(0, comma));
    }
    this.#previous = line;
    this.#tree.append(line);
    this.#count(line, comma + 1);
  }

  /** Of the lines so far. */
  summary(): PoolSummary {
    return {
      root: this.#tree.root(),
      size: Object.fromEntries(this.#strata.map(({ name, objects }) => [name, objects])),
    };
  }

  #count(line: string, from: number): void {
    for (const stratum of this.#strata) {
      if (stratum.name.length === line.length - from && line.endsWith(stratum.name)) {
        stratum.objects += 1;
        return;
      }
    }
    this.#strata.push({ name: line.slice(from), objects: 1 });
  }
}

/** The published pool, one `<id>,<stratum>` and a line feed for each object, in the order given. */
export function* poolText(entries: Iterable<PoolEntry>): Generator<string> {
  for (const entry of entries) {
    yield `${poolLine(entry)}\n`;
  }
}

/** The line of an object, checked. Refuses `pool-id` and `pool-stratum`, naming the object. */
export function checkedLine(entry: PoolEntry): string {
  const line = poolLine(entry);
  if (POOL_LINE.test(line)) {
    return line;
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

/**
 * Whether a line's id comes after that of the line before. Whole lines are compared, which the engine does at once; then the
 * ids can still be the same one with another stratum, and their last characters nearly always tell that they are not.
 */
function follows(before: string, line: string, comma: number): boolean {
  const last = comma - 1;
  return (
    before < line &&
    (before.charCodeAt(last) !== line.charCodeAt(last) || !before.startsWith(line.slice(0, comma + 1)))
  );
}

function assertFollows(before: string, id: string): void {
  if (before < id) {
    return;
  }
  if (before === id) {
    throw new Refusal('pool-duplicate', `The object ${id} is in the pool twice; a pool holds an id once.`);
  }
  throw new Refusal(
    'pool-order',
    `The object ${id} comes after ${before}; a pool is in ascending order of its ids' bytes.`,
  );
}
