import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { newEvent } from '#contracts/events.ts';
import { Policy } from '#domain/policy/policy.ts';
import { Source } from '#domain/source/source.ts';
import { httpFunction } from '#lambda/http.ts';
import { commit } from '#store/commit.ts';
import { knownItems } from '#store/items.ts';
import { lists, stateKey } from '#store/keys.ts';
import { allPolicies } from '#store/policies.ts';
import { created } from '#store/records.ts';
import { load, queryAll } from '#store/store.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, param, type HttpRequest } from '#web/request.ts';
import { adopt, unworkable } from './adopting.ts';
import { administrator, store } from './asking.ts';
import { exportPolicies, importPolicies } from './policy-files.ts';

export const handler = httpFunction('administration', {
  'PUT /policies/{id}': adoptPolicy,
  'GET /policies': async (request) => {
    await administrator(request);
    return json(200, { policies: await allPolicies(store()) });
  },
  'GET /policies/export': exportPolicies,
  'POST /policies/imports': importPolicies,
  'PUT /sources/{id}': registerSource,
  'GET /sources': async (request) => {
    await administrator(request);
    const sources = await queryAll(store(), Source, { index: 'list', partition: lists.sources });
    return json(200, { sources: sources.map(({ id, name, registeredAt }) => ({ id, name, registeredAt })) });
  },
});

/** What an administrator writes; id and version follow from the address and what is there. */
const PolicyBody = Policy.omit({ id: true, version: true });

/** Adopts the next version of a policy, checked before it can take effect (article 17). The same content again changes nothing. */
async function adoptPolicy(request: HttpRequest): Promise<Answer> {
  const staff = await administrator(request);
  const body = jsonBody(request, PolicyBody);
  const id = idOf(Policy.shape.id, request);
  const known = await knownItems(store(), body.draw.items);
  const errors = unworkable(body, new Set(known.map(({ code }) => code)));
  if (errors.length > 0) {
    refuse(
      'policy-invalid',
      '规则不能生效，见 errors The policy can not take effect; see errors.',
      errors.map(({ pointer, detail }) => ({ pointer, detail })),
    );
  }
  const { policy, isNew } = await adopt({ ...body, id }, { at: request.at, staffNo: staff.staffNo });
  return json(isNew ? 201 : 200, policy);
}

const SourceBody = Source.pick({ name: true });

/** 32 bytes, as Standard Webhooks recommends (24 to 64). */
const SECRET_BYTES = 32;

/** Registers a sender of triggers. Its secret is shown once, in this answer; asking again neither shows nor changes it. */
async function registerSource(request: HttpRequest): Promise<Answer> {
  const staff = await administrator(request);
  const { name } = jsonBody(request, SourceBody);
  const id = idOf(Source.shape.id, request);
  const known = await load(store(), Source, stateKey('SOURCE', id));
  if (known !== undefined) {
    return json(200, { id, name: known.name, registeredAt: known.registeredAt });
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
  return json(201, { id, name, registeredAt: request.at, secret });
}

function idOf(schema: z.ZodString, request: HttpRequest): string {
  const id = schema.safeParse(param(request, 'id'));
  return id.success
    ? id.data
    : refuse(
        'query-invalid',
        `地址中的编号无效 The id in the address must be ${id.error.issues[0]?.message ?? 'valid'}.`,
      );
}
