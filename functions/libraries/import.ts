import { sha256 } from '#sha256';
import { DryRunQuery, type ImportReport } from '#contracts/api/import-report.ts';
import type { RowError } from '#domain/library/column.ts';
import type { LibraryName } from '#domain/library/library.ts';
import { readTable } from '#files/table.ts';
import { commit } from '#store/commit.ts';
import {
  addCounts,
  IMPORT_BATCH,
  NO_ROWS,
  planRows,
  type ImportCounts,
  type ImportRow,
} from '#store/importing.ts';
import { importedLibrary } from '#store/imports.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { queryOf, requireMediaType, type HttpRequest } from '#web/request.ts';
import { administrator, libraryOf, store } from './asking.ts';
import { startImport } from './uploads.ts';

/** Lambda takes 6 MB of request in its base64 form, which is 4.5 MB of file: about 25,000 rows of subjects. */
const MAX_FILE_BYTES = 4_500_000;
/** Enough to see what is wrong with a file; the count is always whole. */
const ERRORS_SHOWN = 1_000;

/**
 * Imports a file: the one in the body, or, asked for as JSON, one that was uploaded before.
 *
 * The file is CSV (UTF-8 or GB18030) or XLSX with the headers of the library's template in any order. Rows at fault are
 * reported with row, column and reason; the others stand. They are put first, each being the whole truth of its record or
 * amending it in one way only, and one commit closes the import: after a crash the same file is sent again. The same file
 * twice changes nothing.
 */
export async function importFile(request: HttpRequest): Promise<Answer> {
  if (request.headers['content-type']?.startsWith('application/json') === true) {
    return startImport(request);
  }
  const staff = await administrator(request);
  const library = libraryOf(request);
  const dryRun = queryOf(request, DryRunQuery).dryRun === 'true';
  // Not text/csv: API Gateway hands text bodies over as UTF-8 strings, which destroys a GB18030 file on its way.
  requireMediaType(request, ['application/octet-stream']);
  if (request.body.byteLength > MAX_FILE_BYTES) {
    refuse(
      'body-too-large',
      `文件 ${request.body.byteLength} 字节，直接导入上限 ${MAX_FILE_BYTES} 字节：请经 POST /libraries/${library}/uploads 上传 The file has ${request.body.byteLength} bytes; at most ${MAX_FILE_BYTES} are taken at once. Upload it instead.`,
    );
  }
  const { records, errors, skipped, shortRows, unknownColumns, encoding } = await readTable(
    request.body,
    library,
  );
  const { counts, faults } = await importRows(library, records, request, dryRun);
  const all = [...errors, ...faults].toSorted((a, b) => a.row - b.row);
  const rejected = new Set(all.map((error) => error.row)).size;
  const report: Omit<ImportReport, 'changed'> = {
    library,
    encoding,
    dryRun,
    rows: records.length,
    added: counts.added,
    updated: counts.changed,
    unchanged: counts.unchanged,
    rejected,
    errors: all.slice(0, ERRORS_SHOWN),
    skipped: [...skipped],
    shortRows: [...shortRows],
    unknownColumns: [...unknownColumns],
  };
  const change = await importedLibrary(store(), {
    library,
    counts: { ...counts, rejected },
    contentHash: sha256(request.body),
    at: request.at,
    actor: { kind: 'person', id: staff.staffNo },
  });
  if (!dryRun && change !== undefined) {
    await commit(store(), { at: request.at, ...change });
  }
  return json(200, { ...report, changed: change !== undefined });
}

/** Plans the rows batch by batch, in their order, and writes them unless nothing is to be written. */
async function importRows<Name extends LibraryName>(
  library: Name,
  rows: readonly ImportRow<Name>[],
  { at }: HttpRequest,
  dryRun: boolean,
): Promise<{ readonly counts: ImportCounts; readonly faults: readonly RowError[] }> {
  let counts = NO_ROWS;
  const faults: RowError[] = [];
  for (let from = 0; from < rows.length; from += IMPORT_BATCH) {
    const plan = await planRows(store(), library, rows.slice(from, from + IMPORT_BATCH), at);
    if (!dryRun) await plan.apply();
    counts = addCounts(counts, plan.counts);
    faults.push(...plan.faults);
  }
  return { counts, faults };
}
