import {
  type Heading,
  type Library,
  nearest,
  readHeading,
  readRow,
  type RowError,
  type RowReading,
  type Template,
} from '#domain/library/column.ts';
import { libraries, type LibraryName, type LibraryRecord } from '#domain/library/library.ts';
import { cleanCell } from '#domain/library/reading.ts';
import { Refusal } from '#domain/refusal/refusal.ts';

/** One row of a file, whatever the file's format is. */
export interface SheetRow {
  /** Its number as a spreadsheet shows it. */
  readonly row: number;
  /** What stands in its cells, as text. */
  readonly cells: readonly string[];
  /** Cells that have no text of their own: an error value, a formula that was never computed, a part of a merged cell. */
  readonly faults?: readonly CellFault[];
}

/** What is wrong with a cell before anything is read of it. */
export interface CellFault {
  /** The cell's place in the row, from 0; absent when the whole row is meant. */
  readonly index?: number;
  readonly value: string;
  readonly reason: 'cell-error' | 'cell-formula' | 'cell-merged';
  readonly detail: string;
}

/** A row that is no record: the line of explanations under the header, the sample line, a line without anything. */
export type SkipReason = 'explaining-row' | 'example-row' | 'blank-row';

/** What a row turned out to be. Nothing of a file is left out in silence: each row is one of these. */
export type RowOutcome<Entry> =
  | {
      readonly kind: 'record';
      readonly row: number;
      readonly record: Entry;
      /** The row has fewer cells than the header; those that are missing were read as blank. */
      readonly short: boolean;
    }
  | { readonly kind: 'fault'; readonly row: number; readonly errors: readonly RowError[] }
  | { readonly kind: 'skipped'; readonly row: number; readonly reason: SkipReason };

/** What a whole file says. */
export interface TableReading<Entry> {
  readonly records: readonly { readonly row: number; readonly record: Entry }[];
  readonly errors: readonly RowError[];
  readonly skipped: readonly { readonly row: number; readonly reason: SkipReason }[];
  /** Rows with fewer cells than the header, whose missing cells were read as blank: a spreadsheet drops trailing blanks, a cut-off file looks the same. */
  readonly shortRows: readonly number[];
  /** Columns that the library doesn't have; nothing of them was imported. */
  readonly unknownColumns: readonly string[];
}

/** The header of a file: where it stands, and whose it is. */
interface KnownHeading<Entry> extends Heading {
  readonly row: number;
  readonly template: Library<Entry>;
}

/**
 * Reads a table row by row, the first row that is not blank being the header: of several templates it tells which one is
 * meant. It keeps the keys that it has seen and nothing else, so a file of any length is read in little memory.
 */
export class TemplateReader<Entry> {
  readonly #templates: readonly [Library<Entry>, ...Library<Entry>[]];
  readonly #rowOfKey = new Map<string, number>();
  #heading: KnownHeading<Entry> | undefined;
  /** Blank rows that mean something only when another row follows: a spreadsheet ends in thousands of them. */
  #blank: number[] = [];

  constructor(...templates: readonly [Library<Entry>, ...Library<Entry>[]]) {
    this.#templates = templates;
  }

  get unknownColumns(): readonly string[] {
    return this.#heading?.unknownColumns ?? [];
  }

  /**
   * What a row is, after the blank ones before it. The header gives nothing.
   * @throws Refusal `columns-missing`, `column-twice`: with the header wrong, no row means anything
   */
  take(given: SheetRow): RowOutcome<Entry>[] {
    if (isBlank(given)) {
      if (this.#heading !== undefined) this.#blank.push(given.row);
      return [];
    }
    if (this.#heading === undefined) {
      const template = nearest(this.#templates, given.cells);
      this.#heading = { ...readHeading(template, given.cells), row: given.row, template };
      return [];
    }
    const blank = this.#blank.map((row) => ({ kind: 'skipped', row, reason: 'blank-row' }) as const);
    this.#blank = [];
    return [...blank, this.#outcome(this.#heading, given)];
  }

  /** To be called after the last row. @throws Refusal `table-empty` when there was none */
  end(): void {
    if (this.#heading === undefined) {
      throw new Refusal('table-empty', '文件中没有内容 There is nothing in the file.');
    }
  }

  #outcome(heading: KnownHeading<Entry>, given: SheetRow): RowOutcome<Entry> {
    const { row, cells } = given;
    const { template } = heading;
    const { keyColumn, keyOf } = template;
    const reason = skipReason(keyColumn, heading, cells, row);
    if (reason !== undefined) return { kind: 'skipped', row, reason };
    const faults = [...faultsOf(heading, given), ...tooLong(heading, cells, row)];
    if (faults.length > 0) return { kind: 'fault', row, errors: faults };
    const reading: RowReading<Entry> = readRow(template, heading, cells, row);
    if (!reading.ok) return { kind: 'fault', row, errors: reading.errors };
    const key = keyOf(reading.record);
    const earlier = this.#rowOfKey.get(key);
    if (earlier !== undefined) {
      const place = heading.cells.findIndex(({ column }) => column?.header === keyColumn);
      const header = heading.cells[place]?.header ?? keyColumn;
      return { kind: 'fault', row, errors: [duplicate(row, header, cells[place] ?? '', earlier)] };
    }
    this.#rowOfKey.set(key, row);
    return { kind: 'record', row, record: reading.record, short: cells.length < heading.cells.length };
  }
}

/** The same for a library by its name. */
export class TableReader<Name extends LibraryName> extends TemplateReader<LibraryRecord[Name]> {
  constructor(name: Name) {
    super(libraries[name]);
  }
}

/** Puts what rows turned out to be together into what the file says. */
export class ReadingInMemory<Entry> {
  readonly records: { row: number; record: Entry }[] = [];
  readonly errors: RowError[] = [];
  readonly skipped: { row: number; reason: SkipReason }[] = [];
  readonly shortRows: number[] = [];

  add(outcome: RowOutcome<Entry>): void {
    switch (outcome.kind) {
      case 'record':
        this.records.push({ row: outcome.row, record: outcome.record });
        if (outcome.short) this.shortRows.push(outcome.row);
        return;
      case 'fault':
        this.errors.push(...outcome.errors);
        return;
      case 'skipped':
        this.skipped.push({ row: outcome.row, reason: outcome.reason });
        return;
      default:
        outcome satisfies never;
    }
  }
}

/**
 * Reads a whole table, its first row that is not blank being the header.
 * @throws Refusal `table-empty`, `columns-missing`, `column-twice`: with the header wrong, no row means anything
 */
export function parseTable<Name extends LibraryName>(
  name: Name,
  table: readonly (readonly string[])[],
): TableReading<LibraryRecord[Name]> {
  const reader = new TableReader(name);
  const reading = new ReadingInMemory<LibraryRecord[Name]>();
  for (const [index, cells] of table.entries()) {
    for (const outcome of reader.take({ row: index + 1, cells })) reading.add(outcome);
  }
  reader.end();
  const { records, errors, skipped, shortRows } = reading;
  return { records, errors, skipped, shortRows, unknownColumns: reader.unknownColumns };
}

/** Whether a row holds all the columns without which a file of the template can't be read: how the right sheet of several is known. */
export function isHeader(template: Template, cells: readonly string[]): boolean {
  try {
    readHeading(template, cells);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function isBlank({ cells, faults = [] }: SheetRow): boolean {
  return faults.length === 0 && cells.every((cell) => cleanCell(cell) === '');
}

/** Cells that can't be read, in columns that the library has; what stands in the others is not imported anyway. */
function faultsOf(heading: Heading, { row, faults = [] }: SheetRow): RowError[] {
  return faults.flatMap(({ index, value, reason, detail }) => {
    const cell = index === undefined ? { header: '', column: true } : heading.cells[index];
    return cell?.column === undefined ? [] : [{ row, column: cell.header, value, reason, detail }];
  });
}

/** An unquoted comma shifts everything after it: the row is refused whole rather than read into the wrong columns. */
function tooLong(heading: Heading, cells: readonly string[], row: number): RowError[] {
  const extra = cells.slice(heading.cells.length).filter((cell) => cleanCell(cell) !== '');
  if (extra.length === 0) return [];
  const detail = `本行有 ${cells.length} 格，首行只有 ${heading.cells.length} 列：含逗号的内容须加英文双引号`;
  return [{ row, column: '', value: extra.join(','), reason: 'row-too-long', detail }];
}

function skipReason(
  keyColumn: string,
  heading: Heading & { readonly row: number },
  cells: readonly string[],
  row: number,
): SkipReason | undefined {
  const texts = cells.map(cleanCell);
  if (texts.some((text) => /^案例.*请删除/.test(text))) return 'example-row';
  if (row !== heading.row + 1) return undefined;
  const key = texts[heading.cells.findIndex(({ column }) => column?.header === keyColumn)] ?? '';
  return explains(key) || (key === '' && texts.some(explains)) ? 'explaining-row' : undefined;
}

function explains(text: string): boolean {
  return /必填|选填|可不填|填写|说明|示例|格式|例如|文本/.test(text);
}

function duplicate(row: number, column: string, value: string, earlier: number): RowError {
  return { row, column, value, reason: 'duplicate', detail: `与第 ${earlier} 行重复` };
}
