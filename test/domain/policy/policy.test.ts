import { describe, expect, it } from 'vitest';
import { criteriaFor, inForce, Policy } from '#domain/policy/policy.ts';
import { day, fuelPolicy } from '../../support/samples.ts';

const withCriteria = (criteria: Policy['draw']['criteria']): Policy => ({
  ...fuelPolicy,
  draw: { ...fuelPolicy.draw, criteria },
});

describe('the criteria of a draw', () => {
  it.each([
    ['from the trigger', { territory: 'from-trigger', industry: 'from-trigger' }, ['410381'], ['F52']],
    ['from the rule', { territory: ['4103', '4104'], industry: ['H'] }, ['4103', '4104'], ['H']],
    ['from both', { territory: 'from-trigger', industry: ['H'] }, ['410381'], ['H']],
    ['open where the rule says nothing', { industry: ['H'] }, undefined, ['H']],
    ['undirected when the rule says nothing at all', {}, undefined, undefined],
  ] as const)('article 8: come %s', (_, criteria, territory, industry) => {
    const policy = Policy.parse({ ...fuelPolicy, draw: { ...fuelPolicy.draw, criteria } });
    expect(criteriaFor(policy, { territory: '410381', industry: 'F52' })).toEqual({
      criteria: { territory, industry },
    });
  });

  it.each([
    ['no cohort', undefined, ['territory', 'industry']],
    ['an empty cohort', {}, ['territory', 'industry']],
    ['a territory only', { territory: '410381' }, ['industry']],
    ['an industry only', { industry: 'F52' }, ['territory']],
  ])('article 8: are never everybody by accident: with %s what is missing is named', (_, cohort, missing) => {
    const policy = withCriteria({ territory: 'from-trigger', industry: 'from-trigger' });
    expect(criteriaFor(policy, cohort)).toEqual({ missing });
  });

  it('article 8: are the kinds, scales, classes, tags and licences that the rule lists, beside those from the trigger', () => {
    const fixed = {
      kind: ['individual-business'],
      scale: ['small', 'micro'],
      creditClass: ['C', 'D'],
      tags: ['危化品'],
      licences: ['成品油零售经营批准证书'],
    };
    const criteria = { territory: 'from-trigger', ...fixed };
    const policy = Policy.parse({ ...fuelPolicy, draw: { ...fuelPolicy.draw, criteria } });
    expect(criteriaFor(policy, { territory: '410381' })).toEqual({
      criteria: { territory: ['410381'], ...fixed },
    });
  });

  it.each(['kind', 'scale', 'creditClass', 'tags', 'licences'])(
    'article 8: do not take %s from the trigger, whose report has none',
    (dimension) => {
      const criteria = { [dimension]: 'from-trigger' };
      const policy = { ...fuelPolicy, draw: { ...fuelPolicy.draw, criteria } };
      expect(Policy.safeParse(policy).error?.issues[0]?.path).toEqual(['draw', 'criteria', dimension]);
    },
  );

  it('need no cohort when the rule takes nothing from it', () => {
    expect(criteriaFor(withCriteria({ industry: ['H'] }), undefined)).toEqual({
      criteria: { industry: ['H'] },
    });
  });
});

describe('the versions in force', () => {
  const version = (number: number, from: string, id = 'a') => ({
    ...fuelPolicy,
    id,
    version: number,
    effectiveFrom: day(from),
  });
  const all = [
    version(2, '2026-03-01'),
    version(1, '2026-01-01'),
    version(3, '2026-06-01'),
    version(1, '2026-05-01', 'b'),
  ];
  const on = (text: string) => inForce(all, day(text)).map((policy) => `${policy.id}${policy.version}`);

  it('article 17: are those whose day has come, the highest of each policy', () => {
    expect(on('2025-12-31')).toEqual([]);
    expect(on('2026-01-01')).toEqual(['a1']);
    expect(on('2026-02-28')).toEqual(['a1']);
    expect(on('2026-03-01')).toEqual(['a2']);
    expect(on('2026-05-31').toSorted()).toEqual(['a2', 'b1']);
    expect(on('2026-06-01').toSorted()).toEqual(['a3', 'b1']);
  });
});

describe('a policy', () => {
  it.each([1, 0, 7])('article 10: with a team of %i is refused', (teamSize) => {
    expect(Policy.safeParse({ ...fuelPolicy, draw: { ...fuelPolicy.draw, teamSize } }).success).toBe(false);
  });

  it('article 2: without a check item is refused', () => {
    expect(Policy.safeParse({ ...fuelPolicy, draw: { ...fuelPolicy.draw, items: [] } }).success).toBe(false);
  });
});
