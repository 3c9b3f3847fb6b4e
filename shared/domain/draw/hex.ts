import * as z from 'zod';

/** 32 bytes as 64 lower-case hex digits: a SHA-256 value, a drand chain hash, a sealed secret. */
export const Hex32 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits (32 bytes)');

/** Any whole number of bytes, at least one, as lower-case hex digits. */
export const HexBytes = z
  .string()
  .regex(/^(?:[0-9a-f]{2})+$/, 'must be lower-case hex digits, two for each byte');

/**
 * Writes the bytes of lower-case hex digits into `target` from `offset` on. The digits are not checked: callers
 * pass output of SHA-256 or text that one of the schemas above has accepted.
 * Written by hand because Node 24 has no `Uint8Array.fromHex`, and a million tree nodes can't afford a parse each.
 */
export function writeHex(hex: string, target: Uint8Array, offset: number): void {
  for (let at = 0; at < hex.length; at += 2) {
    const high = hex.charCodeAt(at);
    const low = hex.charCodeAt(at + 1);
    target[offset + (at >> 1)] = (((high & 15) + (high >> 6) * 9) << 4) | ((low & 15) + (low >> 6) * 9);
  }
}

/** The bytes of lower-case hex digits (unchecked, as in `writeHex`). */
export function bytesOfHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length >> 1);
  writeHex(hex, bytes, 0);
  return bytes;
}
