import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { BYTE_ORDER_MARK, csvText } from './csv.ts';

export const CSV_TYPE = 'text/csv; charset=utf-8';
export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A file that is written row by row; only its bytes are in memory. */
export interface SheetWriter {
  add(rows: readonly (readonly string[])[]): Promise<void>;
  /** Closes the file and gives it. */
  end(): Promise<Uint8Array>;
}

/** A CSV file as spreadsheets in China open it: UTF-8 with byte order mark, CR LF, formulas disarmed. */
export function csvWriter(header: readonly string[]): SheetWriter {
  const pieces = [Buffer.from(BYTE_ORDER_MARK + csvText([header]))];
  return {
    add: async (rows) => {
      pieces.push(Buffer.from(csvText(rows)));
      return Promise.resolve();
    },
    end: async () => Promise.resolve(Buffer.concat(pieces)),
  };
}

/** An XLSX workbook of one sheet whose cells are all text, so that no code turns into a number. */
export function workbookWriter(header: readonly string[]): SheetWriter {
  const stream = new PassThrough();
  const whole = buffer(stream);
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useSharedStrings: false, useStyles: true });
  const sheet = book.addWorksheet('明抽', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = header.map(() => ({ width: 20, style: { numFmt: '@' } }));
  const put = (cells: readonly string[]) => {
    sheet.addRow(cells.map(kept)).commit();
  };
  put(header);
  return {
    add: async (rows) => {
      for (const cells of rows) put(cells);
      return Promise.resolve();
    },
    end: async () => {
      sheet.commit();
      await book.commit();
      return whole;
    },
  };
}

/** The import takes off an apostrophe and `="…"` that stand around a text; a blank cell is no cell. */
function kept(cell: string): string | null {
  if (cell === '') return null;
  return /^(?:'|=")/.test(cell) ? `'${cell}` : cell;
}
