import { Draw } from '#domain/draw/lifecycle.ts';
import { inspectionId } from '#domain/inspection/inspection.ts';
import { loadDraw, readTeams } from '#store/draws.ts';
import { lists } from '#store/keys.ts';
import { queryPage } from '#store/store.ts';
import { json, type Answer } from '#web/answer.ts';
import { param, type HttpRequest } from '#web/request.ts';
import { staff, store, WATCHING } from './asking.ts';

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

/** One draw, with the inspections that came of it. */
export async function drawById(request: HttpRequest): Promise<Answer> {
  await staff(request, WATCHING);
  const draw = await loadDraw(store(), param(request, 'id'));
  const teams = draw.dispatchedAt === undefined ? [] : await readTeams(store(), draw.id);
  return json(200, {
    ...draw,
    inspections: teams.map(({ objectId }) => ({ id: inspectionId(draw.id, objectId), subject: objectId })),
  });
}
