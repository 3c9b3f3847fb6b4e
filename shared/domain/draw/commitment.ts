import { sha256 } from '#sha256';
import * as z from 'zod';

import { Refusal } from '#domain/refusal/refusal.ts';

import { Beacon } from './beacon.ts';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import { PoolSummary } from './pool.ts';
import { QuotaPerStratum, quotaOf, type QuotaRule } from './quota.ts';

/** The version of the draw; it also begins the seed's text, so that two versions never share a seed. */
export const DRAW_VERSION = 'mingchou-draw-1';

/** A draw's id: 1 to 64 letters, digits, ".", "_" or "-", the first a letter or digit. */
export const DrawId = z
  .string()
  .regex(/^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$/, 'must be 1 to 64 letters, digits, ".", "_" or "-"');

/**
 * The draw's own story (trigger, criteria, items, plan number, policy versions, exclusions with their counts): any
 * JSON object without floats. Our own commitments hold the quota rule under `rule`, so that the quota can be recomputed.
 */
export const Spec = z.record(z.string(), z.unknown()).superRefine((spec, context) => {
  try {
    // A spec is two levels deep in its proof: what is committed must not turn out too deep to prove.
    canonicalJson(spec, 2);
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    context.addIssue({ code: 'custom', message: error.message });
  }
});
export type Spec = z.infer<typeof Spec>;

/** What is published before the randomness is known, and can't be changed after. */
export const Commitment = z.strictObject({
  version: z.literal(DRAW_VERSION),
  drawId: DrawId,
  pool: PoolSummary,
  quota: QuotaPerStratum,
  beacon: Beacon,
  spec: Spec,
});
export type Commitment = z.infer<typeof Commitment>;

/** Hex SHA-256 of the commitment's RFC 8785 form. Refuses as `canonicalJson` does. */
export function commitmentHash(commitment: Commitment): string {
  return sha256(canonicalJson(commitment));
}

/**
 * The commitment of a draw: the quota follows from rule and pool, and the rule is kept in the spec.
 * Refuses `pool-empty`, `quota-stratum`, `spec-rule` (a story that already has a member `rule`), and `commitment`
 * with the fields at fault.
 */
export function buildCommitment(draw: {
  readonly drawId: string;
  readonly pool: PoolSummary;
  readonly rule: QuotaRule;
  readonly beacon: Beacon;
  readonly spec: Spec;
}): Commitment {
  const { drawId, pool, rule, beacon, spec } = draw;
  if (Object.keys(pool.size).length === 0) {
    throw new Refusal(
      'pool-empty',
      `The pool of draw ${drawId} has no object; widen its criteria before committing.`,
    );
  }
  if (Object.hasOwn(spec, 'rule')) {
    throw new Refusal(
      'spec-rule',
      `The spec of draw ${drawId} has a member "rule", which is kept for the quota rule.`,
      [{ pointer: '/spec/rule', detail: 'is written by the commitment itself' }],
    );
  }
  const made = Commitment.safeParse({
    version: DRAW_VERSION,
    drawId,
    pool,
    quota: quotaOf(rule, pool.size),
    beacon,
    spec: { ...spec, rule },
  });
  if (!made.success) {
    throw new Refusal(
      'commitment',
      `The commitment of draw ${drawId} is not of the form that ${DRAW_VERSION} takes.`,
      made.error.issues.map((issue) => ({ pointer: `/${issue.path.join('/')}`, detail: issue.message })),
    );
  }
  return made.data;
}
