import { Refusal } from '#domain/refusal/refusal.ts';

import { MerkleTree } from './merkle.ts';
import { parsePoolLine, type PoolEntry, type PoolSummary } from './pool.ts';

/** Longer than any pool line can be (32 + 1 + 32); without a bound a file without line ends would fill the memory. */
const MAX_LINE = 100;

/** What is wrong with a pool's text: the number of the line (from 1) and a sentence. */
export interface PoolFault {
  readonly line: number;
  readonly detail: string;
}

/**
 * Reads the published text of a pool in chunks of any size, and checks that it is exactly lines `<id>,<stratum>` with
 * one line feed after each, in ascending order. Nothing is thrown: the faults are kept for a report.
 */
export class PoolReader {
  readonly #onEntry: (entry: PoolEntry) => void;
  // Each byte becomes one character, and bytes of 0x80 and above become characters that no pool line has.
  readonly #decoder = new TextDecoder('latin1');
  readonly #tree = new MerkleTree();
  readonly #size = new Map<string, number>();
  #rest = '';
  #lines = 0;
  #previousId = '';
  #formatFault: PoolFault | undefined;
  #orderFault: PoolFault | undefined;

  constructor(onEntry: (entry: PoolEntry) => void) {
    this.#onEntry = onEntry;
  }

  /** The next piece of the text. After a fault of format the rest is not looked at. */
  push(chunk: string | Uint8Array): void {
    if (this.#formatFault !== undefined) {
      return;
    }
    const text = this.#rest + (typeof chunk === 'string' ? chunk : this.#decoder.decode(chunk));
    let begin = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
      this.#line(text.slice(begin, end));
      begin = end + 1;
    }
    this.#rest = text.slice(begin);
    if (this.#rest.length > MAX_LINE) {
      this.#fail(`line ${this.#lines + 1} is longer than any pool line can be`);
    }
  }

  /** Ends the text: what is left without a line feed is a fault. */
  end(): void {
    if (this.#rest !== '') {
      this.#fail(
        `the last line, ${JSON.stringify(this.#rest.slice(0, MAX_LINE))}, has no line feed after it`,
      );
    }
  }

  /** The first line that is no pool line. */
  get formatFault(): PoolFault | undefined {
    return this.#formatFault;
  }

  /** The first line that doesn't come after the one before it. */
  get orderFault(): PoolFault | undefined {
    return this.#orderFault;
  }

  /** Root and sizes of the lines read. */
  summary(): PoolSummary {
    return { root: this.#tree.root(), size: Object.fromEntries(this.#size) };
  }

  /** Number of lines read. */
  get lines(): number {
    return this.#lines;
  }

  #line(line: string): void {
    if (this.#formatFault !== undefined) {
      return;
    }
    try {
      this.#entry(line, parsePoolLine(line));
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      this.#fail(error.message);
    }
  }

  #entry(line: string, entry: PoolEntry): void {
    this.#lines += 1;
    if (entry.id <= this.#previousId && this.#orderFault === undefined) {
      const how = entry.id === this.#previousId ? 'is there twice' : `comes after ${this.#previousId}`;
      this.#orderFault = { line: this.#lines, detail: `${entry.id} ${how}` };
    }
    this.#previousId = entry.id;
    this.#tree.append(line);
    this.#size.set(entry.stratum, (this.#size.get(entry.stratum) ?? 0) + 1);
    this.#onEntry(entry);
  }

  #fail(detail: string): void {
    this.#rest = '';
    this.#formatFault ??= { line: this.#lines + 1, detail };
  }
}
