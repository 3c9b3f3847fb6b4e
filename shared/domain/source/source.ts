import * as z from 'zod';
import { deriveId } from '#domain/ids/derive.ts';
import { epochMilliseconds, Instant, later } from '#domain/time/time.ts';

/** 24 to 64 bytes in base64 after the prefix, as Standard Webhooks asks: with an empty key everybody could sign. */
const Secret = z.string().regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/);

/** A system that may send triggers by webhook, e.g. the 12315 or 12345 hotline. */
export const Source = z.object({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,31}$/, 'lower-case letters, digits and hyphens, e.g. hotline-12345'),
  version: z.int().positive(),
  name: z.string().trim().min(1).max(100),
  /** Standard Webhooks symmetric secrets, newest first; during a rotation the older one is still accepted. */
  secrets: z.array(Secret).min(1).max(2),
  /** Until when the older secret is accepted, this moment not included. */
  olderUntil: Instant.optional(),
  registeredAt: Instant,
});
export type Source = z.infer<typeof Source>;

const DAY_MS = 86_400_000;
const OLDER_ACCEPTED_MS = DAY_MS;
const OLDER_ACCEPTED_AT_MOST_MS = 7 * DAY_MS;

/** The secrets that a message may be signed with at a moment, newest first. */
export function secretsAt(
  { secrets, olderUntil }: Pick<Source, 'secrets' | 'olderUntil'>,
  at: Instant,
): readonly string[] {
  return isAfter(olderUntil, at) ? secrets : secrets.slice(0, 1);
}

/** Whether a rotation runs: its older secret is accepted still. */
export function isRotating({ secrets, olderUntil }: Source, at: Instant): boolean {
  return secrets.length > 1 && isAfter(olderUntil, at);
}

/** Until when the older secret is accepted when nobody says: a day. */
export function olderUntilByDefault(at: Instant): Instant {
  return later(at, OLDER_ACCEPTED_MS);
}

/** The last moment until which an older secret may be accepted: a week from the rotation. */
export function olderUntilAtMost(at: Instant): Instant {
  return later(at, OLDER_ACCEPTED_AT_MOST_MS);
}

/**
 * The source with a new secret. Its newest one so far stays accepted until the moment; when that is not to come, nothing but
 * the new one is.
 */
export function rotated(source: Source, secret: string, olderUntil: Instant, at: Instant): Source {
  const keeps = isAfter(olderUntil, at);
  return {
    ...source,
    version: source.version + 1,
    secrets: [secret, ...(keeps ? source.secrets.slice(0, 1) : [])],
    olderUntil,
  };
}

/** One message is one trigger, however often it is delivered. */
export function triggerOfMessage(source: string, message: string): string {
  return deriveId('T', source, message);
}

function isAfter(moment: Instant | undefined, at: Instant): boolean {
  return moment !== undefined && epochMilliseconds(moment) > epochMilliseconds(at);
}

/** What became of a message whose signature was right. */
export const SourceMessage = z.discriminatedUnion('outcome', [
  z.strictObject({ at: Instant, message: z.string(), outcome: z.literal('accepted'), trigger: z.string() }),
  z.strictObject({
    at: Instant,
    message: z.string(),
    outcome: z.literal('refused'),
    /** The end of the problem's `type`. */
    reason: z.string(),
  }),
]);
export type SourceMessage = z.infer<typeof SourceMessage>;
