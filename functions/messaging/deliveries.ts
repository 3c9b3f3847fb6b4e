import { placeText } from '#contracts/api/place.ts';
import { factsOf } from '#commands/once.ts';
import { DeliveryDecision, DeliveryListQuery, type ListedDelivery } from '#contracts/api/messaging.ts';
import { newEvent } from '#contracts/events.ts';
import { accepted, resent, type Delivery } from '#domain/delivery/delivery.ts';
import { sendableFrom } from '#domain/delivery/hours.ts';
import { deliveriesOf, loadDelivery, savedDelivery } from '#store/deliveries.ts';
import { preferencesOf } from '#store/preferences.ts';
import { json, type Answer } from '#web/answer.ts';
import { jsonBody, param, queryOf, type HttpRequest } from '#web/request.ts';
import { administrator, calendar, store } from './asking.ts';
import { carryOut } from './command.ts';

const LIST_LENGTH = 50;

/** Deliveries of a status, oldest first. */
export async function deliveries(request: HttpRequest): Promise<Answer> {
  await administrator(request);
  const { status, after } = queryOf(request, DeliveryListQuery);
  const { items, next } = await deliveriesOf(store(), status, LIST_LENGTH, after);
  const last = items.at(-1);
  return json(200, {
    deliveries: items.map(summaryOf),
    ...(next === undefined || last === undefined
      ? {}
      : { next: placeText({ at: last.createdAt, id: last.id }) }),
  });
}

/** How many messages it holds is enough for a list. */
function summaryOf(one: Delivery): ListedDelivery {
  const { unlisted, decisions: _, ...shown } = one;
  return { ...shown, messages: one.messages.length + unlisted };
}

export async function delivery(request: HttpRequest): Promise<Answer> {
  await administrator(request);
  return json(200, await loadDelivery(store(), param(request, 'id')));
}

/** Sends a dead or doubtful one again, as soon as its recipient may be told. Whoever has it in doubt decides that a second copy does less harm than none. */
export async function resend(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await administrator(request);
  const { reason } = jsonBody(request, DeliveryDecision);
  return carryOut(request, staffNo, async () => {
    const known = await loadDelivery(store(), param(request, 'id'));
    const [days, { quiet }] = await Promise.all([calendar(), preferencesOf(store(), known.to)]);
    const next = resent(known, { at: request.at, by: staffNo, reason }, (from) =>
      sendableFrom(days, from, quiet),
    );
    return decided(next, 'delivery.resent', reason, request, staffNo);
  });
}

/** Closes a dead or doubtful one as it is, with the reason. */
export async function accept(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await administrator(request);
  const { reason } = jsonBody(request, DeliveryDecision);
  return carryOut(request, staffNo, async () => {
    const known = await loadDelivery(store(), param(request, 'id'));
    const next = accepted(known, { at: request.at, by: staffNo, reason });
    return decided(next, 'delivery.accepted', reason, request, staffNo);
  });
}

function decided(
  next: Delivery,
  type: 'delivery.resent' | 'delivery.accepted',
  reason: string,
  request: HttpRequest,
  staffNo: string,
) {
  const facts = {
    ...factsOf({ request, staffNo }, 'delivery', next),
    data: { channel: next.channel, to: next.to, reason },
  };
  return { answer: next, writes: [savedDelivery(next)], events: [newEvent(type, facts)] };
}
