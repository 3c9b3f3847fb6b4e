import { sha256 } from '#sha256';
import * as z from 'zod';

import { Refusal } from '#domain/refusal/refusal.ts';

import { Hex32 } from './hex.ts';
import { ObjectId, Stratum, type PoolEntry } from './pool.ts';
import type { QuotaPerStratum } from './quota.ts';

/** A selected object with the ticket that selected it. */
export const Selected = z.strictObject({ id: ObjectId, stratum: Stratum, ticket: Hex32 });
export type Selected = z.infer<typeof Selected>;

/** Greater than every hex ticket: the bound of a stratum whose quota is not yet filled. */
const NO_BOUND = 'g';

/** The smallest tickets of one stratum, as a heap whose root is the largest ticket kept. */
class StratumHeap {
  readonly #stratum: string;
  readonly #quota: number;
  readonly #kept: Selected[] = [];
  #bound: string;

  constructor(stratum: string, quota: number) {
    this.#stratum = stratum;
    this.#quota = quota;
    this.#bound = quota === 0 ? '' : NO_BOUND;
  }

  offer(id: string, ticket: string): void {
    // Nearly every object ends here: no allocation before this line.
    if (ticket > this.#bound) {
      return;
    }
    const entry = { id, stratum: this.#stratum, ticket };
    if (this.#kept.length < this.#quota) {
      this.#push(entry);
    } else {
      const largest = this.#kept[0];
      if (largest === undefined || !before(entry, largest)) {
        return;
      }
      this.#replaceLargest(entry);
    }
    if (this.#kept.length === this.#quota) {
      this.#bound = this.#kept[0]?.ticket ?? '';
    }
  }

  kept(): readonly Selected[] {
    return this.#kept;
  }

  #push(entry: Selected): void {
    const heap = this.#kept;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up];
      if (parent === undefined || before(entry, parent)) {
        break;
      }
      heap[at] = parent;
      at = up;
    }
    heap[at] = entry;
  }

  #replaceLargest(entry: Selected): void {
    const heap = this.#kept;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      if (left === undefined) {
        break;
      }
      const right = heap[2 * at + 2];
      const takeRight = right !== undefined && before(left, right);
      const child = takeRight ? right : left;
      if (before(child, entry)) {
        break;
      }
      heap[at] = child;
      at = 2 * at + (takeRight ? 2 : 1);
    }
    heap[at] = entry;
  }
}

/** Order of the selected list: by ticket, ties by id. */
export function before(left: Selected, right: Selected): boolean {
  return left.ticket === right.ticket ? left.id < right.id : left.ticket < right.ticket;
}

/**
 * Selects while the pool streams past, in any order: in each stratum the quota's number of smallest tickets.
 * Memory follows the quota, not the pool. It trusts that no id comes twice, which the pool's order has shown.
 */
export class Selector {
  readonly #prefix: string;
  readonly #heaps: ReadonlyMap<string, StratumHeap>;

  /** Refuses `seed` when the seed is not 64 hex digits. */
  constructor(seed: string, quota: QuotaPerStratum) {
    if (!Hex32.safeParse(seed).success) {
      throw new Refusal('seed', 'A selection needs a seed of 64 lower-case hex digits.');
    }
    this.#prefix = `${seed}:`;
    this.#heaps = new Map(
      Object.entries(quota).map(([stratum, objects]) => [stratum, new StratumHeap(stratum, objects)]),
    );
  }

  /** Whether the quota names the stratum. */
  has(stratum: string): boolean {
    return this.#heaps.has(stratum);
  }

  /** Offers one object of the pool. Refuses `quota-stratum` when the quota doesn't name its stratum. */
  add(id: string, stratum: string): void {
    const heap = this.#heaps.get(stratum);
    if (heap === undefined) {
      throw new Refusal(
        'quota-stratum',
        `The object ${id} is of stratum ${stratum}, for which there is no quota.`,
      );
    }
    heap.offer(id, sha256(this.#prefix + id));
  }

  /** The selected objects of all strata by ticket, ties by id. */
  selected(): Selected[] {
    const all = Array.from(this.#heaps.values(), (heap) => heap.kept()).flat();
    return all.toSorted((left, right) => (before(left, right) ? -1 : 1));
  }
}

/** The selection from a pool in any order; errors as in `Selector`. */
export function select(seed: string, quota: QuotaPerStratum, pool: Iterable<PoolEntry>): Selected[] {
  const selector = new Selector(seed, quota);
  for (const entry of pool) {
    selector.add(entry.id, entry.stratum);
  }
  return selector.selected();
}
