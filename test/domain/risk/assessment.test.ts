import { describe, expect, it } from 'vitest';
import { assess, type RuleOutcome } from '#domain/risk/assessment.ts';
import type { SubjectRule } from '#domain/risk/rule.ts';
import { reasonOf, subjectRule } from '../../support/risk-samples.ts';
import { earliest } from '#domain/time/time.ts';
import { day } from '../../support/samples.ts';

const HALF_YEAR = { items: ['YS-001'], coolDownDays: 180 };
const YEAR = { items: ['YS-002'], coolDownDays: 365 };
const outcomes = (of: Readonly<Record<string, RuleOutcome>>) => (rule: SubjectRule) =>
  of[rule.id] ?? { holds: false };
const holds = { holds: true };

describe('an assessment', () => {
  it('is at the gravest level of the rules that hold, with all of them as reasons, the gravest first, then by id', () => {
    const rules = [
      subjectRule('late-report', 'watch'),
      subjectRule('lapsed', 'warning', { version: 4 }),
      subjectRule('listed', 'severe'),
      subjectRule('complaints', 'warning'),
    ];
    expect(assess(rules, outcomes({ 'late-report': holds, lapsed: holds, complaints: holds }))).toEqual({
      level: 'warning',
      reasons: [
        reasonOf('complaints', 'warning'),
        reasonOf('lapsed', 'warning', 4),
        reasonOf('late-report', 'watch'),
      ],
      failed: [],
    });
  });

  it('has no level when no rule holds, and none when there is no rule', () => {
    const nothing = { reasons: [], failed: [] };
    expect(assess([subjectRule('listed', 'severe')], outcomes({}))).toEqual(nothing);
    expect(assess([], outcomes({}))).toEqual(nothing);
  });

  it('proposes the direct check of the gravest rule that asks for one, by id where two do', () => {
    const rules = [
      subjectRule('b-listed', 'severe', { directCheck: YEAR }),
      subjectRule('c-fined', 'severe', { directCheck: HALF_YEAR }),
      subjectRule('a-silent', 'severe'),
    ];
    const check = (...held: readonly string[]) =>
      assess(rules, outcomes(Object.fromEntries(held.map((id) => [id, holds])))).directCheck;
    expect(check('a-silent', 'b-listed', 'c-fined')).toEqual(YEAR);
    expect(check('a-silent', 'c-fined')).toEqual(HALF_YEAR);
    expect(check('a-silent')).toBeUndefined();
  });

  it('holds until the first day on which one of the rules may come to something else, whether or not that one holds', () => {
    const rules = [
      subjectRule('listed', 'severe'),
      subjectRule('lapsed', 'warning'),
      subjectRule('broken', 'watch'),
    ];
    const until = (listed: string, lapsed: string, broken: string) =>
      assess(
        rules,
        outcomes({
          listed: { holds: true, until: day(listed) },
          lapsed: { holds: false, until: day(lapsed) },
          broken: { failed: 'division by zero', until: day(broken) },
        }),
      ).reviewOn;
    expect(until('2026-03-10', '2026-03-11', '2026-03-12')).toBe('2026-03-10');
    expect(until('2026-03-10', '2026-03-09', '2026-03-12')).toBe('2026-03-09');
    expect(until('2026-03-10', '2026-03-11', '2026-03-08')).toBe('2026-03-08');
    expect(assess(rules, outcomes({ listed: holds })).reviewOn).toBeUndefined();
  });

  it('names the rules that could not be computed, and goes by the others', () => {
    const rules = [subjectRule('broken', 'severe'), subjectRule('lapsed', 'watch')];
    expect(assess(rules, outcomes({ broken: { failed: 'division by zero' }, lapsed: holds }))).toEqual({
      level: 'watch',
      reasons: [reasonOf('lapsed', 'watch')],
      failed: ['broken: division by zero'],
    });
  });
});

describe('the earlier of two days', () => {
  it.each([
    ['2026-03-02', '2026-03-03', '2026-03-02'],
    ['2026-10-01', '2026-09-30', '2026-09-30'],
  ])('of %s and %s is %s', (a, b, first) => {
    expect(earliest(day(a), day(b))).toBe(first);
  });

  it('is the one that there is', () => {
    expect(earliest(undefined, day('2026-03-02'))).toBe('2026-03-02');
    expect(earliest(day('2026-03-02'), undefined)).toBe('2026-03-02');
    expect(earliest(undefined, undefined)).toBeUndefined();
  });
});
