import { sha256 } from '#sha256';
import { isPublic, type Draw } from '#domain/draw/draw.ts';
import { Trigger, TriggerReport } from '#domain/trigger/trigger.ts';
import { Source } from '#domain/source/source.ts';
import { deriveId } from '#domain/ids/derive.ts';
import type { MessageStatus, ReceivedReport } from '#contracts/api/webhook.ts';
import { newEvent } from '#contracts/events.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { httpFunction } from '#lambda/http.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { commit } from '#store/commit.ts';
import { loadDraw } from '#store/draws.ts';
import { stateKey } from '#store/keys.ts';
import { load, openState } from '#store/store.ts';
import { createdTrigger, dealtWithBy } from '#store/triggers.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { bodyText, param, parseJson, requireMediaType, type HttpRequest } from '#web/request.ts';
import { verifiedMessageId } from '#web/webhook-signature.ts';

/** A report with links to its evidence is far smaller; the evidence itself does not come this way. */
const MAX_BODY_BYTES = 256 * 1024;

const store = once(() => openState(environmentOf('webhook').STATE_TABLE));

export const handler = httpFunction('webhook', {
  'POST /webhooks/{source}': receive,
  'GET /webhooks/{source}/messages/{id}': tellStatus,
});

/** Stores a signed report as a trigger, once per sender's message id however often it is delivered (article 2). */
async function receive(request: HttpRequest, telemetry: Telemetry): Promise<Answer> {
  requireMediaType(request, ['application/json']);
  const body = bodyText(request, MAX_BODY_BYTES);
  const source = await sourceOf(param(request, 'source'));
  const senderId = verifiedMessageId(request.headers, body, source.secrets, request.at);
  const report = parseJson(body, TriggerReport);

  const trigger: Trigger = {
    id: triggerIdOf(source.id, senderId),
    version: 1,
    status: 'received',
    source: source.id,
    senderId,
    receivedAt: request.at,
    report,
  };
  telemetry.correlate(trigger.id);
  const received: ReceivedReport = { trigger: trigger.id, status: 'received', receivedAt: request.at };
  const answer = JSON.stringify(received);
  const fingerprint = sha256(body);
  const outcome = await commit(store(), {
    at: request.at,
    once: { consumer: 'webhook', key: trigger.id, answer, fingerprint },
    writes: [createdTrigger(trigger)],
    events: [
      newEvent('trigger.received', {
        time: request.at,
        about: { kind: 'trigger', id: trigger.id, version: 1 },
        correlation: trigger.id,
        causation: `${source.id}/${senderId}`,
        actor: { kind: 'source', id: source.id },
        data: { source: source.id, category: report.category, title: report.title },
      }),
    ],
  });
  if (outcome.kind === 'done-before' && outcome.fingerprint !== fingerprint) {
    refuse(
      'message-id-reused',
      `webhook-id ${senderId} 已用于不同内容 webhook-id ${senderId} was used for another body; give each message an id of its own.`,
    );
  }
  return json(202, JSON.parse(outcome.kind === 'done-before' ? (outcome.answer ?? answer) : answer));
}

/**
 * Tells a sender what became of a message of its own. Its request is signed like a message, over an empty body; a message
 * of another source and one that never came are the same 404.
 */
async function tellStatus(request: HttpRequest, telemetry: Telemetry): Promise<Answer> {
  const source = await sourceOf(param(request, 'source'));
  verifiedMessageId(request.headers, bodyText(request, 0), source.secrets, request.at);
  const message = param(request, 'id');
  const trigger = await load(store(), Trigger, stateKey('TRIGGER', triggerIdOf(source.id, message)));
  if (trigger === undefined) {
    return refuse('not-found', `没有收到消息 ${message} The message ${message} was not found.`);
  }
  telemetry.correlate(trigger.id);
  const draw = await drawOf(await dealtWithBy(store(), trigger));
  const status: MessageStatus = {
    message,
    trigger: trigger.id,
    status: trigger.status,
    since: trigger.decidedAt ?? trigger.receivedAt,
    ...(draw === undefined || !isPublic(draw) ? {} : { draw: `/public/draws/${draw.id}` }),
  };
  return json(200, status);
}

/** One message is one trigger, however often it is delivered. */
function triggerIdOf(source: string, message: string): string {
  return deriveId('T', source, message);
}

async function drawOf({ draw }: Trigger): Promise<Draw | undefined> {
  return draw === undefined ? undefined : loadDraw(store(), draw);
}

async function sourceOf(id: string): Promise<Source> {
  const source = await load(store(), Source, stateKey('SOURCE', id));
  return source ?? refuse('source-unknown', `来源 ${id} 未登记 The source ${id} is not registered.`);
}
