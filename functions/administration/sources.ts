import { randomBytes } from 'node:crypto';
import { SourceBody, SourceRotation, SourceTest, type SourceView } from '#contracts/api/administration.ts';
import { newEvent } from '#contracts/events.ts';
import { SCAN_SOURCE } from '#domain/risk/trigger.ts';
import { isRotating, olderUntilAtMost, olderUntilByDefault, rotated, Source } from '#domain/source/source.ts';
import { epochMilliseconds } from '#domain/time/time.ts';
import { commit } from '#store/commit.ts';
import { lists, stateKey } from '#store/keys.ts';
import { created, mustLoad, updated } from '#store/records.ts';
import { newestMessages } from '#store/source-messages.ts';
import { load, queryAll } from '#store/store.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, type HttpRequest } from '#web/request.ts';
import { administrator, idOf, store } from './asking.ts';
import { tried } from './trying.ts';

/** 32 bytes, as Standard Webhooks recommends (24 to 64). */
const SECRET_BYTES = 32;
const MESSAGES_SHOWN = 100;

function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

function viewOf({ id, name, registeredAt }: Source): SourceView {
  return { id, name, registeredAt };
}

export async function listSources(request: HttpRequest): Promise<Answer> {
  await administrator(request);
  const sources = await queryAll(store(), Source, { index: 'list', partition: lists.sources });
  return json(200, { sources: sources.map(viewOf) });
}

/** Registers a sender of triggers. Its secret is shown once, in this answer; asking again neither shows nor changes it. */
export async function registerSource(request: HttpRequest): Promise<Answer> {
  const staff = await administrator(request);
  const { name } = jsonBody(request, SourceBody);
  const id = idOf(Source.shape.id, request);
  // Whoever had its secret could send triggers that look like those of the scan, and take the ids of its own.
  if (id === SCAN_SOURCE) {
    refuse(
      'source-reserved',
      `编号 ${id} 为系统扫描自用，请换一个编号 The id ${id} is that of the system's own scan; take another one.`,
    );
  }
  const known = await load(store(), Source, stateKey('SOURCE', id));
  if (known !== undefined) {
    return json(200, viewOf(known));
  }
  const secret = newSecret();
  const source: Source = { id, version: 1, name, secrets: [secret], registeredAt: request.at };
  await commit(store(), {
    at: request.at,
    writes: [created('SOURCE', source, listed(id))],
    events: [
      newEvent('source.registered', {
        time: request.at,
        about: { kind: 'source', id, version: 1 },
        correlation: id,
        causation: id,
        actor: { kind: 'person', id: staff.staffNo },
        data: { name },
      }),
    ],
  });
  return json(201, { ...viewOf(source), secret });
}

/**
 * Gives a source a new secret, which is shown once, in this answer, and stands in no event. The one that it signs with is
 * accepted for a while still, so that no message is lost while the sender changes over.
 * @throws Refusal `rotation-running`: a second one would end the first one's older secret before the sender has changed; one
 * that ends both at once is let through.
 */
export async function rotateSource(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await administrator(request);
  const { olderUntil = olderUntilByDefault(request.at) } = jsonBody(request, SourceRotation);
  const most = olderUntilAtMost(request.at);
  if (epochMilliseconds(olderUntil) > epochMilliseconds(most)) {
    refuse('body-invalid', '请求体有误，见 errors The body does not fit; see errors.', [
      { pointer: '/olderUntil', detail: `不得晚于 ${most} not after ${most}, seven days from now` },
    ]);
  }
  const source = await mustLoad(store(), Source, 'SOURCE', idOf(Source.shape.id, request));
  if (isRotating(source, request.at) && epochMilliseconds(olderUntil) > epochMilliseconds(request.at)) {
    refuse(
      'rotation-running',
      `旧密钥有效至 ${source.olderUntil ?? ''}，其后才能再次更换；密钥泄露时请将 olderUntil 设为当前时刻 The older secret is accepted until ${source.olderUntil ?? ''}; rotate again after that, or now with olderUntil not after this moment when a secret has leaked.`,
    );
  }
  const secret = newSecret();
  const next = rotated(source, secret, olderUntil, request.at);
  await commit(store(), {
    at: request.at,
    writes: [updated('SOURCE', next, listed(next.id))],
    events: [
      newEvent('source.rotated', {
        time: request.at,
        about: { kind: 'source', id: next.id, version: next.version },
        correlation: next.id,
        causation: `${next.id}/${next.version}`,
        actor: { kind: 'person', id: staffNo },
        data: { olderUntil },
      }),
    ],
  });
  return json(200, { id: next.id, name: next.name, olderUntil, secret });
}

/** The newest messages of a source and what became of each. Those that it did not sign are not among them: nobody keeps them. */
export async function messagesOfSource(request: HttpRequest): Promise<Answer> {
  await administrator(request);
  const { id, name } = await mustLoad(store(), Source, 'SOURCE', idOf(Source.shape.id, request));
  return json(200, { id, name, messages: await newestMessages(store(), id, MESSAGES_SHOWN) });
}

/** What would become of a message of a source, signed as it would sign it. Nothing is stored. */
export async function testSource(request: HttpRequest): Promise<Answer> {
  await administrator(request);
  const { report } = jsonBody(request, SourceTest);
  const source = await mustLoad(store(), Source, 'SOURCE', idOf(Source.shape.id, request));
  return json(200, tried(request, source, report));
}

function listed(id: string) {
  return { listPk: lists.sources, listSk: id };
}
