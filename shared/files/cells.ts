import type ExcelJS from 'exceljs';
import type { CellFault } from '#domain/library/table.ts';

/** From here on a spreadsheet keeps 15 digits of a number: a code of 18 has lost its last ones. */
const FIRST_MANGLED = 1e15;

/** The cells of a workbook's row as text, as one would have typed them, and those that have no text. */
export function cellsOf(row: ExcelJS.Row): {
  readonly cells: readonly string[];
  readonly faults: readonly CellFault[];
} {
  const cells: string[] = [];
  const faults: CellFault[] = [];
  row.eachCell({ includeEmpty: false }, (cell, number) => {
    const index = number - 1;
    while (cells.length < index) cells.push('');
    const read = textOf(cell.value, cell.numFmt, cell);
    cells[index] = typeof read === 'string' ? read : read.value;
    if (typeof read !== 'string') faults.push({ index, ...read });
  });
  return { cells, faults };
}

/** @param format the cell's number format, which makes 0.05 a share and 46083 a day */
function textOf(
  value: ExcelJS.CellValue,
  format: string | undefined,
  cell?: ExcelJS.Cell,
): string | CellFault {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value, format);
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (value instanceof Date) return dateText(value);
  if ('error' in value) return cellError(value.error);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('hyperlink' in value) return value.text;
  return formulaText('formula' in value ? value.formula : value.sharedFormula, cell?.result, format);
}

/**
 * A formula stands for the value that it had when the workbook was saved.
 * @param result of the cell, since its value leaves out results that are zero or an empty text
 */
function formulaText(
  formula: string,
  result: ExcelJS.Cell['result'] | undefined,
  format: string | undefined,
): string | CellFault {
  if (result !== undefined) return textOf(result, format);
  return {
    value: `=${formula}`,
    reason: 'cell-formula',
    detail: '公式没有计算结果：请用 Excel 或 WPS 打开并保存，或把该列粘贴为数值',
  };
}

function numberText(value: number, format: string | undefined): string | CellFault {
  if (Number.isNaN(value)) return cellError('#VALUE!');
  // In the form in which a spreadsheet shows it: the readers of codes know it by that.
  if (Math.abs(value) >= FIRST_MANGLED) return value.toExponential().toUpperCase();
  return format?.includes('%') === true ? `${Math.round(value * 10_000) / 100}%` : String(value);
}

function cellError(error: string): CellFault {
  return {
    value: error,
    reason: 'cell-error',
    detail: `单元格是错误值 ${error}：请改为实际内容`,
  };
}

/** A spreadsheet's day has no zone: the reader puts it at midnight UTC. A time of day is told as well. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return cellError('#NUM!').value;
  const [day = '', time = ''] = date.toISOString().split('T');
  return time.startsWith('00:00') ? day : `${day} ${time.slice(0, 8)}`;
}
