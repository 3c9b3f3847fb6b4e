import * as z from 'zod';
import { LibraryExportQuery } from '#contracts/api/libraries.ts';
import { deriveId } from '#domain/ids/derive.ts';
import { headerOf, type LibraryName, rowOf } from '#domain/library/library.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { CSV_TYPE, csvWriter, WORKBOOK_TYPE, workbookWriter, type SheetWriter } from '#files/writer.ts';
import { CohortPosition } from '#store/cohort.ts';
import { libraryParts } from '#store/exporting.ts';
import { linkToGet, objectKeys, putObject } from '#store/objects.ts';
import type { Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { queryOf, type HttpRequest } from '#web/request.ts';
import { administrator, environment, libraryOf, objects, store } from './asking.ts';

/** What one request reads in its 29 seconds where each subject's history is a query of its own. */
const HISTORIES_A_FILE = 20_000;
/** Lambda gives 6 MB of answer in its base64 form; a longer file is fetched from object storage. */
const MAX_ANSWER_BYTES = 4_000_000;

const formats = {
  csv: { type: CSV_TYPE, writer: csvWriter },
  xlsx: { type: WORKBOOK_TYPE, writer: workbookWriter },
} as const;

/**
 * The whole library as a file with the columns of its template: importing it again changes nothing. A big file is answered
 * with 303 and a link to it; a library above `EXPORT_ROWS` records, or of the histories of more
 * than 20,000 subjects, goes on in the file that a `link` header names.
 */
export async function exportLibrary(request: HttpRequest): Promise<Answer> {
  await administrator(request);
  const library = libraryOf(request);
  const { format, after } = queryOf(request, LibraryExportQuery);
  const { type, writer } = formats[format];
  const sheet = writer(headerOf(library));
  const position = await fill(sheet, library, request, after === undefined ? undefined : positionIn(after));
  const bytes = await sheet.end();
  const headers = {
    'cache-control': 'no-store',
    ...(position === undefined ? {} : { link: `<${nextPath(request, format, position)}>; rel="next"` }),
  };
  const day = dateInShanghai(request.at);
  const fileName = `${library}-${day}.${format}`;
  if (bytes.byteLength <= MAX_ANSWER_BYTES) {
    const disposition = `attachment; filename="${fileName}"`;
    return {
      status: 200,
      headers: { ...headers, 'content-type': type, 'content-disposition': disposition },
      body: bytes,
    };
  }
  const key = objectKeys.export(deriveId('X', request.id), format);
  await putObject(objects(), key, bytes, type);
  return {
    status: 303,
    headers: { ...headers, location: await linkToGet(objects(), key, fileName) },
    body: '',
  };
}

/** Writes records until the library or the file is at its end; gives where the next file begins, if anything follows. */
async function fill(
  sheet: SheetWriter,
  library: LibraryName,
  { at }: HttpRequest,
  from: CohortPosition | undefined,
): Promise<CohortPosition | undefined> {
  const { EXPORT_ROWS } = environment();
  let rows = 0;
  let read = 0;
  const parts = libraryParts(store(), library, dateInShanghai(at), from);
  for await (const { records, position, histories = 0 } of parts) {
    await sheet.add(records.map((record) => rowOf(library, record)));
    rows += records.length;
    read += histories;
    const enough = rows >= EXPORT_ROWS || read >= HISTORIES_A_FILE;
    if (enough && position !== undefined && position.open.length > 0) return position;
  }
  return undefined;
}

function nextPath({ path }: HttpRequest, format: string, position: CohortPosition): string {
  const after = Buffer.from(JSON.stringify(position)).toString('base64url');
  return `${path}?format=${format}&after=${after}`;
}

function positionIn(after: string): CohortPosition {
  const position = z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
      } catch {
        context.addIssue({ code: 'custom', message: 'is no position' });
        return z.NEVER;
      }
    })
    .pipe(CohortPosition)
    .safeParse(after);
  return position.success
    ? position.data
    : refuse('query-invalid', 'after 须为上一文件给出的值 after must be what the file before gave.');
}
