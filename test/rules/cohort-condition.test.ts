import { describe, expect, it } from 'vitest';
import type { Cohort } from '#domain/risk/cohort.ts';
import { cohortConditionError, cohortMeets } from '#rules/cohort-condition.ts';

describe('a condition about cohorts is checked before it is adopted', () => {
  it.each([
    'cohort.warnedBasisPoints >= 500 && cohort.subjects >= 20',
    'cohort.severe > 0 || cohort.warning + cohort.watch > 10',
    'cohort.industry.startsWith("F52") && cohort.territory == "410381"',
    'cohort.warned * 100 / cohort.subjects > 5',
  ])('%s is accepted', (condition) => {
    expect(cohortConditionError(condition)).toBeUndefined();
  });

  it.each([
    ['cohort.subject > 1', 'No such key: subject'],
    ['subject.complaints(90) > 1', 'Unknown variable: subject'],
    ['cohort.complaints(90) > 1', 'found no matching overload'],
    ['cohort.severe == "two"', 'no such overload: int == string'],
    ['cohort.warned', 'gives int, a condition gives bool'],
    ['cohort.subjects / cohort.warned > 3', 'division by zero'],
    ['cohort.industry.matches("(")', 'Invalid regular expression'],
    ['cohort.subjects > 5000 && cohort.industry.matches("(")', 'Invalid regular expression'],
    ['cohort.subjects >', 'Unexpected token: EOF'],
  ])('%s is refused: %s', (condition, reason) => {
    expect(cohortConditionError(condition)).toContain(reason);
  });
});

describe('a condition meets a cohort', () => {
  const cohort: Cohort = {
    territory: '410381',
    industry: 'F52',
    subjects: 120,
    watch: 4,
    warning: 1,
    severe: 1,
  };

  it('with its codes and counts, those at any level together, and their share', () => {
    expect(cohortMeets('cohort.territory == "410381" && cohort.industry == "F52"', cohort)).toBe(true);
    expect(cohortMeets('cohort.subjects == 120 && cohort.watch == 4', cohort)).toBe(true);
    expect(cohortMeets('cohort.warning == 1 && cohort.severe == 1 && cohort.warned == 6', cohort)).toBe(true);
    expect(cohortMeets('cohort.severe > 1', cohort)).toBe(false);
  });

  it.each([
    [120, 6, 500],
    [121, 6, 495],
    [3, 1, 3_333],
    [7, 7, 10_000],
    [7, 0, 0],
  ])('of %i with %i warned: %i of ten thousand, rounded down', (subjects, watch, share) => {
    const one = { ...cohort, subjects, watch, warning: 0, severe: 0 };
    expect(cohortMeets(`cohort.warnedBasisPoints == ${share}`, one)).toBe(true);
  });

  it('fails, rather than not holding, when it can not be computed', () => {
    const none = { ...cohort, watch: 0, warning: 0, severe: 0 };
    expect(() => cohortMeets('cohort.subjects / cohort.warned > 3', none)).toThrow('division by zero');
    expect(() => cohortMeets('cohort.warned', cohort)).toThrow(
      'the condition cohort.warned gave bigint, not true or false',
    );
  });
});
