import { mkdir, writeFile } from 'node:fs/promises';
import { Webhook } from 'standardwebhooks';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TriggerReport } from '#domain/trigger/trigger.ts';
import { mingchou, oneLine, temporaryFolder } from './run.ts';
import { type Reply, type Received, testServer } from './server.ts';

const SECRET = `whsec_${Buffer.from('a secret of twenty-four!').toString('base64')}`;
const accepted = { trigger: 'T-1', status: 'received', receivedAt: '2026-03-02T01:30:00.000Z' };

/** As a receiver that follows Standard Webhooks would: the library's own check, with the machine's time. */
function webhook({ body, headers }: Received): Reply {
  try {
    new Webhook(SECRET).verify(body.toString('utf8'), {
      'webhook-id': String(headers['webhook-id']),
      'webhook-timestamp': String(headers['webhook-timestamp']),
      'webhook-signature': String(headers['webhook-signature']),
    });
    return { status: 202, body: accepted };
  } catch {
    return {
      status: 401,
      body: {
        type: 'urn:mingchou:problem:signature-invalid',
        title: '签名无效 Signature invalid',
        status: 401,
        detail: 'sign it',
      },
    };
  }
}

const folder = temporaryFolder();
const server = testServer({ 'POST /webhooks/hotline-12345': webhook });
const ROUTE = 'POST /webhooks/hotline-12345';
const run = async (...args: string[]) =>
  mingchou(['trigger', 'send', '--url', server.url, ...args], { folder: folder.path });
const signed = ['--source', 'hotline-12345', '--secret', SECRET];
const bodyOf = (request: Received | undefined): unknown =>
  JSON.parse(request?.body.toString('utf8') ?? 'null');

beforeEach(() => {
  server.begin();
});

describe('trigger send', () => {
  test('posts an example that a receiver of Standard Webhooks accepts', async () => {
    const { code, stdout, stderr } = await run(...signed);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [head = '', ...answer] = stdout.split('\n');
    expect(head).toMatch(/^202 Accepted {2}msg_[0-9a-f-]{36} from hotline-12345$/);
    expect(JSON.parse(answer.join('\n'))).toEqual(accepted);
    const [request] = server.to(ROUTE);
    expect(request?.headers).toMatchObject({ 'content-type': 'application/json' });
    expect(TriggerReport.parse(bodyOf(request))).toMatchObject({
      category: 'complaint',
      cohort: { territory: '410381', industry: 'F5265' },
    });
  });

  test('puts in what is asked for, and the same id is the same message', async () => {
    const args = [
      ...signed,
      '--id',
      'no-17',
      '--category',
      'referral',
      '--territory',
      '4103',
      '--title',
      '缺斤短两',
      '--subject',
      '91410381CR63F0WTC8',
    ];
    expect(await run(...args)).toMatchObject({ code: 0 });
    expect(await run(...args)).toMatchObject({ code: 0 });
    const [first, second] = server.to(ROUTE);
    expect(bodyOf(first)).toEqual({
      category: 'referral',
      title: '缺斤短两',
      subject: { id: '91410381CR63F0WTC8' },
      cohort: { territory: '4103' },
    });
    expect(first?.headers['webhook-id']).toBe('no-17');
    expect(second?.body).toEqual(first?.body);
  });

  test('signs with the virtual clock of a local stack', async () => {
    server.begin({
      'GET /_local/clock': () => ({ body: { now: '2027-05-06T07:08:09.010Z', frozen: true } }),
      [ROUTE]: () => ({ status: 202, body: accepted }),
    });
    expect(await run(...signed)).toMatchObject({ code: 0 });
    const [request] = server.to(ROUTE);
    const at = new Date('2027-05-06T07:08:09Z');
    expect(request?.headers['webhook-timestamp']).toBe(String(at.getTime() / 1000));
    const id = String(request?.headers['webhook-id']);
    expect(request?.headers['webhook-signature']).toBe(new Webhook(SECRET).sign(id, at, request?.body ?? ''));
  });

  test('signs with the Date of the server when it has no virtual clock', async () => {
    server.begin({
      'GET /_local/clock': () => ({
        status: 404,
        body: {},
        headers: { date: 'Thu, 06 May 2027 07:08:09 GMT' },
      }),
      [ROUTE]: () => ({ status: 202, body: accepted }),
    });
    expect(await run(...signed)).toMatchObject({ code: 0 });
    expect(server.to(ROUTE)[0]?.headers['webhook-timestamp']).toBe(
      String(Date.UTC(2027, 4, 6, 7, 8, 9) / 1000),
    );
  });

  test('sends a file byte for byte', async () => {
    const text = '{ "category":"risk",\n  "title": "年报逾期" }\n';
    await writeFile(folder.of('report.json'), text);
    expect(await run(...signed, '--file', 'report.json')).toMatchObject({ code: 0 });
    expect(server.to(ROUTE)[0]?.body.toString('utf8')).toBe(text);
  });

  test('tells why the server refused', async () => {
    const other = `whsec_${Buffer.from('another secret of theirs').toString('base64')}`;
    expect(oneLine(await run('--source', 'hotline-12345', '--secret', other))).toEqual({
      code: 1,
      line: 'mingchou: the trigger was refused: 401 Unauthorized: 签名无效 Signature invalid: sign it',
    });
  });

  test.each([
    [
      'a category that is none',
      ['--category', 'rumour'],
      /--category does not fit: .*"complaint"\|"referral"\|"monitoring"\|"risk"/,
    ],
    [
      'a territory that is none',
      ['--territory', '41038'],
      /--territory does not fit: 2, 4, 6, 9 or 12 digits/,
    ],
    ['a severity that is none', ['--severity', 'mild'], /--severity does not fit: .*"normal"\|"severe"/],
    ['an industry that is none', ['--industry', '52'], /--industry does not fit: a letter A to T/],
    [
      'a subject that is none',
      ['--subject', 'abc'],
      /--subject does not fit: 1 to 32 digits and capital letters/,
    ],
    ['an empty title', ['--title', ' '], /--title does not fit/],
    ['an id with a space', ['--id', 'a b'], /--id must be 1 to 256 visible ASCII characters/],
    ['a file beside its parts', ['--file', 'x.json', '--title', 'y'], /--title has no meaning beside it/],
    ['a file that is not there', ['--file', 'x.json'], /--file x.json does not exist/],
    ['a secret cut off', ['--secret', 'whsec_ab'], /--secret must be whsec_ and then base64/],
  ])('%s is wrong use, and nothing is sent', async (_what, args, expected) => {
    expect(oneLine(await run(...signed, ...args))).toEqual({
      code: 2,
      line: expect.stringMatching(expected),
    });
    expect(server.to(ROUTE)).toEqual([]);
  });

  test('a file that the server would not take is named with its fields', async () => {
    await writeFile(folder.of('wrong.json'), '{"category":"risk","title":"x","cohort":{"industry":"99"}}');
    expect(oneLine(await run(...signed, '--file', 'wrong.json'))).toEqual({
      code: 2,
      line: expect.stringContaining('cohort/industry: a letter A to T'),
    });
  });
});

describe('trigger status', () => {
  const asked = 'GET /webhooks/hotline-12345/messages/no%2F17';
  const answer = { message: 'no/17', trigger: 'T-1', status: 'fired', since: '2026-03-02T01:30:00.000Z' };
  const status = async (...args: string[]) =>
    mingchou(['trigger', 'status', '--url', server.url, ...signed, ...args], { folder: folder.path });

  test('asks under an id of its own, signed over an empty body, and prints the answer', async () => {
    server.begin({
      [asked]: (request) => ({ status: webhook(request).status === 202 ? 200 : 401, body: answer }),
    });
    const { code, stdout, stderr } = await status('--id', 'no/17');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual(answer);
    const [request] = server.to(asked);
    expect(request?.body.byteLength).toBe(0);
    expect(request?.headers['webhook-id']).toMatch(/^msg_[0-9a-f-]{36}$/);
  });

  test('tells why the server refused, and needs the message', async () => {
    server.begin({
      [asked]: () => ({
        status: 404,
        body: {
          type: 'urn:mingchou:problem:not-found',
          title: '没有找到 Not found',
          status: 404,
          detail: 'no such message',
        },
      }),
    });
    expect(oneLine(await status('--id', 'no/17'))).toEqual({
      code: 1,
      line: 'mingchou: the status was refused: 404 Not Found: 没有找到 Not found: no such message',
    });
    expect(oneLine(await status())).toMatchObject({ code: 2, line: expect.stringContaining('--id') });
  });
});

async function written(url: string): Promise<void> {
  await writeFile(
    folder.of('.local/connection.json'),
    JSON.stringify({
      url,
      issuer: `${url}/_issuer`,
      audience: 'mingchou',
      clients: [],
      sources: [{ id: 'hotline-12345', secret: SECRET }],
    }),
  );
}

describe('the connection file', () => {
  beforeAll(async () => {
    await mkdir(folder.of('.local'));
  });

  test('gives address, source and secret', async () => {
    await written(server.url);
    const outcome = await mingchou(['trigger', 'send'], { folder: folder.path });
    expect(outcome).toMatchObject({ code: 0, stdout: expect.stringContaining('from hotline-12345') });
  });

  test('names the sources it has', async () => {
    await written(server.url);
    expect(oneLine(await run('--source', 'nobody'))).toEqual({
      code: 2,
      line: expect.stringMatching(/secret of the source nobody is not known.*known sources: hotline-12345/),
    });
  });

  test('keeps its secrets from every other address', async () => {
    await written('http://127.0.0.1:4510');
    expect(oneLine(await run())).toEqual({
      code: 2,
      line: expect.stringContaining('no webhook source is known'),
    });
  });

  test('of another shape is told', async () => {
    await writeFile(folder.of('.local/connection.json'), '{"url":"http://127.0.0.1:1"}');
    expect(oneLine(await run())).toEqual({
      code: 1,
      line: expect.stringMatching(/connection\.json is not what "npm start" writes \(issuer: /),
    });
  });
});
