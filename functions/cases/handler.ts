import { MessagesQuery } from '#contracts/api/cases.ts';
import { placeText } from '#contracts/api/place.ts';
import { AggregateKind } from '#contracts/catalogue.ts';
import { inBoth } from '#domain/message/message.ts';
import { WATCHING } from '#domain/person/person.ts';
import { httpFunction } from '#lambda/http.ts';
import { historyOf } from '#store/history.ts';
import { inspectionsOf } from '#store/inspections.ts';
import { messagesOf } from '#store/messages.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { param, queryOf, type HttpRequest } from '#web/request.ts';
import { staff, store } from './asking.ts';
import { approveDraw, enterBeacon, freezeAgain, matchAgain, voidDraw } from './draw-commands.ts';
import { drawById, draws } from './draws.ts';
import { previewDraw, proposeDraw, redraw } from './propose.ts';
import { dismissTrigger, fireTrigger, mergeTrigger, triggerById, triggers } from './triggers.ts';

export const handler = httpFunction('cases', {
  'GET /me': async (request) => json(200, await staff(request)),
  'GET /me/messages': async (request) => {
    const { staffNo } = await staff(request);
    const { after } = queryOf(request, MessagesQuery);
    const { items, next } = await messagesOf(store(), staffNo, MESSAGES_SHOWN, after);
    const last = next === undefined ? undefined : items.at(-1);
    return json(200, {
      messages: items.map((message) => ({ ...message, ...inBoth(message) })),
      ...(last === undefined ? {} : { next: placeText(last) }),
    });
  },
  'GET /me/inspections': async (request) => {
    const { staffNo } = await staff(request);
    return json(200, { inspections: await inspectionsOf(store(), staffNo) });
  },
  'GET /triggers': triggers,
  'GET /triggers/{id}': triggerById,
  'POST /triggers/{id}/fire': fireTrigger,
  'POST /triggers/{id}/dismiss': dismissTrigger,
  'POST /triggers/{id}/merge': mergeTrigger,
  'GET /draws': draws,
  'GET /draws/{id}': drawById,
  'POST /draws/{id}/approve': approveDraw,
  'POST /draws': proposeDraw,
  'POST /draws/preview': previewDraw,
  'POST /draws/{id}/freeze': freezeAgain,
  'POST /draws/{id}/beacon': enterBeacon,
  'POST /draws/{id}/match': matchAgain,
  'POST /draws/{id}/void': voidDraw,
  'POST /draws/{id}/redraw': redraw,
  'GET /history/{kind}/{id}': history,
});

const MESSAGES_SHOWN = 100;

/** Everything that happened to one record, oldest first (the audit trail). */
async function history(request: HttpRequest): Promise<Answer> {
  await staff(request, WATCHING);
  const kind = AggregateKind.safeParse(param(request, 'kind'));
  if (!kind.success) {
    refuse(
      'not-found',
      `没有这类记录 there is no such kind of record; kinds: ${AggregateKind.options.join(', ')}.`,
    );
  }
  const events = await historyOf(store(), kind.data, param(request, 'id'));
  if (events.length === 0) {
    refuse('not-found', `没有找到 ${kind.data} ${param(request, 'id')} was not found.`);
  }
  return json(200, { events });
}
