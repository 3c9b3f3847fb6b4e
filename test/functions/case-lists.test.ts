import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { RouteKey } from '#contracts/routes.ts';
import { deriveId } from '#domain/ids/derive.ts';
import { Message } from '#domain/message/message.ts';
import { Person, type PersonRole } from '#domain/person/person.ts';
import { later } from '#domain/time/time.ts';
import { Trigger } from '#domain/trigger/trigger.ts';
import type { StateWrite } from '#store/commit.ts';
import { createdDraw } from '#store/draws.ts';
import { libraryItems } from '#store/libraries.ts';
import { createdMessage } from '#store/messages.ts';
import { putPages } from '#store/pages.ts';
import { createdTrigger } from '#store/triggers.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { MONDAY, sampleDraw } from '../support/samples.ts';

const MANY = 1_203;
const MINUTE = 60_000;
const atMinute = (n: number) => later(MONDAY, n * MINUTE);

/** The second of all and the last one wait for a person; every hundredth came from another source. */
const triggers = Array.from({ length: MANY }, (_, n) =>
  Trigger.parse({
    id: deriveId('T', n),
    version: 1,
    status: n === 1 || n === MANY - 1 ? 'triaging' : 'dismissed',
    source: n % 100 === 0 ? 'market-monitor' : 'hotline-12345',
    senderId: String(n),
    receivedAt: atMinute(n),
    report: { category: 'complaint', title: `反映${n}`, cohort: {} },
  }),
);
const draws = Array.from({ length: 230 }, (_, n) =>
  sampleDraw({
    id: deriveId('D', n),
    status: n === 5 ? 'proposed' : 'dispatched',
    title: n === 7 ? '加油站计量专项' : `抽查${n}`,
    plan: { id: `P-${n}`, number: `明抽〔2026〕${n}号` },
    proposedAt: atMinute(n),
  }),
);
const messages = Array.from({ length: 130 }, (_, n) =>
  Message.parse({
    id: deriveId('M', n),
    version: 1,
    to: 'LEAD',
    at: atMinute(n),
    urgency: 'digest',
    zh: { subject: `消息${n}`, text: '内容' },
    en: { subject: `Message ${n}`, text: 'text' },
    cause: 'E-1',
    correlation: 'T-1',
  }),
);

let handler: (event: unknown) => Promise<unknown>;

beforeAll(async () => {
  const { state } = await openDatabase();
  process.env['ADMINISTRATORS'] = '';
  process.env['PLAN_NUMBER_TEMPLATE'] = '明抽〔{year}〕{serial}号';
  handler = await handlerOf('cases');
  const person = (staffNo: string, role: PersonRole) =>
    Person.parse({ staffNo, name: staffNo, role, unit: '牵头科室' });
  const rows = ({ key, item }: StateWrite) => ({ ...key, ...item });
  await putPages(state, [
    ...libraryItems('people', [person('LEAD', 'lead-section'), person('INSPECTOR', 'inspector')]),
    ...triggers.map((one) => rows(createdTrigger(one))),
    ...draws.map((one) => rows(createdDraw(one))),
    ...messages.map((one) => rows(createdMessage(one))),
  ]);
}, 60_000);

async function ask(route: RouteKey, query = '', person = 'LEAD') {
  const answer = answerOf(await handler(gatewayEvent({ route, person, query })));
  return { status: answer.statusCode, body: z.looseObject({}).parse(JSON.parse(answer.body)) };
}

const Rows = z.array(z.object({ id: z.string() }));
const LISTS = [
  ['GET /triggers', 'triggers', triggers],
  ['GET /draws', 'draws', draws],
  ['GET /me/messages', 'messages', messages],
] as const;

describe('a list of cases', () => {
  it.each(LISTS)('%s is read to its end, newest first, a hundred at a time', async (route, name, all) => {
    const pages: string[][] = [];
    let after: string | undefined;
    do {
      const { body } = await ask(route, after === undefined ? '' : new URLSearchParams({ after }).toString());
      pages.push(Rows.parse(body[name]).map(({ id }) => id));
      after = z.string().optional().parse(body['next']);
    } while (after !== undefined);
    expect(pages.flat()).toEqual(all.map(({ id }) => id).toReversed());
    expect(pages.slice(0, -1).every((page) => page.length === 100)).toBe(true);
  });

  it.each([
    ['GET /triggers', 'triggers', 'status=triaging', [triggers[MANY - 1]?.id]],
    ['GET /triggers', 'triggers', 'status=fired', []],
    ['GET /draws', 'draws', 'status=proposed', [draws[5]?.id]],
    ['GET /draws', 'draws', new URLSearchParams({ title: '计量' }).toString(), [draws[7]?.id]],
    ['GET /draws', 'draws', new URLSearchParams({ title: '〕33号' }).toString(), [draws[33]?.id]],
  ] as const)('%s finds %s by %s', async (route, name, query, found) => {
    expect(Rows.parse((await ask(route, query)).body[name]).map(({ id }) => id)).toEqual(found);
  });

  it('looks through a thousand at a time for what few meet, and goes on where it stopped', async () => {
    const first = await ask('GET /triggers', 'status=triaging&source=hotline-12345');
    const next = z.string().parse(first.body['next']);
    expect(next.endsWith(`_${triggers[MANY - 1_000]?.id}`)).toBe(true);
    const second = await ask(
      'GET /triggers',
      new URLSearchParams({ status: 'triaging', source: 'hotline-12345', after: next }).toString(),
    );
    expect(Rows.parse(second.body['triggers']).map(({ id }) => id)).toEqual([triggers[1]?.id]);
    expect(second.body['next']).toBeUndefined();
  });

  it.each([
    ['GET /triggers', 'status=open&after=x', ['/status', '/after']],
    ['GET /draws', 'after=2026-03-02T01%3A30%3A00.000Z_T-000000000000000000000000', ['/after']],
    ['GET /me/messages', 'page=2', ['/page']],
  ] as const)('%s refuses %s, naming what is wrong', async (route, query, pointers) => {
    const { status, body } = await ask(route, query);
    const errors = z.array(z.object({ pointer: z.string() })).parse(body['errors']);
    expect([status, errors.map(({ pointer }) => pointer)]).toEqual([400, pointers]);
  });

  it('shows triggers and draws to nobody who does not watch them', async () => {
    expect((await ask('GET /triggers', '', 'INSPECTOR')).status).toBe(403);
    expect((await ask('GET /draws', '', 'INSPECTOR')).status).toBe(403);
    expect((await ask('GET /me/messages', '', 'INSPECTOR')).body).toEqual({ messages: [] });
  });
});
