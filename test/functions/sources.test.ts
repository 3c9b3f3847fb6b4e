import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { administrationOperations } from '#contracts/api/administration.ts';
import { Source } from '#domain/source/source.ts';
import { epochMilliseconds, later, type Instant } from '#domain/time/time.ts';
import { stateKey } from '#store/keys.ts';
import { load, queryAll, type StateTable } from '#store/store.ts';
import { signedHeaders } from '#web/webhook-signature.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { MONDAY } from '../support/samples.ts';

const ID = 'hotline-12345';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let state: StateTable;
let administration: (event: unknown) => Promise<unknown>;
let webhook: (event: unknown) => Promise<unknown>;
let secret: string;

/** `gatewayEvent` says when a request came in as MONDAY. */
const Timed = z.looseObject({ requestContext: z.looseObject({ timeEpoch: z.int() }) });
function at(time: Instant, event: unknown): unknown {
  const timed = Timed.parse(event);
  return { ...timed, requestContext: { ...timed.requestContext, timeEpoch: epochMilliseconds(time) } };
}

async function asked(route: string, body?: unknown, { time = MONDAY, person = 'HP9007', id = ID } = {}) {
  const given = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = answerOf(
    await administration(at(time, gatewayEvent({ route, params: { id }, person, ...given }))),
  );
  return { status: answer.statusCode, body: z.unknown().parse(JSON.parse(answer.body)) };
}

async function rotate(body: unknown, time = MONDAY) {
  const answer = await asked('POST /sources/{id}/rotate', body, { time });
  expect(answer.status).toBe(200);
  return administrationOperations['POST /sources/{id}/rotate'].answers[200].parse(answer.body);
}

async function messages() {
  const answer = await asked('GET /sources/{id}/deliveries');
  return administrationOperations['GET /sources/{id}/deliveries'].answers[200].parse(answer.body).messages;
}

const REPORT = JSON.stringify({ category: 'complaint', title: '计量不准' });
async function send(by: string, message: string, time: Instant = MONDAY, body = REPORT): Promise<number> {
  const headers = signedHeaders(by, message, time, body);
  const route = 'POST /webhooks/{source}';
  return answerOf(await webhook(at(time, gatewayEvent({ route, params: { source: ID }, headers, body }))))
    .statusCode;
}

beforeAll(async () => {
  ({ state } = await openDatabase());
  Object.assign(process.env, { ADMINISTRATORS: 'HP9007' });
  [administration, webhook] = [await handlerOf('administration'), await handlerOf('webhook')];
  const { body } = await asked('PUT /sources/{id}', { name: '12345 热线' });
  secret = z.object({ secret: z.string() }).parse(body).secret;
});

describe('the messages of a source', () => {
  it('are listed newest first, the accepted ones with their trigger, the refused ones with the reason', async () => {
    expect(await send(secret, 'm-1')).toBe(202);
    expect(await send(secret, 'm-1', later(MONDAY, 1_000))).toBe(202);
    expect(await send(secret, 'm-2', later(MONDAY, 2_000), '{')).toBe(400);
    expect(await send(secret, 'm-3', later(MONDAY, 3_000), '{}')).toBe(422);
    expect(await send(secret, 'm-1', later(MONDAY, 4_000), REPORT.replace('不准', '不足'))).toBe(409);
    const told = await messages();
    expect(told.map((one) => [one.message, one.outcome === 'refused' ? one.reason : one.outcome])).toEqual([
      ['m-1', 'message-id-reused'],
      ['m-3', 'body-invalid'],
      ['m-2', 'json-invalid'],
      ['m-1', 'accepted'],
    ]);
    expect(told.at(-1)).toMatchObject({ at: MONDAY, trigger: expect.stringMatching(/^T-/) });
  });

  it('are kept only when the source signed them, and for 90 days', async () => {
    const before = (await messages()).length;
    expect(await send(`whsec_${Buffer.alloc(32, 1).toString('base64')}`, 'm-4')).toBe(401);
    expect((await messages()).length).toBe(before);
    const [row] = await queryAll(state, z.object({ expires: z.int() }), { partition: `RECEIVED#${ID}` });
    expect(row?.expires).toBe(1_772_415_000 + 90 * 86_400);
  });
});

describe('a test', () => {
  const tried = async (body: unknown) => {
    const answer = await asked('POST /sources/{id}/test', body);
    return administrationOperations['POST /sources/{id}/test'].answers[200].parse(answer.body);
  };

  it('makes a message that the webhook would take, and stores nothing', async () => {
    const before = (await messages()).length;
    const { message, body, headers, outcome, curl } = await tried({});
    expect(outcome).toEqual({ kind: 'accepted', trigger: expect.stringMatching(/^T-/) });
    expect((await messages()).length).toBe(before);
    expect(curl).toContain(`'https://api.example.org/webhooks/${ID}'`);
    expect(curl).not.toContain(secret);
    const route = 'POST /webhooks/{source}';
    const real = answerOf(await webhook(gatewayEvent({ route, params: { source: ID }, headers, body })));
    expect(real.statusCode).toBe(202);
    expect((await messages()).filter((one) => one.message === message)).toMatchObject([
      outcome.kind === 'accepted' ? { outcome: 'accepted', trigger: outcome.trigger } : {},
    ]);
  });

  it('says what is wrong with a report of one’s own', async () => {
    expect((await tried({ report: { category: 'gossip', title: '…' } })).outcome).toMatchObject({
      kind: 'refused',
      reason: 'body-invalid',
      status: 422,
      errors: [{ pointer: '/category' }],
    });
  });

  it('quotes its command for a shell', async () => {
    const { curl } = await tried({ report: { category: 'complaint', title: "it's" } });
    expect(curl).toContain(String.raw`it'\''s`);
  });
});

describe('a rotation', () => {
  it('is refused for more than seven days', async () => {
    const answer = await asked('POST /sources/{id}/rotate', { olderUntil: later(MONDAY, 7 * DAY + 1) });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/olderUntil' }] } });
  });

  it('lets the older secret be used for a day, and tells of it without a secret', async () => {
    const older = secret;
    const { secret: newer, olderUntil } = await rotate({});
    expect([olderUntil, newer]).toEqual([later(MONDAY, DAY), expect.stringMatching(/^whsec_.{44}$/)]);
    const just = later(MONDAY, DAY - 1_000);
    expect([await send(older, 'r-1', just), await send(newer, 'r-2', just)]).toEqual([202, 202]);
    const after = later(MONDAY, DAY);
    expect([await send(older, 'r-3', after), await send(newer, 'r-4', after)]).toEqual([401, 202]);
    const told = await queryAll(state, z.object({ event: z.looseObject({ type: z.string() }) }), {
      partition: `SOURCE#${ID}`,
      prefix: 'EVENT#',
    });
    expect(told.map(({ event }) => event.type)).toEqual(['source.registered', 'source.rotated']);
    expect(JSON.stringify(told)).not.toContain('whsec_');
    secret = newer;
  });

  it('does not end a running one, unless both secrets are to end at once', async () => {
    const time = later(MONDAY, HOUR);
    expect(await asked('POST /sources/{id}/rotate', {}, { time })).toMatchObject({
      status: 409,
      body: { type: 'urn:mingchou:problem:rotation-running' },
    });
    const { secret: newest } = await rotate({ olderUntil: time }, time);
    expect([await send(secret, 'r-5', time), await send(newest, 'r-6', time)]).toEqual([401, 202]);
    expect((await load(state, Source, stateKey('SOURCE', ID)))?.secrets).toEqual([newest]);
  });

  it.each([
    ['POST /sources/{id}/rotate', {}],
    ['GET /sources/{id}/deliveries', undefined],
    ['POST /sources/{id}/test', {}],
  ])('%s is an administrator’s, and of a source that there is', async (route, body) => {
    expect((await asked(route, body, { person: 'stranger' })).status).toBe(403);
    expect((await asked(route, body, { id: 'nobody' })).status).toBe(404);
  });
});
