import { FiguresQuery, type Figure, type Figures } from '#contracts/api/agenda.ts';
import { deadlineLabels, type Deadline } from '#domain/deadline/deadline.ts';
import { WATCHING, watchesAll } from '#domain/person/person.ts';
import { addMonths, CalendarDate, dateInShanghai } from '#domain/time/time.ts';
import { csvWriter, CSV_TYPE } from '#files/writer.ts';
import { deadlinesOfUnit } from '#store/agenda.ts';
import { FIRST_DUE, NO_UNIT, openDeadlines, type DuePosition } from '#store/deadlines.ts';
import { requireRole, type Staff } from '#store/people.ts';
import { punctualityOf } from '#store/punctuality.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { queryOf, type HttpRequest } from '#web/request.ts';
import { person, store } from './asking.ts';

/** Two years: one query a month. */
const MOST_MONTHS = 24;
const READ_AT_A_TIME = 1_000;

type Row = Omit<Figure, 'label'>;

/**
 * Deadlines kept and not kept, by the month of their day, by unit and by kind: of all units for those who watch them, of its own
 * for a unit. An overdue one is late whether or not it was met since; one of a joint visit counts for each of its units.
 */
export async function figures(request: HttpRequest): Promise<Answer> {
  const staff = await person(request);
  requireRole(staff, [...WATCHING, 'unit']);
  const query = queryOf(request, FiguresQuery);
  const thisMonth = dateInShanghai(request.at).slice(0, 7);
  const { from = query.to ?? thisMonth, to = thisMonth } = query;
  const months = monthsOf(from, to);
  const unit = watchesAll(staff.role) ? undefined : staff.unit;
  const [kept, open] = await Promise.all([punctualityOf(store(), months, unit), openOf(staff)]);
  const rows = joined(
    kept.map((row) => ({ ...row, open: 0 })),
    openRows(open, months, unit),
  );
  if (query.format === 'csv') return csvOf(rows, `deadlines-${from}-${to}.csv`);
  const labelled = rows.map((row) => ({ ...row, label: deadlineLabels[row.kind] }));
  const answer: Figures = { from, to, deadlines: labelled };
  return json(200, answer);
}

/** @throws Refusal `query-invalid` for none, or too many */
export function monthsOf(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to && months.length <= MOST_MONTHS; month = monthAfter(month)) {
    months.push(month);
  }
  return months.length > 0 && months.length <= MOST_MONTHS
    ? months
    : refuse(
        'query-invalid',
        `月份范围须为 1 至 ${MOST_MONTHS} 个月 From one to ${MOST_MONTHS} months can be asked for.`,
        [{ pointer: '/from', detail: `${from}–${to}` }],
      );
}

function monthAfter(month: string): string {
  return addMonths(CalendarDate.parse(`${month}-01`), 1).slice(0, 7);
}

async function openOf(staff: Staff): Promise<Deadline[]> {
  if (!watchesAll(staff.role)) return deadlinesOfUnit(store(), staff.unit);
  const open: Deadline[] = [];
  for (let position: DuePosition | undefined = FIRST_DUE; position !== undefined;) {
    const page = await openDeadlines(store(), position, READ_AT_A_TIME);
    open.push(...page.deadlines);
    position = page.next;
  }
  return open;
}

/** Those that were found late are among the late ones already. */
function openRows(
  deadlines: readonly Deadline[],
  months: readonly string[],
  unit: string | undefined,
): Row[] {
  const asked = new Set(months);
  return deadlines
    .filter(({ due, lateIn }) => lateIn === undefined && asked.has(due.slice(0, 7)))
    .flatMap(({ due, kind, units = [] }) =>
      (units.length === 0 ? [NO_UNIT] : units)
        .filter((one) => unit === undefined || one === unit)
        .map((one) => ({ month: due.slice(0, 7), unit: one, kind, onTime: 0, late: 0, open: 1 })),
    );
}

function joined(...parts: readonly (readonly Row[])[]): Row[] {
  const sums = new Map<string, Row>();
  for (const row of parts.flat()) {
    const key = `${row.month}#${row.unit}#${row.kind}`;
    const sum = sums.get(key) ?? { ...row, onTime: 0, late: 0, open: 0 };
    sums.set(key, {
      ...sum,
      onTime: sum.onTime + row.onTime,
      late: sum.late + row.late,
      open: sum.open + row.open,
    });
  }
  return [...sums.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

async function csvOf(rows: readonly Row[], name: string): Promise<Answer> {
  const file = csvWriter(['月份', '承担单位', '期限', '按期', '逾期', '未到期']);
  await file.add(
    rows.map(({ month, unit, kind, onTime, late, open }) => [
      month,
      unit === NO_UNIT ? '牵头科室' : unit,
      deadlineLabels[kind],
      String(onTime),
      String(late),
      String(open),
    ]),
  );
  return {
    status: 200,
    headers: {
      'cache-control': 'no-store',
      'content-type': CSV_TYPE,
      'content-disposition': `attachment; filename="${name}"`,
    },
    body: await file.end(),
  };
}
