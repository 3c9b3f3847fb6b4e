import { InspectionsQuery, type InspectionRow } from '#contracts/api/inspection-lists.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { csvWriter, CSV_TYPE } from '#files/writer.ts';
import { listedInspections } from '#store/listed.ts';
import type { Answer } from '#web/answer.ts';
import { queryOf, type HttpRequest } from '#web/request.ts';
import { calendar, person, store } from './asking.ts';
import { rowsOf, scopeOf } from './listing.ts';

/** Rows of one reading, and readings for one file: below the 6 MB of a Lambda answer, and done within seconds. */
const READ_AT_A_TIME = 500;
const READINGS = 10;

type Column = readonly [header: string, cell: (row: InspectionRow) => string];

const SEPARATOR = '；';

const columns: readonly Column[] = [
  ['检查编号', ({ id }) => id],
  ['状态', ({ statusLabel }) => statusLabel],
  ['后续处置状态', ({ followUp }) => followUpText(followUp)],
  ['统一社会信用代码/注册号', ({ subject }) => subject.id],
  ['企业名称', ({ subject }) => subject.name],
  ['任务编号', ({ draws }) => draws.map(({ planNumber }) => planNumber).join(SEPARATOR)],
  ['任务名称', ({ draws }) => draws.flatMap(({ title = [] }) => title).join(SEPARATOR)],
  ['待办', ({ due }) => due?.label ?? ''],
  ['截止日期', ({ due }) => due?.date ?? ''],
  ['剩余工作日', ({ due }) => (due === undefined ? '' : daysText(due.remaining))],
  ['检查日期', ({ inspectedOn = '' }) => inspectedOn],
  ['检查结果', ({ results }) => results.map(({ text }) => text).join(SEPARATOR)],
  ['检查人员', ({ team }) => team.map(({ name }) => name).join(SEPARATOR)],
  ['检查部门', ({ units }) => units.join(SEPARATOR)],
  ['管辖单位', ({ subject: { jurisdictionUnit = '' } }) => jurisdictionUnit],
  ['录入员', ({ recordedBy }) => recordedBy?.name ?? recordedBy?.staffNo ?? ''],
];

/** A minus in front would be disarmed as the beginning of a formula. */
function daysText(days: number): string {
  return days < 0 ? `逾期 ${-days}` : String(days);
}

function followUpText(followUp: InspectionRow['followUp']): string {
  if (followUp === undefined) return '';
  const { open, total } = followUp;
  if (total === 0) return '无需后续处置';
  return open === 0 ? '已办结' : `未完结 ${open}/${total}`;
}

/** The whole list as a CSV file, page after page; a `link` header names the file in which it goes on when it is too long for one. */
export async function inspectionsCsv(request: HttpRequest): Promise<Answer> {
  const staff = await person(request);
  const { after, ...filter } = queryOf(request, InspectionsQuery);
  const scope = scopeOf(staff, filter.unit);
  const today = dateInShanghai(request.at);
  const counting = await calendar();
  const file = csvWriter(columns.map(([header]) => header));
  let place: string | undefined = after;
  for (let reading = 1; reading <= READINGS; reading += 1) {
    const page = await listedInspections(store(), { scope, filter, limit: READ_AT_A_TIME, after: place });
    const rows = await rowsOf(page, { filter, counting, today });
    await file.add(rows.map((row) => columns.map(([, cell]) => cell(row))));
    place = page.next;
    if (place === undefined) break;
  }
  return {
    status: 200,
    headers: {
      'content-type': CSV_TYPE,
      'content-disposition': `attachment; filename="inspections-${today}.csv"`,
      'cache-control': 'no-store',
      ...(place === undefined ? {} : { link: `<${pathFrom(request, place)}>; rel="next"` }),
    },
    body: await file.end(),
  };
}

function pathFrom({ path, query }: HttpRequest, after: string): string {
  return `${path}?${new URLSearchParams({ ...query, after }).toString()}`;
}
