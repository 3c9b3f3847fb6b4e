import { Cookies } from '#console/session/cookies.ts';
import { Issuer } from '#console/session/issuer.ts';
import type { Instant } from '#domain/time/time.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { sessionKeys, type SessionKey } from '#store/sessions.ts';
import { openState } from '#store/store.ts';

/** What the console opens at its first request and keeps. */
export const environment = once(() => environmentOf('console'));
export const store = once(() => openState(environment().STATE_TABLE));
export const cookies = once(() => new Cookies(environment().ORIGIN));
export const issuer = once(() => new Issuer(environment().SIGN_IN, environment().ORIGIN));

const KEPT_MS = 10 * 60_000;
let known: { readonly keys: readonly SessionKey[]; readonly until: number } | undefined;

/** The keys of sessions, looked up every ten minutes: a new one is used here a little later than elsewhere, and opened everywhere. */
export async function keys(at: Instant): Promise<readonly SessionKey[]> {
  const now = Date.parse(at);
  if (known === undefined || now >= known.until) {
    known = { keys: await sessionKeys(store(), at), until: now + KEPT_MS };
  }
  return known.keys;
}
