import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import { cleanCell } from '#domain/library/reading.ts';
import type { CellFault, SheetRow } from '#domain/library/table.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { cellsOf } from './cells.ts';
import { sharedStrings } from './shared-strings.ts';
import { mergedRows, mergeFinder } from './merged-cells.ts';
import { recordOf, tailOf, unpacked, unreadable, zipEntries, type ZipEntry, type ZipLimits } from './zip.ts';

/** A register of a million rows has about 700 MB of XML; the most repetitive sheets pack 60 to 1. */
const LIMITS: ZipLimits = { entries: 1_000, bytes: 1_000_000_000, ratio: 150 };

const SHEET = /^xl\/worksheets\/sheet\d+\.xml$/;
const STRINGS = 'xl/sharedStrings.xml';
/** What the reader has to know before a sheet; writers put it behind the sheets as often as not. */
const BEFORE_SHEETS = ['xl/_rels/workbook.xml.rels', 'xl/workbook.xml', 'xl/styles.xml'];

/**
 * The rows of an XLSX workbook: of its first visible sheet whose first row `isHeader`; when none has such a row, the first
 * row of the first sheet that has any, for the header's faults to be told.
 * @throws Refusal `workbook-unreadable`, `workbook-too-large`, `cells-merged`
 */
export async function* workbookRows(
  bytes: Uint8Array,
  isHeader: (cells: readonly string[]) => boolean,
): AsyncGenerator<SheetRow, void> {
  const entries = zipEntries(bytes, LIMITS);
  const sheets = entries.filter(({ name }) => SHEET.test(name));
  if (sheets.length === 0) throw unreadable('其中没有工作表 it has no sheet');
  const needed = BEFORE_SHEETS.flatMap((name) => entries.filter((entry) => entry.name === name));
  for (const entry of needed) await verify(bytes, entry);
  let fallback: SheetRow | undefined;
  for await (const rows of sheetsOf(bytes, entries, needed, sheets)) {
    const header = await firstRow(rows);
    if (header === undefined) continue;
    if (isHeader(header.cells)) {
      refuseMergedHeader(header);
      yield header;
      yield* rows;
      return;
    }
    fallback ??= header;
  }
  if (fallback !== undefined) yield fallback;
}

async function firstRow(rows: AsyncGenerator<SheetRow, void>): Promise<SheetRow | undefined> {
  for (;;) {
    const { done, value: row } = await rows.next();
    if (done === true) return undefined;
    if (row.cells.some((cell) => cleanCell(cell) !== '')) return row;
  }
}

function refuseMergedHeader({ faults = [] }: SheetRow): void {
  const merged = faults.find(({ reason }) => reason === 'cell-merged');
  if (merged === undefined) return;
  throw new Refusal(
    'cells-merged',
    `标题行有合并单元格 ${merged.value}，看不出各列：请取消合并 The header row has merged cells.`,
  );
}

/** Unpacks a file to see that it is as long as the directory says, and that its XML ends, before a reader that does not ask does. */
async function verify(bytes: Uint8Array, entry: ZipEntry): Promise<void> {
  let end = '';
  for await (const piece of unpacked(bytes, entry)) end = (end + piece.toString('latin1')).slice(-64);
  if (!/>\s*$/.test(end)) throw unreadable(`${entry.name} 不完整 is cut off`);
}

/** The sheets that are shown, in the order of the file, each as its rows. */
async function* sheetsOf(
  bytes: Uint8Array,
  all: readonly ZipEntry[],
  needed: readonly ZipEntry[],
  sheets: readonly ZipEntry[],
): AsyncGenerator<AsyncGenerator<SheetRow, void>> {
  const found = all.find(({ name }) => name === STRINGS);
  // A workbook whose texts all stand in their cells has no such file.
  const strings = found === undefined ? [] : await sharedStrings(decoded(bytes, found));
  for (const entry of sheets) {
    const merges = await mergedRows(unpacked(bytes, entry));
    const sheet = await opened(
      [...needed, entry].map((one) => recordOf(bytes, all, one)),
      tailOf(bytes),
      strings,
    );
    if (sheet === undefined || isHidden(sheet)) continue;
    Reflect.set(sheet, 'iterator', decoded(bytes, entry));
    yield rowsOf(sheet, mergeFinder(merges));
  }
}

/**
 * Opens one sheet. The reader gets the files of the archive that it needs for it and no others, the sheet last, so that it
 * puts nothing aside. Texts it gets decoded: by itself it decodes each piece of a file alone, and a character that stands
 * across two of them is lost.
 */
async function opened(records: readonly Uint8Array[], tail: Uint8Array, strings: readonly string[]) {
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from([...records, tail]), {
    worksheets: 'emit',
    sharedStrings: 'cache',
    // Without its number format a day or a percentage is a bare number.
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  });
  Reflect.set(reader, 'sharedStrings', strings);
  const { done, value } = await readable(async () => reader[Symbol.asyncIterator]().next());
  return done === true ? undefined : value;
}

/** The text of a file of the archive, in pieces of whole characters. */
async function* decoded(bytes: Uint8Array, entry: ZipEntry): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const piece of unpacked(bytes, entry)) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

/** What a broken workbook makes its reader throw is no defect of ours. */
async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error));
  }
}

/** A hidden sheet holds lists for drop-downs, or last year's rows. */
function isHidden(sheet: object): boolean {
  const state: unknown = Reflect.get(sheet, 'state');
  return state === 'hidden' || state === 'veryHidden';
}

async function* rowsOf(
  sheet: ExcelJS.stream.xlsx.WorksheetReader,
  merged: (row: number) => CellFault[],
): AsyncGenerator<SheetRow, void> {
  const rows = sheet[Symbol.asyncIterator]();
  for (;;) {
    const { done, value: row } = await readable(async () => rows.next());
    if (done === true) return;
    const { cells, faults } = cellsOf(row);
    yield { row: row.number, cells, faults: [...merged(row.number), ...faults] };
  }
}
