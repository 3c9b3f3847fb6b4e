import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { BeaconPlan } from '#domain/draw/beacon-plan.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import type { Instant } from '#domain/time/time.ts';
import { commit } from '#store/commit.ts';
import { created, mustLoad } from '#store/records.ts';
import type { StateTable } from '#store/store.ts';

/** The 32 bytes behind a sealed beacon, hex. Only this function may read them. */
const Seal = z.object({ id: z.string(), version: z.int(), secret: z.string().length(64) });

/** Whether a draw may come to need a sealed secret: then it is made before the pool is read, even if it is not used after all. */
export function mayBeSealed({ preferred, fallback }: BeaconPlan): boolean {
  return preferred.kind === 'sealed' || fallback?.kind === 'sealed';
}

/**
 * The draw's secret, made at the first call and the same ever after: an earlier attempt's stands, or a crash would be a
 * second throw of the dice. Called before the pool is read, so that nobody can look for a secret that suits a pool.
 */
export async function sealedSecret(store: StateTable, draw: string, at: Instant): Promise<string> {
  const secret = randomBytes(32).toString('hex');
  try {
    await commit(store, { at, writes: [created('SEAL', { id: draw, version: 1, secret })], events: [] });
    return secret;
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'version-conflict') {
      return openSeal(store, draw);
    }
    throw error;
  }
}

/** The secret that was sealed. @throws Refusal `not-found` when none was */
export async function openSeal(store: StateTable, draw: string): Promise<string> {
  return (await mustLoad(store, Seal, 'SEAL', draw)).secret;
}
