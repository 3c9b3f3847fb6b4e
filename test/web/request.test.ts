import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bodyText, jsonBody, param, parseJson, requireMediaType, type HttpRequest } from '#web/request.ts';
import { refusalOf } from '../support/refusals.ts';
import { MONDAY } from '../support/samples.ts';

function request(body: string | Uint8Array, contentType = 'application/json'): HttpRequest {
  return {
    route: 'POST /things/{id}',
    method: 'POST',
    path: '/things/a',
    params: { id: 'a' },
    query: {},
    headers: contentType === '' ? {} : { 'content-type': contentType },
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    at: MONDAY,
    id: 'request-1',
  };
}
const Body = z.strictObject({
  name: z.string().min(1),
  rows: z.array(z.strictObject({ 'a/b~c': z.int() })).default([]),
});

describe('the media type', () => {
  const accepted = (type: string) => {
    try {
      requireMediaType(request('', type), ['application/json']);
      return true;
    } catch {
      return refusalOf(() => requireMediaType(request('', type), ['application/json'])).reason;
    }
  };

  it.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/json; profile=x',
  ])('%s is JSON', (type) => {
    expect(accepted(type)).toBe(true);
  });

  it.each([
    '',
    'text/plain',
    'application/jsonp',
    'application/x-www-form-urlencoded',
    'text/plain; application/json',
    'application/json; charset=gbk',
    'application/json; charset=utf-16',
  ])('“%s” is not', (type) => {
    expect(accepted(type)).toBe('media-type-unsupported');
  });
});

describe('the body', () => {
  it('is taken up to its limit in bytes, not characters', () => {
    expect(bodyText(request('加油站'), 9)).toBe('加油站');
    expect(refusalOf(() => bodyText(request('加油站'), 8)).reason).toBe('body-too-large');
  });

  it.each([
    ['GB 18030', [0xbc, 0xd3]],
    ['a cut character', [0xe5, 0x8a]],
    ['a surrogate in UTF-8', [0xed, 0xa0, 0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
  ])('in %s is refused as wrong encoding', (_, bytes) => {
    expect(refusalOf(() => bodyText(request(Uint8Array.from(bytes)), 100)).reason).toBe('encoding-invalid');
  });

  it('keeps a byte order mark, which a signature covers, and is then no JSON', () => {
    const marked = request('\uFEFF{"name":"x"}');
    expect(bodyText(marked, 100).length).toBe(13);
    expect(refusalOf(() => jsonBody(marked, Body)).reason).toBe('json-invalid');
  });

  it.each(['', '{', '{"name":}', "{'name':'x'}", 'undefined', '{"name":"x"} x'])(
    '“%s” is no JSON',
    (text) => {
      expect(refusalOf(() => jsonBody(request(text), Body)).reason).toBe('json-invalid');
    },
  );

  it('comes parsed, with its defaults', () => {
    expect(jsonBody(request('{"name":"x"}'), Body)).toEqual({ name: 'x', rows: [] });
  });

  it('is refused with a JSON Pointer to every field at fault, unknown ones included', () => {
    const text = '{"rows":[{"a/b~c":1.5},{"a/b~c":1,"x/y~":1}],"extra":1}';
    const refusal = refusalOf(() => jsonBody(request(text), Body));
    expect(refusal.reason).toBe('body-invalid');
    expect(refusal.fields.map(({ pointer }) => pointer).toSorted()).toEqual([
      '/extra',
      '/name',
      '/rows/0/a~1b~0c',
      '/rows/1/x~1y~0',
    ]);
    expect(refusal.fields.find(({ pointer }) => pointer === '/extra')?.detail).toBe('未知字段 unknown field');
  });

  it.each([
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '1'],
  ])('that is %s is refused at its root', (_, text) => {
    expect(refusalOf(() => jsonBody(request(text), Body)).fields.map(({ pointer }) => pointer)).toEqual(['']);
  });

  it('with half of a surrogate pair is refused at that place, since it could be neither stored nor hashed', () => {
    const refusal = refusalOf(() => parseJson(String.raw`{"name":"\ud842"}`, Body));
    expect([refusal.reason, refusal.fields.map(({ pointer }) => pointer)]).toEqual([
      'body-invalid',
      ['/name'],
    ]);
    expect(parseJson(String.raw`{"name":"\ud842\udfb7"}`, Body).name).toBe('𠮷');
  });

  it('nested a hundred thousand levels deep is refused like any other', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(refusalOf(() => parseJson(deep, Body)).reason).toBe('body-invalid');
  });
});

describe('a parameter of the path', () => {
  it('is given when the route has it, and is a defect when not', () => {
    expect(param(request(''), 'id')).toBe('a');
    expect(() => param(request(''), 'other')).toThrow('route POST /things/{id} has no parameter other');
  });

  it('that is longer than any id names nothing', () => {
    expect(refusalOf(() => param({ ...request(''), params: { id: 'x'.repeat(257) } }, 'id')).reason).toBe(
      'not-found',
    );
    expect(param({ ...request(''), params: { id: 'x'.repeat(256) } }, 'id').length).toBe(256);
  });
});
