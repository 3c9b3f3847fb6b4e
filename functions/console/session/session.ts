import { base64url, EncryptJWT, errors, jwtDecrypt } from 'jose';
import * as z from 'zod';
import { PersonRole } from '#domain/person/person.ts';
import { Instant, later } from '#domain/time/time.ts';
import type { SessionKey } from '#store/sessions.ts';

/** A working day; after it one signs in again, which at most issuers takes no typing. */
const SESSION_HOURS = 12;
/** How long one may take at the issuer's own page. */
const SIGNING_MINUTES = 15;

/** Who is signed in, and the tokens that speak for them. Nothing of it is ever shown to the browser. */
export const Session = z.object({
  staffNo: z.string(),
  name: z.string(),
  role: PersonRole,
  unit: z.string(),
  begunAt: Instant,
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  /** What the issuer wants to see again when it ends its own session. */
  idToken: z.string().optional(),
});
export type Session = z.infer<typeof Session>;

/** What is remembered while somebody is at the issuer: what its answer must match (RFC 7636, OpenID Connect Core 3.1.2.7). */
export const Signing = z.object({
  verifier: z.string(),
  state: z.string(),
  nonce: z.string(),
  /** Where to go on: a path of the console. */
  to: z.string(),
  begunAt: Instant,
});
export type Signing = z.infer<typeof Signing>;

/** Seals a value for a cookie: JWE with a direct key and AES-256-GCM (RFC 7516, RFC 7518 4.5 and 5.3), under the newest key. */
export async function seal(
  value: Session | Signing,
  purpose: 'session' | 'signing',
  [newest]: readonly SessionKey[],
): Promise<string> {
  if (newest === undefined) {
    throw new TypeError('there is no key to seal a session with');
  }
  return new EncryptJWT({ value })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: newest.id })
    .setAudience(purpose)
    .encrypt(base64url.decode(newest.secret));
}

/** What a cookie holds, or undefined for one that we did not seal, that is too old, or that was sealed for something else. */
export async function open<T extends Session | Signing>(
  schema: z.ZodType<T>,
  purpose: 'session' | 'signing',
  cookie: string | undefined,
  keys: readonly SessionKey[],
  now: Instant,
): Promise<T | undefined> {
  const payload = cookie === undefined ? undefined : await decrypted(cookie, purpose, keys);
  const value = schema.safeParse(payload);
  if (!value.success) {
    return undefined;
  }
  const lasts = purpose === 'session' ? SESSION_HOURS * 60 : SIGNING_MINUTES;
  return now < later(value.data.begunAt, lasts * 60_000) ? value.data : undefined;
}

async function decrypted(cookie: string, audience: string, keys: readonly SessionKey[]): Promise<unknown> {
  try {
    const { payload } = await jwtDecrypt(
      cookie,
      ({ kid }) => {
        const key = keys.find(({ id }) => id === kid);
        if (key === undefined) {
          throw new errors.JWEDecryptionFailed();
        }
        return base64url.decode(key.secret);
      },
      { audience, keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
    );
    return payload['value'];
  } catch (error) {
    if (error instanceof errors.JOSEError) {
      // Somebody else's cookie, a changed one, or one of a key that is gone: nobody is signed in by it.
      return undefined;
    }
    throw error;
  }
}
