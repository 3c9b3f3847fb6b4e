import {
  ArrangementDocument,
  daysOfDocument,
  type Arrangement,
  type GivenDay,
} from '#domain/calendar/arrangement.ts';
import { ARRANGEMENT_HEADER, arrangementRow, arrangementTable } from '#domain/calendar/table.ts';
import { TemplateReader } from '#domain/library/table.ts';
import { Refusal, type FieldError } from '#domain/refusal/refusal.ts';
import { decodeText, isZip } from './decode.ts';
import { icalendarDays, isICalendar, type SkippedEntry } from './icalendar.ts';
import { openTable, outcomesOf, type FileForm } from './table.ts';
import { csvWriter, workbookWriter } from './writer.ts';

/** What a file tells of a year's arrangement; its days are not checked yet. */
export interface ArrangementReading {
  readonly form: FileForm | 'json' | 'icalendar';
  readonly days: readonly GivenDay[];
  readonly skipped: readonly SkippedEntry[];
}

/**
 * Reads a file with a year's arrangement, told by its bytes: iCalendar (RFC 5545), JSON, or a table `日期 | 类型 | 名称` as CSV
 * (UTF-8 or GB18030) or XLSX. An arrangement is all or nothing: one row that can't be read refuses the file.
 * @throws Refusal those of decodeText, outcomesOf and icalendarDays, `json-invalid`, `body-invalid`, `calendar-invalid`
 */
export async function readArrangement(bytes: Uint8Array, year: number): Promise<ArrangementReading> {
  if (isZip(bytes)) return readRows(bytes);
  const text = [...decodeText(bytes).pieces].join('');
  if (isICalendar(text)) return { form: 'icalendar', ...icalendarDays(text, year) };
  return /^\s*\{/.test(text) ? readDocument(text, year) : readRows(bytes);
}

function readDocument(text: string, year: number): ArrangementReading {
  const document = ArrangementDocument.safeParse(jsonIn(text));
  if (!document.success) {
    throw new Refusal(
      'body-invalid',
      'JSON 文件的内容有误，见 errors The JSON file does not fit; see errors.',
      document.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, detail: message })),
    );
  }
  return { form: 'json', days: daysOfDocument(document.data, year), skipped: [] };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(
      'json-invalid',
      `文件不是完整的 JSON The file is not JSON: ${error instanceof Error ? error.message : ''}`,
    );
  }
}

async function readRows(bytes: Uint8Array): Promise<ArrangementReading> {
  const file = openTable(bytes, arrangementTable);
  const days: GivenDay[] = [];
  const skipped: SkippedEntry[] = [];
  const faults: FieldError[] = [];
  for await (const outcome of outcomesOf(file, new TemplateReader(arrangementTable))) {
    const at = `第 ${outcome.row} 行`;
    switch (outcome.kind) {
      case 'record':
        days.push({ ...outcome.record, at });
        break;
      case 'skipped':
        skipped.push({ at, reason: outcome.reason });
        break;
      case 'fault':
        faults.push(
          ...outcome.errors.map(({ column, value, detail }) => ({
            pointer: column === '' ? at : `${at}“${column}”`,
            detail: value === '' ? detail : `“${value}”${detail}`,
          })),
        );
        break;
      default:
        outcome satisfies never;
    }
  }
  if (faults.length > 0) {
    throw new Refusal(
      'calendar-invalid',
      '文件中有无法读取的行，没有导入 Rows of the file can not be read; nothing was imported.',
      faults,
    );
  }
  return { form: file.form, days, skipped };
}

/** An arrangement as a table that readArrangement reads. */
export async function arrangementFile(format: 'csv' | 'xlsx', { days }: Arrangement): Promise<Uint8Array> {
  const sheet = (format === 'csv' ? csvWriter : workbookWriter)(ARRANGEMENT_HEADER);
  await sheet.add(days.map(arrangementRow));
  return sheet.end();
}
