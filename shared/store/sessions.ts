import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { Instant, later } from '#domain/time/time.ts';
import { commit, settled } from './commit.ts';
import { stateKey } from './keys.ts';
import { saved } from './records.ts';
import { load, type StateTable } from './store.ts';

const ID = 'console';
/** 256 bits, for A256GCM. */
const KEY_BYTES = 32;
const KEY_DAYS = 30;
const DAY = 86_400_000;

const SessionKey = z.object({ id: z.string(), secret: z.base64url(), madeAt: Instant });
/** What seals sessions now, and what sealed those that are still open. */
export type SessionKey = z.infer<typeof SessionKey>;
const SessionKeys = z.object({
  id: z.literal(ID),
  version: z.int(),
  keys: z.array(SessionKey).min(1),
});

/**
 * The keys of the console's sessions, newest first. Made at the first use and again every 30 days, with the one before
 * kept to open what it sealed: nobody has to make, store or change them, and no other function's role can read them.
 */
export async function sessionKeys(store: StateTable, at: Instant): Promise<readonly SessionKey[]> {
  return settled(async () => {
    const known = await load(store, SessionKeys, stateKey('SESSION-KEYS', ID));
    const [newest] = known?.keys ?? [];
    if (known !== undefined && newest !== undefined && at < later(newest.madeAt, KEY_DAYS * DAY)) {
      return known.keys;
    }
    const version = (known?.version ?? 0) + 1;
    const fresh = { id: String(version), secret: randomBytes(KEY_BYTES).toString('base64url'), madeAt: at };
    const keys = [fresh, ...(newest === undefined ? [] : [newest])];
    const record = { id: ID, version, keys };
    await commit(store, { at, writes: [saved('SESSION-KEYS', record)], events: [] });
    return keys;
  });
}

const SignedOut = z.object({ id: z.string(), version: z.int(), at: Instant });

/** Since when a person's earlier sessions do not count; undefined for whoever never signed out everywhere. */
export async function signedOutAt(store: StateTable, staffNo: string): Promise<Instant | undefined> {
  return (await load(store, SignedOut, stateKey('SIGNED-OUT', staffNo)))?.at;
}

/** From now on no session of the person that was begun before counts, on whatever device. */
export async function signOutEverywhere(store: StateTable, staffNo: string, at: Instant): Promise<void> {
  await settled(async () => {
    const known = await load(store, SignedOut, stateKey('SIGNED-OUT', staffNo));
    const record = { id: staffNo, version: (known?.version ?? 0) + 1, at };
    await commit(store, {
      at,
      writes: [saved('SIGNED-OUT', record)],
      events: [],
    });
  });
}
