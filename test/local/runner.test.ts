import { createServer } from 'node:http';
import { SignJWT, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Runner, startRunner } from '../../infra/local/runner.ts';
import { at, calls, putItems, start } from './fixture/harness.ts';
import { synthesizeFixture } from './fixture/stack.ts';
import { later } from '#domain/time/time.ts';

let assembly: string;
let runner: Runner;
/** For each schedule that fired: when it was due, and where the clock stood. */
const fired: [string | undefined, string][] = [];
beforeAll(async () => {
  assembly = await synthesizeFixture();
  runner = await start(assembly, {
    onDeliver: ({ kind, id }) => {
      if (kind === 'schedule') fired.push([id.split('/')[1], runner.now()]);
      return 1;
    },
    addWorkingDays: (from, days) => later(from, days * 86_400_000),
  });
});
afterAll(async () => {
  await runner.stop();
});
const get = async (path: string, init?: RequestInit): Promise<Response> => fetch(runner.url + path, init);
const secret = async (token?: string): Promise<[number, unknown]> => {
  const answer = await get(
    '/secret',
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  );
  return [answer.status, await answer.json()];
};
const refused = [401, { message: 'Unauthorized' }];
const post = async (path: string, body: unknown, type = 'application/json'): Promise<[number, unknown]> => {
  const answer = await get(path, {
    method: 'POST',
    headers: { 'content-type': type },
    body: JSON.stringify(body),
  });
  return [answer.status, await answer.json()];
};

describe('the HTTP API', () => {
  test('hands a function the event of payload format 2.0', async () => {
    const answer = await get('/things/%E6%8A%BD?a=1&a=2&b=%20', {
      method: 'PUT',
      headers: { 'content-type': 'application/json; charset=utf-8', 'X-One': 'y', cookie: 'k=v; l=w' },
      body: '{"x":"查"}',
    });
    const event = await answer.json();
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /things/{id}',
      rawPath: '/things/抽',
      rawQueryString: 'a=1&a=2&b=%20',
      cookies: ['k=v', 'l=w'],
      queryStringParameters: { a: '1,2', b: ' ' },
      pathParameters: { id: '抽' },
      body: '{"x":"查"}',
      isBase64Encoded: false,
      requestContext: {
        http: { method: 'PUT', path: '/things/抽', sourceIp: '127.0.0.1' },
        stage: '$default',
        time: '02/Mar/2026:01:30:00 +0000',
        timeEpoch: 1_772_415_000_000,
      },
    });
    expect(event.headers['x-one']).toBe('y');
    expect(event.headers).not.toHaveProperty('cookie');
  });

  test.each([
    ['application/x-www-form-urlencoded', true],
    ['application/cloudevents+json', true],
    ['application/octet-stream', true],
    ['text/csv', false],
    ['application/xml', false],
  ])('a body of type %s is base64: %s', async (type, encoded) => {
    const event = await (
      await get('/things/1', { method: 'POST', headers: { 'content-type': type }, body: 'a=b' })
    ).json();
    expect([event.isBase64Encoded, event.body]).toEqual([encoded, encoded ? 'YT1i' : 'a=b']);
  });

  test('sends status, headers and cookies of the answer', async () => {
    const answer = await putItems(runner, []);
    expect([answer.status, answer.headers.get('x-kind'), answer.headers.getSetCookie()]).toEqual([
      202,
      'items',
      ['a=1', 'b=2'],
    ]);
  });

  test('decodes a base64 answer', async () => {
    expect([...new Uint8Array(await (await get('/binary')).arrayBuffer())]).toEqual([1, 2, 255]);
  });

  test.each([['/fail'], ['/die'], ['/hang']])(
    'a function that fails (%s) is a 500 that says nothing',
    async (path) => {
      const answer = await get(path);
      expect([answer.status, await answer.json()]).toEqual([500, { message: 'Internal Server Error' }]);
      expect((await get('/things/next')).status).toBe(200);
    },
  );

  test('a function sees its own environment and nothing of its parent', async () => {
    process.env['PARENT_SECRET'] = 'x';
    const environment = await (await get('/environment')).json();
    expect(environment).not.toHaveProperty('PARENT_SECRET');
    expect(environment).not.toHaveProperty('HOME');
    expect(environment).toMatchObject({ TZ: 'UTC', AWS_REGION: 'cn-north-1', BUS_NAME: 'fixture-bus' });
    expect(environment.AWS_ENDPOINT_URL_DYNAMODB).toBe(runner.dynamodb.endpoint);
  });

  test('more than 10 MB are a 413', async () => {
    const answer = await get('/things/1', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: 'x'.repeat(10 * 1024 * 1024 + 1),
    });
    expect([answer.status, await answer.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  });

  test('a path without a route is a 404, and one that can not be decoded a 400', async () => {
    expect((await get('/items', { method: 'DELETE' })).status).toBe(404);
    expect((await get('/things/%E6%8A')).status).toBe(400);
  });
});

describe('the JWT authorizer', () => {
  test('lets a person in with a token of the local issuer, and hands the claims on as texts', async () => {
    const [status, event] = await secret(await runner.issuer?.token('zhang'));
    expect(status).toBe(200);
    expect(event).toMatchObject({
      requestContext: {
        authorizer: {
          jwt: { claims: { sub: 'zhang', aud: 'fixture-api', iss: `${runner.url}/oidc` }, scopes: null },
        },
      },
    });
  });

  test('refuses no token, an empty one and nonsense', async () => {
    expect(await secret()).toEqual(refused);
    expect(await secret('')).toEqual(refused);
    expect(await secret('a.b.c')).toEqual(refused);
  });

  test('refuses a token that was changed', async () => {
    const token = (await runner.issuer?.token('zhang')) ?? '';
    const [head, claims = '', signature] = token.split('.');
    const other = Buffer.from(
      Buffer.from(claims, 'base64url').toString().replace('"sub":"zhang"', '"sub":"li"'),
    ).toString('base64url');
    expect(await secret([head, other, signature].join('.'))).toEqual(refused);
  });

  test("refuses a token that somebody else's key signed", async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const forged = await new SignJWT({ aud: 'fixture-api', sub: 'zhang' })
      .setProtectedHeader({ alg: 'RS256', kid: 'x' })
      .setIssuer(`${runner.url}/oidc`)
      .setExpirationTime('1h')
      .sign(privateKey);
    expect(await secret(forged)).toEqual(refused);
  });

  test('a wrong client secret gets no token', async () => {
    const answer = await get('/oidc/token', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'zhang',
        client_secret: 'wrong',
      }),
    });
    expect(answer.status).toBe(401);
  });
});

test('an issuer elsewhere is asked for its keys; audience and expiry count', async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const { exportJWK } = await import('jose');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256', use: 'sig' };
  let issuer = '';
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(request.url === '/jwks' ? { keys: [jwk] } : { issuer, jwks_uri: `${issuer}/jwks` }),
    );
  });
  // 127.0.0.2 stands for another machine: the runner serves only issuers of 127.0.0.1 and localhost itself.
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve));
  const address = server.address();
  issuer = `http://127.0.0.2:${typeof address === 'object' ? address?.port : ''}`;
  const other = await startRunner({
    assembly: await synthesizeFixture({ issuer }),
    clock: { frozen: true },
    dynamodb: { endpoint: runner.dynamodb.endpoint, accessKeyId: 'otherissuer' },
  });
  try {
    expect(other.issuer).toBeUndefined();
    const sign = async (audience: string, expires: number): Promise<number> => {
      const token = await new SignJWT({ sub: 'li' })
        .setProtectedHeader({ alg: 'RS256', kid: 'k' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + expires)
        .sign(privateKey);
      return (await fetch(`${other.url}/secret`, { headers: { authorization: `Bearer ${token}` } })).status;
    };
    expect(await sign('fixture-api', 60)).toBe(200);
    expect(await sign('other-api', 60)).toBe(401);
    expect(await sign('fixture-api', -60)).toBe(401);
  } finally {
    await other.stop();
    server.close();
  }
});

describe('events and streams', () => {
  test('an item goes through stream, relay and bus to the consumer', async () => {
    await putItems(runner, [{ id: 'first', kind: 'plain' }]);
    await runner.settle();
    expect(await calls(runner, 'consumer')).toContain('first');
  });

  test('an event that always fails is tried once more and then kept in the queue with its error', async () => {
    await putItems(runner, [{ id: 'bad', kind: 'poison' }]);
    await runner.settle();
    expect((await calls(runner, 'consumer')).filter((id) => id === 'bad')).toEqual(['bad', 'bad']);
    const letter = runner.deadLetters().find((candidate) => candidate.kind === 'event');
    expect(letter).toMatchObject({
      attempts: 2,
      reason: 'Error: poison bad',
      at: '2026-03-02T01:30:00.000Z',
    });
    expect(letter?.queue).toMatch(/^Failures/);
    expect(letter?.payload).toMatchObject({
      'detail-type': 'ItemPut',
      detail: { id: 'bad' },
      time: '2026-03-02T01:30:00Z',
    });
    expect(letter?.body).toMatchObject({
      requestContext: { condition: 'RetriesExhausted' },
      responsePayload: { errorMessage: 'poison bad' },
    });
  });

  test('a record that fails its batch ends alone in the queue; its neighbours are handled', async () => {
    const kinds = ['batch', 'batch-throw', 'batch', 'batch'];
    await putItems(
      runner,
      kinds.map((kind, index) => ({ id: `t${index}`, kind })),
    );
    await runner.settle();
    const letters = runner.deadLetters().filter((letter) => letter.kind === 'stream');
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({
      attempts: 3,
      reason: 'Error: batch refused',
      payload: [{ dynamodb: { NewImage: { pk: { S: 't1' } } } }],
    });
    const seen = await calls(runner, 'batcher');
    expect(seen.filter((ids) => ids === 't1')).toHaveLength(3);
    expect(new Set(seen.join(' ').split(' '))).toEqual(new Set(['t0', 't1', 't2', 't3']));
  });

  test('a record that is reported as failed does not hold back those before it', async () => {
    await putItems(runner, [
      { id: 'p0', kind: 'batch' },
      { id: 'p1', kind: 'batch-bad' },
    ]);
    await runner.settle();
    const seen = (await calls(runner, 'batcher')).filter((ids) => ids.startsWith('p'));
    expect(seen.filter((ids) => ids.includes('p0'))).toHaveLength(1);
    expect(runner.deadLetters().at(-1)).toMatchObject({
      reason: 'the function reported the record as failed',
      payload: [{ dynamodb: { NewImage: { pk: { S: 'p1' } } } }],
    });
  });

  test('stream records carry the time of the virtual clock', async () => {
    expect((await calls(runner, 'batch-time'))[0]).toBe('1772415000');
  });

  test('settle ends only after everything that follows from many writes, again and again', async () => {
    for (let round = 0; round < 5; round += 1) {
      const items = Array.from({ length: 20 }, (_, index) => ({
        id: `load-${round}-${index}`,
        kind: 'chain-2',
      }));
      await putItems(runner, items);
      await runner.settle();
      const seen = (await calls(runner, 'consumer')).filter((id) => id.startsWith(`load-${round}-`));
      expect(seen).toHaveLength(60);
    }
  });

  test('messages are shown in Chinese, escaped, and as JSON when asked', async () => {
    await putItems(runner, [{ id: 'm<script>', kind: 'message' }]);
    await runner.settle();
    const page = await (await get('/_local/messages')).text();
    expect(page).toContain('<h1>消息');
    expect(page).toContain('张三');
    expect(page).toContain('&lt;b>提醒&lt;/b>');
    expect(page).not.toContain('<script>');
    const list = await (await get('/_local/messages', { headers: { accept: 'application/json' } })).json();
    expect(list).toMatchObject([
      { recipient: '张三', subject: '<b>提醒</b>', text: 'm<script>', time: '2026-03-02T01:30:00Z' },
    ]);
  });
});

describe('the control endpoints', () => {
  test('a command that is no JSON is refused, so that no foreign page can send one', async () => {
    expect((await post('/_local/clock/advance', { hours: 1 }, 'text/plain'))[0]).toBe(415);
    expect(runner.now()).toBe('2026-03-02T01:30:00.000Z');
  });

  test('the clock advances by hours, by working days and to an instant, but never back', async () => {
    expect(await post('/_local/clock/advance', { hours: 0.25 })).toEqual([
      200,
      { now: '2026-03-02T01:45:00.000Z' },
    ]);
    expect((await post('/_local/clock/advance', { to: '2026-03-01T00:00:00.000Z' }))[0]).toBe(409);
    expect((await post('/_local/clock/advance', { hours: -1 }))[0]).toBe(400);
    expect(await post('/_local/clock/advance', { workingDays: 1 })).toEqual([
      200,
      { now: '2026-03-03T01:45:00.000Z' },
    ]);
    expect(await (await get('/_local/clock')).json()).toEqual({
      now: '2026-03-03T01:45:00.000Z',
      frozen: true,
    });
  });

  test('the index, the dead letters and settle answer', async () => {
    expect(await (await get('/_local')).text()).toContain('本机运行');
    expect(await (await get('/_local/dead-letters')).text()).toContain('poison bad');
    expect(await post('/_local/settle', {})).toEqual([200, { now: runner.now() }]);
    expect((await post('/_local/token', { person: 'nobody' }))[0]).toBe(409);
  });

  test('a name that only points at this machine is refused', async () => {
    const { request } = await import('node:http');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(`${runner.url}/_local/clock`, { headers: { host: 'evil.example' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });
});

test('advancing fires every schedule at its own time, in order, with the clock standing there', async () => {
  const before = (await calls(runner, 'tick')).length;
  await runner.advance(at('2026-03-07T12:00:00.000Z'));
  const ticks = (await calls(runner, 'tick'))
    .slice(before)
    .map((line) => line.replace(/^([A-Z][a-z]+)\w*/, '$1'));
  expect(runner.now()).toBe('2026-03-07T12:00:00.000Z');
  expect(ticks[0]).toBe('Hourly 2026-03-03T02:00:00Z');
  expect(ticks.filter((line) => line.startsWith('Morning'))).toEqual([
    'Morning 2026-03-04T00:00:00Z',
    'Morning 2026-03-05T00:00:00Z',
    'Morning 2026-03-06T00:00:00Z',
    'Morning 2026-03-07T00:00:00Z',
  ]);
  expect(ticks.filter((line) => line.startsWith('Hourly'))).toHaveLength(22 + 24 * 3);
  const times = ticks.map((line) => line.slice(-20));
  expect(times).toEqual(times.toSorted());
  expect(fired.length).toBeGreaterThanOrEqual(ticks.length);
  expect(fired.filter(([due, stood]) => due !== stood)).toEqual([]);
});

test('a token works after the clock was advanced by two months', async () => {
  const token = await runner.issuer?.token('zhang');
  const weekly = await synthesizeFixture({ tick: 'cron(0 1 ? * MON *)' });
  const other = await start(weekly, {
    dynamodb: { endpoint: runner.dynamodb.endpoint, accessKeyId: 'twomonths' },
  });
  try {
    const own = await other.issuer?.token('zhang');
    await other.advance(at('2026-05-02T01:30:00.000Z'));
    expect((await fetch(`${other.url}/secret`, { headers: { authorization: `Bearer ${own}` } })).status).toBe(
      200,
    );
    expect(
      (await fetch(`${other.url}/secret`, { headers: { authorization: `Bearer ${token}` } })).status,
    ).toBe(401);
  } finally {
    await other.stop();
  }
});

test('a function can be called directly, and its failure is an error', async () => {
  const api = runner.functions.find((id) => id.startsWith('Api')) ?? '';
  expect(
    await runner.invoke(api, { rawPath: '/x', requestContext: { http: { method: 'GET' } } }),
  ).toMatchObject({ rawPath: '/x' });
  await expect(runner.invoke(api, { rawPath: '/fail' })).rejects.toThrow('failed: Error: on purpose');
  await expect(runner.invoke('Nobody', {})).rejects.toThrow('No function of the stack is called Nobody.');
});

test('a port that is taken is one clear line', async () => {
  const port = Number(new URL(runner.url).port);
  await expect(start(assembly, { port })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken: set PORT to another one.`,
  );
});
