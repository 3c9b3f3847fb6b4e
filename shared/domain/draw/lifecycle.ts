import * as z from 'zod';

import { Instant } from '#domain/time/time.ts';
import { IndustryPrefix, TerritoryPrefix } from '#domain/trigger/trigger.ts';

import { BeaconPlan } from './beacon-plan.ts';
import { Commitment } from './commitment.ts';
import { Hex32 } from './hex.ts';
import { QuotaRule } from './quota.ts';

export const DrawStatus = z.enum([
  'proposed',
  'approved',
  'committed',
  'drawn',
  'matched',
  'dispatched',
  'closed',
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

/** How a draw's teams come about: drawn at random, or chosen by the units with a reason (随机抽取或直接选派, article 7(4)). */
export const Staffing = z.enum(['random', 'direct']);
export type Staffing = z.infer<typeof Staffing>;

/** An object that a trigger names: it is checked besides the draw, and never in its pool. */
export const NamedObject = z.object({ id: z.string(), name: z.string() });
export type NamedObject = z.infer<typeof NamedObject>;

/** A draw as stored. What is big (pool, teams, proof) stands on pages beside it. */
export const Draw = z.object({
  id: z.string(),
  version: z.int().positive(),
  status: DrawStatus,
  /** The trigger's id, or the draw's own when no trigger led to it: what its events and those of its inspections are found by. */
  correlation: z.string(),
  /** Absent for a draw that a person proposed. */
  trigger: z.string().optional(),
  policy: z.object({ id: z.string(), version: z.int().positive() }).optional(),
  plan: z.object({ id: z.string(), number: z.string() }),
  title: z.string(),
  items: z.array(z.string()).min(1),
  criteria: DrawCriteria,
  /** How many of each class are drawn (article 6). */
  rule: QuotaRule,
  named: z.array(NamedObject),
  /** Whoever was visited within so many days before the draw is not drawn; 0 for none (减少对市场主体的影响). */
  coolDownDays: z.int().nonnegative(),
  teamSize: z.int().min(2),
  staffing: Staffing,
  beacon: BeaconPlan,
  proposedAt: Instant,
  approvedAt: Instant.optional(),
  /** Published at once: from here on the pool, the quota and the beacon are fixed. */
  committed: z
    .object({ at: Instant, commitment: Commitment, hash: Hex32, pages: z.int().positive() })
    .optional(),
  drawn: z
    .object({ at: Instant, beaconValue: z.string(), seed: Hex32, selected: z.int().nonnegative() })
    .optional(),
  /** The newest proof: first of the selection, then of the matching too. */
  proof: StoredProof.optional(),
  matched: z.object({ at: Instant, pages: z.int() }).optional(),
  dispatchedAt: Instant.optional(),
  closedAt: Instant.optional(),
  voided: z.object({ at: Instant, reason: z.string() }).optional(),
  /** The voided draw that this one is made instead of, and on that one the draw that was made instead. */
  replaces: z.string().optional(),
  replacedBy: z.string().optional(),
  /** Why no teams could be made, until they can. */
  unstaffed: z.string().optional(),
});
export type Draw = z.infer<typeof Draw>;
