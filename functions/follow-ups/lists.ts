import { DueListQuery } from '#contracts/api/follow-ups.ts';
import { watchesAll } from '#domain/person/person.ts';
import { addDays, dateInShanghai } from '#domain/time/time.ts';
import { followUpsDue, handoversDue, loadHandover, type DueList } from '#store/follow-ups.ts';
import type { Staff } from '#store/people.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { queryOf, type HttpRequest } from '#web/request.ts';
import { person, store, visibleFollowUp, visibleHandover } from './asking.ts';
import { followUpView, handoverView } from './view.ts';

const LIST_LENGTH = 50;

type Scope = NonNullable<DueListQuery['scope']>;

/** What a person sees when they don't say: everything of everyone, of their unit, or their own. */
function scopeOf({ role }: Staff, wanted: Scope | undefined): Scope {
  const widest = watchesAll(role) ? 'all' : role === 'unit' ? 'unit' : 'mine';
  const order: readonly Scope[] = ['mine', 'unit', 'all'];
  const scope = wanted ?? widest;
  return order.indexOf(scope) <= order.indexOf(widest)
    ? scope
    : refuse(
        'role-forbidden',
        `只能查看 ${widest} 范围 One who is ${role} sees the scope ${widest} at most.`,
      );
}

/** @throws Refusal `query-invalid`, `role-forbidden` */
async function asked(request: HttpRequest) {
  const staff = await person(request);
  const { scope: wanted, status, overdue, after } = queryOf(request, DueListQuery);
  const scope = scopeOf(staff, wanted);
  const list: DueList = {
    state: status,
    limit: LIST_LENGTH,
    unit: scope === 'all' ? undefined : staff.unit,
    through: overdue === undefined ? undefined : addDays(dateInShanghai(request.at), -1),
  };
  return { staff, scope, list, after };
}

function onTeam(team: readonly { readonly inspector: string }[], { staffNo }: Staff): boolean {
  return team.some(({ inspector }) => inspector === staffNo);
}

/** Follow-ups by the day they are due. Of `mine`, a page leaves out what others of the unit found, and is then shorter. */
export async function followUps(request: HttpRequest): Promise<Answer> {
  const { staff, scope, list, after } = await asked(request);
  const { items, next } = await followUpsDue(store(), { ...list, after });
  const last = items.at(-1);
  return json(200, {
    followUps: items.filter(({ team }) => scope !== 'mine' || onTeam(team, staff)).map(followUpView),
    ...(next === undefined || last === undefined ? {} : { next: `${last.due}_${last.id}` }),
  });
}

export async function followUpById(request: HttpRequest): Promise<Answer> {
  const { followUp } = await visibleFollowUp(request);
  return json(200, followUpView(followUp));
}

/** Handovers by the last day for their receipt: those of a unit are what it hands over and what it is handed. */
export async function handovers(request: HttpRequest): Promise<Answer> {
  const { staff, scope, list, after } = await asked(request);
  const { unit } = list;
  const page = await handoversDue(store(), {
    ...list,
    after: after && { ...after, copy: await isCopy(after.id, unit) },
  });
  const last = page.items.at(-1);
  return json(200, {
    handovers: page.items
      .filter(({ team, status, from }) =>
        scope === 'mine' ? onTeam(team, staff) : from === unit || unit === undefined || status !== 'raised',
      )
      .map(handoverView),
    ...(page.next === undefined || last === undefined ? {} : { next: `${last.receiptBy}_${last.id}` }),
  });
}

/** Where a page of a unit goes on: behind the handover itself, or behind the copy in the list of whoever receives it. */
async function isCopy(id: string, unit: string | undefined): Promise<boolean> {
  return unit !== undefined && (await loadHandover(store(), id)).from !== unit;
}

export async function handoverById(request: HttpRequest): Promise<Answer> {
  const { handover } = await visibleHandover(request);
  return json(200, handoverView(handover));
}
