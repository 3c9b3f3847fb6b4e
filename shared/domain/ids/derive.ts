import { sha256 } from '#sha256';

/**
 * An id that follows from what caused it: the same cause makes the same id, so a step that is run again after a
 * crash writes the same record instead of a second one. `prefix` tells a reader what the id names (`T` trigger,
 * `D` draw, `I` inspection, `E` event, …); the rest is 96 bits of SHA-256 over the parts.
 *
 * The parts are length-delimited by JSON: `["a","bc"]` and `["ab","c"]` differ.
 */
export function deriveId(prefix: string, ...parts: readonly (string | number)[]): string {
  return `${prefix}-${sha256(JSON.stringify([prefix, ...parts])).slice(0, 24)}`;
}
