import { describe, expect, it } from 'vitest';
import { operations } from '#contracts/api/operations.ts';
import { routes } from '#contracts/routes.ts';
import { fitting, routeOf } from '../support/fitting.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const myself = { staffNo: 'HP1001', name: '示例一', role: 'inspector', unit: '城管大队' };
const answered = (body: unknown) => ({ status: 200, type: JSON_TYPE, text: JSON.stringify(body) });

describe('the operations of the routes', () => {
  it('say of a command that it is carried out once only where something is changed', () => {
    const once = Object.entries(operations).filter(([, operation]) => 'once' in operation);
    expect(once.filter(([key]) => key.startsWith('GET '))).toEqual([]);
    expect(once.length).toBeGreaterThan(20);
  });

  it('are of routes that there are', () => {
    expect(Object.keys(operations).filter((key) => !Object.hasOwn(routes, key))).toEqual([]);
  });
});

describe('an answer held against its operation', () => {
  it('is found by its method and path, a word before a parameter', () => {
    expect(routeOf('GET', 'https://api.example.org/me/messages?x=1')).toBe('GET /me/messages');
    expect(routeOf('GET', 'https://api.example.org/policies/export')).toBe('GET /policies/export');
    expect(routeOf('GET', 'https://api.example.org/draws/D-1')).toBe('GET /draws/{id}');
    expect(routeOf('GET', 'https://api.example.org/nothing')).toBe('$default');
  });

  it('fits when it is what the operation says', () => {
    expect(() => fitting('GET /me', answered(myself))).not.toThrow();
  });

  it('does not fit with a field that is missing', () => {
    const { role: _, ...rest } = myself;
    expect(() => fitting('GET /me', answered(rest))).toThrow(
      /GET \/me answers 200 otherwise than its operation says[^]*"role"/,
    );
  });

  it('does not fit with a field that nobody described', () => {
    expect(() => fitting('GET /me', answered({ ...myself, phone: '1' }))).toThrow(/"phone"/);
  });

  it('does not fit with one in a record of the domain either, which would be read without it', () => {
    const entry = { by: 'HP9001', value: '0102', at: '2026-03-02T01:30:00.000Z', phone: '1' };
    const body = { draw: 'D-1', entries: [entry], agreed: false };
    expect(() => fitting('POST /draws/{id}/beacon', answered(body))).toThrow(
      'POST /draws/{id}/beacon answers 200 with what its operation does not name: [["/entries/0/phone","1"]]',
    );
  });

  it('does not fit with a status or a media type that the operation does not name', () => {
    const page = { type: 'text/html; charset=utf-8', text: '<p>' };
    expect(() => fitting('GET /inspections/{id}/form', { status: 200, ...page })).not.toThrow();
    expect(() => fitting('GET /me', { status: 200, ...page })).toThrow(
      'GET /me answers 200 as “text/html”, which its operation does not name',
    );
    expect(() => fitting('POST /draws', answered(myself))).toThrow(
      'POST /draws answers 200 as “application/json”, which its operation does not name',
    );
  });

  it('needs no body where the operation names none', () => {
    const empty = { status: 204, type: undefined, text: '' };
    expect(() => fitting('DELETE /me/calendar-link', empty)).not.toThrow();
    expect(() => fitting('GET /me', { ...empty, status: 200 })).toThrow(/does not name/);
  });

  it('is a problem document, which is no operation’s, when it is refused', () => {
    const refused = { status: 404, type: 'application/problem+json', text: '{}' };
    expect(() => fitting('GET /me', refused)).not.toThrow();
  });
});
