import { describe, expect, it } from 'vitest';
import { answerOf, context, gatewayEvent } from './invoke.ts';
import { httpFunction, type RouteHandler } from '#lambda/http.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { json } from '#web/answer.ts';
import type { HttpRequest } from '#web/request.ts';

const ROUTE = 'GET /draws/{id}';

async function answer(handler: RouteHandler, event: Partial<Parameters<typeof gatewayEvent>[0]> = {}) {
  const lambda = httpFunction('cases', { [ROUTE]: handler });
  return answerOf(await lambda(gatewayEvent({ route: ROUTE, params: { id: 'D-1' }, ...event }), context));
}

/** The request that a handler is given for an event. */
async function seen(event: Partial<Parameters<typeof gatewayEvent>[0]>): Promise<HttpRequest> {
  const requests: HttpRequest[] = [];
  await answer((request) => {
    requests.push(request);
    return Promise.resolve(json(200, {}));
  }, event);
  const [request] = requests;
  if (request === undefined) {
    throw new Error('the handler was not called');
  }
  return request;
}

describe('an HTTP function', () => {
  it('gives its handler the request: route, parameters, query, headers in lower case, time of the gateway, person', async () => {
    const request = await seen({
      query: 'a=1&b=%E5%8A%A0',
      headers: { 'If-Match': '"3"' },
      person: 'GX-001',
    });
    expect(request).toMatchObject({
      route: ROUTE,
      method: 'GET',
      params: { id: 'D-1' },
      query: { a: '1', b: '加' },
      at: '2026-03-02T01:30:00.000Z',
      id: 'gateway-1',
      person: 'GX-001',
    });
    expect(request.headers['if-match']).toBe('"3"');
  });

  it('knows nobody when the route has no authorizer', async () => {
    expect((await seen({})).person).toBeUndefined();
  });

  it.each([
    ['as text', '{"a":"加"}', false],
    ['in base64', Buffer.from('{"a":"加"}').toString('base64'), true],
  ])('takes a body %s, byte for byte', async (_, body, base64) => {
    const request = await seen({ body, base64 });
    expect(Buffer.from(request.body).toString('utf8')).toBe('{"a":"加"}');
  });

  it('takes bytes that are no text', async () => {
    const bytes = Buffer.from([0xff, 0x00, 0xbc, 0xd3]);
    const request = await seen({ body: bytes.toString('base64'), base64: true });
    expect([...request.body]).toEqual([0xff, 0x00, 0xbc, 0xd3]);
  });

  it('answers with what the handler says, nosniff beside it', async () => {
    const answered = await answer(() => Promise.resolve(json(201, { ok: true }, { etag: '"1"' })));
    expect(answered).toEqual({
      statusCode: 201,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        etag: '"1"',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      },
      body: '{"ok":true}',
      isBase64Encoded: false,
    });
  });

  it('answers bytes in base64', async () => {
    const answered = await answer(() =>
      Promise.resolve({ status: 200, headers: {}, body: Uint8Array.from([0x1f, 0x8b]) }),
    );
    expect([answered.body, answered.isBase64Encoded]).toEqual(['H4s=', true]);
  });

  it('turns a refusal into a problem document with its status and fields', async () => {
    const fields = [{ pointer: '/a', detail: 'b' }];
    const answered = await answer(() => Promise.reject(new Refusal('record-invalid', 'Wrong.', fields)));
    expect([answered.statusCode, answered.headers['content-type']]).toEqual([
      422,
      'application/problem+json; charset=utf-8',
    ]);
    expect(JSON.parse(answered.body)).toMatchObject({
      type: 'urn:mingchou:problem:record-invalid',
      detail: 'Wrong.',
      errors: fields,
    });
  });

  it.each([
    ['an error', new Error('password=secret at /var/task')],
    ['a refusal that is not for the outside', new Refusal('pool-empty', 'password=secret')],
  ])('turns %s into 500 with a number to quote and nothing of the inside', async (_, error) => {
    const answered = await answer(() => Promise.reject(error));
    expect(answered.statusCode).toBe(500);
    expect(answered.body).toContain('request-77');
    expect(answered.body).not.toMatch(/secret|var|Error|pool-empty/);
  });

  it('answers 500 to a route that it is not made for, and to what is no request at all', async () => {
    const lambda = httpFunction('cases', {});
    expect(answerOf(await lambda(gatewayEvent({ route: 'GET /me' }), context)).statusCode).toBe(500);
    expect(answerOf(await lambda({ Records: [] }, context)).statusCode).toBe(500);
  });
});
