import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import type * as z from 'zod';
import { LocalRunnerError } from '../failure.ts';
import { parseJson } from '../json.ts';

/** A list that only grows, kept as one JSON text a line when there is a file. */
export class Journal<T> {
  readonly #entries: T[] = [];
  readonly #file: string | undefined;

  constructor(file: string | undefined, schema: z.ZodType<T>) {
    this.#file = file;
    if (file === undefined || !existsSync(file)) return;
    const text = readFileSync(file, 'utf8');
    // A runner that was killed while it wrote leaves half a line at the end; that entry is delivered again.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole !== text) writeFileSync(file, whole);
    for (const [index, line] of whole.split('\n').entries()) {
      if (line === '') continue;
      const parsed = schema.safeParse(parseJson(line));
      if (!parsed.success) {
        throw new LocalRunnerError(
          `${file} is broken at line ${index + 1}: remove it, or start with --fresh to begin anew.`,
        );
      }
      this.#entries.push(parsed.data);
    }
  }

  add(entry: T): void {
    this.#entries.push(entry);
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
  }

  all(): readonly T[] {
    return this.#entries;
  }
}
