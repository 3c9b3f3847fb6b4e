import * as z from 'zod';
import { JsonText } from '#domain/canonical/json-text.ts';
import type { RowError } from '#domain/library/column.ts';
import {
  columnAt,
  newest,
  POLICY_HEADER,
  policyRow,
  policyTable,
  type PolicyDraft,
} from '#domain/policy/file.ts';
import { readPolicies } from '#domain/policy/json-file.ts';
import type { Policy } from '#domain/policy/policy.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { type FileReading, readTableOf } from '#files/table.ts';
import { CSV_TYPE, csvWriter, WORKBOOK_TYPE, workbookWriter, type SheetWriter } from '#files/writer.ts';
import { settled } from '#store/commit.ts';
import { knownItems } from '#store/items.ts';
import { allPolicies } from '#store/policies.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { bodyText, fieldErrors, requireMediaType, type HttpRequest } from '#web/request.ts';
import { adopt, unworkable, versionFor } from './adopting.ts';
import { administrator, store } from './asking.ts';

/** Some thousand policies, each of which is a commit of its own. */
const MAX_FILE_BYTES = 1_000_000;

const ExportQuery = z.strictObject({ format: z.enum(['csv', 'xlsx', 'json']).default('csv') });
const ImportQuery = z.strictObject({ dryRun: z.enum(['true', 'false']).default('false') });

/** The newest version of each policy as a file: a table with a row each, or JSON. Importing it again changes nothing. */
export async function exportPolicies(request: HttpRequest): Promise<Answer> {
  await administrator(request);
  const { format } = queryOf(request, ExportQuery);
  const policies = newest(await allPolicies(store()));
  const { type, body } = await written(format, policies);
  return {
    status: 200,
    headers: {
      'cache-control': 'no-store',
      'content-type': type,
      'content-disposition': `attachment; filename="policies-${dateInShanghai(request.at)}.${format}"`,
    },
    body,
  };
}

async function written(
  format: z.infer<typeof ExportQuery>['format'],
  policies: readonly Policy[],
): Promise<{ readonly type: string; readonly body: string | Uint8Array }> {
  switch (format) {
    case 'json':
      return { type: 'application/json', body: `${JSON.stringify({ policies }, null, 2)}\n` };
    case 'csv':
      return { type: CSV_TYPE, body: await table(csvWriter(POLICY_HEADER), policies) };
    case 'xlsx':
      return { type: WORKBOOK_TYPE, body: await table(workbookWriter(POLICY_HEADER), policies) };
  }
}

async function table(sheet: SheetWriter, policies: readonly Policy[]): Promise<Uint8Array> {
  await sheet.add(policies.map(policyRow));
  return sheet.end();
}

/**
 * Adopts the policies of a file: CSV (UTF-8 or GB18030), XLSX or JSON, told by its bytes. Each is adopted as `PUT` adopts it,
 * by a commit of its own: what is at fault is reported with row, column and reason, and the others stand. The same file
 * twice changes nothing.
 */
export async function importPolicies(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await administrator(request);
  const dryRun = queryOf(request, ImportQuery).dryRun === 'true';
  // Not text/csv: API Gateway hands text bodies over as UTF-8 strings, which destroys a GB18030 file on its way.
  requireMediaType(request, ['application/octet-stream']);
  const reading = await readFile(request);
  const { records, errors, skipped, shortRows, unknownColumns, encoding } = reading;
  const latest = new Map(newest(await allPolicies(store())).map((policy) => [policy.id, policy]));
  const known = await itemsOf(records.map(({ record }) => record));
  const counts = { added: 0, updated: 0, unchanged: 0 };
  const faults: RowError[] = [];
  for (const { row, record } of records) {
    const wrong = unworkable(record, known);
    if (wrong.length > 0) {
      faults.push(
        ...wrong.map(({ pointer, ...rest }) => ({
          row,
          column: encoding === 'json' ? pointer : columnAt(pointer),
          ...rest,
        })),
      );
      continue;
    }
    const before = latest.get(record.id);
    if (versionFor(before, record) === before) {
      counts.unchanged += 1;
      continue;
    }
    const { isNew } = dryRun
      ? { isNew: true }
      : await settled(() => adopt(record, { at: request.at, staffNo }));
    // The list may lag behind a version that was adopted a moment ago; the adoption itself does not.
    if (!isNew) counts.unchanged += 1;
    else counts[before === undefined ? 'added' : 'updated'] += 1;
  }
  const all = [...errors, ...faults].toSorted((a, b) => a.row - b.row);
  return json(200, {
    library: 'policies',
    encoding,
    dryRun,
    rows: records.length,
    ...counts,
    rejected: new Set(all.map(({ row }) => row)).size,
    errors: all.map(({ row, column, value, reason, detail }) => ({ row, column, value, reason, detail })),
    skipped,
    shortRows,
    unknownColumns,
    changed: counts.added + counts.updated > 0,
  });
}

type PolicyFile = Omit<FileReading<PolicyDraft>, 'encoding'> & { readonly encoding: string };

/** @throws Refusal `body-too-large`, those of a JSON body, and those of a table that can't be read at all */
async function readFile(request: HttpRequest): Promise<PolicyFile> {
  if (request.body.byteLength > MAX_FILE_BYTES) {
    refuse(
      'body-too-large',
      `文件 ${request.body.byteLength} 字节，上限 ${MAX_FILE_BYTES} 字节，请拆分 The file has ${request.body.byteLength} bytes; at most ${MAX_FILE_BYTES} are accepted. Split it.`,
    );
  }
  if (!isJson(request.body)) return readTableOf(request.body, policyTable);
  const file = JsonFile.safeParse(bodyText(request, MAX_FILE_BYTES).replace(/^\uFEFF/, ''));
  if (!file.success) {
    return refuse(
      'body-invalid',
      'JSON 文件须为规则的列表，或含 policies 的对象 A JSON file is a list of policies, or an object with the member policies.',
      fieldErrors(file.error),
    );
  }
  const { records, errors } = readPolicies(Array.isArray(file.data) ? file.data : file.data.policies);
  return { records, errors, skipped: [], shortRows: [], unknownColumns: [], encoding: 'json' };
}

/** Each entry is read by itself: one that is at fault leaves the others standing. */
const JsonFile = JsonText.pipe(
  z.union([z.array(z.unknown()), z.strictObject({ policies: z.array(z.unknown()) })]),
);

/** No header of a table begins with a bracket, nor does a workbook. */
function isJson(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  return head.startsWith('{') || head.startsWith('[');
}

async function itemsOf(drafts: readonly PolicyDraft[]): Promise<ReadonlySet<string>> {
  const codes = [...new Set(drafts.flatMap(({ draw }) => draw.items))];
  return new Set((await knownItems(store(), codes)).map(({ code }) => code));
}

/** @throws Refusal `query-invalid` naming each parameter that does not fit */
function queryOf<T extends z.ZodType>({ query }: HttpRequest, schema: T): z.infer<T> {
  const parsed = schema.safeParse(query);
  return parsed.success
    ? parsed.data
    : refuse(
        'query-invalid',
        '查询参数有误，见 errors The query does not fit; see errors.',
        fieldErrors(parsed.error),
      );
}
