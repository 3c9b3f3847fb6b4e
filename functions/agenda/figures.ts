import { FiguresQuery, type Figure, type Figures } from '#contracts/api/agenda.ts';
import { deadlineLabels, type Deadline } from '#domain/deadline/deadline.ts';
import { WATCHING, watchesAll } from '#domain/person/person.ts';
import { deadlinesOfMonths, NO_UNIT } from '#store/deadlines.ts';
import { requireRole } from '#store/people.ts';
import { punctualityOf } from '#store/punctuality.ts';
import { json, type Answer } from '#web/answer.ts';
import { queryOf, type HttpRequest } from '#web/request.ts';
import { person, store } from './asking.ts';
import { csvFile, monthsAsked } from './counted.ts';

type Row = Omit<Figure, 'label'>;

/**
 * Deadlines kept and not kept, by the month of their day, by unit and by kind: of all units for those who watch them, of its own
 * for a unit. An overdue one is late whether or not it was met since; one of a joint visit counts for each of its units.
 */
export async function figures(request: HttpRequest): Promise<Answer> {
  const staff = await person(request);
  requireRole(staff, [...WATCHING, 'unit']);
  const query = queryOf(request, FiguresQuery);
  const { from, to } = monthsAsked(request, query);
  const unit = watchesAll(staff.role) ? undefined : staff.unit;
  const [kept, open] = await Promise.all([
    punctualityOf(store(), { from, to, unit }),
    deadlinesOfMonths(store(), from, to),
  ]);
  const rows = joined(
    kept.map((row) => ({ ...row, open: 0 })),
    openRows(open, unit),
  );
  if (query.format === 'csv') return csvOf(rows, `deadlines-${from}-${to}.csv`);
  const labelled = rows.map((row) => ({ ...row, label: deadlineLabels[row.kind] }));
  const answer: Figures = { from, to, deadlines: labelled };
  return json(200, answer);
}

/** Those that were found late are among the late ones already. */
function openRows(deadlines: readonly Deadline[], unit: string | undefined): Row[] {
  return deadlines
    .filter(({ lateIn }) => lateIn === undefined)
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
  return csvFile(
    name,
    ['月份', '承担单位', '期限', '按期', '逾期', '未到期'],
    rows.map(({ month, unit, kind, onTime, late, open }) => [
      month,
      unit === NO_UNIT ? '牵头科室' : unit,
      deadlineLabels[kind],
      String(onTime),
      String(late),
      String(open),
    ]),
  );
}
