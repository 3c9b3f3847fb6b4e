import { describe, expect, it } from 'vitest';
import { compareLevels, RiskLevel, riskLevelLabels, RiskRule, RiskRuleBody } from '#domain/risk/rule.ts';

const aboutSubject = {
  about: 'subject',
  name: '投诉较多',
  effectiveFrom: '2026-03-02',
  when: 'subject.complaints(90) >= 3',
  level: 'severe',
  reason: '90 日内投诉 3 件以上',
};
const directCheck = { items: ['YS-001'], coolDownDays: 180 };
const aboutCohort = {
  about: 'cohort',
  name: '行业预警比例较高',
  effectiveFrom: '2026-03-02',
  when: 'cohort.warnedBasisPoints >= 500',
  industryDigits: 2,
  coolDownDays: 90,
};
const faults = (body: object) => RiskRuleBody.safeParse(body).error?.issues.map(({ path }) => path.join('/'));

describe('levels of risk', () => {
  it('are three, from 关注 to 严重', () => {
    expect(RiskLevel.options.map((level) => riskLevelLabels[level])).toEqual(['关注', '预警', '严重']);
  });

  it('are in order, no level being the least', () => {
    const levels = ['severe', undefined, 'watch', 'warning'] as const;
    expect(levels.toSorted(compareLevels)).toEqual(['watch', 'warning', 'severe', undefined]);
    expect(compareLevels(undefined, 'watch')).toBeLessThan(0);
    expect(compareLevels('severe', 'warning')).toBeGreaterThan(0);
    expect(compareLevels(undefined, undefined)).toBe(0);
  });
});

describe('a rule about subjects', () => {
  it('proposes direct checks at the level severe only', () => {
    expect(faults({ ...aboutSubject, directCheck })).toBeUndefined();
    for (const level of ['warning', 'watch']) {
      expect(faults({ ...aboutSubject, level, directCheck })).toEqual(['directCheck']);
      expect(faults({ ...aboutSubject, level })).toBeUndefined();
    }
  });

  it.each([
    ['no reason', { reason: ' ' }, ['reason']],
    ['an unknown level', { level: 'grave' }, ['level']],
    ['a check of no items', { directCheck: { items: [], coolDownDays: 180 } }, ['directCheck/items']],
    [
      'a cool-down of no days',
      { directCheck: { ...directCheck, coolDownDays: 0 } },
      ['directCheck/coolDownDays'],
    ],
    [
      'a cool-down above ten years',
      { directCheck: { ...directCheck, coolDownDays: 3_651 } },
      ['directCheck/coolDownDays'],
    ],
    ['the grain of a cohort', { industryDigits: 2 }, ['']],
    ['no condition', { when: '' }, ['when']],
  ])('is refused with %s', (_, change, paths) => {
    expect(faults({ ...aboutSubject, ...change })).toEqual(paths);
  });
});

describe('a rule about cohorts', () => {
  it('looks at counties when nothing else is said', () => {
    expect(RiskRuleBody.parse(aboutCohort)).toEqual({ ...aboutCohort, territoryDigits: 6 });
    expect(faults({ ...aboutCohort, territoryDigits: 9 })).toBeUndefined();
  });

  it.each([
    ['whole cities', { territoryDigits: 4 }, ['territoryDigits']],
    ['a code of one digit', { industryDigits: 1 }, ['industryDigits']],
    ['a level', { level: 'severe' }, ['']],
    ['a direct check', { directCheck }, ['']],
    ['no cool-down', { coolDownDays: undefined }, ['coolDownDays']],
  ])('is refused with %s', (_, change, paths) => {
    expect(faults({ ...aboutCohort, ...change })).toEqual(paths);
  });
});

describe('a version of a rule', () => {
  it('is about subjects or about cohorts, and nothing else', () => {
    const identity = { id: 'many-complaints', version: 2 };
    expect(RiskRule.parse({ ...identity, ...aboutSubject })).toEqual({ ...identity, ...aboutSubject });
    expect(RiskRule.parse({ ...identity, ...aboutCohort }).about).toBe('cohort');
    expect(RiskRule.safeParse({ ...identity, ...aboutSubject, about: 'unit' }).success).toBe(false);
    expect(RiskRule.safeParse({ ...aboutSubject, id: 'Many', version: 1 }).success).toBe(false);
  });
});
