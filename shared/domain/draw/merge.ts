/** A sorted run of pool lines: pages that are read one by one, or that are at hand. */
export type LineRun = AsyncIterable<readonly string[]> | Iterable<readonly string[]>;
type Pages = AsyncIterator<readonly string[]> | Iterator<readonly string[]>;

/**
 * Merges sorted runs of pool lines into pages of one sorted pool, holding one page of each run. An object that stands in
 * two runs (it moved to another territory while the pool was gathered) is kept once: its line that sorts first.
 * @param runs each in canonical order
 * @param pageSize lines of each page that is given, but for the last
 */
export async function* mergeRuns(runs: readonly LineRun[], pageSize: number): AsyncGenerator<string[]> {
  const heads = new Heads();
  for (const run of runs) {
    await heads.add(Symbol.asyncIterator in run ? run[Symbol.asyncIterator]() : run[Symbol.iterator]());
  }
  let page: string[] = [];
  let lastId = '';
  for (let line = heads.smallest(); line !== undefined; line = heads.smallest()) {
    const id = line.slice(0, line.indexOf(','));
    if (id !== lastId) {
      page.push(line);
      lastId = id;
    }
    if (page.length === pageSize) {
      yield page;
      page = [];
    }
    // Only the end of a page has to be waited for: a promise for each of a million lines would take longer than the merge.
    if (!heads.step()) {
      await heads.turnPage();
    }
  }
  if (page.length > 0) {
    yield page;
  }
}

interface Head {
  readonly pages: Pages;
  page: readonly string[];
  at: number;
  line: string;
}

/** The next line of each run, as a heap whose root is the smallest. */
class Heads {
  readonly #heap: Head[] = [];

  async add(pages: Pages): Promise<void> {
    const head: Head = { pages, page: [], at: -1, line: '' };
    if (await this.#nextPage(head)) {
      this.#heap.push(head);
      this.#rise();
    }
  }

  smallest(): string | undefined {
    return this.#heap[0]?.line;
  }

  /** Moves the smallest run on by a line; false when its page is at an end. */
  step(): boolean {
    const head = this.#heap[0];
    const line = head?.page[head.at + 1];
    if (head === undefined || line === undefined) {
      return false;
    }
    head.at += 1;
    head.line = line;
    this.#sink();
    return true;
  }

  /** Reads the next page of the smallest run, or lets the run go when it has none. */
  async turnPage(): Promise<void> {
    const head = this.#heap[0];
    if (head === undefined || (await this.#nextPage(head))) {
      this.#sink();
      return;
    }
    const last = this.#heap.pop();
    if (last !== undefined && last !== head) {
      this.#heap[0] = last;
      this.#sink();
    }
  }

  async #nextPage(head: Head): Promise<boolean> {
    for (;;) {
      const next = await head.pages.next();
      if (next.done === true) {
        return false;
      }
      const [line] = next.value;
      if (line !== undefined) {
        head.page = next.value;
        head.at = 0;
        head.line = line;
        return true;
      }
    }
  }

  #rise(): void {
    const heap = this.#heap;
    for (let at = heap.length - 1; at > 0;) {
      const up = (at - 1) >> 1;
      if (!this.#swapIfLess(at, up)) {
        return;
      }
      at = up;
    }
  }

  #sink(): void {
    const heap = this.#heap;
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      const right = left + 1;
      const child = this.#lineAt(right) < this.#lineAt(left) ? right : left;
      if (child >= heap.length || !this.#swapIfLess(child, at)) {
        return;
      }
      at = child;
    }
  }

  /** Behind the end of the heap a text that no line comes after. */
  #lineAt(at: number): string {
    return this.#heap[at]?.line ?? '\uffff';
  }

  #swapIfLess(lower: number, upper: number): boolean {
    const heap = this.#heap;
    const [below, above] = [heap[lower], heap[upper]];
    if (below === undefined || above === undefined || below.line >= above.line) {
      return false;
    }
    heap[lower] = above;
    heap[upper] = below;
    return true;
  }
}
