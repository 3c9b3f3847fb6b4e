import { CsvError, parse } from 'csv-parse/sync';
import * as z from 'zod';
import { decodeText, type TextEncoding } from '#files/decode.ts';
import type { RowError } from '#domain/library/column.ts';
import {
  type LibraryName,
  type LibraryRecord,
  parseTable,
  type TableReading,
} from '#domain/library/library.ts';
import { Refusal } from '#domain/refusal/refusal.ts';

const Rows = z.array(z.array(z.string()));

/**
 * Reads a CSV file into a library's records; rows at fault are reported with the number that a spreadsheet shows
 * (a cell with line breaks does not add rows) and the others stand.
 * @throws Refusal for a file that can't be read at all: those of decodeText and parseTable, and `csv-quotes`
 */
export function readCsv<Name extends LibraryName>(
  bytes: Uint8Array,
  library: Name,
): TableReading<LibraryRecord[Name]> & { readonly encoding: TextEncoding } {
  const { text, encoding } = decodeText(bytes);
  return { ...parseTable(library, csvRows(text)), encoding };
}

/** The rows of a CSV text (RFC 4180; CR LF, LF or CR), empty lines kept because a spreadsheet numbers them too. */
function csvRows(text: string): string[][] {
  try {
    const rows = parse(text, {
      relax_column_count: true,
      // A firm's name with bare quotes in it is read as it stands; only quotes that swallow the rest of the file are refused.
      relax_quotes: true,
      skip_empty_lines: false,
      record_delimiter: ['\r\n', '\n', '\r'],
    });
    return Rows.parse(rows);
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

/**
 * The report of rows at fault as a file: UTF-8 with byte order mark, so that a spreadsheet shows the Chinese, CR LF.
 * A cell that a spreadsheet would take for a formula gets an apostrophe in front, which the import takes off again.
 */
export function errorsCsv(errors: readonly RowError[]): Uint8Array {
  return writeCsv([
    ['行号', '列', '原值', '原因', '原因代码'],
    ...errors.map(({ row, column, value, detail, reason }) => [String(row), column, value, detail, reason]),
  ]);
}

/** Rows as CSV bytes, UTF-8 with byte order mark, CR LF, formulas disarmed. */
export function writeCsv(rows: readonly (readonly string[])[]): Uint8Array {
  return new TextEncoder().encode(`\uFEFF${csvText(rows)}`);
}

/** Rows as CSV text with CR LF after each, formulas disarmed. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map((cell) => quote(disarm(cell))).join(',')}\r\n`).join('');
}

/** `=HYPERLINK(…)` in a firm's name would run on the desk of whoever opens the report; tab and CR start a formula as well. */
function disarm(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
