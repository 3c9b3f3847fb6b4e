import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import * as z from 'zod';
import type { RowError } from '#domain/library/column.ts';
import type { SheetRow } from '#domain/library/table.ts';
import { Refusal } from '#domain/refusal/refusal.ts';

const Cells = z.array(z.string());

/**
 * The rows of a CSV text (RFC 4180; CR LF, LF or CR), empty lines kept because a spreadsheet numbers them too; a cell with
 * line breaks does not add rows.
 * @throws Refusal `csv-quotes`
 */
export async function* csvRows(pieces: Iterable<string>): AsyncGenerator<SheetRow, void> {
  const parser = parse({
    relax_column_count: true,
    // A firm's name with bare quotes in it is read as it stands; only quotes that swallow the rest of the file are refused.
    relax_quotes: true,
    skip_empty_lines: false,
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  let row = 0;
  try {
    for await (const cells of Readable.from(pieces).pipe(parser)) {
      row += 1;
      yield { row, cells: Cells.parse(cells) };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Refusal(
      'csv-quotes',
      `英文双引号不成对，从第 ${lineOf(error)} 行起无法分格 The quotes do not pair up from line ${lineOf(error)} on.`,
    );
  }
}

function lineOf(error: CsvError): number | string {
  const { lines } = error;
  return typeof lines === 'number' ? lines : '?';
}

/** The header of a report of rows at fault. */
export const ERROR_HEADER = ['行号', '列', '原值', '原因', '原因代码'];

/** A row at fault as a row under `ERROR_HEADER`. */
export function errorRow({ row, column, value, detail, reason }: RowError): string[] {
  return [String(row), column, value, detail, reason];
}

/**
 * The report of rows at fault as a file: UTF-8 with byte order mark, so that a spreadsheet shows the Chinese, CR LF.
 * A cell that a spreadsheet would take for a formula gets an apostrophe in front, which the import takes off again.
 */
export function errorsCsv(errors: readonly RowError[]): Uint8Array {
  return writeCsv([ERROR_HEADER, ...errors.map(errorRow)]);
}

/** What a CSV file begins with, so that a spreadsheet shows its Chinese. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** Rows as CSV bytes, UTF-8 with byte order mark, CR LF, formulas disarmed. */
export function writeCsv(rows: readonly (readonly string[])[]): Uint8Array {
  return new TextEncoder().encode(BYTE_ORDER_MARK + csvText(rows));
}

/** Rows as CSV text with CR LF after each, formulas disarmed. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map((cell) => quote(disarm(cell))).join(',')}\r\n`).join('');
}

/**
 * `=HYPERLINK(…)` in a firm's name would run on the desk of whoever opens the file; tab and CR start a formula as well.
 * The import takes one apostrophe off, so a text that begins with one of its own gets another.
 */
function disarm(cell: string): string {
  return /^[=+\-@\t\r']/.test(cell) ? `'${cell}` : cell;
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
