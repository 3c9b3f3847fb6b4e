import { sha256 } from '#sha256';
import { isPublic, type Draw } from '#domain/draw/draw.ts';
import { Trigger } from '#domain/trigger/trigger.ts';
import { Source, triggerOfMessage } from '#domain/source/source.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import type { MessageStatus, ReceivedReport } from '#contracts/api/webhook.ts';
import { newEvent } from '#contracts/events.ts';
import type { Instant } from '#domain/time/time.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { httpFunction } from '#lambda/http.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { commit } from '#store/commit.ts';
import { loadDraw } from '#store/draws.ts';
import { stateKey } from '#store/keys.ts';
import { acceptedMessage, noteRefusedMessage } from '#store/source-messages.ts';
import { load, openState } from '#store/store.ts';
import { createdTrigger, dealtWithBy } from '#store/triggers.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { bodyText, param, type HttpRequest } from '#web/request.ts';
import { messageText, provenId, reportIn } from '#web/webhook-message.ts';

const store = once(() => openState(environmentOf('webhook').STATE_TABLE));

export const handler = httpFunction('webhook', {
  'POST /webhooks/{source}': receive,
  'GET /webhooks/{source}/messages/{id}': tellStatus,
});

/** Stores a signed report as a trigger, once per sender's message id however often it is delivered (article 2). */
async function receive(request: HttpRequest, telemetry: Telemetry): Promise<Answer> {
  const body = messageText(request);
  const source = await sourceOf(param(request, 'source'));
  const senderId = provenId(request, body, source);
  try {
    return await accept({ source, senderId, body, at: request.at }, telemetry);
  } catch (error) {
    if (error instanceof Refusal) {
      await noteRefused({ source, senderId, body, at: request.at }, error, telemetry);
    }
    throw error;
  }
}

/** A message that its source has signed. */
interface Proven {
  readonly source: Source;
  readonly senderId: string;
  readonly body: string;
  readonly at: Instant;
}

async function accept({ source, senderId, body, at }: Proven, telemetry: Telemetry): Promise<Answer> {
  const report = reportIn(body);
  const trigger: Trigger = {
    id: triggerOfMessage(source.id, senderId),
    version: 1,
    status: 'received',
    source: source.id,
    senderId,
    receivedAt: at,
    report,
  };
  telemetry.correlate(trigger.id);
  const received: ReceivedReport = { trigger: trigger.id, status: 'received', receivedAt: at };
  const answer = JSON.stringify(received);
  const fingerprint = sha256(body);
  const outcome = await commit(store(), {
    at,
    once: { consumer: 'webhook', key: trigger.id, answer, fingerprint },
    writes: [
      createdTrigger(trigger),
      acceptedMessage(source.id, { at, message: senderId, outcome: 'accepted', trigger: trigger.id }),
    ],
    events: [
      newEvent('trigger.received', {
        time: at,
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

/** The sender is told why either way: that this could not be kept is for us to know. */
async function noteRefused(
  { source, senderId, at }: Proven,
  { reason }: Refusal,
  telemetry: Telemetry,
): Promise<void> {
  try {
    await noteRefusedMessage(store(), source.id, { at, message: senderId, outcome: 'refused', reason });
  } catch (error) {
    telemetry.error('a refused message could not be kept', error, { source: source.id, reason });
  }
}

/**
 * Tells a sender what became of a message of its own. Its request is signed like a message, over an empty body; a message
 * of another source and one that never came are the same 404.
 */
async function tellStatus(request: HttpRequest, telemetry: Telemetry): Promise<Answer> {
  const source = await sourceOf(param(request, 'source'));
  provenId(request, bodyText(request, 0), source);
  const message = param(request, 'id');
  const trigger = await load(store(), Trigger, stateKey('TRIGGER', triggerOfMessage(source.id, message)));
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

async function drawOf({ draw }: Trigger): Promise<Draw | undefined> {
  return draw === undefined ? undefined : loadDraw(store(), draw);
}

async function sourceOf(id: string): Promise<Source> {
  const source = await load(store(), Source, stateKey('SOURCE', id));
  return source ?? refuse('source-unknown', `来源 ${id} 未登记 The source ${id} is not registered.`);
}
