import { Draw } from '#domain/draw/draw.ts';
import { WATCHING } from '#domain/person/person.ts';
import { loadDraw } from '#store/draws.ts';
import { inspectionsOfDraw } from '#store/inspections.ts';
import { lists } from '#store/keys.ts';
import { queryPage } from '#store/store.ts';
import { json, type Answer } from '#web/answer.ts';
import { param, type HttpRequest } from '#web/request.ts';
import { staff, store } from './asking.ts';

const SHOWN = 100;

/** The newest draws. */
export async function draws(request: HttpRequest): Promise<Answer> {
  await staff(request, WATCHING);
  const { items } = await queryPage(store(), Draw, {
    index: 'list',
    partition: lists.draws,
    newestFirst: true,
    limit: SHOWN,
  });
  return json(200, {
    draws: items.map(({ id, status, title, plan, trigger, proposedAt }) => ({
      id,
      status,
      title,
      trigger,
      proposedAt,
      plan: plan.number,
    })),
  });
}

/** One draw, with the inspections that it sends out: those that came of it and those that it joined. */
export async function drawById(request: HttpRequest): Promise<Answer> {
  await staff(request, WATCHING);
  const draw = await loadDraw(store(), param(request, 'id'));
  return json(200, { ...draw, inspections: await inspectionsOfDraw(store(), draw.id) });
}
