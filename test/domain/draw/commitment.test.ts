import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { canonicalJson } from '#domain/canonical/canonical.ts';
import { buildCommitment, Commitment, commitmentHash } from '#domain/draw/commitment.ts';

import { reasonOf, vector } from './vectors.ts';

const integers = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.string({ unit: 'binary', maxLength: 4 }), tie('value'), { maxKeys: 6 }),
  ),
})).value;

describe('the canonical form', () => {
  it('is what an independent implementation of RFC 8785 writes', () => {
    fc.assert(
      fc.property(integers, (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  it('sorts members by UTF-16 code units, as the example of RFC 8785 §3.2.3', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it('escapes as RFC 8785 §3.2.2.2 says', () => {
    expect(canonicalJson('€$\u000f\nA\'B"\\\\"/\u2028')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u2028"');
  });

  it.each([
    ['json-number', 1.5],
    ['json-number', Number.NaN],
    ['json-number', Number.POSITIVE_INFINITY],
    ['json-number', 2 ** 53],
    ['json-text', '\ud800'],
    ['json-text', { '\udc00': 1 }],
    ['json-value', undefined],
    ['json-value', { a: undefined }],
    ['json-value', [undefined]],
    ['json-value', Object.assign([], { length: 2 })],
    ['json-value', 10n],
    ['json-value', new Map()],
    ['json-value', { toJSON: () => 1 }],
  ])('refuses with %s the value %s', (reason, value) => {
    expect(reasonOf(() => canonicalJson(value))).toBe(reason);
  });

  it('names the place of what it refuses', () => {
    expect(() => canonicalJson({ 'a/b': [1, { c: 0.5 }] })).toThrow(
      'The value at /a~1b/1/c is 0.5; only integers within ±9007199254740991 are accepted.',
    );
  });

  it('refuses a cyclic value instead of running out of stack', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    expect(reasonOf(() => canonicalJson(cyclic))).toBe('json-depth');
  });
});

describe('a commitment', () => {
  const given = vector('tiny').commitment;
  const draw = {
    drawId: 'D-1',
    pool: given.pool,
    rule: vector('tiny').rule,
    beacon: given.beacon,
    spec: { 文号: '2026-1' },
  };

  it('hashes the same whatever the order of its members', () => {
    const turned = Object.fromEntries(Object.entries(given).toReversed());
    expect(commitmentHash(Commitment.parse(turned))).toBe(
      'dac054f2aa4a2eeb9a38e3bb6f7925192c343cfe52f1b32d053387bec2b156c2',
    );
  });

  it('keeps its rule in the spec and derives the quota from it', () => {
    const made = buildCommitment(draw);
    expect(made.quota).toEqual({ B: 3 });
    expect(made.spec).toEqual({ 文号: '2026-1', rule: { mode: 'ratio', basisPoints: { B: 3000 } } });
  });

  it('is refused for an empty pool, a story with a rule of its own, floats and odd ids', () => {
    expect(reasonOf(() => buildCommitment({ ...draw, pool: { root: given.pool.root, size: {} } }))).toBe(
      'pool-empty',
    );
    expect(reasonOf(() => buildCommitment({ ...draw, spec: { rule: 1 } }))).toBe('spec-rule');
    expect(reasonOf(() => buildCommitment({ ...draw, spec: { share: 0.1 } }))).toBe('commitment');
    expect(reasonOf(() => buildCommitment({ ...draw, drawId: 'D 1' }))).toBe('commitment');
  });

  it('is refused when its spec is so deep that its proof could not be written', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });
    expect(reasonOf(() => buildCommitment({ ...draw, spec: { deep: nested(61) } }))).toBe('none');
    expect(reasonOf(() => buildCommitment({ ...draw, spec: { deep: nested(62) } }))).toBe('commitment');
  });

  it('takes no unknown member, no other version and no size of 0', () => {
    for (const change of [
      { extra: 1 },
      { version: 'mingchou-draw-2' },
      { pool: { ...given.pool, size: { B: 0 } } },
    ]) {
      expect(Commitment.safeParse({ ...given, ...change }).success).toBe(false);
    }
  });
});
