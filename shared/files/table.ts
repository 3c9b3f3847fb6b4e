import type { Library, Template } from '#domain/library/column.ts';
import { libraries, type LibraryName, type LibraryRecord } from '#domain/library/library.ts';
import {
  isHeader,
  ReadingInMemory,
  type RowOutcome,
  type SheetRow,
  type TableReading,
  TemplateReader,
} from '#domain/library/table.ts';
import { csvRows } from './csv.ts';
import { decodeText, isZip, type TextEncoding } from './decode.ts';
import { workbookRows } from './workbook.ts';

/** How the rows of a file are written: a CSV by its encoding, or an XLSX workbook. */
export type FileForm = TextEncoding | 'xlsx';

/** A file whose rows are read as they are asked for, whatever its format is. */
export interface FileRows {
  readonly form: FileForm;
  readonly rows: AsyncIterable<SheetRow>;
}

/**
 * Opens a CSV file or an XLSX workbook, told by its bytes and not by its name. Of a workbook, the first visible sheet with
 * the columns of the library is read.
 * @throws Refusal for a file that can't be read at all: those of decodeText; csvRows and workbookRows throw theirs while rows are read
 */
export function openFile(bytes: Uint8Array, library: LibraryName): FileRows {
  return openTable(bytes, libraries[library]);
}

/** The same for a file of any template, or of one of several. @throws Refusal as openFile */
export function openTable(bytes: Uint8Array, ...templates: readonly Template[]): FileRows {
  if (isZip(bytes)) {
    const isOne = (cells: readonly string[]) => templates.some((template) => isHeader(template, cells));
    return { form: 'xlsx', rows: workbookRows(bytes, isOne) };
  }
  const { encoding, pieces } = decodeText(bytes);
  return { form: encoding, rows: csvRows(pieces) };
}

/**
 * What the rows of a file are, in their order, read as they are asked for; rows at fault carry the number that a spreadsheet
 * shows, and the others stand.
 * @throws Refusal as openFile, and `table-empty`, `columns-missing`, `column-twice`
 */
export async function* outcomesOf<Entry>(
  { rows }: FileRows,
  reader: TemplateReader<Entry>,
): AsyncGenerator<RowOutcome<Entry>, void> {
  for await (const row of rows) {
    yield* reader.take(row);
  }
  reader.end();
}

/** What a whole file says, and how it was written. */
export type FileReading<Entry> = TableReading<Entry> & { readonly encoding: FileForm };

/** Reads a whole file of one of the libraries. @throws Refusal as openFile and outcomesOf */
export async function readTable<Name extends LibraryName>(
  bytes: Uint8Array,
  library: Name,
): Promise<FileReading<LibraryRecord[Name]>> {
  return readTableOf<LibraryRecord[Name]>(bytes, libraries[library]);
}

/** Reads a whole file of whatever has a template; of several, the one that its header is of. @throws Refusal as openFile and outcomesOf */
export async function readTableOf<Entry>(
  bytes: Uint8Array,
  ...templates: readonly [Library<Entry>, ...Library<Entry>[]]
): Promise<FileReading<Entry>> {
  const file = openTable(bytes, ...templates);
  const reader = new TemplateReader(...templates);
  const reading = new ReadingInMemory<Entry>();
  for await (const outcome of outcomesOf(file, reader)) reading.add(outcome);
  const { records, errors, skipped, shortRows } = reading;
  return { records, errors, skipped, shortRows, unknownColumns: reader.unknownColumns, encoding: file.form };
}
