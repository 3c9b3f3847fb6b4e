import type { FigureOf } from '#domain/figures/figures.ts';
import { figureTitles, resultLabelOf } from '#domain/figures/table.ts';
import { CountedClass, countedClassLabels } from '#domain/risk/classes.ts';
import { RiskLevel, riskLevelLabels } from '#domain/risk/rule.ts';
import { TriggerCategory, triggerCategoryLabels } from '#domain/trigger/trigger.ts';
import { chartSvg, type Series } from './chart.ts';

/** Draws, units or cohorts that one picture shows: more can't be told apart. The table beside it has them all. */
const MOST = 12;

/** Triggers of each month by their category, all sources together. */
export function triggersPicture({ from, to, rows }: FigureOf<'triggers'>): string {
  const months = distinct(rows.map(({ month }) => month));
  return chartSvg({
    id: 'triggers',
    title: figureTitles.triggers,
    description: `${from} 至 ${to}，共 ${total(rows)} 件`,
    categories: months,
    series: TriggerCategory.options.map((category) => ({
      name: triggerCategoryLabels[category],
      values: months.map((month) =>
        total(rows.filter((row) => row.month === month && row.category === category)),
      ),
    })),
    shape: 'stacked',
  });
}

/** Warnings of each month by their level. */
export function riskPicture({ from, to, rows }: FigureOf<'risk'>): string {
  const months = distinct(rows.map(({ month }) => month));
  return chartSvg({
    id: 'risk',
    title: figureTitles.risk,
    description: `${from} 至 ${to}，共 ${total(rows)} 件`,
    categories: months,
    series: RiskLevel.options.map((level) => ({
      name: riskLevelLabels[level],
      values: months.map((month) => total(rows.filter((row) => row.month === month && row.level === level))),
    })),
    shape: 'lines',
  });
}

/** How many subjects stood in each class as each month ended; those without a class only where there are any. */
export function riskClassesPicture({ from, to, rows }: FigureOf<'risk-classes'>): string {
  const classes = CountedClass.options.filter(
    (name) => name !== 'unclassed' || rows.some((row) => row.unclassed > 0),
  );
  const last = rows.at(-1);
  const standing = classes.map((name) => `${countedClassLabels[name]} ${last?.[name] ?? 0} 户`).join('、');
  return chartSvg({
    id: 'classes',
    title: figureTitles['risk-classes'],
    description: `${from} 至 ${to}${last === undefined ? '' : `，${last.month} ${standing}`}`,
    categories: rows.map(({ month }) => month),
    series: classes.map((name) => ({
      name: countedClassLabels[name],
      values: rows.map((row) => row[name]),
    })),
    shape: 'stacked',
  });
}

/** Results of each month, all units together; only those that there were. */
export function resultsPicture({ from, to, rows }: FigureOf<'results'>): string {
  const months = distinct(rows.map(({ month }) => month));
  const results = [...new Set(rows.map(({ result }) => result))].toSorted((a, b) => a - b);
  return chartSvg({
    id: 'results',
    title: figureTitles.results,
    description: `${from} 至 ${to}，共 ${total(rows)} 户次`,
    categories: months,
    series: results.map((result) => ({
      name: resultLabelOf(result),
      values: months.map((month) =>
        total(rows.filter((row) => row.month === month && row.result === result)),
      ),
    })),
    shape: 'stacked',
  });
}

/** How the load lies on the inspectors of each unit. */
export function loadPicture({ from, to, rows }: FigureOf<'load'>): string {
  const shown = rows.slice(0, MOST);
  return chartSvg({
    id: 'load',
    title: figureTitles.load,
    description: `${from} 至 ${to}，${rows.length} 个单位${partly(shown.length, rows.length)}`,
    categories: shown.map(({ unit }) => unit),
    series: [
      { name: '最少', values: shown.map(({ min }) => min) },
      { name: '中位', values: shown.map(({ median }) => median) },
      { name: '最多', values: shown.map(({ max }) => max) },
    ],
    shape: 'bars',
  });
}

/** What the newest draws were to give and gave, each stratum by itself. */
export function drawsPicture({ rows }: FigureOf<'draws'>): string {
  const shown = rows.slice(0, MOST);
  const series: Series[] = [
    { name: '应抽', values: shown.map(({ expectedHundredths }) => expectedHundredths / 100) },
    { name: '实抽', values: shown.map(({ drawn }) => drawn) },
  ];
  return chartSvg({
    id: 'draws',
    title: figureTitles.draws,
    description: `共 ${rows.length} 个分层${partly(shown.length, rows.length)}`,
    categories: shown.map(({ draw, stratum }) => `${draw.slice(-4)} ${stratum}`),
    series,
    shape: 'bars',
  });
}

/** The cohorts of a county in which most is warned of, by their share in per cent. */
export function cohortsPicture({ territory, rows }: FigureOf<'cohorts'>): string {
  const shown = rows.toSorted((a, b) => b.warnedBasisPoints - a.warnedBasisPoints).slice(0, MOST);
  return chartSvg({
    id: 'cohorts',
    title: figureTitles.cohorts,
    description: `${territory ?? '—'}，${rows.length} 个行业${partly(shown.length, rows.length)}`,
    categories: shown.map(({ industry }) => industry),
    series: [{ name: '占比（%）', values: shown.map(({ warnedBasisPoints }) => warnedBasisPoints / 100) }],
    shape: 'bars',
  });
}

/** What a unit kept of the deadlines of a month; several kinds are several rows. */
interface KeptDeadlines {
  readonly month: string;
  readonly unit: string;
  readonly onTime: number;
  readonly late: number;
}

/** Deadlines kept and not kept, month by month and unit by unit; those whose day is not over are in the table only. */
export function deadlinesPicture(
  {
    from,
    to,
    deadlines,
  }: { readonly from: string; readonly to: string; readonly deadlines: readonly KeptDeadlines[] },
  nameOf: (unit: string) => string,
): string {
  const groups = Object.groupBy(deadlines, ({ month, unit }) => `${month}\n${unit}`);
  const all = Object.values(groups).flatMap((rows = []) => {
    const [first] = rows;
    const onTime = rows.reduce((sum, row) => sum + row.onTime, 0);
    const late = rows.reduce((sum, row) => sum + row.late, 0);
    return first === undefined || onTime + late === 0 ? [] : [{ ...first, onTime, late }];
  });
  // The newest months are those that people ask about.
  const shown = all.slice(-MOST);
  return chartSvg({
    id: 'deadlines',
    title: '期限按期与逾期',
    description: `${from} 至 ${to}，${all.length} 组${partly(shown.length, all.length)}`,
    categories: shown.map(({ month, unit }) => `${month} ${nameOf(unit)}`),
    series: [
      { name: '按期', values: shown.map(({ onTime }) => onTime) },
      { name: '逾期', values: shown.map(({ late }) => late) },
    ],
    shape: 'stacked',
  });
}

function partly(shown: number, all: number): string {
  return shown === all ? '' : `，图中为 ${shown} 个`;
}

function total(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}

function distinct(all: readonly string[]): string[] {
  return [...new Set(all)].toSorted();
}
