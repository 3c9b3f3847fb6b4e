import * as z from 'zod';

import { Instant } from '#domain/time/time.ts';

import { BeaconPlan } from './beacon-plan.ts';
import { Commitment } from './commitment.ts';
import { DrawCriteria } from './criteria.ts';
import { ExclusionCounts } from './exclusion.ts';
import { Hex32 } from './hex.ts';
import { QuotaRule } from './quota.ts';

/** `gathering` reads a pool that is too big for one invocation; `committed` waits for the beacon. */
export const DrawStatus = z.enum([
  'proposed',
  'approved',
  'gathering',
  'committed',
  'drawn',
  'matched',
  'dispatched',
  'closed',
  'voided',
]);
export type DrawStatus = z.infer<typeof DrawStatus>;

/** Where the proof's text is kept: SHA-256 of the text, and the number of its pages. */
export const StoredProof = z.object({ hash: Hex32, pages: z.int().positive() });
export type StoredProof = z.infer<typeof StoredProof>;

/** Where a pool's lines are kept: pages under a key that follows from what was gathered, and the runs for which items are withheld. */
export const StoredPool = z.object({ key: Hex32, pages: z.int().positive(), withheld: z.array(Hex32) });
export type StoredPool = z.infer<typeof StoredPool>;

/** A sorted part of a pool that is being gathered, and whether items are withheld for objects of it (抽查频次). */
export const Run = z.object({ key: Hex32, pages: z.int().nonnegative(), withheld: z.boolean() });
export type Run = z.infer<typeof Run>;

/** How far the gathering of a pool has come: the runs that are written, where the reading goes on, what was left out. */
export const Gathering = z.object({
  step: z.int().positive(),
  runs: z.array(Run),
  position: z.unknown(),
  excluded: ExclusionCounts,
});
export type Gathering = z.infer<typeof Gathering>;

/** What one person says that the announced source published. */
export const BeaconEntry = z.object({ by: z.string(), value: z.string(), at: Instant });
export type BeaconEntry = z.infer<typeof BeaconEntry>;

/** A beacon that was committed to and whose value is to come. */
export const AwaitedBeacon = z.object({
  /** When its value can be there at the earliest. */
  readyAt: Instant,
  entries: z.array(BeaconEntry),
});
export type AwaitedBeacon = z.infer<typeof AwaitedBeacon>;

/** How a draw's teams come about: drawn at random, or chosen by the units with a reason (随机抽取或直接选派, article 7(4)). */
export const Staffing = z.enum(['random', 'direct']);
export type Staffing = z.infer<typeof Staffing>;

/** An object that a trigger names: it is checked besides the draw, and never in its pool. */
export const NamedObject = z.object({ id: z.string(), name: z.string() });
export type NamedObject = z.infer<typeof NamedObject>;

/** Why an object that a trigger names is not checked besides the draw. */
export const LeftOutObject = z.object({
  id: z.string(),
  reason: z.enum(['not-in-library', 'not-operating', 'no-item-applies']),
});
export type LeftOutObject = z.infer<typeof LeftOutObject>;

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
  namedLeftOut: z.array(LeftOutObject).optional(),
  /** Whoever was visited within so many days before the draw is not drawn; 0 for none (减少对市场主体的影响). */
  coolDownDays: z.int().nonnegative(),
  teamSize: z.int().min(2),
  staffing: Staffing,
  beacon: BeaconPlan,
  proposedAt: Instant,
  /** Staff number; never public. Absent for a draw that a rule made. */
  proposedBy: z.string().optional(),
  approvedAt: Instant.optional(),
  gathering: Gathering.optional(),
  /** Published at once: from here on the pool, the quota and the beacon are fixed. */
  committed: z.object({ at: Instant, commitment: Commitment, hash: Hex32, pool: StoredPool }).optional(),
  /** A beacon whose value is not there yet, and what was entered of an announced one. */
  awaited: AwaitedBeacon.optional(),
  arrived: z.object({ at: Instant, value: z.string(), signature: z.string().optional() }).optional(),
  drawn: z
    .object({ at: Instant, beaconValue: z.string(), seed: Hex32, selected: z.int().nonnegative() })
    .optional(),
  /** The newest proof: first of the selection, then of the matching too. */
  proof: StoredProof.optional(),
  matched: z.object({ at: Instant, pages: z.int() }).optional(),
  dispatchedAt: Instant.optional(),
  /** How many it sends out: those it drew and those that are named. */
  inspections: z.int().nonnegative().optional(),
  closedAt: Instant.optional(),
  voided: z.object({ at: Instant, reason: z.string() }).optional(),
  /** The voided draw that this one is made instead of, and on that one the draw that was made instead. */
  replaces: z.string().optional(),
  replacedBy: z.string().optional(),
  /** Why no teams could be made, until they can. */
  unstaffed: z.string().optional(),
  /** Why no beacon could be committed to, until one can. */
  unbeaconed: z.string().optional(),
});
export type Draw = z.infer<typeof Draw>;

/** A draw is public from its commitment on, and when it is voided; before that it may not yet be known to those it concerns. */
export function isPublic({ committed, voided }: Pick<Draw, 'committed' | 'voided'>): boolean {
  return committed !== undefined || voided !== undefined;
}
