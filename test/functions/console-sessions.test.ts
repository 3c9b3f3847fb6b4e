import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Cookies } from '#console/session/cookies.ts';
import { Session, Signing, open, seal } from '#console/session/session.ts';
import { Instant, later } from '#domain/time/time.ts';
import { makeIssuer } from '#infra/local/issuer/issuer.ts';
import { sessionKeys, type SessionKey } from '#store/sessions.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';

const ORIGIN = 'https://mingchou.example.org';
const NOW = Instant.parse('2026-03-02T01:30:00.000Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const Address = z.custom<AddressInfo>((value) => typeof value === 'object' && value !== null);

const cookies = new Cookies(ORIGIN);
let keys: readonly SessionKey[];
let serve: (event: unknown) => Promise<unknown>;
let server: Server;
let issuer: string;

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  issuer = `http://127.0.0.1:${Address.parse(server.address()).port}/issuer`;
  const real = await makeIssuer(
    issuer,
    'mingchou',
    [{ id: 'GX-001', name: '张三' }],
    undefined,
    () => undefined,
  );
  server.on('request', (request, response) => {
    void real.answer(request, response);
  });
  const { state } = await openDatabase();
  Object.assign(process.env, {
    ORIGIN,
    SIGN_IN: JSON.stringify({
      issuer,
      client: 'mingchou-console',
      scope: 'openid offline_access',
      parameters: {},
    }),
  });
  keys = await sessionKeys(state, NOW);
  serve = await handlerOf('console');
});
afterAll(() => {
  server.close();
});

const sessionOf = (change: Partial<Session> = {}): Session => ({
  staffNo: 'GX-001',
  name: '张三',
  role: 'inspector',
  unit: '商务综合执法大队',
  begunAt: NOW,
  accessToken: 'access',
  ...change,
});
const signingTo = (to: string): Signing => ({
  verifier: 'v'.repeat(43),
  state: 's',
  nonce: 'n',
  to,
  begunAt: NOW,
});

/** What a browser sends back of lines of `set-cookie`: name and value. */
const sentBack = (lines: readonly string[]): string[] =>
  lines.map((line) => line.split('; ')[0] ?? '').filter((pair) => !pair.endsWith('='));
/** The cookie of a session, as a browser sends it. */
const signedIn = async (session = sessionOf()): Promise<string[]> =>
  sentBack(cookies.set('session', await seal(session, 'session', keys)));

interface Asking {
  readonly cookies?: readonly string[];
  readonly query?: string;
  readonly at?: Instant;
}
const get = async (path: string, asking: Asking = {}) =>
  answerOf(await serve(gatewayEvent({ route: 'GET /console/{page+}', path: `/console${path}`, ...asking })));

interface Sending extends Asking {
  readonly headers?: Readonly<Record<string, string>>;
}
const OURS = { 'sec-fetch-site': 'same-origin' };
/** Sends a form with a reason in it. */
const post = async (path: string, { headers = OURS, ...asking }: Sending = {}) =>
  answerOf(
    await serve(
      gatewayEvent({
        route: 'POST /console/{page+}',
        path: `/console${path}`,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams({
          '.action': 'dismiss',
          '.once': 'once-7',
          reason: '重复<投诉>',
        }).toString(),
        ...asking,
      }),
    ),
  );

/** Who the console takes a browser with these cookies for: a page that there is not needs no other answer to say so. */
async function whoIs(sent: readonly string[], at = NOW): Promise<string> {
  const { statusCode, body, headers } = await get('/no-such-page', { cookies: sent, at });
  if (statusCode === 303) return headers['location'] ?? '';
  return /<span class="who">([^<]*)/.exec(body)?.[1] ?? `answered ${statusCode}`;
}
const NOBODY = '/console/sign-in?to=%2Fconsole%2Fno-such-page';

describe('the cookie of a session', () => {
  it('signs in whoever it was sealed for, for 12 hours', async () => {
    const cookie = await signedIn();
    expect(await whoIs(cookie)).toBe('张三 · 执法检查人员');
    expect(await whoIs(cookie, later(NOW, 12 * HOUR - 1))).toBe('张三 · 执法检查人员');
    expect(await whoIs(cookie, later(NOW, 12 * HOUR))).toBe(NOBODY);
  });

  it('signs nobody in when a character of it is another, or when half of it is missing', async () => {
    const [cookie = ''] = await signedIn();
    for (const place of [30, 70, cookie.length - 30]) {
      const other = cookie[place] === 'A' ? 'B' : 'A';
      expect(await whoIs([cookie.slice(0, place) + other + cookie.slice(place + 1)])).toBe(NOBODY);
    }
    expect(await whoIs([cookie.slice(0, cookie.length / 2)])).toBe(NOBODY);
    expect(await whoIs(['__Host-mingchou=x'])).toBe(NOBODY);
    expect(await whoIs([])).toBe(NOBODY);
  });

  it('signs nobody in that another installation sealed, though its key has the same number', async () => {
    const foreign = [
      { id: keys[0]?.id ?? '', secret: Buffer.alloc(32, 7).toString('base64url'), madeAt: NOW },
    ];
    const sealed = await seal(sessionOf(), 'session', foreign);
    expect(await open(Session, 'session', sealed, foreign, NOW)).toEqual(sessionOf());
    expect(await whoIs(sentBack(cookies.set('session', sealed)))).toBe(NOBODY);
  });

  it('is not what is remembered while one signs in, even under the name of the other', async () => {
    const signing = await seal(signingTo('/console'), 'signing', keys);
    expect(await whoIs(sentBack(cookies.set('session', signing)))).toBe(NOBODY);
    const asSession = await seal(sessionOf(), 'signing', keys);
    expect(await whoIs(sentBack(cookies.set('session', asSession)))).toBe(NOBODY);
    const session = await seal(sessionOf(), 'session', keys);
    expect(await open(Signing, 'signing', session, keys, NOW)).toBeUndefined();
  });

  it('shows nothing of what is in it', async () => {
    const sealed = await seal(sessionOf({ accessToken: 'the-token-of-zhang' }), 'session', keys);
    const readable = sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString('utf8'));
    expect(readable.join('')).not.toContain('the-token-of-zhang');
    expect(JSON.parse(readable[0] ?? '')).toEqual({ alg: 'dir', enc: 'A256GCM', kid: keys[0]?.id });
  });

  it('is kept from scripts, other sites and plain http, and bound to this host on https only', () => {
    expect(cookies.set('session', 'abc')).toEqual([
      '__Host-mingchou=abc; Path=/; HttpOnly; SameSite=Lax; Secure',
      '__Host-mingchou-1=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0',
    ]);
    expect(new Cookies('http://127.0.0.1:3000').set('signing', 'abc')).toEqual([
      'mingchou-signing=abc; Path=/; HttpOnly; SameSite=Lax',
      'mingchou-signing-1=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
    ]);
  });

  it('is cut into two when the tokens are long, each below the 4,096 bytes that browsers keep', async () => {
    const long = sessionOf({ accessToken: 'x'.repeat(3_000) });
    const lines = cookies.set('session', await seal(long, 'session', keys));
    expect(lines.map((line) => line.slice(0, line.indexOf('=')))).toEqual([
      '__Host-mingchou',
      '__Host-mingchou-1',
    ]);
    expect(lines.every((line) => line.length < 4_096)).toBe(true);
    expect(await whoIs(sentBack(lines))).toBe('张三 · 执法检查人员');
    expect(await whoIs(sentBack(lines).slice(0, 1))).toBe(NOBODY);
  });

  it('leaves no piece of a longer one behind', async () => {
    const short = cookies.set('session', await seal(sessionOf(), 'session', keys));
    expect(short[1]).toBe('__Host-mingchou-1=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0');
    expect(cookies.clear('session').every((line) => line.endsWith('Max-Age=0'))).toBe(true);
  });

  it('is an error to whoever runs the installation when it would not fit into two', () => {
    expect(() => cookies.set('session', 'x'.repeat(7_201))).toThrow('the session takes 7201 bytes');
  });
});

describe('signing in', () => {
  /** Where the console would lead on to after signing in, as it remembers it itself. */
  async function ledTo(query: string): Promise<string | undefined> {
    const { statusCode, headers, cookies: lines = [] } = await get('/sign-in', { query });
    expect([statusCode, headers['location']?.startsWith(`${issuer}/auth?`)]).toEqual([303, true]);
    const sealed = /^__Host-mingchou-signing=([^;]+)/.exec(lines[0] ?? '')?.[1];
    return (await open(Signing, 'signing', sealed, keys, NOW))?.to;
  }

  it('leads to the issuer with a challenge, a state and a nonce of its own each time', async () => {
    const asked = await Promise.all(
      [1, 2].map(async () => new URL((await get('/sign-in')).headers['location'] ?? '').searchParams),
    );
    for (const query of asked) {
      expect(Object.fromEntries(query)).toMatchObject({
        client_id: 'mingchou-console',
        response_type: 'code',
        redirect_uri: `${ORIGIN}/console/callback`,
        code_challenge_method: 'S256',
        scope: 'openid offline_access',
      });
    }
    for (const name of ['code_challenge', 'state', 'nonce']) {
      expect(new Set(asked.map((query) => query.get(name))).size).toBe(2);
    }
  });

  it('goes on to a page of the console', async () => {
    const to = (path: string) => ledTo(`to=${encodeURIComponent(path)}`);
    expect(await to('/console')).toBe('/console');
    expect(await to('/console/triggers/T-1?after=x%2F1&status=received')).toBe(
      '/console/triggers/T-1?after=x%2F1&status=received',
    );
  });

  it.each([
    'https://evil.example.com/console',
    '//evil.example.com/console',
    '/\\evil.example.com',
    '/console//evil.example.com',
    '/console/..\\evil.example.com',
    '/consoles',
    '/console@evil.example.com',
    '/console.evil.example.com',
    '/public',
    'javascript:alert(1)',
    '/console/\r\nset-cookie: a=b',
    '/console/"><script>',
    ' /console/triggers',
    '',
  ])('goes on to nothing but a page of the console: %j', async (to) => {
    expect(await ledTo(`to=${encodeURIComponent(to)}`)).toBe('/console');
  });

  it('begins anew when the browser comes back to what it never began here, or too late', async () => {
    expect(await get('/callback', { query: 'code=x&state=s' })).toMatchObject({
      statusCode: 303,
      headers: { location: '/console/sign-in' },
    });
    const began = sentBack(cookies.set('signing', await seal(signingTo('/console'), 'signing', keys)));
    const late = await get('/callback', {
      query: 'code=x&state=s',
      cookies: began,
      at: later(NOW, 15 * MINUTE),
    });
    expect([late.statusCode, late.headers['location']]).toEqual([303, '/console/sign-in']);
  });

  it('lets nobody in with a state, a code or an issuer that does not belong to what was begun', async () => {
    const began = sentBack(cookies.set('signing', await seal(signingTo('/console'), 'signing', keys)));
    for (const query of ['code=x&state=other', 'code=none&state=s', 'error=access_denied&state=s', '']) {
      const answer = await get('/callback', { query, cookies: began });
      expect([query, answer.statusCode]).toEqual([query, 400]);
      expect(answer.body).toContain('登录未完成，请重新登录。');
      expect(answer.cookies).toEqual([
        '__Host-mingchou-signing=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0',
        '__Host-mingchou-signing-1=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0',
      ]);
    }
  });
});

describe('a form', () => {
  const status = async (headers: Readonly<Record<string, string>>) =>
    (await post('/no-such-page', { headers, cookies: await signedIn() })).statusCode;

  it('is taken from a page of this site, by what the browser says or, in older ones, by its origin', async () => {
    expect(await status({ 'sec-fetch-site': 'same-origin' })).toBe(404);
    expect(await status({ origin: ORIGIN })).toBe(404);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example.com' }],
    ['a sister host', { 'sec-fetch-site': 'same-site', origin: 'https://other.example.org' }],
    ['an address that was typed', { 'sec-fetch-site': 'none' }],
    ['a site that forges the origin beside it', { 'sec-fetch-site': 'cross-site', origin: ORIGIN }],
    ['another origin of an older browser', { origin: 'https://evil.example.com' }],
    ['the same host over http', { origin: 'http://mingchou.example.org' }],
    ['a frame without an origin', { origin: 'null' }],
    ['a program that says neither', {}],
  ])('is refused from %s', async (_, headers) => {
    const answer = await post('/no-such-page', { headers, cookies: await signedIn() });
    expect([answer.statusCode, z.object({ type: z.string() }).parse(JSON.parse(answer.body)).type]).toEqual([
      403,
      'urn:mingchou:problem:other-site',
    ]);
  });

  it('can sign nobody out from another site', async () => {
    const answer = await post('/sign-out-everywhere', {
      headers: { 'sec-fetch-site': 'cross-site' },
      cookies: await signedIn(),
    });
    expect([answer.statusCode, answer.cookies]).toEqual([403, undefined]);
    expect(await whoIs(await signedIn())).toBe('张三 · 执法检查人员');
  });

  it('of an ended session keeps what was typed, escaped, with its number and where it goes', async () => {
    const { statusCode, body } = await post('/triggers/T-1', { query: 'a=1' });
    expect(statusCode).toBe(401);
    for (const part of [
      '<form method="post" action="/console/triggers/T-1?a=1">',
      'name=".action" value="dismiss"',
      'name=".once" value="once-7"',
      'name="reason" value="重复&lt;投诉>"',
    ]) {
      expect(body).toContain(part);
    }
  });

  it('is refused when it is none', async () => {
    const answer = await post('/no-such-page', {
      headers: { ...OURS, 'Content-Type': 'application/json' },
    });
    expect([answer.statusCode, z.object({ type: z.string() }).parse(JSON.parse(answer.body)).type]).toEqual([
      415,
      'urn:mingchou:problem:media-type-unsupported',
    ]);
  });
});

describe('a page', () => {
  it('may be kept by nobody, framed by nobody, and runs no script but the site’s own', async () => {
    const { headers } = await get('/no-such-page', { cookies: await signedIn() });
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self'",
    );
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });
});

describe('signing out', () => {
  it('takes the session from the browser and ends the issuer’s own', async () => {
    const { statusCode, headers, cookies: lines } = await post('/sign-out', { cookies: await signedIn() });
    expect(statusCode).toBe(303);
    expect(headers['location']?.split('?')[0]).toBe(`${issuer}/session/end`);
    expect(new URL(headers['location'] ?? '').searchParams.get('post_logout_redirect_uri')).toBe(
      `${ORIGIN}/console/signed-out`,
    );
    expect(lines).toEqual(cookies.clear('session'));
    // A session on another device is another matter.
    expect(await whoIs(await signedIn())).toBe('张三 · 执法检查人员');
  });

  it('everywhere ends every session of the person that was begun before, and of nobody else', async () => {
    const before = await signedIn(sessionOf({ begunAt: later(NOW, -HOUR) }));
    const other = await signedIn(sessionOf({ staffNo: 'GX-002', name: '李四', begunAt: later(NOW, -HOUR) }));
    expect([await whoIs(before), await whoIs(other)]).toEqual(['张三 · 执法检查人员', '李四 · 执法检查人员']);
    await post('/sign-out-everywhere', { cookies: await signedIn() });
    expect([await whoIs(before), await whoIs(other)]).toEqual([NOBODY, '李四 · 执法检查人员']);
    expect(await whoIs(await signedIn(sessionOf({ begunAt: later(NOW, 1_000) })), later(NOW, 2_000))).toBe(
      '张三 · 执法检查人员',
    );
  });

  it('of nobody ends at the same page', async () => {
    const { statusCode, headers } = await post('/sign-out');
    expect([statusCode, headers['location']]).toEqual([303, '/console/signed-out']);
    expect((await get('/signed-out')).body).toContain('重新登录');
  });
});
