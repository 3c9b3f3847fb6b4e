import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { newEvent } from '#contracts/events.ts';
import { problems } from '#contracts/problems.ts';
import { Trigger, TriggerReport } from '#domain/trigger/trigger.ts';
import { pages } from '#infra/docs/pages.ts';
import { openApiDocument } from '#infra/docs/openapi/document.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { MONDAY } from '../support/samples.ts';

const Json = z.record(z.string(), z.unknown());
const made = pages();
const documentNamed = (name: string) => Json.parse(JSON.parse(made.get(name) ?? '{}'));
const openapi = documentNamed('openapi.json');

/** What of a value does not fit a part of a document, which is named by its JSON Pointer. */
function faultsIn(document: z.infer<typeof Json>, pointer: string, value: unknown): unknown {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(document, 'document');
  const validate = ajv.compile({ $ref: `document#${pointer}` });
  return validate(value) ? [] : validate.errors;
}

/** The bytes of an answer as its reader unpacks them. */
async function portal(route: string, query = '', headers: Readonly<Record<string, string>> = {}) {
  const call = await handlerOf('portal');
  return answerOf(await call(gatewayEvent({ route, query, headers })));
}
const unpacked = async (base64: string): Promise<unknown> =>
  JSON.parse(
    await new Response(
      new Blob([Buffer.from(base64, 'base64')]).stream().pipeThrough(new DecompressionStream('gzip')),
    ).text(),
  );

beforeAll(async () => {
  await openDatabase();
});

describe('the OpenAPI document', () => {
  test('is OpenAPI 3.1, and every reference in it leads somewhere', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(openapi))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    const text = JSON.stringify(openapi);
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '');
    const at = (path: string) =>
      path.split('/').reduce<unknown>((value, step) => Json.safeParse(value).data?.[step], openapi);
    expect(references.length).toBeGreaterThan(90);
    expect(references.filter((path) => at(path) === undefined)).toEqual([]);
  });

  test('names each operation once', () => {
    const ids = [...JSON.stringify(openapi).matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
    expect(ids).toContain('getPublicLedger');
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('has a schema for every way in which a request is refused', () => {
    const { schemas } = z.object({ schemas: Json }).parse(openapi['components']);
    for (const reason of [...Object.keys(problems), 'internal']) {
      expect(schemas).toHaveProperty([`problem.${reason}`]);
    }
  });

  test('tells what a route takes: path, query, body, the headers of a command and of a signature', () => {
    const { paths } = openApiDocument({
      version: '1',
      named: new Map<string, z.ZodType>([
        ['TriggerReport', TriggerReport],
        ['Trigger', Trigger],
      ]),
      operations: {
        'POST /webhooks/{source}': {
          summary: ['发送', 'Send'],
          body: TriggerReport,
          answers: { 202: z.strictObject({ trigger: z.string() }) },
        },
        'POST /triggers/{id}/fire': {
          summary: ['发起', 'Fire'],
          query: z.object({ dry: z.string().optional(), days: z.coerce.number().int().default(2) }),
          once: true,
          answers: { 200: Trigger, 204: [] },
        },
      },
    });
    const reference = (name: string) => ({ $ref: `#/components/parameters/${name}` });
    const inPath = (name: string) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string', minLength: 1, maxLength: 256 },
    });
    expect(paths).toMatchObject({
      '/webhooks/{source}': {
        post: {
          operationId: 'postWebhooksBySource',
          tags: ['webhook'],
          summary: '发送 Send',
          security: [],
          parameters: [
            inPath('source'),
            reference('webhook-id'),
            reference('webhook-timestamp'),
            reference('webhook-signature'),
          ],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/TriggerReport' } } },
          },
        },
      },
      '/triggers/{id}/fire': {
        post: {
          security: [{ staff: [] }],
          parameters: [
            inPath('id'),
            { name: 'dry', in: 'query', required: false, schema: { type: 'string' } },
            { name: 'days', in: 'query', required: false, schema: { type: 'integer', default: 2 } },
            reference('idempotency-key'),
          ],
          responses: {
            200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Trigger' } } } },
            401: { $ref: '#/components/responses/Unauthorized' },
            default: { $ref: '#/components/responses/Refused' },
          },
        },
      },
    });
  });

  test('refuses an operation of no route', () => {
    const operations = { 'GET /nowhere': { summary: ['无', 'Nothing'], answers: {} } } as const;
    expect(() => openApiDocument({ version: '1', named: new Map(), operations })).toThrow('GET /nowhere');
  });

  test('fits what a route really answers, and what it refuses with', async () => {
    const schema = '/paths/~1public~1ledger/get/responses/200/content/application~1json/schema';
    const answer = JSON.parse((await portal('GET /public/ledger')).body);
    expect(faultsIn(openapi, schema, answer)).toEqual([]);
    expect(faultsIn(openapi, schema, { ...answer, more: 1 })).toMatchObject([
      { keyword: 'additionalProperties' },
    ]);

    const refused = await portal('GET /public/ledger', 'after=-1');
    const problem: unknown = JSON.parse(refused.body);
    expect(refused.statusCode).toBe(400);
    expect(faultsIn(openapi, '/components/schemas/Problem', problem)).toEqual([]);
    expect(faultsIn(openapi, '/components/schemas/problem.query-invalid', problem)).toEqual([]);
    expect(faultsIn(openapi, '/components/schemas/problem.not-found', problem)).not.toEqual([]);
  });

  test('is given out as it stands in docs/, with the shapes of the events, and again only when it changed', async () => {
    const answer = await portal('GET /public/openapi.json');
    expect(await unpacked(answer.body)).toEqual(openapi);
    const events = await portal('GET /public/events.json');
    expect(events.headers['content-type']).toBe('application/schema+json; charset=utf-8');
    expect(await unpacked(events.body)).toEqual(documentNamed('events.json'));
    const again = await portal('GET /public/openapi.json', '', {
      'If-None-Match': answer.headers['etag'] ?? '',
    });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });
});

describe('the shapes of the events', () => {
  const fired = newEvent('trigger.received', {
    time: MONDAY,
    about: { kind: 'trigger', id: 'T-1', version: 1 },
    correlation: 'T-1',
    causation: 'hotline-12345/1',
    actor: { kind: 'source', id: 'hotline-12345' },
    data: { source: 'hotline-12345', category: 'complaint', title: '投诉' },
  });
  const document = documentNamed('events.json');

  test('fit an event as it is written, and no other', () => {
    expect(faultsIn(document, '', fired)).toEqual([]);
    expect(faultsIn(document, '/$defs/event.trigger.received', fired)).toEqual([]);
    expect(faultsIn(document, '/$defs/event.draw.drawn', fired)).not.toEqual([]);
    expect(faultsIn(document, '', { ...fired, more: 1 })).not.toEqual([]);
  });
});

describe('the pages of the API', () => {
  const tags = z.array(z.object({ name: z.string() })).parse(openapi['tags']);

  test('lead from the first to a page for each function, none of them over 100 KB, and run no script', async () => {
    const index = await portal('GET /public/api');
    for (const { name } of tags) {
      expect(index.body).toContain(`href="/public/api?tag=${name}"`);
      const page = await portal('GET /public/api', `tag=${name}`);
      expect([name, page.statusCode]).toEqual([name, 200]);
      expect([name, Buffer.byteLength(page.body) < 100_000]).toEqual([name, true]);
      expect(page.body).not.toContain('<script');
      const targets = [...page.body.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id ?? '');
      expect(targets.filter((id) => !page.body.includes(`id="${id}"`))).toEqual([]);
    }
  });

  test('tell of a route what it takes and answers, and how to ask it', async () => {
    const { body } = await portal('GET /public/api', 'tag=portal');
    expect(body).toContain('<code>GET /public/ledger</code>');
    expect(body).toContain('<code>after (query)</code>');
    expect(body).toContain('<a href="#LedgerEntry">LedgerEntry</a>');
    expect(body).toContain('curl -sS -X GET &quot;$URL/public/ledger&quot;');
  });

  test('refuse a part that there is not', async () => {
    const { statusCode, body } = await portal('GET /public/api', 'tag=nothing');
    expect([statusCode, z.object({ type: z.string() }).parse(JSON.parse(body)).type]).toEqual([
      404,
      'urn:mingchou:problem:not-found',
    ]);
  });
});
