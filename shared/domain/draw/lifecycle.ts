import * as z from 'zod';

import { ClassRatio } from '#domain/item/item.ts';
import { Instant } from '#domain/time/time.ts';
import { IndustryPrefix, TerritoryPrefix } from '#domain/trigger/trigger.ts';

import { Commitment } from './commitment.ts';
import { Hex32 } from './hex.ts';

export const DrawStatus = z.enum([
  'proposed',
  'approved',
  'committed',
  'drawn',
  'matched',
  'dispatched',
  'voided',
]);
export type DrawStatus = z.infer<typeof DrawStatus>;

/** Which objects a draw is about (article 8). An absent criterion leaves that dimension open; none at all is an undirected draw. */
export const DrawCriteria = z.strictObject({
  territory: z.array(TerritoryPrefix).min(1).optional(),
  industry: z.array(IndustryPrefix).min(1).optional(),
});
export type DrawCriteria = z.infer<typeof DrawCriteria>;

/** Where the proof's text is kept: SHA-256 of the text, and the number of its pages. */
export const StoredProof = z.object({ hash: Hex32, pages: z.int().positive() });
export type StoredProof = z.infer<typeof StoredProof>;

/** A draw as stored. What is big (pool, selection, teams) stands on pages beside it. */
export const Draw = z.object({
  id: z.string(),
  version: z.int().positive(),
  status: DrawStatus,
  trigger: z.string(),
  policy: z.object({ id: z.string(), version: z.int().positive() }),
  plan: z.object({ id: z.string(), number: z.string() }),
  title: z.string(),
  items: z.array(z.string()).min(1),
  criteria: DrawCriteria,
  /** Share of each class: the highest that one of the items asks for, since one visit does them all (articles 3, 6). */
  ratio: ClassRatio,
  teamSize: z.int().min(2),
  beacon: z.enum(['sealed']),
  proposedAt: Instant,
  approvedAt: Instant.optional(),
  /** Published at once: from here on the pool, the quota and the beacon are fixed. */
  committed: z
    .object({ at: Instant, commitment: Commitment, hash: Hex32, pages: z.int().positive() })
    .optional(),
  drawn: z
    .object({
      at: Instant,
      beaconValue: z.string(),
      seed: Hex32,
      selected: z.int().nonnegative(),
      pages: z.int(),
    })
    .optional(),
  /** The newest proof: first of the selection, then of the matching too. */
  proof: StoredProof.optional(),
  matched: z.object({ at: Instant, pages: z.int() }).optional(),
  dispatchedAt: Instant.optional(),
  voided: z.object({ at: Instant, reason: z.string() }).optional(),
  /** Why no teams could be made, until they can. */
  unstaffed: z.string().optional(),
});
export type Draw = z.infer<typeof Draw>;

/** A draw is public from its commitment on, and when it is voided; before that it may not yet be known to those it concerns. */
export function isPublic({ committed, voided }: Pick<Draw, 'committed' | 'voided'>): boolean {
  return committed !== undefined || voided !== undefined;
}
