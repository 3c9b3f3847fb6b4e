import { describe, expect, it } from 'vitest';
import { idempotencyOf, sameRequest } from '#web/idempotency.ts';
import type { HttpRequest } from '#web/request.ts';
import { refusalOf } from '../support/refusals.ts';
import { MONDAY } from '../support/samples.ts';

const request = (key?: string, part: Partial<HttpRequest> = {}): HttpRequest => ({
  route: 'POST /inspections/{id}/end',
  method: 'POST',
  path: '/inspections/I-1/end',
  params: { id: 'I-1' },
  query: {},
  headers: key === undefined ? {} : { 'idempotency-key': key },
  body: new TextEncoder().encode('{}'),
  at: MONDAY,
  id: 'request-1',
  ...part,
});
const of = (key: string, person = 'GX-001', part: Partial<HttpRequest> = {}) => {
  const found = idempotencyOf(request(key, part), person);
  if (found === undefined) {
    throw new Error('no key was found');
  }
  return found;
};

describe('an idempotency key', () => {
  it('is absent when the request has none', () => {
    expect(idempotencyOf(request(), 'GX-001')).toBeUndefined();
  });

  it.each(['', ' ', '键', 'a b', 'x'.repeat(129)])('“%s” is refused', (key) => {
    expect(refusalOf(() => of(key)).reason).toBe('query-invalid');
  });

  it('is a person’s own: two people with one key do not meet', () => {
    expect(of('k', 'GX-001').key).not.toBe(of('k', 'GX-002').key);
    expect(of('k', 'GX-001').key).toBe(of('k', 'GX-001', { id: 'request-2' }).key);
  });

  it('knows its request by method, path and body', () => {
    const first = of('k');
    const others = [
      of('k', 'GX-001', { method: 'PUT' }),
      of('k', 'GX-001', { path: '/inspections/I-2/end' }),
      of('k', 'GX-001', { body: new TextEncoder().encode('{ }') }),
    ];
    expect(new Set([first, ...others].map(({ fingerprint }) => fingerprint)).size).toBe(4);
    expect(() => sameRequest(first, of('k', 'GX-001', { at: MONDAY }).fingerprint)).not.toThrow();
    expect(others.map((other) => refusalOf(() => sameRequest(first, other.fingerprint)).reason)).toEqual([
      'idempotency-key-reused',
      'idempotency-key-reused',
      'idempotency-key-reused',
    ]);
    expect(refusalOf(() => sameRequest(first, undefined)).reason).toBe('idempotency-key-reused');
  });
});
