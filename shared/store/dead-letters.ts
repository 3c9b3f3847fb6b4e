import * as z from 'zod';
import { Instant } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import { stateKey } from './keys.ts';
import { saved } from './records.ts';
import { load, type StateTable } from './store.ts';

/** What people decided about a path's letters, counted: it puts the events that tell of it in order. */
export const LetterDecisions = z.object({
  /** The path. */
  id: z.string(),
  version: z.int().positive(),
  /** When the last one was made, and by whom. */
  at: Instant,
  by: z.string(),
});
export type LetterDecisions = z.infer<typeof LetterDecisions>;

export function letterDecisions(store: StateTable, path: string): Promise<LetterDecisions | undefined> {
  return load(store, LetterDecisions, stateKey('DEAD-LETTERS', path));
}

export function savedLetterDecisions(decisions: LetterDecisions): StateWrite {
  return saved('DEAD-LETTERS', decisions);
}
