import { sha256 } from '#sha256';

import { Refusal } from '#domain/refusal/refusal.ts';

import { DRAW_VERSION } from './commitment.ts';
import { Hex32 } from './hex.ts';

/**
 * The seed: hex SHA-256 of `"mingchou-draw-1\n" + commitmentHash + "\n" + beaconValue`. The value must be in its normal
 * form (`beaconValueOf`). Refuses `seed` when the hash is not 64 hex digits, or the value is empty or has no UTF-8 form.
 */
export function seedOf(commitmentHash: string, beaconValue: string): string {
  if (!Hex32.safeParse(commitmentHash).success || beaconValue === '' || !beaconValue.isWellFormed()) {
    throw new Refusal(
      'seed',
      'A seed is made from a commitment hash of 64 lower-case hex digits and a beacon value that is not empty.',
    );
  }
  return sha256(`${DRAW_VERSION}\n${commitmentHash}\n${beaconValue}`);
}

/** An object's ticket: hex SHA-256 of `seed + ":" + id`. */
export function ticketOf(seed: string, objectId: string): string {
  return sha256(`${seed}:${objectId}`);
}

/** The pair ticket of an object and an inspector: hex SHA-256 of `seed + ":" + objectId + ":" + inspectorId`. */
export function pairTicketOf(seed: string, objectId: string, inspectorId: string): string {
  return sha256(`${seed}:${objectId}:${inspectorId}`);
}
