import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { epochMilliseconds } from '#domain/time/time.ts';
import { ProblemDocument } from '#web/problem.ts';
import { COMPLAINT, complain, type InspectionView } from '../support/journey.ts';
import { snapshot, type Snapshot } from '../support/snapshot.ts';
import {
  ADMINISTRATOR,
  INSPECTORS,
  localAssembly,
  startWorld,
  type World,
  UNIT_HEAD,
} from '../support/world.ts';

/** What comes in wrong is answered with the right 4xx and a problem document that names it, and leaves nothing behind. */
/** Without the notes on refused messages: a source that signed one may read what became of it. */
function withoutReceived({ state, ...rest }: Snapshot): Snapshot {
  return { ...rest, state: new Map([...state].filter(([key]) => !key.startsWith('RECEIVED#'))) };
}

describe('bad input over HTTP', () => {
  let world: World;
  let inspection: InspectionView;

  beforeAll(async () => {
    world = await startWorld({ assembly: await localAssembly(), restaurants: 12 });
    const [first] = await complain(world, 'complaint-1');
    if (first === undefined) {
      throw new Error('the complaint led to no inspection');
    }
    inspection = first;
  }, 90_000);
  afterAll(async () => world.stop());

  interface Sent {
    readonly body?: string | Uint8Array;
    readonly path?: string;
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    /** Headers that a sender forgot. */
    readonly without?: string;
    readonly secondsLate?: number;
    readonly signed?: string;
  }

  /** Sends to the webhook, signed rightly unless told otherwise, and gives the problem that it is answered with. */
  const refusal = async (sent: Sent): Promise<ProblemDocument> => {
    const body = sent.body ?? JSON.stringify(COMPLAINT);
    const at = new Date(epochMilliseconds(world.runner.now()) - (sent.secondsLate ?? 0) * 1000);
    const signed = new Webhook(world.secret).sign('bad-1', at, sent.signed ?? Buffer.from(body).toString());
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'webhook-id': 'bad-1',
      'webhook-timestamp': String(at.getTime() / 1000),
      'webhook-signature': signed,
      ...sent.headers,
    };
    if (sent.without !== undefined) {
      delete headers[sent.without];
    }
    const method = sent.method ?? 'POST';
    const answer = await fetch(world.runner.url + (sent.path ?? '/webhooks/hotline-12345'), {
      method,
      headers,
      ...(method === 'GET' ? {} : { body: Buffer.from(body) }),
    });
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const problem = ProblemDocument.parse(await answer.json());
    expect(problem.status).toBe(answer.status);
    return problem;
  };

  const cases: readonly [string, Sent, number, string, string][] = [
    ['a missing signature', { without: 'webhook-signature' }, 401, 'signature-missing', 'webhook-signature'],
    ['a missing id', { without: 'webhook-id' }, 401, 'signature-missing', 'webhook-id'],
    ['a wrong signature', { signed: 'something else' }, 401, 'signature-invalid', 'webhook-signature'],
    ['a timestamp six minutes old', { secondsLate: 360 }, 401, 'timestamp-stale', '360'],
    ['a timestamp six minutes ahead', { secondsLate: -360 }, 401, 'timestamp-stale', '360'],
    ['an unknown source', { path: '/webhooks/nobody' }, 404, 'source-unknown', 'nobody'],
    ['a body that is not JSON', { body: 'hello' }, 400, 'json-invalid', 'JSON'],
    [
      'a body that is not UTF-8',
      { body: Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d) },
      400,
      'encoding-invalid',
      'UTF-8',
    ],
    [
      'another charset',
      { headers: { 'content-type': 'application/json; charset=gbk' } },
      415,
      'media-type-unsupported',
      'gbk',
    ],
    [
      'another media type',
      { headers: { 'content-type': 'text/xml' } },
      415,
      'media-type-unsupported',
      'application/json',
    ],
    [
      'a body of 1 MB',
      { body: JSON.stringify({ ...COMPLAINT, text: 'x'.repeat(1_000_000) }) },
      413,
      'body-too-large',
      '262144',
    ],
    ['an unknown route', { path: '/nowhere' }, 404, 'route-unknown', '/nowhere'],
    ['a wrong method', { method: 'GET' }, 405, 'method-not-allowed', 'POST'],
  ];
  test.each(cases)('%s', async (_name, sent, status, reason, named) => {
    const problem = await refusal(sent);
    expect(problem).toMatchObject({ status, type: `urn:mingchou:problem:${reason}` });
    expect(problem.detail).toContain(named);
  });

  test('missing and extra fields are all named, each by its pointer', async () => {
    const problem = await refusal({
      body: JSON.stringify({ category: 'gossip', cohort: { territory: '41038' }, mood: 'angry' }),
    });
    expect(problem.status).toBe(422);
    expect(problem.errors?.map((error) => error.pointer).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      '/category',
      '/cohort/territory',
      '/mood',
      '/title',
    ]);
  });

  test('a wrong method is told which are right', async () => {
    const answer = await fetch(`${world.runner.url}/public/inspections`, { method: 'DELETE' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
  });

  test('a replay of an id gets the first answer; another body under that id gets none', async () => {
    const first = await world.report('complaint-1', COMPLAINT);
    expect(first.status).toBe(202);
    expect(await world.report('complaint-1', COMPLAINT)).toEqual(first);
    expect(await world.report('complaint-1', { ...COMPLAINT, title: '另一件事' })).toMatchObject({
      status: 409,
      body: { type: 'urn:mingchou:problem:message-id-reused' },
    });
  });

  test('none of it left anything behind but what a source is told of the messages that it signed', async () => {
    const before = await snapshot(world.runner);
    for (const [, sent] of cases) {
      await refusal(sent);
    }
    await world.runner.settle();
    expect(withoutReceived(await snapshot(world.runner))).toEqual(withoutReceived(before));
  });

  test('without a token, or with a forged one, staff routes answer 401', async () => {
    const bare = await fetch(`${world.runner.url}/me`);
    const forged = await fetch(`${world.runner.url}/me`, {
      headers: { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' },
    });
    expect([bare.status, forged.status]).toEqual([401, 401]);
  });

  test('a wrong role is refused by name, and another person’s inspection is not there', async () => {
    expect(await world.as(UNIT_HEAD).get('/policies')).toMatchObject({
      status: 403,
      body: { type: 'urn:mingchou:problem:role-forbidden' },
    });
    const stranger =
      INSPECTORS.find((one) => !inspection.team.some((member) => member.inspector === one)) ?? '';
    expect((await world.as(stranger).get(`/inspections/${inspection.id}`)).status).toBe(404);
    expect((await world.as(stranger).post(`/inspections/${inspection.id}/accept`)).status).toBe(404);
  });

  test('a wrong state is refused with the state and the one that would be accepted', async () => {
    const member = inspection.team[0]?.inspector ?? '';
    const { status, body } = await world.as(member).post(`/inspections/${inspection.id}/publish`);
    const problem = ProblemDocument.parse(body);
    expect([status, problem.type]).toEqual([409, 'urn:mingchou:problem:wrong-state']);
    expect(problem.detail).toContain('assigned');
    expect(problem.detail).toContain('recorded');
  });

  test('a policy that can not be typed is refused where it is wrong', async () => {
    const answer = await fetch(`${world.runner.url}/policies/bad`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${await world.token(ADMINISTRATOR)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        name: '坏规则',
        effectiveFrom: '2026-01-01',
        when: 'trigger.categry == "complaint"',
        draw: {
          items: ['NO-SUCH'],
          criteria: {},
          beacon: { preferred: { kind: 'sealed' } },
          approval: 'automatic',
          teamSize: 2,
        },
      }),
    });
    const problem = ProblemDocument.parse(await answer.json());
    expect([answer.status, problem.errors?.map((error) => error.pointer)]).toEqual([
      422,
      ['/when', '/draw/items/0'],
    ]);
  });

  test('an Idempotency-Key gives the first answer again, and stands for one request only', async () => {
    const member = inspection.team[0]?.inspector ?? '';
    const send = async (command: string) => {
      const answer = await fetch(`${world.runner.url}/inspections/${inspection.id}/${command}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await world.token(member)}`, 'idempotency-key': 'once' },
      });
      return { status: answer.status, text: await answer.text() };
    };
    const first = await send('accept');
    expect(first.status).toBe(200);
    expect(await send('accept')).toEqual(first);
    const other = await send('begin');
    expect(other.status).toBe(409);
    expect(other.text).toContain('urn:mingchou:problem:idempotency-key-reused');
  });

  test('two different requests under one Idempotency-Key at the same moment: one is done, the other refused', async () => {
    const member = inspection.team[1]?.inspector ?? '';
    const headers = { authorization: `Bearer ${await world.token(member)}`, 'idempotency-key': 'both' };
    const url = `${world.runner.url}/inspections/${inspection.id}`;
    const answers = await Promise.all(
      ['accept', 'begin'].map(
        async (command) => (await fetch(`${url}/${command}`, { method: 'POST', headers })).status,
      ),
    );
    expect(answers.toSorted((a, b) => a - b)).toEqual([200, 409]);
  });
});
