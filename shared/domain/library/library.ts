import * as z from 'zod';
import type { Inspector } from '#domain/inspector/inspector.ts';
import type { Item } from '#domain/item/item.ts';
import {
  type Heading,
  type Library,
  readHeading,
  readRow,
  type RowError,
  type RowReading,
} from '#domain/library/column.ts';
import { items } from '#domain/library/items.ts';
import { cleanCell } from '#domain/library/reading.ts';
import { inspectors, people } from '#domain/library/staff.ts';
import { type Classing, classings, subjects } from '#domain/library/subjects.ts';
import type { Person } from '#domain/person/person.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import type { Subject } from '#domain/subject/subject.ts';

/** What can be imported: the four libraries, and the monthly credit-risk classes of the subjects. */
export const LibraryName = z.enum(['subjects', 'inspectors', 'items', 'people', 'classings']);
export type LibraryName = z.infer<typeof LibraryName>;

/** What a record of each library is. */
export interface LibraryRecord {
  readonly subjects: Subject;
  readonly inspectors: Inspector;
  readonly items: Item;
  readonly people: Person;
  readonly classings: Classing;
}

export const libraries: { readonly [Name in LibraryName]: Library<LibraryRecord[Name]> } = {
  subjects,
  inspectors,
  items,
  people,
  classings,
};

/** A row that is no record: the line of explanations under the header, the sample line, a line without anything. */
export type SkipReason = 'explaining-row' | 'example-row' | 'blank-row';

/** What a file says, with nothing left out in silence: each of its rows is a record, at fault, or skipped. */
export interface TableReading<Entry> {
  readonly records: readonly { readonly row: number; readonly record: Entry }[];
  readonly errors: readonly RowError[];
  readonly skipped: readonly { readonly row: number; readonly reason: SkipReason }[];
  /** Rows with fewer cells than the header, whose missing cells were read as blank: a spreadsheet drops trailing blanks, a cut-off file looks the same. */
  readonly shortRows: readonly number[];
  /** Columns that the library doesn't have; nothing of them was imported. */
  readonly unknownColumns: readonly string[];
}

/** Finds the columns of a library in a file's first row. @throws Refusal `columns-missing`, `column-twice` */
export function parseHeading(name: LibraryName, headers: readonly string[]): Heading {
  return readHeading(libraries[name], headers);
}

/** Reads one row of a file. @param row its number as a spreadsheet shows it; the header is row 1 */
export function parseRow<Name extends LibraryName>(
  name: Name,
  heading: Heading,
  cells: readonly string[],
  row: number,
): RowReading<LibraryRecord[Name]> {
  return readRow<LibraryRecord[Name]>(libraries[name], heading, cells, row);
}

/**
 * Reads a whole table, its first row being the header.
 * @throws Refusal `table-empty`, `columns-missing`, `column-twice`: with the header wrong, no row means anything
 */
export function parseTable<Name extends LibraryName>(
  name: Name,
  table: readonly (readonly string[])[],
): TableReading<LibraryRecord[Name]> {
  const library: Library<LibraryRecord[Name]> = libraries[name];
  const [headers, ...rows] = withoutTrailingBlanks(table);
  if (headers === undefined) throw new Refusal('table-empty', '文件中没有内容 There is nothing in the file.');
  const heading = parseHeading(name, headers);
  const records: { row: number; record: LibraryRecord[Name] }[] = [];
  const errors: RowError[] = [];
  const skipped: { row: number; reason: SkipReason }[] = [];
  const shortRows: number[] = [];
  const rowOfKey = new Map<string, number>();
  for (const [index, cells] of rows.entries()) {
    const row = index + 2;
    const skip = skipReason(library.keyColumn, heading, cells, row);
    if (skip !== undefined) {
      skipped.push({ row, reason: skip });
      continue;
    }
    const long = tooLong(heading, cells, row);
    const reading: RowReading<LibraryRecord[Name]> =
      long === undefined ? parseRow(name, heading, cells, row) : { ok: false, errors: [long] };
    if (!reading.ok) {
      errors.push(...reading.errors);
      continue;
    }
    const key = library.keyOf(reading.record);
    const earlier = rowOfKey.get(key);
    if (earlier !== undefined) {
      errors.push(duplicate(row, headerOf(library.keyColumn, heading), key, earlier));
      continue;
    }
    rowOfKey.set(key, row);
    records.push({ row, record: reading.record });
    if (cells.length < heading.cells.length) shortRows.push(row);
  }
  return { records, errors, skipped, shortRows, unknownColumns: heading.unknownColumns };
}

function withoutTrailingBlanks(table: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return table.slice(0, table.findLastIndex((cells) => !isBlank(cells)) + 1);
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cleanCell(cell) === '');
}

/** An unquoted comma shifts everything after it: the row is refused whole rather than read into the wrong columns. */
function tooLong(heading: Heading, cells: readonly string[], row: number): RowError | undefined {
  const extra = cells.slice(heading.cells.length).filter((cell) => cleanCell(cell) !== '');
  if (extra.length === 0) return undefined;
  const detail = `本行有 ${cells.length} 格，首行只有 ${heading.cells.length} 列：含逗号的内容须加英文双引号`;
  return { row, column: '', value: extra.join(','), reason: 'row-too-long', detail };
}

function skipReason(
  keyColumn: string,
  heading: Heading,
  cells: readonly string[],
  row: number,
): SkipReason | undefined {
  if (isBlank(cells)) return 'blank-row';
  const texts = cells.map(cleanCell);
  if (texts.some((text) => /^案例.*请删除/.test(text))) return 'example-row';
  if (row !== 2) return undefined;
  const key = texts[heading.cells.findIndex(({ column }) => column?.header === keyColumn)] ?? '';
  return explains(key) || (key === '' && texts.some(explains)) ? 'explaining-row' : undefined;
}

function explains(text: string): boolean {
  return /必填|选填|可不填|填写|说明|示例|格式|例如|文本/.test(text);
}

function headerOf(keyColumn: string, heading: Heading): string {
  return heading.cells.find(({ column }) => column?.header === keyColumn)?.header ?? keyColumn;
}

function duplicate(row: number, column: string, value: string, earlier: number): RowError {
  return { row, column, value, reason: 'duplicate', detail: `与第 ${earlier} 行重复` };
}
