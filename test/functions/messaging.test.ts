import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { newDelivery } from '#domain/delivery/delivery.ts';
import { Person, type PersonRole } from '#domain/person/person.ts';
import { commit } from '#store/commit.ts';
import { savedDelivery } from '#store/deliveries.ts';
import { historyOf } from '#store/history.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import type { StateTable } from '#store/store.ts';
import { ProblemDocument } from '#web/problem.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { message } from '../support/parcels.ts';
import { MONDAY } from '../support/samples.ts';

let state: StateTable;
let call: (event: unknown) => Promise<unknown>;

beforeAll(async () => {
  ({ state } = await openDatabase());
  Object.assign(process.env, { ADMINISTRATORS: 'ADMIN' });
  call = await handlerOf('messaging');
  const person = (staffNo: string, role: PersonRole, more: object = {}) =>
    Person.parse({ staffNo, name: staffNo, role, unit: '大队', ...more });
  await putPages(
    state,
    libraryItems('people', [
      person('HP1001', 'inspector', { email: 'zhang.san@example.org' }),
      person('HP1002', 'inspector'),
      person('HP9001', 'lead-section'),
    ]),
  );
});

/** The gateway's clock says Monday 2 March 2026, 09:30 in Shanghai. */
async function ask(
  route: string,
  by: string,
  { id, body, key, query }: { id?: string; body?: unknown; key?: string; query?: string } = {},
) {
  const answer = answerOf(
    await call(
      gatewayEvent({
        route,
        person: by,
        ...(id === undefined ? {} : { params: { id } }),
        ...(body === undefined
          ? {}
          : { body: Buffer.from(JSON.stringify(body)).toString('base64'), base64: true }),
        ...(key === undefined ? {} : { headers: { 'Idempotency-Key': key } }),
        ...(query === undefined ? {} : { query }),
      }),
    ),
  );
  return { status: answer.statusCode, body: answer.body, json: (): unknown => JSON.parse(answer.body) };
}
const problem = ({ body }: { body: string }) => {
  const { type, errors = [] } = ProblemDocument.parse(JSON.parse(body));
  return [type.replace('urn:mingchou:problem:', ''), ...errors.map(({ pointer }) => pointer)];
};

const robot = {
  name: '大队群',
  audience: { roles: ['inspector'] },
  settings: {
    kind: 'dingtalk',
    url: 'https://oapi.dingtalk.com/robot/send?access_token=token-1',
    secret: 'SEC-secret-1',
  },
};
const mail = {
  name: '邮件',
  settings: {
    kind: 'mail',
    host: 'smtp.example.org',
    port: 465,
    tls: 'implicit',
    user: 'mingchou',
    password: 'password-1',
    from: 'mingchou@example.org',
  },
};

describe('channels', () => {
  it('are set up by administrators, and show no secret to anybody ever after', async () => {
    const set = await ask('PUT /channels/{id}', 'ADMIN', { id: 'dingtalk-1', body: robot });
    await ask('PUT /channels/{id}', 'ADMIN', { id: 'mail', body: mail });
    const shown = [
      set,
      await ask('GET /channels', 'ADMIN'),
      await ask('GET /channels/{id}', 'ADMIN', { id: 'mail' }),
      await ask('GET /me/preferences', 'HP1001'),
    ];
    expect(shown.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(shown.map(({ body }) => body).join(' ')).not.toMatch(/secret-1|token-1|password-1/);
    expect(JSON.stringify(await historyOf(state, 'channel', 'dingtalk-1'))).not.toMatch(/secret-1|token-1/);
    expect(set.json()).toEqual({
      id: 'dingtalk-1',
      version: 1,
      name: '大队群',
      enabled: true,
      audience: { roles: ['inspector'], units: [] },
      settings: { kind: 'dingtalk', host: 'oapi.dingtalk.com' },
      setAt: MONDAY,
    });
  });

  it('that are said again are as they were; what is different makes the next version', async () => {
    const again = await ask('PUT /channels/{id}', 'ADMIN', { id: 'mail', body: mail });
    expect(again.json()).toMatchObject({ version: 1 });
    const off = await ask('PUT /channels/{id}', 'ADMIN', { id: 'off', body: { ...mail, enabled: true } });
    expect(off.json()).toMatchObject({ version: 1, enabled: true });
    const next = await ask('PUT /channels/{id}', 'ADMIN', { id: 'off', body: { ...mail, enabled: false } });
    expect(next.json()).toMatchObject({ version: 2, enabled: false });
    expect((await historyOf(state, 'channel', 'off')).map(({ data }) => data)).toEqual([
      { name: '邮件', kind: 'mail', enabled: true },
      { name: '邮件', kind: 'mail', enabled: false },
    ]);
  });

  it('that go elsewhere, or are none, are refused with the field', async () => {
    const url = 'https://example.org/robot';
    const wrong = await ask('PUT /channels/{id}', 'ADMIN', {
      id: 'x1',
      body: { ...robot, settings: { ...robot.settings, url } },
    });
    expect([wrong.status, problem(wrong)]).toEqual([422, ['body-invalid', '/settings/url']]);
    const id = await ask('PUT /channels/{id}', 'ADMIN', { id: 'X 1', body: robot });
    expect([id.status, problem(id)]).toEqual([400, ['query-invalid']]);
    expect((await ask('GET /channels/{id}', 'ADMIN', { id: 'none' })).status).toBe(404);
  });

  it('are nobody else’s business', async () => {
    for (const by of ['HP1001', 'HP9001']) {
      expect((await ask('GET /channels', by)).status).toBe(403);
      expect((await ask('PUT /channels/{id}', by, { id: 'x1', body: robot })).status).toBe(403);
      expect((await ask('GET /deliveries', by)).status).toBe(403);
    }
  });
});

describe('preferences', () => {
  it('are those of whoever has chosen nothing at first, with the channels to choose from', async () => {
    const channelsOf = async (by: string) => (await ask('GET /me/preferences', by)).json();
    expect(await channelsOf('HP1001')).toEqual({
      language: 'both',
      channels: [
        { id: 'dingtalk-1', name: '大队群', kind: 'dingtalk' },
        { id: 'mail', name: '邮件', kind: 'mail' },
      ],
    });
    expect(await channelsOf('HP1002')).toMatchObject({ channels: [{ id: 'dingtalk-1' }] });
    expect(await channelsOf('HP9001')).toMatchObject({ channels: [] });
  });

  it('are a person’s own, kept, and told of', async () => {
    const body = { immediate: ['mail'], digest: [], language: 'zh', quiet: { from: '12:00', to: '14:00' } };
    const set = await ask('PUT /me/preferences', 'HP1001', { body });
    expect([set.status, set.json()]).toEqual([200, body]);
    await ask('PUT /me/preferences', 'HP1001', { body });
    expect((await ask('GET /me/preferences', 'HP1001')).json()).toMatchObject(body);
    expect((await historyOf(state, 'preferences', 'HP1001')).map(({ data }) => data)).toEqual([
      { language: 'zh' },
    ]);
  });

  it.each([
    [{ immediate: ['mail'], digest: ['dingtalk-1', 'nowhere'] }, ['/immediate/0', '/digest/1']],
    [{ quiet: { from: '08:30', to: '18:00' } }, ['/quiet']],
    [{ language: 'fr' }, ['/language']],
    [{ immediate: ['dingtalk-1', 'dingtalk-1'] }, ['/immediate']],
    [{ loud: true }, ['/loud']],
  ])('that can not be are refused with each field: %j', async (body, pointers) => {
    const refused = await ask('PUT /me/preferences', 'HP1002', { body });
    expect([refused.status, problem(refused)]).toEqual([422, ['body-invalid', ...pointers]]);
  });
});

describe('deliveries', () => {
  const dead = (n: number) => ({
    ...newDelivery('mail', message(n), MONDAY),
    status: 'dead' as const,
    next: undefined,
    attempts: 8,
    last: { at: MONDAY, kind: 'refused' as const, answer: '550 no such user' },
  });
  const reason = '已更正邮箱';

  beforeAll(async () => {
    for (const n of [1, 2, 3]) {
      await commit(state, { at: MONDAY, writes: [savedDelivery(dead(n))], events: [] });
    }
  });

  it('are listed by status with what the channel said, and shown one by one', async () => {
    const { deliveries } = z
      .object({ deliveries: z.array(z.looseObject({ id: z.string() })) })
      .parse((await ask('GET /deliveries', 'ADMIN', { query: 'status=dead' })).json());
    expect(deliveries.map(({ id }) => id)).toEqual([1, 2, 3].map((n) => dead(n).id));
    expect(deliveries[0]).toMatchObject({ messages: 1, last: { answer: '550 no such user' } });
    expect((await ask('GET /deliveries', 'ADMIN', { query: 'status=doubtful' })).json()).toEqual({
      deliveries: [],
    });
    const one = await ask('GET /deliveries/{id}', 'ADMIN', { id: dead(1).id });
    expect(one.json()).toMatchObject({ to: 'HP1001', messages: [{ id: 'M-1' }] });
    const lost = await ask('GET /deliveries/{id}', 'ADMIN', { id: 'V-none' });
    expect(lost.status).toBe(404);
    const wrong = await ask('GET /deliveries', 'ADMIN', { query: 'status=lost&after=x' });
    expect(problem(wrong)).toEqual(['query-invalid', '/status', '/after']);
  });

  it('that are dead are sent again once, however often that is asked', async () => {
    const again = () =>
      ask('POST /deliveries/{id}/resend', 'ADMIN', { id: dead(1).id, body: { reason }, key: 'resend-1' });
    const first = await again();
    expect(first.json()).toMatchObject({ status: 'queued', next: MONDAY, attempts: 8, forgiven: 8 });
    expect((await again()).body).toBe(first.body);
    const twice = await ask('POST /deliveries/{id}/resend', 'ADMIN', { id: dead(1).id, body: { reason } });
    expect([twice.status, problem(twice)]).toEqual([409, ['wrong-state']]);
    expect((await historyOf(state, 'delivery', dead(1).id)).map(({ type, data }) => [type, data])).toEqual([
      ['delivery.resent', { channel: 'mail', to: 'HP1001', reason }],
    ]);
  });

  it('are closed with the reason, which has to be given', async () => {
    const silent = await ask('POST /deliveries/{id}/accept', 'ADMIN', {
      id: dead(2).id,
      body: { reason: ' ' },
    });
    expect(problem(silent)).toEqual(['body-invalid', '/reason']);
    const closed = await ask('POST /deliveries/{id}/accept', 'ADMIN', { id: dead(2).id, body: { reason } });
    expect(closed.json()).toMatchObject({
      status: 'accepted',
      decisions: [{ what: 'accept', by: 'ADMIN', reason }],
    });
    expect((await ask('GET /deliveries', 'ADMIN', { query: 'status=dead' })).body).not.toContain(dead(2).id);
  });
});

describe('the templates', () => {
  it('are shown to staff in both languages, as JSON and as a page, with nothing run or loaded', async () => {
    const Templates = z.object({
      templates: z.array(z.object({ wording: z.string(), samples: z.array(z.looseObject({})) })),
    });
    const { templates } = Templates.parse(
      (await ask('GET /templates', 'HP1001', { query: 'format=json' })).json(),
    );
    expect(templates.map(({ wording }) => wording)).toContain('assigned');
    const page = answerOf(
      await call(
        gatewayEvent({ route: 'GET /templates', person: 'HP1001', headers: { Accept: 'text/html' } }),
      ),
    );
    expect([page.statusCode, page.headers['cache-control']]).toEqual([200, 'no-store']);
    for (const words of [
      '新检查任务：示例餐饮有限公司',
      'New inspection: 示例餐饮有限公司',
      '已逾期 1 个工作日',
    ]) {
      expect(page.body).toContain(words);
    }
    expect((await ask('GET /templates', 'STRANGER')).status).toBe(403);
  });
});
