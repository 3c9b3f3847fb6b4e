import * as z from 'zod';
import { sha256 } from '#sha256';
import { newEvent } from '#contracts/events.ts';
import type { RowError } from '#domain/library/column.ts';
import { readCsv } from '#files/csv.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { httpFunction } from '#lambda/http.ts';
import { commit } from '#store/commit.ts';
import { stateKey } from '#store/keys.ts';
import { libraryItems, StoredLibrary, type ImportableLibrary } from '#store/libraries.ts';
import { putRows } from '#store/pages.ts';
import { requireRole, staffOf, type Staff } from '#store/people.ts';
import { created, mustLoad, updated } from '#store/records.ts';
import { load, openState } from '#store/store.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { param, requireMediaType, type HttpRequest } from '#web/request.ts';

/** Lambda takes 6 MB of request in its base64 form, which is 4.5 MB of file: about 25,000 rows of subjects. */
const MAX_FILE_BYTES = 4_500_000;
/** Enough to see what is wrong with a file; the count is always whole. */
const ERRORS_SHOWN = 1_000;

const environment = once(() => environmentOf('libraries'));
const store = once(() => openState(environment().STATE_TABLE));

export const handler = httpFunction('libraries', {
  'POST /libraries/{library}/imports': importFile,
  'GET /libraries/{library}': async (request) => {
    await administrator(request);
    const { id, rows, importedAt, contentHash } = await mustLoad(
      store(),
      StoredLibrary,
      'LIBRARY',
      libraryOf(request),
    );
    return json(200, { library: id, lastImport: { rows, importedAt, contentHash } });
  },
});

async function administrator(request: HttpRequest): Promise<Staff> {
  const staff = await staffOf(store(), request.person, environment().ADMINISTRATORS);
  requireRole(staff, ['administrator', 'lead-section']);
  return staff;
}

const ImportableName = z.enum(['subjects', 'inspectors', 'items', 'people']);

function libraryOf(request: HttpRequest): ImportableLibrary {
  const name = ImportableName.safeParse(param(request, 'library'));
  return name.success
    ? name.data
    : refuse(
        'not-found',
        `没有这个库 There is no such library; libraries: ${ImportableName.options.join(', ')}.`,
      );
}

/**
 * Imports a CSV file (UTF-8 or GB18030, headers of the library's template in any order). Rows at fault are reported with
 * row, column and reason; the others stand. The rows are put first, each being the whole truth of its record, and one commit
 * closes the import: after a crash the same file is sent again. The same file twice changes nothing.
 */
async function importFile(request: HttpRequest): Promise<Answer> {
  const staff = await administrator(request);
  const library = libraryOf(request);
  // Not text/csv: API Gateway hands text bodies over as UTF-8 strings, which destroys a GB18030 file on its way.
  requireMediaType(request, ['application/octet-stream']);
  if (request.body.byteLength > MAX_FILE_BYTES) {
    refuse(
      'body-too-large',
      `文件 ${request.body.byteLength} 字节，上限 ${MAX_FILE_BYTES} 字节，请拆分 The file has ${request.body.byteLength} bytes; at most ${MAX_FILE_BYTES} are accepted. Split it.`,
    );
  }
  const { records, errors, skipped, shortRows, unknownColumns, encoding } = readCsv(request.body, library);
  const report = {
    library,
    encoding,
    rows: records.length,
    rejected: new Set(errors.map((error) => error.row)).size,
    errors: errors.slice(0, ERRORS_SHOWN).map(errorView),
    skipped,
    shortRows,
    unknownColumns,
  };
  const contentHash = sha256(request.body);
  const before = await load(store(), StoredLibrary, stateKey('LIBRARY', library));
  if (before?.contentHash === contentHash) {
    return json(200, { ...report, changed: false });
  }
  await putRows(
    store(),
    libraryItems(
      library,
      records.map(({ record }) => record),
    ),
  );
  const next = {
    id: library,
    version: (before?.version ?? 0) + 1,
    rows: records.length,
    importedAt: request.at,
    contentHash,
  };
  await commit(store(), {
    at: request.at,
    writes: [before === undefined ? created('LIBRARY', next) : updated('LIBRARY', next)],
    events: [
      newEvent('library.imported', {
        time: request.at,
        about: { kind: 'library', id: library, version: next.version },
        correlation: library,
        causation: contentHash,
        actor: { kind: 'person', id: staff.staffNo },
        data: { library, rows: report.rows, rejected: report.rejected, contentHash },
      }),
    ],
  });
  return json(200, { ...report, changed: true });
}

function errorView({ row, column, value, reason, detail }: RowError) {
  return { row, column, value, reason, detail };
}
