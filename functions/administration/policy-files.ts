import * as z from 'zod';
import { PolicyExportQuery } from '#contracts/api/administration.ts';
import { DryRunQuery, type ImportReport } from '#contracts/api/import-report.ts';
import { JsonText } from '#domain/canonical/json-text.ts';
import type { RowError } from '#domain/library/column.ts';
import { writeText, memberOf } from '#domain/library/writing.ts';
import { kindOf, type AnyPolicy, type PolicyDraft, type PolicyKind } from '#domain/policy/body.ts';
import { columnAt, newest, policyHeader, policyRow, policyTables } from '#domain/policy/file.ts';
import { readPolicies } from '#domain/policy/json-file.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { type FileReading, readTableOf } from '#files/table.ts';
import { CSV_TYPE, csvWriter, WORKBOOK_TYPE, workbookWriter } from '#files/writer.ts';
import { everyPolicy } from '#store/any-policy.ts';
import { settled } from '#store/commit.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { queryOf, bodyText, fieldErrors, requireMediaType, type HttpRequest } from '#web/request.ts';
import { adopt, itemsFor, judge, type By, type Judged, type Known } from './adopting.ts';
import { administrator, store } from './asking.ts';
import type { PolicyFault } from './faults.ts';

/** Some thousand policies, each of which is a commit of its own. */
const MAX_FILE_BYTES = 1_000_000;

/**
 * The newest version of each policy as a file: a table of one kind, by default those of triggers, with a row each, or JSON of
 * every kind unless one is asked for. Importing it again changes nothing.
 */
export async function exportPolicies(request: HttpRequest): Promise<Answer> {
  await administrator(request);
  const { format, about } = queryOf(request, PolicyExportQuery);
  const kind = about ?? (format === 'json' ? undefined : 'trigger');
  const policies = newest(await everyPolicy(store())).filter(
    (policy) => kind === undefined || kindOf(policy) === kind,
  );
  const { type, body } =
    format === 'json' ? asJson(policies) : await asTable(format, kind ?? 'trigger', policies);
  const name = about === undefined ? 'policies' : `policies-${about}`;
  return {
    status: 200,
    headers: {
      'cache-control': 'no-store',
      'content-type': type,
      'content-disposition': `attachment; filename="${name}-${dateInShanghai(request.at)}.${format}"`,
    },
    body,
  };
}

interface Written {
  readonly type: string;
  readonly body: string | Uint8Array;
}

function asJson(policies: readonly AnyPolicy[]): Written {
  return { type: 'application/json', body: `${JSON.stringify({ policies }, null, 2)}\n` };
}

async function asTable(
  format: 'csv' | 'xlsx',
  kind: PolicyKind,
  policies: readonly AnyPolicy[],
): Promise<Written> {
  const header = policyHeader(kind);
  const sheet = format === 'csv' ? csvWriter(header) : workbookWriter(header);
  await sheet.add(policies.map(policyRow));
  return { type: format === 'csv' ? CSV_TYPE : WORKBOOK_TYPE, body: await sheet.end() };
}

/**
 * Adopts the policies of a file: CSV (UTF-8 or GB18030), XLSX or JSON, told by its bytes, of the kind that its header or each
 * entry tells. Each is adopted as `PUT` adopts it, by a commit of its own: what is at fault is reported with row, column and
 * reason, and the others stand. The same file twice changes nothing.
 */
export async function importPolicies(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await administrator(request);
  const dryRun = queryOf(request, DryRunQuery).dryRun === 'true';
  // Not text/csv: API Gateway hands text bodies over as UTF-8 strings, which destroys a GB18030 file on its way.
  requireMediaType(request, ['application/octet-stream']);
  const { records, errors, skipped, shortRows, unknownColumns, encoding } = await readFile(request);
  const [items, policies] = await Promise.all([
    itemsFor(records.map(({ record }) => record)),
    everyPolicy(store()),
  ]);
  const latest = new Map(newest(policies).map((policy) => [policy.id, policy]));
  // Nobody has looked at the share of a single row: what is too broad is confirmed by hand.
  const by: By = { at: request.at, staffNo, confirm: false };
  const counts = { added: 0, updated: 0, unchanged: 0 };
  const faults: RowError[] = [];
  for (const { row, record } of records) {
    const judged = await taken(record, { items, latest: latest.get(record.id) }, by, dryRun);
    switch (judged.kind) {
      case 'at-fault':
        faults.push(...judged.faults.map((fault) => ({ row, ...placed(record, fault, encoding) })));
        break;
      case 'unchanged':
        counts.unchanged += 1;
        break;
      case 'new':
        counts[judged.policy.version === 1 ? 'added' : 'updated'] += 1;
        break;
    }
  }
  const all = [...errors, ...faults].toSorted((a, b) => a.row - b.row);
  const report: ImportReport = {
    library: 'policies',
    encoding,
    dryRun,
    rows: records.length,
    ...counts,
    rejected: new Set(all.map(({ row }) => row)).size,
    errors: all,
    skipped: [...skipped],
    shortRows: [...shortRows],
    unknownColumns: [...unknownColumns],
    changed: counts.added + counts.updated > 0,
  };
  return json(200, report);
}

/** What a draft comes to. The list that it is looked up in may lag behind a version of a moment ago; the adoption itself does not. */
async function taken(draft: PolicyDraft, known: Known, by: By, dryRun: boolean): Promise<Judged> {
  const judged = await judge(draft, known, by);
  return judged.kind === 'new' && !dryRun ? settled(() => adopt(draft, known.items, by)) : judged;
}

/** A fault in the words of the file: a column of its table, or a pointer into its JSON. */
function placed(draft: PolicyDraft, { pointer, reason, detail }: PolicyFault, encoding: string) {
  return {
    column: encoding === 'json' ? pointer : columnAt(kindOf(draft), pointer),
    value: writeText(memberOf(draft, pointer.slice(1).replaceAll('/', '.'))),
    reason,
    detail,
  };
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
  if (!isJson(request.body)) {
    return readTableOf(request.body, policyTables.trigger, policyTables.subject, policyTables.cohort);
  }
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
