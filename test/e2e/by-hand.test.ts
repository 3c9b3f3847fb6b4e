import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { COMPLAINT, until } from '../support/journey.ts';
import {
  LEAD_SECTION,
  startWorld,
  SUPERVISOR,
  UNIT_HEAD,
  type World,
  assemblyWith,
  FEW_SWEEPS,
} from '../support/world.ts';

const Triggers = z.object({
  triggers: z.array(z.object({ id: z.string(), status: z.string(), senderId: z.string() })),
});
const Draws = z.object({
  draws: z.array(z.object({ id: z.string(), status: z.string(), trigger: z.string() })),
});
const Messages = z.object({ messages: z.array(z.object({ subject: z.string() })) });

/** What no rule decides by itself is decided by people, in time. */
describe('decisions by hand', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ assembly: await assemblyWith(FEW_SWEEPS), restaurants: 12 });
  }, 90_000);
  afterAll(async () => world.stop());

  const report = async (messageId: string, fields: object): Promise<string> => {
    const { body } = await world.report(messageId, { ...COMPLAINT, ...fields });
    await world.runner.settle();
    return z.object({ trigger: z.string() }).parse(body).trigger;
  };
  const statusOf = async (trigger: string): Promise<string | undefined> =>
    Triggers.parse((await world.as(LEAD_SECTION).get('/triggers')).body).triggers.find(
      ({ id }) => id === trigger,
    )?.status;
  const drawsOf = async (trigger: string) =>
    Draws.parse((await world.as(LEAD_SECTION).get('/draws')).body).draws.filter(
      (draw) => draw.trigger === trigger,
    );
  const subjects = async (person: string): Promise<string[]> =>
    Messages.parse((await world.as(person).get('/me/messages')).body).messages.map(({ subject }) => subject);

  test('article 4: a trigger that no rule knows waits for the lead section, which fires it by a rule of its choice', async () => {
    const trigger = await report('held-1', { category: 'referral' });
    expect(await statusOf(trigger)).toBe('triaging');
    expect(await subjects(LEAD_SECTION)).toEqual(['触发信息待研判：餐饮单位后厨卫生投诉']);

    const fired = await world
      .as(LEAD_SECTION)
      .post(`/triggers/${trigger}/fire`, { policy: 'complaint-dining' });
    expect(fired).toMatchObject({
      status: 200,
      body: { status: 'fired', firedBy: { policy: 'complaint-dining', version: 1 } },
    });
    await world.runner.settle();
    expect(await drawsOf(trigger)).toMatchObject([{ status: 'dispatched' }]);
  });

  test('a trigger is dismissed only with a reason, only once, and only by the lead section', async () => {
    const trigger = await report('held-2', { category: 'referral' });
    const dismiss = async (person: string, body: object) =>
      world.as(person).post(`/triggers/${trigger}/dismiss`, body);
    expect(await dismiss(UNIT_HEAD, { reason: '重复' })).toMatchObject({ status: 403 });
    expect(await dismiss(LEAD_SECTION, {})).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/reason' }] },
    });
    expect(await dismiss(LEAD_SECTION, { reason: '重复投诉' })).toMatchObject({
      status: 200,
      body: { status: 'dismissed' },
    });
    expect(await dismiss(LEAD_SECTION, { reason: '重复投诉' })).toMatchObject({
      status: 409,
      body: { type: 'urn:mingchou:problem:wrong-state' },
    });
    // Decided in time: the sweep of the days after has nothing to say about it.
    await until(world, '2026-09-08T02:00:00.000Z');
    expect((await subjects(SUPERVISOR)).filter((subject) => subject.includes('研判'))).toEqual([]);
  });

  test('a rule that can not be computed holds the trigger and stops no other one', async () => {
    // Tried out at its adoption with an industry, it passes; with none it divides by nothing.
    const policy = {
      name: '坏规则',
      effectiveFrom: '2026-01-01',
      when: '10 / trigger.evidence > 100',
      draw: {
        items: ['YS-GXJ-003'],
        criteria: {},
        beacon: { preferred: { kind: 'sealed' } },
        approval: 'lead-section',
        teamSize: 2,
      },
    };
    expect((await world.as('HP9007').put('/policies/divides', policy)).status).toBe(201);
    const held = await report('held-3', { category: 'referral' });
    const trigger = (await world.as(LEAD_SECTION).get(`/triggers/${held}`)).body;
    expect(trigger).toMatchObject({ status: 'triaging', reason: expect.stringContaining('divides') });
    const fired = await report('fired-1', {});
    expect(await statusOf(fired)).toBe('fired');
    expect(world.runner.deadLetters()).toEqual([]);
  });

  test('article 7(1): a draw that waits for approval tells the lead section, reminds it, and runs once approved', async () => {
    const trigger = await report('held-4', { category: 'referral' });
    const policy = {
      name: '转办抽查',
      effectiveFrom: '2026-01-01',
      when: 'false',
      draw: {
        items: ['YS-GXJ-003'],
        criteria: { industry: ['H62'] },
        beacon: { preferred: { kind: 'sealed' } },
        approval: 'lead-section',
        teamSize: 2,
      },
    };
    expect((await world.as('HP9007').put('/policies/by-hand', policy)).status).toBe(201);
    await world.as(LEAD_SECTION).post(`/triggers/${trigger}/fire`, { policy: 'by-hand' });
    await world.runner.settle();
    const [draw] = await drawsOf(trigger);
    expect(draw?.status).toBe('proposed');
    expect(await subjects(LEAD_SECTION)).toContain('抽查待批准：转办抽查（餐饮单位后厨卫生投诉）');

    await until(world, '2026-09-11T02:00:00.000Z');
    expect((await subjects(LEAD_SECTION)).filter((subject) => subject.endsWith('批准抽查'))).toEqual([
      '已逾期 1 个工作日：批准抽查',
      '今日截止：批准抽查',
      '还剩 1 个工作日：批准抽查',
    ]);
    expect((await world.anyone(`/public/draws/${draw?.id}`)).status).toBe(404);

    expect(await world.as(SUPERVISOR).post(`/draws/${draw?.id}/approve`)).toMatchObject({ status: 403 });
    expect(await world.as(LEAD_SECTION).post(`/draws/${draw?.id}/approve`)).toMatchObject({ status: 200 });
    await world.runner.settle();
    expect(await drawsOf(trigger)).toMatchObject([{ status: 'dispatched' }]);
    expect((await world.anyone(`/public/draws/${draw?.id}`)).status).toBe(200);
  });

  test('article 10: a draw without enough inspectors waits, and is matched again once there are', async () => {
    const inspectors = await world.file('inspectors');
    const [header = '', first = '', ...others] = inspectors.split('\r\n');
    const lapsed = others.map((line) => line.replaceAll('有效,', '失效,').replace(/,有效$/, ',失效'));
    await world.importText('inspectors', [header, first, ...lapsed].join('\r\n'));
    const trigger = await report('unstaffed-1', {});
    const [draw] = await drawsOf(trigger);
    expect(draw?.status).toBe('drawn');
    expect(await subjects(LEAD_SECTION)).toContain('抽查无法匹配检查人员');

    await world.importText('inspectors', inspectors);
    expect(await world.as(LEAD_SECTION).post(`/draws/${draw?.id}/match`)).toMatchObject({ status: 200 });
    await world.runner.settle();
    expect(await drawsOf(trigger)).toMatchObject([{ status: 'dispatched' }]);
  });
});
