import { isMissed, type Figure } from './measure.ts';

const HEADS = ['figure', 'measured', 'baseline', 'ratio', 'target'] as const;

/** The figures in columns, and in the last line which targets are missed. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [HEADS, ...figures.map(cellsOf)];
  const widths = HEADS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
  return `${lines.join('\n')}\n\n${verdictOf(figures)}\n`;
}

function cellsOf(figure: Figure): string[] {
  const { name, measured, baseline, ratio, target } = figure;
  return [
    name,
    measured,
    baseline ?? '',
    ratio?.toFixed(2) ?? '',
    target === undefined ? '' : `${target.bound} ${target.ratio} ${isMissed(figure) ? 'MISSED' : 'met'}`,
  ];
}

function verdictOf(figures: readonly Figure[]): string {
  const missed = figures.filter(isMissed);
  const withTarget = figures.filter(({ target }) => target !== undefined).length;
  if (withTarget === 0) {
    return 'No figure here has a target.';
  }
  return missed.length === 0
    ? `All ${withTarget} targets are met.`
    : `MISSED: ${missed.map(({ name }) => name).join('; ')}.`;
}
