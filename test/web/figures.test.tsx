import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import type { Figure, FigureOf } from '#domain/figures/figures.ts';
import { chartSvg } from '#web/chart.ts';
import { FigureTable } from '#web/figure-table.tsx';
import {
  cohortsPicture,
  deadlinesPicture,
  drawsPicture,
  loadPicture,
  resultsPicture,
  riskClassesPicture,
  riskPicture,
  triggersPicture,
} from '#web/figures.ts';
import { Instant } from '#domain/time/time.ts';

const months = { from: '2026-02', to: '2026-03' };
const triggers: FigureOf<'triggers'> = {
  figure: 'triggers',
  ...months,
  rows: [
    { month: '2026-02', source: 'hotline-12345', category: 'complaint', count: 3 },
    { month: '2026-03', source: 'hotline-12345', category: 'complaint', count: 5 },
    { month: '2026-03', source: 'watch', category: 'monitoring', count: 2 },
  ],
};
const pictures: readonly (readonly [string, () => string])[] = [
  ['triggers', () => triggersPicture(triggers)],
  [
    'risk',
    () => riskPicture({ figure: 'risk', ...months, rows: [{ month: '2026-02', level: 'severe', count: 1 }] }),
  ],
  [
    'classes',
    () =>
      riskClassesPicture({
        figure: 'risk-classes',
        ...months,
        rows: [
          { month: '2026-02', A: 700, B: 250, C: 40, D: 10, unclassed: 0 },
          { month: '2026-03', A: 690, B: 255, C: 42, D: 13, unclassed: 0 },
        ],
      }),
  ],
  [
    'results',
    () =>
      resultsPicture({
        figure: 'results',
        ...months,
        rows: [{ month: '2026-02', unit: '执法大队', result: 6, count: 1 }],
      }),
  ],
  [
    'load',
    () =>
      loadPicture({
        figure: 'load',
        ...months,
        rows: [{ unit: '执法大队', inspectors: 3, min: 1, median: 2, max: 5 }],
      }),
  ],
  [
    'draws',
    () =>
      drawsPicture({
        figure: 'draws',
        rows: [
          {
            draw: 'D-1',
            title: '抽查',
            committedAt: Instant.parse('2026-03-02T02:00:00.000Z'),
            stratum: 'A',
            size: 100,
            expectedHundredths: 305,
            drawn: 4,
          },
        ],
      }),
  ],
  [
    'cohorts',
    () =>
      cohortsPicture({
        figure: 'cohorts',
        territories: ['410381'],
        territory: '410381',
        rows: [
          {
            territory: '410381',
            industry: 'H62',
            subjects: 300,
            watch: 1,
            warning: 2,
            severe: 7,
            warnedBasisPoints: 333,
          },
        ],
      }),
  ],
];

describe('a picture', () => {
  it.each(pictures)('of %s is the same text every time', (_, draw) => {
    const first = draw();
    triggersPicture(triggers);
    expect(draw()).toBe(first);
  });

  it.each(pictures)('of %s has nothing that a strict policy for content stops', (_, draw) => {
    expect(draw()).not.toMatch(
      /<style|<script|\bstyle=|\bon\w+=|\bclass=|javascript:|https?:\/\/(?!www\.w3\.org)/,
    );
  });

  it.each(pictures)('of %s has a name and a description, and refers to nothing but itself', (id, draw) => {
    const svg = draw();
    expect(svg).toContain(`role="img" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">`);
    const ids = new Set([...svg.matchAll(/ id="([^"]+)"/g)].map(([, one]) => one));
    expect([...ids].filter((one) => !one?.startsWith(`${id}-`))).toEqual([]);
    expect([...svg.matchAll(/url\(#([^)]+)\)/g)].filter(([, one]) => !ids.has(one))).toEqual([]);
  });

  it('tells series apart by patterns as well, and labels them in Chinese', () => {
    const svg = triggersPicture(triggers);
    expect(svg).toContain('>投诉举报</text>');
    expect([...svg.matchAll(/<pattern /g)].length).toBeGreaterThan(1);
  });

  it('of classes says in words how the last month ended, and has no series for what there is none of', () => {
    const row = { month: '2026-02', A: 700, B: 250, C: 40, D: 10, unclassed: 0 };
    const svg = riskClassesPicture({ figure: 'risk-classes', ...months, rows: [row] });
    expect(svg).toContain('2026-02 至 2026-03，2026-02 A 类 700 户、B 类 250 户、C 类 40 户、D 类 10 户');
    expect(svg).toContain('>D 类</text>');
    expect(svg).not.toContain('未分类');
    const rows = [{ ...row, unclassed: 3 }];
    expect(riskClassesPicture({ figure: 'risk-classes', ...months, rows })).toContain('>未分类</text>');
  });

  it('shows what people wrote as text', () => {
    const svg = chartSvg({
      id: 'odd',
      title: '<b>&',
      description: '"',
      categories: ['<script>x</script>'],
      series: [{ name: '<img src=x onerror=y>', values: [1] }],
      shape: 'bars',
    });
    expect(svg).toContain('<title id="odd-title">&lt;b&gt;&amp;</title>');
    expect(svg).not.toMatch(/<script|<img/);
  });
});

describe('the table of a figure', () => {
  it('has its title and each row', () => {
    const figure: Figure = triggers;
    expect(renderToString(<FigureTable figure={figure} />)).toBe(
      '<table><caption>触发线索按月、来源和类别</caption><thead><tr><th scope="col">月份</th><th scope="col">来源</th><th scope="col">类别</th><th scope="col">件数</th></tr></thead><tbody><tr><td>2026-02</td><td>hotline-12345</td><td>投诉举报</td><td>3</td></tr><tr><td>2026-03</td><td>hotline-12345</td><td>投诉举报</td><td>5</td></tr><tr><td>2026-03</td><td>watch</td><td>网络监测</td><td>2</td></tr></tbody></table>',
    );
  });
});

describe('The picture of deadlines', () => {
  const nameOf = (unit: string) => (unit === '-' ? '牵头科室' : unit);

  it('adds the kinds of a unit and month up, and leaves out what is only open', () => {
    const svg = deadlinesPicture(
      {
        ...months,
        deadlines: [
          { month: '2026-02', unit: '-', onTime: 1, late: 0 },
          { month: '2026-02', unit: '-', onTime: 2, late: 1 },
          { month: '2026-03', unit: '执法大队', onTime: 0, late: 0 },
        ],
      },
      nameOf,
    );
    expect(svg).toContain('2026-02 牵头科室');
    expect(svg).not.toContain('执法大队');
    expect(svg).toContain('2026-02 至 2026-03，1 组');
    expect(svg).not.toMatch(/<style|style=|<script/);
  });
});
