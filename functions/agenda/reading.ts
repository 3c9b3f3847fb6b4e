import { DeadlinesQuery } from '#contracts/api/agenda.ts';
import type { Deadline } from '#domain/deadline/deadline.ts';
import { watchesAll } from '#domain/person/person.ts';
import { dateInShanghai, type CalendarDate } from '#domain/time/time.ts';
import { byDay, deadlinesOfInspector, deadlinesOfUnit, titlesOf } from '#store/agenda.ts';
import { FIRST_DUE, NO_UNIT, openDeadlines, type DuePosition } from '#store/deadlines.ts';
import { requireRole, type Staff } from '#store/people.ts';
import { json, type Answer } from '#web/answer.ts';
import { queryOf, type HttpRequest } from '#web/request.ts';
import { counting, person, store, visible } from './asking.ts';
import { mayDo, viewOf } from './view.ts';

/** Deadlines of all units that one page looks at. */
const LIST_LENGTH = 100;

/**
 * The deadlines that have to be kept: an inspector's own, a unit's, or those of all units in pages. What a filter leaves out is
 * looked at too: a page of all may be short, and `next` says whether more may follow.
 */
export async function deadlines(request: HttpRequest): Promise<Answer> {
  const staff = await person(request);
  requireRole(staff, ['lead-section', 'unit', 'inspector', 'supervisor', 'administrator']);
  const query = queryOf(request, DeadlinesQuery);
  const today = dateInShanghai(request.at);
  const [{ found, next }, calendar] = await Promise.all([pageOf(staff, query), counting()]);
  const shown = found.filter((one) => fits(one, query, today));
  const titles = await titlesOf(store(), shown);
  return json(200, {
    deadlines: shown.map((one) => viewOf(one, calendar, today, titles.get(one.of.id))),
    ...(next === undefined
      ? {}
      : { next: next.after === undefined ? String(next.shard) : `${next.shard}_${next.after}` }),
  });
}

async function pageOf(
  staff: Staff,
  { unit, kind, after = FIRST_DUE }: DeadlinesQuery,
): Promise<{ readonly found: readonly Deadline[]; readonly next?: DuePosition }> {
  if (!watchesAll(staff.role)) return { found: await ownDeadlines(staff) };
  if (unit !== undefined) return { found: await deadlinesOfUnit(store(), unit, kind) };
  const { deadlines: found, next } = await openDeadlines(store(), after, LIST_LENGTH);
  return { found, ...(next === undefined ? {} : { next }) };
}

function fits(deadline: Deadline, { kind, state }: DeadlinesQuery, today: CalendarDate): boolean {
  const { status, due, request } = deadline;
  if (kind !== undefined && deadline.kind !== kind) return false;
  switch (state) {
    case 'open':
    case 'paused':
      return status === state;
    case 'overdue':
      return status === 'open' && due < today;
    case 'requested':
      return request !== undefined;
    case undefined:
      return true;
  }
}

/** Open deadlines that one reading of all of them takes. */
const READ_AT_A_TIME = 1_000;

/**
 * What a person has to keep, and of a supervisor what is overdue: the same in the list and in the calendar.
 * @param today of those who see what is overdue; a list without it is of those who act
 */
export async function ownDeadlines(staff: Staff, today?: CalendarDate): Promise<Deadline[]> {
  switch (staff.role) {
    case 'inspector':
      return deadlinesOfInspector(store(), staff);
    case 'unit':
      return deadlinesOfUnit(store(), staff.unit);
    case 'lead-section':
      return deadlinesOfUnit(store(), NO_UNIT);
    case 'supervisor':
      return today === undefined ? [] : overdueOn(today);
    case 'business-section':
    case 'administrator':
      return [];
  }
}

async function overdueOn(today: CalendarDate): Promise<Deadline[]> {
  const overdue: Deadline[] = [];
  for (let position: DuePosition | undefined = FIRST_DUE; position !== undefined;) {
    const page = await openDeadlines(store(), position, READ_AT_A_TIME);
    overdue.push(...page.deadlines.filter(({ status, due }) => status === 'open' && due < today));
    position = page.next;
  }
  return byDay(overdue);
}

/** One deadline, with what the person may do to it. */
export async function deadlineById(request: HttpRequest): Promise<Answer> {
  const { staff, deadline, mayAsk } = await visible(request);
  const today = dateInShanghai(request.at);
  const [calendar, titles] = await Promise.all([counting(), titlesOf(store(), [deadline])]);
  const view = viewOf(deadline, calendar, today, titles.get(deadline.of.id));
  return json(
    200,
    { ...view, may: mayDo(deadline, staff, mayAsk, today) },
    { etag: `"${deadline.version}"` },
  );
}
