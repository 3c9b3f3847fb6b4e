import * as z from 'zod';
import { DeadlineRules } from '#domain/deadline/rules.ts';
import { Instant } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import { stateKey } from './keys.ts';
import { created, updated } from './records.ts';
import { load, type StateTable } from './store.ts';

/** The installation has one table of deadline rules; this is its id in keys and events. */
export const RULES_ID = 'in-use';

/** A version as it was adopted, by whom and when. */
const AdoptedRules = DeadlineRules.extend({ contentHash: z.string(), adoptedAt: Instant, by: z.string() });
export type AdoptedRules = z.infer<typeof AdoptedRules>;

/**
 * Every version of the deadline rules, oldest first, in one record (some 2 KB each): a deadline goes by the version that it
 * was started by, so whoever counts needs all of them. The record's version is that of the newest.
 */
export const StoredRules = z.object({
  id: z.literal(RULES_ID),
  version: z.int().positive(),
  versions: z.array(AdoptedRules),
});
export type StoredRules = z.infer<typeof StoredRules>;

/** Every version that was adopted, oldest first. */
export async function adoptedRules(store: StateTable): Promise<readonly AdoptedRules[]> {
  return (await load(store, StoredRules, stateKey('DEADLINE-RULES', RULES_ID)))?.versions ?? [];
}

/** Stores the rules with one more version. Committing it fails when another adoption was faster. */
export function savedRules(known: readonly AdoptedRules[], next: AdoptedRules): StateWrite {
  const record: StoredRules = { id: RULES_ID, version: next.version, versions: [...known, next] };
  return record.version === 1 ? created('DEADLINE-RULES', record) : updated('DEADLINE-RULES', record);
}
