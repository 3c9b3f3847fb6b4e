import * as z from 'zod';
import { LedgerEntry } from '#domain/ledger/ledger.ts';
import type { Operation } from './operation.ts';

/** After which entry, from 0. */
export const LedgerCheckQuery = z.object({ after: z.coerce.number().int().nonnegative().default(0) });

/** An entry's number and hash; 0 and 64 zeros before the first. */
const Link = z.strictObject({ seq: z.int().nonnegative(), hash: LedgerEntry.shape.hash });

/** What was found of a part of the chain. */
export const LedgerCheck = z.strictObject({
  /** The first entry that was asked for, and the last one that was verified: one less when there was none. */
  from: z.int(),
  to: z.int(),
  /** Whether every link in it holds. */
  whole: z.boolean(),
  /** The first link that does not hold. */
  broken: z.strictObject({ seq: z.int(), why: z.string() }).optional(),
  /** The link that the part hangs on, which is the `end` of the part before, and its own last one; absent for a broken part. */
  start: Link.optional(),
  end: Link.optional(),
  /** The newest entry of the chain. */
  head: Link,
  /** Where to go on; absent at the head, and where the chain is broken. */
  next: z.int().optional(),
});
export type LedgerCheck = z.infer<typeof LedgerCheck>;

export const portalOperations = {
  'GET /public/ledger/check': {
    summary: ['核验账本的一段，每次至多 2000 条', 'Verifies a part of the ledger, at most 2,000 entries'],
    query: LedgerCheckQuery,
    answers: { 200: LedgerCheck },
  },
} as const satisfies Readonly<Record<string, Operation>>;
