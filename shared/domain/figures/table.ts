import { resultLabels, type ResultCode } from '#domain/inspection/record.ts';
import { CountedClass, countedClassLabels } from '#domain/risk/classes.ts';
import { riskLevelLabels } from '#domain/risk/rule.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { triggerCategoryLabels } from '#domain/trigger/trigger.ts';
import type { Figure, FigureName } from './figures.ts';

/** The Chinese title of a figure. */
export const figureTitles: Readonly<Record<FigureName, string>> = {
  triggers: '触发线索按月、来源和类别',
  risk: '风险预警按月和等级',
  'risk-classes': '风险分类变化（月末存续户数）',
  results: '检查结果按月和承担单位',
  load: '各单位检查人员派出次数',
  draws: '抽查应抽与实抽',
  cohorts: '各地区行业预警占比',
};

/** A figure as rows of text: the same on a page, beside a picture and in a CSV file. */
export interface FigureRows {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The rows of a figure in the words of the people who read it. */
export function rowsOf(figure: Figure): FigureRows {
  switch (figure.figure) {
    case 'triggers':
      return {
        header: ['月份', '来源', '类别', '件数'],
        rows: figure.rows.map(({ month, source, category, count }) => [
          month,
          source,
          triggerCategoryLabels[category],
          String(count),
        ]),
      };
    case 'risk':
      return {
        header: ['月份', '预警等级', '件数'],
        rows: figure.rows.map(({ month, level, count }) => [month, riskLevelLabels[level], String(count)]),
      };
    case 'risk-classes':
      return {
        header: ['月份', ...CountedClass.options.map((name) => countedClassLabels[name]), '合计'],
        rows: figure.rows.map((row) => {
          const counts = CountedClass.options.map((name) => row[name]);
          return [row.month, ...[...counts, counts.reduce((sum, one) => sum + one, 0)].map(String)];
        }),
      };
    case 'results':
      return {
        header: ['月份', '承担单位', '检查结果', '户次'],
        rows: figure.rows.map(({ month, unit, result, count }) => [
          month,
          unit,
          resultLabelOf(result),
          String(count),
        ]),
      };
    case 'load':
      return {
        header: ['承担单位', '派出人数', '最少次数', '中位次数', '最多次数'],
        rows: figure.rows.map(({ unit, inspectors, min, median, max }) => [
          unit,
          ...[inspectors, min, median, max].map(String),
        ]),
      };
    case 'draws':
      return {
        header: ['抽查', '名称', '承诺日期', '分层', '户数', '应抽', '实抽'],
        rows: figure.rows.map(({ draw, title, committedAt, stratum, size, expectedHundredths, drawn }) => [
          draw,
          title,
          dateInShanghai(committedAt),
          stratum,
          String(size),
          hundredths(expectedHundredths),
          String(drawn),
        ]),
      };
    case 'cohorts':
      return {
        header: ['地区', '行业', '户数', '关注', '预警', '严重', '占比（%）'],
        rows: figure.rows.map((row) => [
          row.territory,
          row.industry,
          ...[row.subjects, row.watch, row.warning, row.severe].map(String),
          hundredths(row.warnedBasisPoints),
        ]),
      };
  }
}

const labels: ReadonlyMap<number, string> = new Map(
  Object.entries(resultLabels).map(([code, label]) => [Number(code), label]),
);

export function resultLabelOf(code: ResultCode): string {
  const label = labels.get(code);
  if (label === undefined) throw new RangeError(`there is no result ${code}`);
  return label;
}

/** 1234 is 12.34. */
function hundredths(value: number): string {
  return `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;
}
