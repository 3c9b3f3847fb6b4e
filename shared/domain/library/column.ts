import * as z from 'zod';
import { cleanCell, halfWidth, type Reader } from '#domain/library/reading.ts';
import type { Writer } from '#domain/library/writing.ts';
import { Refusal } from '#domain/refusal/refusal.ts';

/** The values of one row, by the path of their column. */
export type Values = ReadonlyMap<string, unknown>;

/** One column of an import template. */
export interface Column {
  /** The Chinese label that staff know; the first row of a file names columns by it. */
  readonly header: string;
  /** Other labels under which registers export the same thing. */
  readonly otherHeaders?: readonly string[];
  /** A cell as it may be filled in: it stands in the template's sample row and beside the header on the library's page. */
  readonly example?: string;
  /** Where the value goes in the record: `ratio`, `certificates.0.validThrough`. */
  readonly path: string;
  /** The file must have the column, and each row a value in it unless only the header is asked for. */
  readonly required?: true | 'in-header';
  readonly read: Reader;
  /** The cell of a value, for an export; left out where the value is its own text. */
  readonly write?: Writer;
  /** What a blank cell, or a file without the column, is taken for; `note` says it on the template. */
  readonly whenBlank?: { readonly value: (values: Values) => unknown; readonly note: string };
}

/** What a file for a library looks like. */
export interface Template {
  readonly label: string;
  readonly columns: readonly Column[];
}

/** A library that is filled from files: its columns and the schema that each record passes. */
export interface Library<Entry> extends Template {
  /** The column whose value names a record; no two rows of a file may have the same. */
  readonly keyColumn: string;
  readonly keyOf: (entry: Entry) => string;
  readonly schema: z.ZodType<Entry>;
}

/** What is wrong with a cell: data, because the other rows of the file stand. */
export const RowError = z.object({
  /** The row's number as a spreadsheet shows it; the header is row 1. */
  row: z.int(),
  /** The column's header as in the file, empty when the whole row is at fault. */
  column: z.string(),
  /** The cell as it was in the file. */
  value: z.string(),
  /** Kebab-case, e.g. `id-check-character`, `value-missing`, `duplicate`. */
  reason: z.string(),
  /** A sentence in Chinese for the person who corrects the row. */
  detail: z.string(),
});
export type RowError = Readonly<z.infer<typeof RowError>>;

/** The columns of a file, in its order. */
export interface Heading {
  /** For each of the file's columns its header as written, and what it is; `undefined` when the library has no such column. */
  readonly cells: readonly { readonly header: string; readonly column: Column | undefined }[];
  /** Headers that the library doesn't know: their cells are not imported, and the report says so. */
  readonly unknownColumns: readonly string[];
}

export type RowReading<Entry> =
  | { readonly ok: true; readonly record: Entry }
  | { readonly ok: false; readonly errors: readonly RowError[] };

/**
 * Finds a library's columns in a file's first row, in any order.
 * @throws Refusal `columns-missing` when a required one is not there, `column-twice` when one is there twice:
 * which of the two cells counts could only be guessed.
 */
export function readHeading(library: Template, headers: readonly string[]): Heading {
  const byHeader = new Map(
    library.columns.flatMap((column) =>
      [column.header, ...(column.otherHeaders ?? [])].map((header) => [headerForm(header), column] as const),
    ),
  );
  const cells = headers.map((header) => ({
    header: cleanCell(header),
    column: byHeader.get(headerForm(header)),
  }));
  refuseDoubles(cells.flatMap(({ column }) => (column === undefined ? [] : [column.header])));
  refuseMissing(library, new Set(cells.map(({ column }) => column)));
  const unknown = cells.filter(({ header, column }) => column === undefined && header !== '');
  return { cells, unknownColumns: unknown.map(({ header }) => header) };
}

/** Of several templates the one of whose required columns a file's first row has the most; of equals the first. */
export function nearest<T extends Template>(templates: readonly [T, ...T[]], headers: readonly string[]): T {
  const there = new Set(headers.map(headerForm));
  const found = ({ columns }: T) =>
    columns.filter(
      ({ required, header, otherHeaders = [] }) =>
        required !== undefined && [header, ...otherHeaders].some((one) => there.has(headerForm(one))),
    ).length;
  return templates.reduce((best, next) => (found(next) > found(best) ? next : best));
}

/** Reads one row into a record, or tells everything that is wrong with it at once. */
export function readRow<Entry>(
  library: Library<Entry>,
  heading: Heading,
  cells: readonly string[],
  row: number,
): RowReading<Entry> {
  const values = new Map<string, unknown>();
  const errors: RowError[] = [];
  for (const [index, { header, column }] of heading.cells.entries()) {
    if (column === undefined) continue;
    const value = cells[index] ?? '';
    const text = cleanCell(value);
    if (text === '') {
      if (column.required === true) errors.push(missing(row, header));
      continue;
    }
    const reading = column.read(text);
    if (reading.ok) values.set(column.path, reading.value);
    else errors.push({ row, column: header, value, reason: reading.reason, detail: reading.detail });
  }
  return errors.length > 0 ? { ok: false, errors } : check(library, heading, cells, row, values);
}

function check<Entry>(
  library: Library<Entry>,
  heading: Heading,
  cells: readonly string[],
  row: number,
  values: ReadonlyMap<string, unknown>,
): RowReading<Entry> {
  const checked = library.schema.safeParse(nest(withBlanks(library, values)));
  if (checked.success) return { ok: true, record: checked.data };
  return {
    ok: false,
    errors: checked.error.issues.map((issue) => {
      const column = columnOf(library, issue.path.join('.'));
      const index = heading.cells.findIndex((cell) => cell.column === column);
      const header = heading.cells[index]?.header ?? column?.header ?? '';
      const value = cells[index] ?? '';
      if (cleanCell(value) !== '')
        return { row, column: header, value, reason: 'value-invalid', detail: sentence(issue) };
      // A blank that another column asks to be filled keeps the sentence that says so.
      return missing(row, header, issue.code === 'custom' ? issue.message : undefined);
    }),
  };
}

function withBlanks(library: Template, values: Values): Map<string, unknown> {
  const filled = new Map(values);
  for (const column of library.columns) {
    if (column.whenBlank !== undefined && !values.has(column.path)) {
      filled.set(column.path, column.whenBlank.value(values));
    }
  }
  return filled;
}

/** Turns `{'certificates.0.number': x}` into `{certificates: [{number: x}]}`; absent values leave no key behind. */
function nest(values: Values): unknown {
  const groups = new Map<string, Map<string, unknown>>();
  const members = new Map<string, unknown>();
  for (const [path, value] of values) {
    if (value === undefined) continue;
    const [head = '', ...rest] = path.split('.');
    if (rest.length === 0) members.set(head, value);
    else groups.set(head, (groups.get(head) ?? new Map<string, unknown>()).set(rest.join('.'), value));
  }
  for (const [head, group] of groups) members.set(head, nest(group));
  const numbered = [...members.keys()].every((key) => /^\d+$/.test(key));
  return numbered && members.size > 0 ? [...members.values()] : Object.fromEntries(members);
}

/** The column that a fault of the record is about: the one at its path, that it is a part of, or the first that is a part of it. */
function columnOf(library: Template, path: string): Column | undefined {
  return (
    library.columns.find((column) => column.path === path) ??
    library.columns.find((column) => path.startsWith(`${column.path}.`)) ??
    library.columns.find((column) => column.path.startsWith(`${path}.`))
  );
}

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big') return `过长或过多：最多 ${issue.maximum}`;
  if (issue.code === 'too_small') return `过短或过少：最少 ${issue.minimum}`;
  return issue.message;
}

function missing(row: number, column: string, detail = '必填'): RowError {
  return { row, column, value: '', reason: 'value-missing', detail };
}

/** A header without blanks, line breaks, width of brackets and the star that marks required columns. */
function headerForm(header: string): string {
  return halfWidth(cleanCell(header)).replaceAll(/[\s*]/g, '').toUpperCase();
}

function refuseDoubles(headers: readonly string[]): void {
  const double = headers.find((header, index) => headers.indexOf(header) !== index);
  if (double === undefined) return;
  throw new Refusal('column-twice', `“${double}”列出现两次 The column ${double} is in the file twice.`, [
    { pointer: double, detail: '保留一列' },
  ]);
}

function refuseMissing(library: Template, present: ReadonlySet<Column | undefined>): void {
  const absent = library.columns.filter((column) => column.required !== undefined && !present.has(column));
  if (absent.length === 0) return;
  const names = absent.map((column) => column.header);
  throw new Refusal(
    'columns-missing',
    `首行缺少列：${names.join('、')} The first row lacks columns that the ${library.label} needs.`,
    names.map((pointer) => ({ pointer, detail: '首行须有此列' })),
  );
}
