import * as z from 'zod';
import { Instant } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import { stateKey } from './keys.ts';
import { saved } from './records.ts';
import { load, type StateTable } from './store.ts';

/** Until when a person has looked at their messages; the id is the staff number. */
export const Seen = z.object({ id: z.string(), version: z.int().positive(), until: Instant });
export type Seen = z.infer<typeof Seen>;

export function seenBy(store: StateTable, staffNo: string): Promise<Seen | undefined> {
  return load(store, Seen, stateKey('SEEN', staffNo));
}

/** Stores the mark in its first version or a later one. */
export function savedSeen(seen: Seen): StateWrite {
  return saved('SEEN', seen);
}
