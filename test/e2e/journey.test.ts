import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { verifyInclusion } from '#domain/draw/inclusion.ts';
import { verifyProof } from '#domain/draw/verification.ts';
import { LedgerEntry, verifyChain } from '#domain/ledger/ledger.ts';
import type { InterceptedCall } from '#infra/local/runner.ts';
import { cleanRecord, complain, inspectionOf, step, until, type InspectionView } from '../support/journey.ts';
import { deniedCalls } from '../support/least-privilege.ts';
import {
  noting,
  LEAD_SECTION,
  startWorld,
  SUPERVISOR,
  UNIT_HEAD,
  type World,
  assemblyWith,
  FEW_SWEEPS,
} from '../support/world.ts';

const Messages = z.object({ messages: z.array(z.object({ at: z.string(), subject: z.string() })) });
const History = z.object({
  events: z.array(z.object({ type: z.string(), time: z.string(), correlation: z.string() })),
});
const Publication = z.object({ onTime: z.boolean(), publishBy: z.string(), subjectName: z.string() });
const Directory = z.object({
  inspectors: z.array(
    z.object({ load: z.object({ open: z.record(z.string(), z.int()), givenInYear: z.int() }) }),
  ),
});
const Deadlines = z.object({
  deadlines: z.array(z.object({ id: z.string(), of: z.object({ id: z.string() }), due: z.string() })),
});
const Figures = z.object({
  deadlines: z.array(
    z.object({ month: z.string(), kind: z.string(), onTime: z.int(), late: z.int(), open: z.int() }),
  ),
});
const LedgerPage = z.object({ entries: z.array(LedgerEntry) });

/** One case from a complaint to its publications, driven over HTTP with the virtual clock. 2026-09-01 is a Tuesday. */
describe('a complaint becomes a draw, inspections, and published results', () => {
  let assembly: string;
  let world: World;
  let onTime: InspectionView;
  let late: InspectionView;
  const calls: InterceptedCall[] = [];

  const subjectsOf = async (person: string): Promise<string[]> =>
    Messages.parse((await world.as(person).get('/me/messages')).body).messages.map(
      ({ at, subject }) => `${at.slice(0, 10)} ${subject}`,
    );
  const publicJson = async (path: string): Promise<unknown> =>
    JSON.parse((await world.anyone(path, { accept: 'application/json' })).text);

  beforeAll(async () => {
    assembly = await assemblyWith(FEW_SWEEPS);
    world = await startWorld({
      assembly,
      restaurants: 12,
      runner: {
        intercept: noting(calls),
      },
    });
    const inspections = await complain(world, 'complaint-1');
    const [first, second] = inspections;
    if (first === undefined || second === undefined || inspections.length !== 3) {
      throw new Error(`three inspections were expected, there are ${inspections.length}`);
    }
    onTime = first;
    late = second;
  }, 90_000);
  afterAll(async () => world.stop());

  test('article 2: the trigger fired the rule that was in force, and the draw is dispatched', async () => {
    const draw = z
      .object({
        status: z.string(),
        trigger: z.string(),
        policy: z.object({ id: z.string() }),
        plan: z.object({ number: z.string() }),
      })
      .parse((await world.as(LEAD_SECTION).get(`/draws/${onTime.draws[0]?.id}`)).body);
    expect(draw).toMatchObject({
      status: 'dispatched',
      policy: { id: 'complaint-dining' },
      plan: { number: '明抽〔2026〕1号' },
    });
    const trigger = (await world.as(LEAD_SECTION).get(`/triggers/${draw.trigger}`)).body;
    expect(trigger).toMatchObject({ status: 'fired', source: 'hotline-12345', senderId: 'complaint-1' });
  });

  test('article 5: anyone can verify the draw from its public proof and pool', async () => {
    const proof = (await world.anyone(`/public/draws/${onTime.draws[0]?.id}/proof`)).text;
    const pool = (await world.anyone(`/public/draws/${onTime.draws[0]?.id}/pool`)).text;
    const report = verifyProof(proof, pool);
    expect(report.steps.filter((found) => found.status !== 'ok')).toEqual([]);
    expect(report.beacon?.kind).toBe('sealed');
    expect(pool.split('\n')).toHaveLength(13);
  });

  test('article 5: the draw is on the public list, is explained, and an enterprise can check its own line', async () => {
    const list = z
      .object({ draws: z.array(z.object({ id: z.string(), selected: z.int() })) })
      .parse(await publicJson('/public/draws'));
    expect(list.draws).toMatchObject([{ id: onTime.draws[0]?.id, selected: 3 }]);
    const proof = (await world.anyone(`/public/draws/${onTime.draws[0]?.id}/proof`)).text;
    const own = (await world.anyone(`/public/draws/${onTime.draws[0]?.id}/inclusion/${onTime.subject.id}`))
      .text;
    expect(verifyInclusion(proof, own)).toMatchObject({
      verified: true,
      standing: { id: onTime.subject.id, listed: true },
    });
    const page = await world.anyone(`/public/draws/${onTime.draws[0]?.id}/explanation`);
    expect(page.text).toContain('计划文号为明抽〔2026〕1号');
  });

  test('article 10: every team has two inspectors, and each of them was told', async () => {
    expect(onTime.team).toHaveLength(2);
    for (const { inspector } of onTime.team) {
      expect(await subjectsOf(inspector)).toContain(`2026-09-01 新检查任务：${onTime.subject.name}`);
    }
  });

  test('article 7(5), 7(6): the team accepts, begins, ends, records and publishes', async () => {
    await step(world, onTime, 'accept');
    await step(world, late, 'accept');
    await until(world, '2026-09-03T02:00:00.000Z');
    await step(world, onTime, 'begin');
    await step(world, onTime, 'end');
    await step(world, onTime, 'record', cleanRecord(onTime));
    await step(world, onTime, 'publish');
    expect(await inspectionOf(world, onTime.id)).toMatchObject({ status: 'closed' });
    expect(Publication.parse(await publicJson(`/public/inspections/${onTime.id}`))).toMatchObject({
      onTime: true,
      // The 20th working day after Thursday 3 September.
      publishBy: '2026-10-08',
      subjectName: onTime.subject.name,
    });
  });

  test('article 14: a longer day to finish is asked for and approved by another, one to publish is not to be had', async () => {
    const [member] = late.team;
    const team = world.as(member?.inspector ?? '');
    const { deadlines } = Deadlines.parse((await team.get('/deadlines?kind=finish')).body);
    const finish = deadlines.find(({ of }) => of.id === late.id);
    expect(finish?.due).toBe('2026-09-29');
    const asked = { workingDays: 3, reason: '企业停业装修' };
    expect((await team.post(`/deadlines/${finish?.id}/extend`, asked)).status).toBe(200);
    expect((await team.post(`/deadlines/${finish?.id}/approve`, {})).status).toBe(403);
    const granted = await world.as(LEAD_SECTION).post(`/deadlines/${finish?.id}/approve`, {});
    expect([granted.status, granted.body]).toMatchObject([200, { due: '2026-10-09' }]);
    const statutory = { effectiveFrom: '2026-12-01', rules: {} };
    expect((await world.as(LEAD_SECTION).put('/deadline-rules', statutory)).status).toBe(201);
    await world.runner.settle();
    expect(await subjectsOf(LEAD_SECTION)).toContain('2026-09-03 期限申请待批准：完成检查');
    expect(await subjectsOf(member?.inspector ?? '')).toContain('2026-09-03 已批准延期 3 个工作日：完成检查');
  });

  test('article 5: the unit sees how much its inspectors have to do, and what is published is none of it', async () => {
    // Three visits of two people each: one is published, one accepted, one assigned.
    const { inspectors } = Directory.parse((await world.as(UNIT_HEAD).get('/inspectors')).body);
    const sum = (count: (load: (typeof inspectors)[number]['load']) => number | undefined) =>
      inspectors.reduce((total, { load }) => total + (count(load) ?? 0), 0);
    expect({
      all: sum(({ open }) => open['all']),
      accepted: sum(({ open }) => open['accepted']),
      givenInYear: sum(({ givenInYear }) => givenInYear),
    }).toEqual({ all: 4, accepted: 2, givenInYear: 6 });
  });

  test('article 14: the deadline is the end of the 20th working day, over Mid-Autumn, National Day and their make-up days', async () => {
    await until(world, '2026-09-07T02:00:00.000Z');
    await step(world, late, 'begin');
    await step(world, late, 'end');
    await step(world, late, 'record', cleanRecord(late));
    // Monday 7 September: 25–27 September and 1–7 October are free, Sunday 20 September and Saturday 10 October are worked.
    expect((await inspectionOf(world, late.id)).publishBy).toEqual({
      date: '2026-10-10',
      provisional: false,
    });
  });

  test('article 14: the day stands in the calendar that the inspector subscribes to, and can not be moved', async () => {
    const [member] = late.team;
    const team = world.as(member?.inspector ?? '');
    const link = z.object({ path: z.string() }).parse((await team.post('/me/calendar-link')).body);
    const { text } = await world.anyone(link.path);
    const events = text.split('BEGIN:VEVENT').filter((one) => one.includes('公示检查结果（法定期限）'));
    expect(events).toHaveLength(1);
    expect(events[0]).toContain('DTSTART;VALUE=DATE:20261010\r\n');
    const { deadlines } = Deadlines.parse((await team.get('/deadlines?kind=publish')).body);
    const path = `/deadlines/${deadlines[0]?.id}/extend`;
    const refused = await team.post(path, { workingDays: 5, reason: '材料多' });
    expect([refused.status, refused.body]).toMatchObject([
      409,
      { type: 'urn:mingchou:problem:statutory-deadline', detail: expect.stringContaining('第十四条') },
    ]);
  });

  test('article 14: nobody publishes, so the ladder reminds, then escalates to the unit and to the supervisor', async () => {
    await until(world, '2026-10-13T02:00:00.000Z');
    const [member] = late.team;
    const label = '公示检查结果（法定期限）';
    const about = (subjects: string[]) => subjects.filter((subject) => subject.endsWith(label)).toReversed();
    expect(about(await subjectsOf(member?.inspector ?? ''))).toEqual([
      `2026-09-20 还剩 10 个工作日：${label}`,
      `2026-09-28 还剩 5 个工作日：${label}`,
      `2026-09-30 还剩 3 个工作日：${label}`,
      `2026-10-09 还剩 1 个工作日：${label}`,
      `2026-10-10 今日截止：${label}`,
      `2026-10-12 已逾期 1 个工作日：${label}`,
      `2026-10-13 已逾期 2 个工作日：${label}`,
    ]);
    expect(about(await subjectsOf(UNIT_HEAD))).toEqual([
      `2026-10-12 已逾期 1 个工作日：${label}`,
      `2026-10-13 已逾期 2 个工作日：${label}`,
    ]);
    expect(about(await subjectsOf(SUPERVISOR))).toEqual([`2026-10-13 已逾期 2 个工作日：${label}`]);
  });

  test('article 14: published late, and the public record says so', async () => {
    await step(world, late, 'publish');
    expect(Publication.parse(await publicJson(`/public/inspections/${late.id}`)).onTime).toBe(false);
    const page = await world.anyone(`/public/inspections/${late.id}`, { accept: 'text/html' });
    expect(page.text).toContain('逾期 late');
    expect(page.text).toContain(late.subject.name);
  });

  test('article 14: the unit’s figures say how many publications were in time and how many late', async () => {
    const query = '/figures/deadlines?from=2026-09&to=2026-10';
    const { deadlines } = Figures.parse((await world.as(UNIT_HEAD).get(query)).body);
    expect(
      deadlines.map(({ month, kind, onTime: kept, late: over, open }) => [month, kind, kept, over, open]),
    ).toEqual([
      // The third visit was accepted by nobody, and each time the next in line came.
      ['2026-09', 'accept', 2, 4, 0],
      ['2026-09', 'finish', 1, 0, 0],
      ['2026-10', 'archive', 0, 0, 1],
      ['2026-10', 'finish', 1, 0, 0],
      ['2026-10', 'publish', 1, 1, 0],
    ]);
  });

  test('article 4: each check is a signal about its subject, to which staff add others', async () => {
    const lead = world.as(LEAD_SECTION);
    const path = `/subjects/${onTime.subject.id}`;
    const said = { kind: 'penalty', on: '2026-10-12', reference: '偃市监罚〔2026〕12号' };
    expect((await lead.post(`${path}/signals`, said)).status).toBe(201);
    const { signals } = z
      .object({ signals: z.array(z.object({ id: z.string(), kind: z.string(), on: z.string() })) })
      .parse((await lead.get(path)).body);
    expect(signals.map(({ kind, on }) => [kind, on])).toEqual([
      ['penalty', '2026-10-12'],
      ['passed-check', '2026-09-03'],
    ]);
    const told = History.parse((await lead.get(`/history/signal/${signals[1]?.id}`)).body);
    expect(told.events.map(({ type }) => type)).toEqual(['signal.recorded']);
  });

  test('every step is in the ledger under one correlation, and its chain holds', async () => {
    const { entries } = LedgerPage.parse(await publicJson('/public/ledger?after=0'));
    expect(verifyChain(entries)).toMatchObject({ ok: true });
    const { events } = History.parse(
      (await world.as(SUPERVISOR).get(`/history/inspection/${onTime.id}`)).body,
    );
    expect(events.map((event) => event.type)).toEqual([
      'inspection.assigned',
      'inspection.accepted',
      'inspection.accepted',
      'inspection.begun',
      'inspection.ended',
      'inspection.recorded',
      'inspection.published',
      'inspection.closed',
    ]);
    const [trigger] = new Set(events.map((event) => event.correlation));
    const types = entries.filter((entry) => entry.correlation === trigger).map((entry) => entry.type);
    expect(types.slice(0, 8)).toEqual([
      'trigger.received',
      'trigger.fired',
      'draw.proposed',
      'draw.approved',
      'draw.committed',
      'draw.drawn',
      'draw.matched',
      'inspection.assigned',
    ]);
  });

  test('no function made a call that its role in the template would deny', () => {
    expect(calls.length).toBeGreaterThan(500);
    expect(deniedCalls(assembly, calls, world.runner.tables)).toEqual([]);
  });

  test('nothing was left undelivered', () => {
    expect(world.runner.deadLetters()).toEqual([]);
  });
});
