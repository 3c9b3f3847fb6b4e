import { DeadlinesQuery } from '#contracts/api/agenda.ts';
import type { Deadline } from '#domain/deadline/deadline.ts';
import { watchesAll } from '#domain/person/person.ts';
import { addDays, dateInShanghai, type CalendarDate } from '#domain/time/time.ts';
import { deadlinesOfInspector, deadlinesOfUnit, titlesOf, type TitledDeadlines } from '#store/agenda.ts';
import { deadlinesByDay, deadlinesDueBy, NO_UNIT } from '#store/deadlines.ts';
import { looking } from '#store/looking.ts';
import { requireRole, type Staff } from '#store/people.ts';
import { json, type Answer } from '#web/answer.ts';
import { queryOf, type HttpRequest } from '#web/request.ts';
import { counter, store, visible } from './asking.ts';
import { mayDo, viewOf } from './view.ts';

/** Deadlines of all units that one page shows. */
const LIST_LENGTH = 100;

/**
 * The deadlines that have to be kept, the earliest first: an inspector's own, a unit's, or those of all units in pages. Of
 * those a filter looks at a thousand at one time: a page may be short, and `next` says whether more may follow.
 */
export async function deadlines(request: HttpRequest): Promise<Answer> {
  const { staff, counting } = await counter(request);
  requireRole(staff, ['lead-section', 'unit', 'inspector', 'supervisor', 'administrator']);
  const query = queryOf(request, DeadlinesQuery);
  const today = dateInShanghai(request.at);
  const { shown, titles, last } = await pageOf(staff, query, today);
  return json(200, {
    deadlines: shown.map((one) => viewOf(one, counting, today, titles.get(one.of.id))),
    ...(last === undefined ? {} : { next: `${last.due}_${last.id}` }),
  });
}

interface Listed {
  readonly shown: readonly Deadline[];
  readonly titles: ReadonlyMap<string, string>;
  /** The one that the list goes on after. */
  readonly last?: Deadline | undefined;
}

async function pageOf(staff: Staff, query: DeadlinesQuery, today: CalendarDate): Promise<Listed> {
  const fitting = (one: Deadline) => fits(one, query, today);
  const { unit, kind, state, after } = query;
  if (watchesAll(staff.role) && unit === undefined) {
    const through = state === 'overdue' ? addDays(today, -1) : undefined;
    const filtered = kind !== undefined || state !== undefined;
    const { rows, last } = await looking(
      (limit) => deadlinesByDay(store(), limit, { through, after }),
      LIST_LENGTH,
      filtered ? fitting : undefined,
    );
    return { shown: rows, titles: await titlesOf(store(), rows), last };
  }
  const found = watchesAll(staff.role)
    ? await deadlinesOfUnit(store(), unit ?? NO_UNIT, kind)
    : await ownDeadlines(staff, today);
  return { shown: found.deadlines.filter(fitting), titles: found.titles };
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

const NOTHING: TitledDeadlines = { deadlines: [], titles: new Map() };

/** What a person has to keep, and of a supervisor what is overdue: the same in the list and in the calendar. */
export async function ownDeadlines(staff: Staff, today: CalendarDate): Promise<TitledDeadlines> {
  switch (staff.role) {
    case 'inspector':
      return deadlinesOfInspector(store(), staff);
    case 'unit':
      return deadlinesOfUnit(store(), staff.unit);
    case 'lead-section':
      return deadlinesOfUnit(store(), NO_UNIT);
    case 'supervisor':
      return overdueOn(today);
    case 'business-section':
    case 'administrator':
      return NOTHING;
  }
}

async function overdueOn(today: CalendarDate): Promise<TitledDeadlines> {
  const found = await deadlinesDueBy(store(), addDays(today, -1));
  const overdue = found.filter(({ status }) => status === 'open');
  return { deadlines: overdue, titles: await titlesOf(store(), overdue) };
}

/** One deadline, with what the person may do to it. */
export async function deadlineById(request: HttpRequest): Promise<Answer> {
  const { staff, deadline, about, counting, mayAsk } = await visible(request);
  const today = dateInShanghai(request.at);
  const view = viewOf(deadline, counting, today, about);
  return json(
    200,
    { ...view, may: mayDo(deadline, staff, mayAsk, today) },
    { etag: `"${deadline.version}"` },
  );
}
