import { beforeAll, describe, expect, it } from 'vitest';
import { Session, open, seal } from '#console/session/session.ts';
import { Instant } from '#domain/time/time.ts';
import { sessionKeys, signedOutAt, signOutEverywhere } from '#store/sessions.ts';
import type { StateTable } from '#store/store.ts';
import { openDatabase } from '../support/database.ts';

const at = (text: string) => Instant.parse(text);
const FIRST = at('2026-03-02T01:30:00.000Z');

let state: StateTable;

beforeAll(async () => {
  ({ state } = await openDatabase());
});

const sessionBegun = (begunAt: Instant): Session => ({
  staffNo: 'GX-001',
  name: '张三',
  role: 'inspector',
  unit: '商务综合执法大队',
  begunAt,
  accessToken: 'access',
});

describe('the keys of sessions', () => {
  it('are made once, by whoever asks first, and last 30 days', async () => {
    const made = await Promise.all([1, 2, 3, 4].map(async () => sessionKeys(state, FIRST)));
    expect(new Set(made.map((keys) => JSON.stringify(keys))).size).toBe(1);
    expect(made[0]?.map(({ id, madeAt }) => [id, madeAt])).toEqual([['1', '2026-03-02T01:30:00.000Z']]);
    expect(Buffer.from(made[0]?.[0]?.secret ?? '', 'base64url')).toHaveLength(32);
    expect(await sessionKeys(state, at('2026-04-01T01:29:59.999Z'))).toEqual(made[0]);
  });

  it('are another after 30 days, which seals; the one before still opens, and the one before that no more', async () => {
    const opened = async (cookie: string, keys: Awaited<ReturnType<typeof sessionKeys>>, now: Instant) =>
      (await open(Session, 'session', cookie, keys, now))?.staffNo;

    const first = await sessionKeys(state, FIRST);
    const month = at('2026-04-01T01:30:00.000Z');
    const sealedBefore = await seal(sessionBegun(at('2026-04-01T01:00:00.000Z')), 'session', first);
    const second = await sessionKeys(state, month);
    expect(second.map(({ id }) => id)).toEqual(['2', '1']);
    expect(await opened(sealedBefore, second, month)).toBe('GX-001');

    const sealedAfter = await seal(sessionBegun(month), 'session', second);
    expect(await opened(sealedAfter, first, month)).toBeUndefined();

    const later = at('2026-05-01T01:30:00.000Z');
    const sealedLong = await seal(sessionBegun(later), 'session', first);
    const third = await sessionKeys(state, later);
    expect(third.map(({ id }) => id)).toEqual(['3', '2']);
    expect(await opened(sealedLong, third, later)).toBeUndefined();
  });
});

describe('signing out everywhere', () => {
  it('is remembered with its time for the person, and with the later one when they do it again', async () => {
    expect(await signedOutAt(state, 'GX-001')).toBeUndefined();
    await signOutEverywhere(state, 'GX-001', FIRST);
    await signOutEverywhere(state, 'GX-001', at('2026-03-03T01:30:00.000Z'));
    expect(await signedOutAt(state, 'GX-001')).toBe('2026-03-03T01:30:00.000Z');
    expect(await signedOutAt(state, 'GX-002')).toBeUndefined();
  });
});
