import { parsePoolLine, type PoolEntry } from '#domain/draw/pool.ts';

/** The text of a pool that was read, a byte for each character: a million lines are about 22 MB. What is looked up is what was verified. */
export class PoolText {
  readonly #decoder = new TextDecoder('latin1');
  #pieces: string[] = ['\n'];

  push(chunk: Uint8Array): void {
    this.#pieces.push(this.#decoder.decode(chunk));
  }

  /** The line of an object and its number from 1; undefined when it is not there. Refuses `pool-line` for a line that is none. */
  find(id: string): { readonly line: number; readonly entry: PoolEntry } | undefined {
    const text = this.#pieces.join('');
    this.#pieces = [text];
    const at = text.indexOf(`\n${id},`);
    if (at < 0) {
      return undefined;
    }
    const end = text.indexOf('\n', at + 1);
    return {
      line: lineFeeds(text, at),
      entry: parsePoolLine(text.slice(at + 1, end < 0 ? undefined : end)),
    };
  }
}

/** How many line feeds there are up to and including a place. */
function lineFeeds(text: string, through: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at <= through; at = text.indexOf('\n', at + 1)) {
    count += 1;
  }
  return count;
}
