import { randomBytes } from 'node:crypto';
import { SourceBody, type RegisteredSource, type SourceView } from '#contracts/api/administration.ts';
import { newEvent } from '#contracts/events.ts';
import { SCAN_SOURCE } from '#domain/risk/trigger.ts';
import { Source } from '#domain/source/source.ts';
import { httpFunction } from '#lambda/http.ts';
import { commit } from '#store/commit.ts';
import { lists, stateKey } from '#store/keys.ts';
import { created } from '#store/records.ts';
import { load, queryAll } from '#store/store.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, type HttpRequest } from '#web/request.ts';
import { administrator, idOf, store } from './asking.ts';
import { exportPolicies, importPolicies } from './policy-files.ts';
import { adoptPolicy, listPolicies, showPolicy } from './policies.ts';
import { showRehearsal, startRehearsal } from './rehearsals.ts';

export const handler = httpFunction('administration', {
  'PUT /policies/{id}': adoptPolicy,
  'GET /policies': listPolicies,
  'GET /policies/export': exportPolicies,
  'POST /policies/imports': importPolicies,
  'GET /policies/{id}': showPolicy,
  'POST /policies/{id}/rehearsals': startRehearsal,
  'GET /policies/{id}/rehearsals/{rehearsal}': showRehearsal,
  'PUT /sources/{id}': registerSource,
  'GET /sources': async (request) => {
    await administrator(request);
    const sources = await queryAll(store(), Source, { index: 'list', partition: lists.sources });
    return json(200, { sources: sources.map(viewOf) });
  },
});

/** 32 bytes, as Standard Webhooks recommends (24 to 64). */
const SECRET_BYTES = 32;

/** Registers a sender of triggers. Its secret is shown once, in this answer; asking again neither shows nor changes it. */
async function registerSource(request: HttpRequest): Promise<Answer> {
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
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
  const source: Source = { id, version: 1, name, secrets: [secret], registeredAt: request.at };
  await commit(store(), {
    at: request.at,
    writes: [created('SOURCE', source, { listPk: lists.sources, listSk: id })],
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
  const registered: RegisteredSource = { ...viewOf(source), secret };
  return json(201, registered);
}

function viewOf({ id, name, registeredAt }: Source): SourceView {
  return { id, name, registeredAt };
}
