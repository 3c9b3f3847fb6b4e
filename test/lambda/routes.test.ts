import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { answerOf, gatewayEvent, handlerOf } from './invoke.ts';
import { routes, type RouteKey } from '#contracts/routes.ts';
import { openDatabase } from '../support/database.ts';

function isRoute(key: string): key is RouteKey {
  return Object.hasOwn(routes, key);
}
const keys = Object.keys(routes).filter(isRoute);
type Event = Partial<Parameters<typeof gatewayEvent>[0]>;

/** Stands in for SQS: whatever queue is asked for, nothing is in it. */
const queues = createServer((_, response) => {
  const Attributes = { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' };
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ Attributes }));
});
afterAll(() => {
  queues.closeAllConnections();
  queues.close();
});

beforeAll(async () => {
  await openDatabase();
  await new Promise<void>((resolve) => {
    queues.listen(0, '127.0.0.1', resolve);
  });
  const { port } = z.object({ port: z.number() }).parse(queues.address());
  Object.assign(process.env, {
    ADMINISTRATORS: 'admin',
    PLAN_NUMBER_TEMPLATE: '{year}-{serial}',
    FILES_BUCKET: 'files',
    EVIDENCE_BUCKET: 'evidence',
    SUBMISSION_ROWS: '10',
    EXPORT_ROWS: '100000',
    CORRECTIONS_PER_DAY: '200',
    AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${port}`,
    DEAD_LETTER_QUEUES: 'https://sqs.example.org/1/mingchou-',
    DEAD_LETTER_FUNCTIONS: '{}',
    ORIGIN: 'https://mingchou.example.org',
    SIGN_IN: JSON.stringify({
      issuer: 'https://issuer.example.org',
      client: 'mingchou-console',
      scope: 'openid',
      parameters: {},
    }),
  });
});

/** The status with which a route's own function answers an administrator. */
async function status(route: RouteKey, event: Event = {}): Promise<number> {
  const call = await handlerOf(routes[route].function);
  const names = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const params = { ...Object.fromEntries(names.map((name) => [name, 'unknown'])), ...event.params };
  const answer = answerOf(await call(gatewayEvent({ route, person: 'admin', ...event, params })));
  return answer.statusCode;
}
const parameters = (route: string, value: string) =>
  Object.fromEntries([...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name ?? '', value]));

/** A route that its function does not handle is a defect and answers 500; so is any input that no refusal is made for. */
describe('each route', () => {
  it.each(keys)('%s is handled by its function', async (route) => {
    expect(await status(route)).toBeLessThan(500);
  });

  const inputs: readonly (readonly [string, (route: string) => Event])[] = [
    ['a parameter too long for a key', (route) => ({ params: parameters(route, '长'.repeat(900)) })],
    ['a parameter with the separator of keys', (route) => ({ params: parameters(route, 'a#b/../c') })],
    ['the name of an inherited member', (route) => ({ params: parameters(route, 'constructor') })],
    ['a body that is no JSON', () => ({ body: '{' })],
    ['a body in GB 18030', () => ({ body: Buffer.from([0xbc, 0xd3]).toString('base64'), base64: true })],
    ['a body of half a character', () => ({ body: String.raw`{"name":"\ud842","title":"\ud842"}` })],
    ['a body nested too deep', () => ({ body: '['.repeat(100_000) })],
    ['a query of another shape', () => ({ query: 'after=x&format=json&after=%FF' })],
    ['a query with a negative number', () => ({ query: 'after=-1' })],
    ['no content type', () => ({ headers: { 'Content-Type': '' }, body: '{}' })],
    [
      'an unknown character set of a file',
      () => ({ headers: { 'Content-Type': 'application/octet-stream' }, body: 'AAEC/w==', base64: true }),
    ],
    ['an empty file', () => ({ headers: { 'Content-Type': 'application/octet-stream' } })],
  ];

  it.each(inputs)('refuses %s, never with 500', async (_, input) => {
    const statuses = await Promise.all(
      keys.map(async (route) => [route, await status(route, input(route))] as const),
    );
    expect(statuses.filter(([, code]) => code >= 500)).toEqual([]);
  });

  it('of staff refuses whom the library does not know', async () => {
    const staff = keys.filter((route) => routes[route].access === 'staff');
    const statuses = await Promise.all(
      staff.map(async (route) => [route, await status(route, { person: 'stranger' })]),
    );
    expect(statuses.filter(([, code]) => code !== 403)).toEqual([]);
  });
});
