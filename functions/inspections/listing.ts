import { InspectionsQuery, type InspectionRow } from '#contracts/api/inspection-lists.ts';
import { workingDaysBetween } from '#domain/calendar/calendar.ts';
import { deadlineLabels } from '#domain/deadline/deadline.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { inspectionLifecycle } from '#domain/inspection/lifecycle.ts';
import type { InspectionFilter, ListedInspection } from '#domain/inspection/listing.ts';
import { resultsOf } from '#domain/inspection/publication.ts';
import { WATCHING, watchesAll } from '#domain/person/person.ts';
import { dateInShanghai, type CalendarDate } from '#domain/time/time.ts';
import { besideRows, tallyAndCounting, type Known } from '#store/listed-beside.ts';
import { EVERY_UNIT, listedInspections, type ListedPage, type ListReading } from '#store/listed.ts';
import { requireRole, type Staff } from '#store/people.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { queryOf, type HttpRequest } from '#web/request.ts';
import { person, reference, store } from './asking.ts';

/** A deadline or a docket, and a draw, of each row fit into one reading. */
const PAGE_LENGTH = 50;

/** The inspections that staff work from: of the own unit, or of all for those who watch all; newest first. Four requests to the store, whatever is asked. */
export async function inspections(request: HttpRequest): Promise<Answer> {
  const staff = await person(request);
  const { after, ...filter } = queryOf(request, InspectionsQuery);
  const scope = scopeOf(staff, filter.unit);
  const [page, { tally, counting }] = await Promise.all([
    listedInspections(store(), { scope, filter, limit: PAGE_LENGTH, after }),
    tallyAndCounting(store(), scope, reference()),
  ]);
  const { examined, next } = page;
  const rows = await rowsOf(page, { filter, counting, today: dateInShanghai(request.at) });
  return json(200, { inspections: rows, tally, examined, ...(next === undefined ? {} : { next }) });
}

/** Whose list this person works from. @throws Refusal `role-forbidden` */
export function scopeOf(staff: Staff, unit: string | undefined): ListReading['scope'] {
  requireRole(staff, [...WATCHING, 'unit', 'inspector']);
  if (watchesAll(staff.role)) return unit ?? EVERY_UNIT;
  return unit === undefined || unit === staff.unit
    ? staff.unit
    : refuse('role-forbidden', `只能查看本单位（${staff.unit}） A unit reads its own list: ${staff.unit}.`);
}

export interface Shown {
  readonly filter: Pick<InspectionFilter, 'dueBefore'>;
  readonly counting: Counting;
  readonly today: CalendarDate;
}

/** The rows of a page with what other records know of them, those that are due later than asked for left out. */
export async function rowsOf(
  { rows }: Pick<ListedPage, 'rows'>,
  { filter: { dueBefore }, counting, today }: Shown,
): Promise<InspectionRow[]> {
  const known = rows.length === 0 ? undefined : await besideRows(store(), rows);
  return known === undefined
    ? []
    : rows
        .map((row) => rowOf(row, known, counting, today))
        .filter(({ due }) => dueBefore === undefined || (due !== undefined && due.date < dueBefore));
}

function rowOf(row: ListedInspection, known: Known, counting: Counting, today: CalendarDate): InspectionRow {
  const { draws, results, recordedBy, ...rest } = row;
  const writer = row.team.find(({ inspector }) => inspector === recordedBy);
  return {
    ...rest,
    statusLabel: inspectionLifecycle.statuses[row.status],
    draws: draws.map(({ id, planNumber }) => {
      const title = known.titles.get(id);
      return { id, planNumber, ...(title === undefined ? {} : { title }) };
    }),
    ...dueOf(known.deadlines.get(row.id), counting, today),
    results: resultsOf(results),
    ...(recordedBy === undefined
      ? {}
      : {
          recordedBy: {
            staffNo: recordedBy,
            ...(writer === undefined ? {} : { name: writer.name }),
          },
        }),
    ...followUpOf(known.dockets.get(row.id)),
  };
}

function dueOf(
  deadline: ReturnType<Known['deadlines']['get']>,
  counting: Counting,
  today: CalendarDate,
): Pick<InspectionRow, 'due'> {
  if (deadline === undefined) return {};
  const { kind, due: date, provisional, pausedOn } = deadline;
  return {
    due: {
      kind,
      label: deadlineLabels[kind],
      date,
      provisional,
      paused: pausedOn !== undefined,
      remaining: workingDaysBetween(counting, pausedOn ?? today, date),
      overdue: pausedOn === undefined && today > date,
    },
  };
}

function followUpOf(docket: ReturnType<Known['dockets']['get']>): Pick<InspectionRow, 'followUp'> {
  if (docket === undefined) return {};
  const all = [...docket.followUps, ...docket.handovers];
  return { followUp: { open: all.filter(({ status }) => status !== 'closed').length, total: all.length } };
}
