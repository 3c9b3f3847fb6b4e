import * as z from 'zod';

/**
 * What an attempt to send came to:
 * `delivered` the channel took it; `refused` it never will (an address that bounces); `failed` it did not and may later;
 * `limited` it wants to be left alone for a while; `unsure` it may have taken it, and nobody can tell.
 */
export const OutcomeKind = z.enum(['delivered', 'refused', 'failed', 'limited', 'unsure']);
export type OutcomeKind = z.infer<typeof OutcomeKind>;

export interface Outcome {
  readonly kind: OutcomeKind;
  /** What the channel said, or what went wrong. */
  readonly answer: string;
  /** Seconds after which it may be tried again, as the channel itself said. */
  readonly retryAfter?: number | undefined;
}

/** How much is kept of what a channel says: enough to see what it is. */
const KEPT_CHARACTERS = 500;

/** An answer as it is kept: on one line, cut off where it is longer than anything sensible, without half a character. */
export function kept(answer: string): string {
  const line = answer.toWellFormed().replaceAll(/\s+/g, ' ').trim();
  if (line.length <= KEPT_CHARACTERS) return line;
  // A cut through a character of two units leaves a half, which is made a whole one.
  return `${line.slice(0, KEPT_CHARACTERS).toWellFormed()}…`;
}
