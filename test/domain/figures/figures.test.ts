import { describe, expect, it } from 'vitest';
import { monthScanned } from '#domain/risk/classes.ts';
import { Instant } from '#domain/time/time.ts';
import { classesByMonth } from '#domain/figures/classes.ts';
import { cohortShares, stratumShares, unitLoads } from '#domain/figures/shares.ts';
import { rowsOf } from '#domain/figures/table.ts';
import { day } from '../../support/samples.ts';

const AT = Instant.parse('2026-03-02T02:00:00.000Z');
const draw = (
  rule: Parameters<typeof stratumShares>[0]['rule'],
  size: Record<string, number>,
  quota: Record<string, number>,
) => ({
  id: 'D-1',
  title: '餐饮单位抽查',
  rule,
  committed: { at: AT, commitment: { pool: { root: 'a'.repeat(64), size }, quota } },
});

describe('the shares of a draw (article 6)', () => {
  it('of a ratio stand exactly beside what was drawn, which is rounded up', () => {
    const rule = { mode: 'ratio', basisPoints: { A: 300, D: 10_000 } } as const;
    const shares = stratumShares(draw(rule, { D: 7, A: 150 }, { A: 5, D: 7 }));
    expect(
      shares.map(({ stratum, size, expectedHundredths, drawn }) => [
        stratum,
        size,
        expectedHundredths,
        drawn,
      ]),
    ).toEqual([
      ['A', 150, 450, 5],
      ['D', 7, 700, 7],
    ]);
  });

  it('of a count follow size and weight, and are never more than a stratum has', () => {
    const rule = { mode: 'count', count: 10, weights: { A: 1, B: 2, D: 100 } } as const;
    const shares = stratumShares(draw(rule, { A: 40, B: 10, D: 3 }, { A: 5, B: 2, D: 3 }));
    // 10 × 40 / 360 is 1.111…, 10 × 20 / 360 is 0.555…, and 10 × 300 / 360 is more than the 3 of D.
    expect(shares.map(({ expectedHundredths }) => expectedHundredths)).toEqual([111, 56, 300]);
  });

  it('of weights that are all nothing are nothing', () => {
    const rule = { mode: 'count', count: 10, weights: { A: 0 } } as const;
    expect(stratumShares(draw(rule, { A: 40 }, { A: 0 }))[0]?.expectedHundredths).toBe(0);
  });
});

describe('the classes of a month', () => {
  const rowsFor = (...months: string[]) =>
    classesByMonth(
      [
        { month: '2026-03', C: 1, B: -1 },
        { month: '2026-01', B: 2 },
        { month: '2026-01', A: 1, unclassed: 4 },
        { month: '2026-03', unclassed: -4, A: 4 },
      ],
      months,
    );

  it('are all that came and went up to its end; a month without a change stands as the one before', () => {
    expect(rowsFor('2025-12', '2026-01', '2026-02', '2026-03', '2026-04')).toEqual([
      { month: '2026-01', A: 1, B: 2, C: 0, D: 0, unclassed: 4 },
      { month: '2026-02', A: 1, B: 2, C: 0, D: 0, unclassed: 4 },
      { month: '2026-03', A: 5, B: 1, C: 1, D: 0, unclassed: 0 },
      { month: '2026-04', A: 5, B: 1, C: 1, D: 0, unclassed: 0 },
    ]);
  });

  it('hold what came before the first month that is asked for', () => {
    expect(rowsFor('2026-02')).toEqual([{ month: '2026-02', A: 1, B: 2, C: 0, D: 0, unclassed: 4 }]);
  });

  it('are told with their sum', () => {
    const [row] = rowsFor('2026-01');
    expect(
      rowsOf({
        figure: 'risk-classes',
        from: '2026-01',
        to: '2026-01',
        rows: row === undefined ? [] : [row],
      }),
    ).toEqual({
      header: ['月份', 'A 类', 'B 类', 'C 类', 'D 类', '未分类', '合计'],
      rows: [['2026-01', '1', '2', '0', '0', '4', '7']],
    });
  });

  it.each([
    ['the month before, on the first morning of a month', '2026-03-01', '2026-02'],
    ['the year before, on the first morning of a year', '2027-01-01', '2026-12'],
    ['its own, on every other morning', '2026-03-02', '2026-03'],
  ])('are counted by a scan for %s', (_, morning, month) => {
    expect(monthScanned(day(morning))).toBe(month);
  });
});

describe('the load of a unit', () => {
  const sent = (unit: string, inspector: string, count: number, month = '2026-03') => ({
    month,
    unit,
    inspector,
    count,
  });

  it('is told by the least, the middle and the most of its people, over all months', () => {
    const loads = unitLoads([
      sent('监察中心', 'E1', 4),
      sent('执法大队', 'G1', 1),
      sent('执法大队', 'G2', 3),
      sent('执法大队', 'G1', 1, '2026-04'),
      sent('执法大队', 'G3', 9),
      sent('执法大队', 'G4', 4),
    ]);
    expect(loads).toEqual([
      { unit: '执法大队', inspectors: 4, min: 2, median: 3, max: 9 },
      { unit: '监察中心', inspectors: 1, min: 4, median: 4, max: 4 },
    ]);
  });
});

describe('the cohorts of a county', () => {
  it('are the divisions of its industries, with the share that is warned of', () => {
    const cells = [
      { territory: '410381001', industry: 'H6210', subjects: 200, watch: 1, warning: 2, severe: 0 },
      { territory: '410381002', industry: 'H6220', subjects: 100, watch: 0, warning: 0, severe: 7 },
      { territory: '410381002', industry: 'F5211', subjects: 8, watch: 0, warning: 0, severe: 0 },
    ];
    expect(cohortShares(cells).map((one) => [one.industry, one.subjects, one.warnedBasisPoints])).toEqual([
      ['F52', 8, 0],
      ['H62', 300, 333],
    ]);
  });
});

describe('the rows of a figure', () => {
  it('are in the words of the people who read them', () => {
    expect(
      rowsOf({
        figure: 'results',
        from: '2026-03',
        to: '2026-03',
        rows: [{ month: '2026-03', unit: '执法大队', result: 11, count: 2 }],
      }),
    ).toEqual({
      header: ['月份', '承担单位', '检查结果', '户次'],
      rows: [['2026-03', '执法大队', '迁出', '2']],
    });
  });

  it('write hundredths with two places', () => {
    const [share] = stratumShares(draw({ mode: 'ratio', basisPoints: { A: 305 } }, { A: 100 }, { A: 4 }));
    expect(rowsOf({ figure: 'draws', rows: share === undefined ? [] : [share] }).rows).toEqual([
      ['D-1', '餐饮单位抽查', '2026-03-02', 'A', '100', '3.05', '4'],
    ]);
  });
});
