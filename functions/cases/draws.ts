import { DrawsQuery } from '#contracts/api/cases.ts';
import { placeText } from '#contracts/api/place.ts';
import { WATCHING } from '#domain/person/person.ts';
import { listedDraws, loadDraw, type ListedDraw } from '#store/draws.ts';
import { inspectionsOfDraw } from '#store/inspections.ts';
import { looking } from '#store/looking.ts';
import { json, type Answer } from '#web/answer.ts';
import { param, queryOf, type HttpRequest } from '#web/request.ts';
import { staff, store } from './asking.ts';

const SHOWN = 100;

/** The draws that meet a filter, newest first; `next` is there while others may follow. */
export async function draws(request: HttpRequest): Promise<Answer> {
  await staff(request, WATCHING);
  const { status, title, after } = queryOf(request, DrawsQuery);
  const { rows, last } = await looking(
    (limit) => listedDraws(store(), limit, after),
    SHOWN,
    status === undefined && title === undefined ? undefined : (draw) => meets(draw, { status, title }),
  );
  return json(200, {
    draws: rows.map(({ plan, ...draw }) => ({ ...draw, plan: plan.number })),
    ...(last === undefined ? {} : { next: placeText({ at: last.proposedAt, id: last.id }) }),
  });
}

function meets(draw: ListedDraw, { status, title = '' }: Pick<DrawsQuery, 'status' | 'title'>): boolean {
  return (
    (status === undefined || draw.status === status) &&
    (draw.title.includes(title) || draw.plan.number.includes(title))
  );
}

/** One draw, with the inspections that it sends out: those that came of it and those that it joined. */
export async function drawById(request: HttpRequest): Promise<Answer> {
  await staff(request, WATCHING);
  const draw = await loadDraw(store(), param(request, 'id'));
  return json(200, { ...draw, inspections: await inspectionsOfDraw(store(), draw.id) });
}
