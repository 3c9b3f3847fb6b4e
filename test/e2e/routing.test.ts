import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { epochMilliseconds } from '#domain/time/time.ts';
import type { InterceptedCall } from '#infra/local/runner.ts';
import { until } from '../support/journey.ts';
import { deniedCalls } from '../support/least-privilege.ts';
import { send, toldTo } from '../support/staffing-journey.ts';
import {
  noting,
  ADMINISTRATOR,
  assemblySweptDaily,
  LEAD_SECTION,
  WEEKLY,
  startWorld,
  SUPERVISOR,
  type World,
  assemblyWith,
  FEW_LOOKS,
} from '../support/world.ts';

const TriggerView = z.object({
  id: z.string(),
  status: z.string(),
  mergedInto: z.string().optional(),
  merged: z.array(z.object({ id: z.string() })).optional(),
  suggestions: z.array(z.object({ policy: z.string(), because: z.array(z.string()) })).optional(),
  draw: z.string().optional(),
});
type TriggerView = z.infer<typeof TriggerView>;
const Draws = z.object({
  draws: z.array(
    z.object({ id: z.string(), title: z.string(), trigger: z.string().optional(), proposedAt: z.string() }),
  ),
});
const Reported = z.object({ trigger: z.string() });

const DINING = { territory: '410381', industry: 'H62' };
const MERGING = {
  name: '餐饮网络监测抽查',
  effectiveFrom: '2026-01-01',
  when: 'trigger.category in ["monitoring", "referral"] && trigger.industry.startsWith("H62")',
  merge: { windowHours: 24 },
  draw: {
    items: ['YS-GXJ-003'],
    criteria: { territory: 'from-trigger', industry: 'from-trigger' },
    beacon: { preferred: { kind: 'sealed' } },
    approval: 'lead-section',
    teamSize: 2,
  },
};

/** Every request that changes something is sent twice: an answer that gets lost does not merge, fire or dismiss anew. */
describe('where a trigger goes', () => {
  let world: World;
  let assembly: string;
  const calls: InterceptedCall[] = [];

  beforeAll(async () => {
    assembly = await assemblyWith(FEW_LOOKS);
    world = await startWorld({
      assembly,
      restaurants: 6,
      doubleRequests: true,
      runner: {
        intercept: noting(calls),
      },
    });
    await administer('/policies/dining-watch', MERGING);
  }, 120_000);
  afterAll(async () => world.stop());

  /** Puts once: a second copy is answered with 200 instead of 201. */
  const administer = async (path: string, body: object): Promise<unknown> => {
    const answer = await fetch(world.runner.url + path, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${await world.token(ADMINISTRATOR)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(201);
    return answer.json();
  };
  const report = async (messageId: string, fields: object): Promise<string> => {
    const body = { category: 'monitoring', title: `监测 ${messageId}`, cohort: DINING, ...fields };
    return Reported.parse((await world.report(messageId, body)).body).trigger;
  };
  const triggerOf = async (id: string): Promise<TriggerView> =>
    TriggerView.parse((await world.as(LEAD_SECTION).get(`/triggers/${id}`)).body);
  const reported = async (messageId: string, fields: object = {}): Promise<TriggerView> => {
    const id = await report(messageId, fields);
    await world.runner.settle();
    return triggerOf(id);
  };
  const drawsOf = async (...triggers: string[]): Promise<string[]> =>
    Draws.parse((await world.as(LEAD_SECTION).get('/draws')).body).draws.flatMap(({ id, trigger }) =>
      triggers.includes(trigger ?? '') ? [id] : [],
    );

  test('article 4: reports on one cohort are dealt with by one draw within the window, and by another after it', async () => {
    const first = await reported('watch-1');
    const second = await reported('watch-2');
    expect([first.status, second.status, second.mergedInto]).toEqual(['fired', 'merged', first.id]);
    expect((await triggerOf(first.id)).merged).toMatchObject([{ id: second.id }]);
    await until(world, '2026-09-02T02:00:00.000Z');
    const third = await reported('watch-3');
    expect(third.status).toBe('fired');
    expect(await drawsOf(first.id, second.id, third.id)).toHaveLength(2);
    expect((await triggerOf(third.id)).draw).toBe((await drawsOf(third.id))[0]);
  });

  test('two that arrive at the same moment fire once', async () => {
    const fields = { cohort: { territory: '410381', industry: 'H6210' } };
    const ids = await Promise.all([report('same-1', fields), report('same-2', fields)]);
    await world.runner.settle();
    const both = await Promise.all(ids.map(triggerOf));
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fired', 'merged']);
    expect(await drawsOf(...ids)).toHaveLength(1);
  });

  test('a referral and a severe hit fire at once, into the same window', async () => {
    const severe = await reported('severe-1', { severity: 'severe' });
    const referral = await reported('referral-1', { category: 'referral' });
    expect([severe.status, referral.status]).toEqual(['fired', 'fired']);
    expect(await drawsOf(severe.id, referral.id)).toHaveLength(2);
  });

  test('a business named after the draw was proposed is brought before the lead section', async () => {
    const head = await reported('named-1');
    expect(head.status).toBe('merged');
    const late = await reported('named-2', { subject: { id: '91410381PDY0000799' } });
    expect(late.status).toBe('merged');
    expect(await toldTo(world, LEAD_SECTION)).toContain('并入的信息点名了企业：监测 named-2');
  });

  test('what no rule knows is held with the policies that come near, and merged by hand with a reason', async () => {
    const held = await reported('held-1', { category: 'risk' });
    expect([held.status, held.suggestions]).toEqual([
      'triaging',
      [
        { policy: 'complaint-dining', version: 1, name: '餐饮投诉触发抽查', because: ['items'] },
        { policy: 'dining-watch', version: 1, name: '餐饮网络监测抽查', because: ['items'] },
      ].map(({ policy, because }) => ({ policy, because })),
    ]);
    const into = await reported('head-1', { severity: 'severe' });
    const path = `/triggers/${held.id}/merge`;
    const merge = async (person: string, body: object) => world.as(person).post(path, body);
    expect(await merge(SUPERVISOR, { into: into.id, reason: '同一事件' })).toMatchObject({ status: 403 });
    expect(await merge(LEAD_SECTION, { into: into.id })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/reason' }] },
    });
    for (const wrong of [held.id, 'T-unknown']) {
      expect(await merge(LEAD_SECTION, { into: wrong, reason: '同一事件' })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/into' }] },
      });
    }
    expect(await merge(LEAD_SECTION, { into: into.id, reason: '同一事件' })).toMatchObject({
      status: 200,
      body: { status: 'merged', mergedInto: into.id, reason: '同一事件' },
    });
    expect((await triggerOf(into.id)).merged).toMatchObject([{ id: held.id }]);
    const other = await reported('held-2', { category: 'risk' });
    expect(
      await world.as(LEAD_SECTION).post(`/triggers/${other.id}/merge`, { into: held.id, reason: '重复' }),
    ).toMatchObject({ status: 409, body: { type: 'urn:mingchou:problem:wrong-state' } });
    expect(
      await world.as(LEAD_SECTION).post(`/triggers/${other.id}/dismiss`, { reason: '重复' }),
    ).toMatchObject({ status: 200, body: { status: 'dismissed' } });
  });

  /** Asks as the source, signed over an empty body. */
  const ask = async (message: string, source = 'hotline-12345', secret = world.secret) => {
    const sentAt = new Date(epochMilliseconds(world.runner.now()));
    const { status, text } = await world.anyone(`/webhooks/${source}/messages/${message}`, {
      'webhook-id': 'question-1',
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign('question-1', sentAt, ''),
    });
    const body: unknown = JSON.parse(text);
    return { status, body };
  };

  test('a sender asks what became of its message, and where the draw is once it is public', async () => {
    const first = await triggerOf((await reported('asked-1', { category: 'complaint' })).id);
    expect(await ask('asked-1')).toEqual({
      status: 200,
      body: {
        message: 'asked-1',
        trigger: first.id,
        status: 'fired',
        since: world.runner.now(),
        draw: `/public/draws/${first.draw}`,
      },
    });
    const link = `/public/draws/${first.draw}`;
    expect((await world.anyone(link)).status).toBe(200);
    // Merged into one whose draw waits for the lead section, so that nothing of it is public.
    const merged = await ask('watch-2');
    expect(merged).toMatchObject({ status: 200, body: { status: 'merged' } });
    expect(merged.body).not.toHaveProperty('draw');
    expect(await ask('held-2')).toMatchObject({ body: { status: 'dismissed' } });
  });

  test('another source’s message and one that never came are the same 404; without a signature nothing is told', async () => {
    const source = await administer('/sources/network-monitor', { name: '网络监测' });
    const { secret } = z.object({ secret: z.string() }).parse(source);
    const others = await ask('asked-1', 'network-monitor', secret);
    const never = await ask('never-1', 'network-monitor', secret);
    expect([others.status, never.status]).toEqual([404, 404]);
    expect(JSON.stringify(others.body).replaceAll('asked-1', '')).toBe(
      JSON.stringify(never.body).replaceAll('never-1', ''),
    );
    expect(await ask('asked-1', 'hotline-12345', secret)).toMatchObject({ status: 401 });
    expect((await world.anyone('/webhooks/hotline-12345/messages/asked-1')).status).toBe(401);
  });

  test('no function made a call that its role in the template would deny, and nothing was left undelivered', async () => {
    await world.runner.settle();
    expect(deniedCalls(assembly, calls, world.runner.tables)).toEqual([]);
    expect(world.runner.deadLetters()).toEqual([]);
  });
});

describe('article 4: an item for which a law sets a frequency', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({
      assembly: await assemblySweptDaily(WEEKLY),
      restaurants: 3,
      start: '2025-12-30T02:00:00.000Z',
    });
  }, 120_000);
  afterAll(async () => world.stop());

  test('has its draw proposed once in each half of a year, on the first working day, and drawn once approved', async () => {
    const [header = '', ...items] = (await world.file('items')).split('\r\n');
    const dining = items.find((line) => line.startsWith('YS-GXJ-003')) ?? '';
    await world.importText('items', [`${header},法定检查周期`, `${dining},每半年1次`, ''].join('\r\n'));
    const decided = new Set<string>();
    for (const month of [1, 2, 3, 4, 5, 6, 7]) {
      await until(world, `2026-${String(month).padStart(2, '0')}-10T02:00:00.000Z`);
      for (const { id } of await proposals()) {
        if (!decided.has(id)) {
          decided.add(id);
          await send(world, LEAD_SECTION, `/draws/${id}/approve`, undefined, 200);
        }
      }
    }
    expect((await proposals()).map(({ proposedAt, title }) => [proposedAt, title])).toEqual([
      ['2026-07-01T00:20:00.000Z', '法定检查：餐饮业经营行为检查（2026-07-01 至 2026-12-31）'],
      ['2026-01-04T00:20:00.000Z', '法定检查：餐饮业经营行为检查（2026-01-01 至 2026-06-30）'],
      ['2025-12-31T00:20:00.000Z', '法定检查：餐饮业经营行为检查（2025-07-01 至 2025-12-31）'],
    ]);
    const told = await toldTo(world, LEAD_SECTION);
    expect(told.filter((subject) => subject.startsWith('抽查待批准：法定检查'))).toHaveLength(3);
  }, 240_000);

  async function proposals() {
    return Draws.parse((await world.as(LEAD_SECTION).get('/draws')).body).draws;
  }
});
