import * as z from 'zod';
import { Instant } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import { stateKey } from './keys.ts';
import { created, updated } from './records.ts';
import { load, type StateTable } from './store.ts';

/** A link under which a calendar can be read without signing in. Of its secret only the hash is kept. */
const Feed = z.object({
  id: z.string(),
  version: z.int().positive(),
  staffNo: z.string(),
  /** SHA-256 of the secret, in hex; absent once the link was taken back. */
  hash: z.string().optional(),
});
type Feed = z.infer<typeof Feed>;

/** Which link a person has; none once it was taken back. */
const CalendarLink = z.object({
  id: z.string(),
  version: z.int().positive(),
  feed: z.string().optional(),
  createdAt: Instant.optional(),
});
type CalendarLink = z.infer<typeof CalendarLink>;

function calendarLinkOf(store: StateTable, staffNo: string): Promise<CalendarLink | undefined> {
  return load(store, CalendarLink, stateKey('CALENDAR-LINK', staffNo));
}

export function loadFeed(store: StateTable, id: string): Promise<Feed | undefined> {
  return load(store, Feed, stateKey('FEED', id));
}

/**
 * Gives a person a new link, or none, and takes the one before back: both at once, so that a link that leaked is worthless
 * the moment another is shown.
 */
export async function replacedLink(
  store: StateTable,
  staffNo: string,
  next: { readonly feed: string; readonly hash: string; readonly at: Instant } | undefined,
): Promise<StateWrite[]> {
  const known = await calendarLinkOf(store, staffNo);
  const old = known?.feed === undefined ? undefined : await loadFeed(store, known.feed);
  const link: CalendarLink = {
    id: staffNo,
    version: (known?.version ?? 0) + 1,
    ...(next === undefined ? {} : { feed: next.feed, createdAt: next.at }),
  };
  const { id, version = 0 } = old ?? {};
  return [
    link.version === 1 ? created('CALENDAR-LINK', link) : updated('CALENDAR-LINK', link),
    ...(id === undefined ? [] : [updated('FEED', { id, version: version + 1, staffNo })]),
    ...(next === undefined ? [] : [created('FEED', { id: next.feed, version: 1, staffNo, hash: next.hash })]),
  ];
}
