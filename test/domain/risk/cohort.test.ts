import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Cell,
  cellChanges,
  cohortFiringId,
  cohortsOf,
  isCoolingDown,
  placeOf,
  type Counted,
} from '#domain/risk/cohort.ts';
import { SubjectStatus } from '#domain/subject/subject.ts';
import { riskSubject } from '../../support/risk-samples.ts';
import { day } from '../../support/samples.ts';

describe('where a subject is counted', () => {
  it.each([
    ['410381', '410381'],
    ['410381001', '410381001'],
    ['410381001002', '410381001'],
  ])('is its town, or its county where no town is known: %s is counted in %s', (territory, counted) => {
    expect(placeOf(riskSubject({ territory }))).toEqual({ territory: counted, industry: 'F5265' });
  });

  it('says nothing of an industry that is not known', () => {
    expect(placeOf(riskSubject({ industry: undefined }))).toEqual({ territory: '410381001' });
  });

  it('is nowhere unless it operates', () => {
    const counted = SubjectStatus.options.filter((status) => placeOf(riskSubject({ status })) !== undefined);
    expect(counted).toEqual(['active']);
  });
});

describe('the cohorts of a rule', () => {
  const cell = (territory: string, industry: string | undefined, ...counts: readonly number[]) => {
    const [subjects = 1, watch = 0, warning = 0, severe = 0] = counts;
    return Cell.parse({ territory, industry, subjects, watch, warning, severe });
  };
  const cells = [
    cell('410381002', 'F5265', 10, 1, 0, 1),
    cell('410381001', 'F5211', 20, 0, 2, 0),
    cell('410381001', 'F52', 5, 1, 0, 0),
    cell('410381', 'C13', 4, 0, 0, 4),
    cell('410381001', 'F', 3, 0, 1, 0),
    cell('410381001', undefined, 7, 7, 0, 0),
  ];
  const found = (territoryDigits: 6 | 9, industryDigits: 0 | 2 | 3 | 4) =>
    cohortsOf(cells, { territoryDigits, industryDigits }).map(
      ({ territory, industry, subjects, watch, warning, severe }) =>
        `${territory} ${industry}: ${subjects} ${watch}/${warning}/${severe}`,
    );

  it('are the divisions of a county, summed over its towns, in order of their codes', () => {
    expect(found(6, 2)).toEqual(['410381 C13: 4 0/0/4', '410381 F52: 35 2/2/1']);
  });

  it('are the sections of a county, with codes that say no more than that', () => {
    expect(found(6, 0)).toEqual(['410381 C: 4 0/0/4', '410381 F: 38 2/3/1']);
  });

  it('are classes of a town, without codes that are too short and without those who have no town', () => {
    expect(found(9, 4)).toEqual(['410381001 F5211: 20 0/2/0', '410381002 F5265: 10 1/0/1']);
    expect(found(9, 2)).toEqual(['410381001 F52: 25 1/2/0', '410381002 F52: 10 1/0/1']);
  });

  it('do not have those that everybody has left', () => {
    expect(cohortsOf([cell('410381001', 'F52', 0)], { territoryDigits: 6, industryDigits: 2 })).toEqual([]);
    const left = [cell('410381001', 'F52', 0), cell('410381002', 'F52', 3, 1)];
    expect(cohortsOf(left, { territoryDigits: 6, industryDigits: 2 })).toEqual([
      { territory: '410381', industry: 'F52', subjects: 3, watch: 1, warning: 0, severe: 0 },
    ]);
  });

  it('count everybody once who has an industry, whatever the grain', () => {
    const level = fc.nat({ max: 5 });
    const anyCells = fc.uniqueArray(
      fc
        .record({
          territory: fc.constantFrom('410381001', '410381002', '410382001', '410382'),
          industry: fc.constantFrom('F5265', 'F5211', 'F5212', 'C1310', 'C1320'),
          watch: level,
          warning: level,
          severe: level,
          others: level,
        })
        .map(({ others, ...counts }) =>
          Cell.parse({ ...counts, subjects: others + counts.watch + counts.warning + counts.severe }),
        ),
      { selector: ({ territory, industry }) => `${territory} ${industry}`, maxLength: 15 },
    );
    fc.assert(
      fc.property(
        anyCells,
        fc.constantFrom(0 as const, 2 as const, 3 as const, 4 as const),
        (all, industryDigits) => {
          const cohorts = cohortsOf(all, { territoryDigits: 6, industryDigits });
          for (const count of ['subjects', 'watch', 'warning', 'severe'] as const) {
            const total = (sums: readonly Readonly<Record<typeof count, number>>[]) =>
              sums.reduce((sum, one) => sum + one[count], 0);
            expect(total(cohorts)).toBe(total(all));
            const town = cohortsOf(all, { territoryDigits: 9, industryDigits });
            expect(total(town)).toBe(total(all.filter(({ territory }) => territory.length === 9)));
          }
          const codes = cohorts.map(({ territory, industry }) => `${territory} ${industry}`);
          expect(codes).toEqual([...new Set(codes)].toSorted());
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe('the cool-down of a cohort', () => {
  const last = {
    id: 'fuel#410381#F52',
    version: 1,
    territory: '410381',
    industry: 'F52',
    on: day('2026-03-02'),
    trigger: 'T-1',
  };
  const cooling = (on: string) => isCoolingDown(last, { coolDownDays: 90 }, day(on));

  it('of 90 days after it fired on 2 March lasts through 30 May', () => {
    expect(['2026-03-02', '2026-05-30', '2026-05-31'].map(cooling)).toEqual([true, true, false]);
  });

  it('is none for one that never fired', () => {
    expect(isCoolingDown(undefined, { coolDownDays: 90 }, day('2026-03-02'))).toBe(false);
  });

  it('is kept for each rule and cohort by itself', () => {
    expect(cohortFiringId('fuel', { territory: '410381', industry: 'F52' })).toBe('fuel#410381#F52');
  });
});

describe('the cells of which a count changes', () => {
  const town = { territory: '410381001', industry: 'F5265' };
  const other = { territory: '410381002', industry: 'F5265' };
  const county = { territory: '410381' };

  it.each<readonly [string, Counted | undefined, Counted | undefined, readonly object[]]>([
    ['a new subject', undefined, town, [{ place: town, add: { subjects: 1 } }]],
    [
      'a new one at a level',
      undefined,
      { ...town, level: 'watch' },
      [{ place: town, add: { subjects: 1, watch: 1 } }],
    ],
    [
      'one that is gone',
      { ...county, level: 'severe' },
      undefined,
      [{ place: county, add: { subjects: -1, severe: -1 } }],
    ],
    ['a level', town, { ...town, level: 'warning' }, [{ place: town, add: { warning: 1 } }]],
    ['a level that is over', { ...town, level: 'warning' }, town, [{ place: town, add: { warning: -1 } }]],
    [
      'another level',
      { ...town, level: 'watch' },
      { ...town, level: 'severe' },
      [{ place: town, add: { watch: -1, severe: 1 } }],
    ],
    [
      'a move with a change of level',
      { ...town, level: 'watch' },
      { ...other, level: 'severe' },
      [
        { place: town, add: { subjects: -1, watch: -1 } },
        { place: other, add: { subjects: 1, severe: 1 } },
      ],
    ],
    [
      'an industry that is known now',
      { territory: '410381001' },
      town,
      [
        { place: { territory: '410381001' }, add: { subjects: -1 } },
        { place: town, add: { subjects: 1 } },
      ],
    ],
    ['nothing', { ...town, level: 'watch' }, { ...town, level: 'watch' }, []],
    ['nothing for one without an industry', county, county, []],
    ['nothing for one that is counted nowhere', undefined, undefined, []],
  ])('by %s', (_, before, after, changes) => {
    expect(cellChanges(before, after)).toEqual(changes);
  });
});
