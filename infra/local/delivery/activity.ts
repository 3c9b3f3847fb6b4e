/** Counts what is under way, so that `settle` knows instead of guessing. */
export class Activity {
  readonly #running = new Map<number, string>();
  readonly #waiting = new Set<() => void>();
  #begun = 0;
  #onIdle: () => void = () => {};

  /** Called each time that nothing is under way any more. */
  whenIdle(callback: () => void): void {
    this.#onIdle = callback;
  }

  /** Begins something; the returned function ends it. */
  begin(label: string): () => void {
    this.#begun += 1;
    const ticket = this.#begun;
    this.#running.set(ticket, label);
    return () => {
      if (!this.#running.delete(ticket) || this.#running.size > 0) return;
      for (const wake of this.#waiting) wake();
      this.#waiting.clear();
      this.#onIdle();
    };
  }

  /** How many things ever began: equal before and after means that nothing happened in between. */
  get begun(): number {
    return this.#begun;
  }

  get isIdle(): boolean {
    return this.#running.size === 0;
  }

  get labels(): string[] {
    return [...new Set(this.#running.values())];
  }

  async idle(): Promise<void> {
    while (this.#running.size > 0) {
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
  }
}
