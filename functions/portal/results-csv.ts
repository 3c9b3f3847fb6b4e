import { PlaceQuery } from '#contracts/api/portal.ts';
import type { Publication } from '#domain/inspection/publication.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { BYTE_ORDER_MARK, csvText } from '#files/csv.ts';
import { CSV_TYPE } from '#files/writer.ts';
import { findPublications, type Effort } from '#store/finding.ts';
import type { Answer } from '#web/answer.ts';
import { type HttpRequest, queryOf } from '#web/request.ts';
import { store } from './reading.ts';
import { SearchQuery, searchPath } from './search-query.ts';

/** A query reads at most 1 MB: some thousand records. The file stays below the 6 MB of a Lambda answer, and the reading within seconds. */
const FILE: Effort = { limit: 5_000, queries: 24 };
/** Where a file would be too long for one answer, it ends before and says where it goes on. */
const MAX_FILE_BYTES = 4_000_000;

type Column = readonly [header: string, cell: (publication: Publication) => string];

const SEPARATOR = '；';

const columns: readonly Column[] = [
  ['公示编号', ({ id }) => id],
  ['版本', ({ version }) => String(version)],
  ['统一社会信用代码/注册号', ({ subjectId }) => subjectId],
  ['企业名称', ({ subjectName }) => subjectName],
  ['任务文号', ({ draws }) => draws.map(({ planNumber }) => planNumber).join(SEPARATOR)],
  ['承担单位', ({ units }) => units.join(SEPARATOR)],
  ['事项编号', ({ items }) => items.map(({ code }) => code).join(SEPARATOR)],
  ['抽查事项', ({ items }) => items.map(({ matter }) => matter).join(SEPARATOR)],
  ['检查结果代码', ({ results }) => results.map(({ code }) => String(code)).join(SEPARATOR)],
  ['检查结果', ({ results }) => results.map(({ text }) => text).join(SEPARATOR)],
  ['检查日期', ({ inspectedOn }) => inspectedOn],
  ['公示日期', ({ publishedAt }) => dateInShanghai(publishedAt)],
  ['法定公示期限', ({ publishBy }) => publishBy],
  ['是否按期', ({ onTime }) => (onTime ? '是' : '否')],
  ['更正日期', ({ corrected }) => (corrected === undefined ? '' : dateInShanghai(corrected.at))],
  ['更正理由', ({ corrected }) => corrected?.reason ?? ''],
];

/** The results that are looked for as a CSV file; a `link` header names the file in which they go on. */
export async function resultsCsv(request: HttpRequest): Promise<Answer> {
  const { after } = queryOf(request, PlaceQuery);
  const filter = queryOf(request, SearchQuery);
  const found = await findPublications(store(), filter, FILE, after);
  const lines = found.items.map((item) => csvText([columns.map(([, cell]) => cell(item))]));
  const fitting = countWithin(lines, MAX_FILE_BYTES);
  const last = found.items[fitting - 1];
  const cut = fitting < lines.length && last !== undefined;
  const next = cut ? { at: last.publishedAt, id: last.id } : found.next;
  const header = csvText([columns.map(([name]) => name)]);
  const path = next && searchPath(request.path, request.query, { next });
  return {
    status: 200,
    headers: {
      'content-type': CSV_TYPE,
      'content-disposition': `attachment; filename="inspections-${dateInShanghai(request.at)}.csv"`,
      'cache-control': 'public, max-age=60',
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'link',
      ...(path === undefined ? {} : { link: `<${path}>; rel="next"` }),
    },
    body: BYTE_ORDER_MARK + header + lines.slice(0, fitting).join(''),
  };
}

/** How many of the lines, from the first, fit into so many bytes; one at least. */
function countWithin(lines: readonly string[], bytes: number): number {
  let sum = 0;
  const first = lines.findIndex((line) => {
    sum += Buffer.byteLength(line);
    return sum > bytes;
  });
  return first === -1 ? lines.length : Math.max(1, first);
}
