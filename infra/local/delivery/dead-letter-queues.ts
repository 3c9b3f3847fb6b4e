import { createHash } from 'node:crypto';
import * as z from 'zod';
import { epochMilliseconds, Instant } from '#domain/time/time.ts';
import { Json } from '../json.ts';
import type { DeadLetter } from '../options.ts';
import { Journal } from './journal.ts';

const Letter = z.object({
  queue: z.string(),
  function: z.string(),
  kind: z.enum(['event', 'schedule', 'stream', 'direct']),
  at: Instant,
  reason: z.string(),
  attempts: z.number(),
  body: Json,
  payload: Json,
});
const Gone = z.object({ id: z.string(), at: Instant });

/** A letter as a queue hands it out: the receipt is good until somebody else gets the letter. */
export interface Received {
  id: string;
  receipt: string;
  letter: DeadLetter;
  times: number;
}

interface Placed {
  id: string;
  letter: DeadLetter;
}
interface Holding {
  times: number;
  until: number;
}

/** Where the letters and the deletions are kept; in memory when absent. */
interface Files {
  letters: string | undefined;
  gone: string | undefined;
}

/**
 * The dead-letter queues of the stack, as SQS would serve them. Letters and deletions are two lists that only grow, so a
 * letter that was deleted stays deleted after a restart; who holds which letter is forgotten, as if a minute had gone by.
 * Letters are hidden by the virtual clock: frozen, a letter that nobody gives back is seen again once the clock is moved.
 */
export class DeadLetterQueues {
  readonly #letters: Journal<DeadLetter>;
  readonly #gone: Journal<z.infer<typeof Gone>>;
  readonly #goneIds: Set<string>;
  readonly #holding = new Map<string, Holding>();
  readonly #now: () => Instant;

  constructor(files: Files, now: () => Instant) {
    this.#letters = new Journal<DeadLetter>(files.letters, Letter);
    this.#gone = new Journal(files.gone, Gone);
    this.#goneIds = new Set(this.#gone.all().map(({ id }) => id));
    this.#now = now;
  }

  add(letter: DeadLetter): void {
    this.#letters.add(letter);
  }

  /** Every letter that is still in a queue, the oldest first. */
  waiting(): readonly DeadLetter[] {
    return this.#placed().map(({ letter }) => letter);
  }

  /** How many letters a queue has to hand out, and how many are in somebody's hands. */
  counts(queue: string): { visible: number; held: number } {
    const own = this.#placed().filter(({ letter }) => letter.queue === queue);
    const held = own.filter(({ id }) => this.#isHeld(id)).length;
    return { visible: own.length - held, held };
  }

  /** Hands letters of a queue out and hides them from others for so many seconds. */
  receive(queue: string, most: number, seconds: number): Received[] {
    return this.#placed()
      .filter(({ id, letter }) => letter.queue === queue && !this.#isHeld(id))
      .slice(0, most)
      .map(({ id, letter }) => {
        const times = (this.#holding.get(id)?.times ?? 0) + 1;
        this.#holding.set(id, { times, until: this.#in(seconds) });
        return { id, receipt: `${id}/${times}`, letter, times };
      });
  }

  /** Hides a letter for so many seconds from now; false when it is not in the hands of whom the receipt was given. */
  hide(receipt: string, seconds: number): boolean {
    const [id = '', times] = receipt.split('/');
    const holding = this.#holding.get(id);
    if (!this.#isHeld(id) || holding === undefined || String(holding.times) !== times) return false;
    holding.until = this.#in(seconds);
    return true;
  }

  /** Takes a letter out of its queue. With the receipt of an earlier hand nothing happens, as in SQS. */
  remove(receipt: string): void {
    const [id = '', times] = receipt.split('/');
    if (String(this.#holding.get(id)?.times) !== times || this.#goneIds.has(id)) return;
    this.#goneIds.add(id);
    this.#gone.add({ id, at: this.#now() });
  }

  /** A letter's id follows from its place in a list that only grows: it is the same after every restart. */
  #placed(): Placed[] {
    return this.#letters
      .all()
      .map((letter, place) => ({ id: idOf(letter, place), letter }))
      .filter(({ id }) => !this.#goneIds.has(id));
  }

  #isHeld(id: string): boolean {
    return (this.#holding.get(id)?.until ?? 0) > epochMilliseconds(this.#now());
  }

  #in(seconds: number): number {
    return epochMilliseconds(this.#now()) + seconds * 1000;
  }
}

function idOf({ queue, at }: DeadLetter, place: number): string {
  const hex = createHash('sha256').update(`${queue}/${at}/${place}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
