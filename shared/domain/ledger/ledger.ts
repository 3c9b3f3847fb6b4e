import * as z from 'zod';
import { sha256 } from '#sha256';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import { Instant } from '#domain/time/time.ts';

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);

/** What an entry says of an event; strict, since a member that the hash does not cover must not pass unseen. The event itself stays out, so that the chain can be shown to everyone. */
export const LedgerFacts = z.strictObject({
  event: z.string(),
  type: z.string(),
  time: Instant,
  about: z.string(),
  correlation: z.string(),
  /** SHA-256 of the event's RFC 8785 form: the event can't be changed afterwards without breaking it. */
  eventHash: hex64,
});
export type LedgerFacts = z.infer<typeof LedgerFacts>;

/** One link of the chain. Entry 1 has the hash of nothing before it: 64 zeros. */
export const LedgerEntry = LedgerFacts.extend({ seq: z.int().positive(), previous: hex64, hash: hex64 });
export type LedgerEntry = z.infer<typeof LedgerEntry>;

export const GENESIS = '0'.repeat(64);

/** The entry that follows one with that number and hash. */
export function chain(
  after: { readonly seq: number; readonly hash: string },
  facts: LedgerFacts,
): LedgerEntry {
  const linked = { ...facts, seq: after.seq + 1, previous: after.hash };
  return { ...linked, hash: sha256(canonicalJson(linked)) };
}

/** What a verification of entries in order found; `after` is where the next page has to go on. */
export type LedgerReport =
  | { readonly ok: true; readonly after: { readonly seq: number; readonly hash: string } }
  | { readonly ok: false; readonly seq: number; readonly why: string };

/** Recomputes every link. The first broken one is named by its number. */
export function verifyChain(
  entries: readonly LedgerEntry[],
  start: { readonly seq: number; readonly hash: string } = { seq: 0, hash: GENESIS },
): LedgerReport {
  let after = start;
  for (const entry of entries) {
    if (entry.seq !== after.seq + 1) {
      return { ok: false, seq: after.seq + 1, why: `entry ${after.seq + 1} is missing, found ${entry.seq}` };
    }
    if (entry.previous !== after.hash) {
      return {
        ok: false,
        seq: entry.seq,
        why: `entry ${entry.seq} does not follow the hash of ${after.seq}`,
      };
    }
    const { seq: _seq, previous: _previous, hash, ...facts } = entry;
    const expected = chain(after, facts);
    if (expected.hash !== hash) {
      return {
        ok: false,
        seq: entry.seq,
        why: `entry ${entry.seq} was changed: its hash does not match its content`,
      };
    }
    after = { seq: entry.seq, hash };
  }
  return { ok: true, after };
}
