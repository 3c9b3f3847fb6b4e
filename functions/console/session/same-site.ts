import type { HttpRequest } from '#web/request.ts';

/**
 * Whether a form was sent by a page of ours. Browsers say so themselves in `sec-fetch-site` (Fetch Metadata), older ones
 * in `origin`, and no page can change either; the cookie's SameSite=Lax stands behind it. No token in the form: it would
 * make a form that outlives its session, or is open in two tabs, worthless, with all that was typed into it.
 */
export function isSentByUs({ headers }: HttpRequest, ownOrigin: string): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined ? headers['origin'] === ownOrigin : site === 'same-origin';
}
