import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { scanId } from '#domain/risk/scan.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import type { InterceptedCall } from '#infra/local/runner.ts';
import { cellsOf } from '#store/cells.ts';
import { loadRisk, warningsOf } from '#store/risk.ts';
import { loadRun } from '#store/scans.ts';
import type { StateTable } from '#store/store.ts';
import { command, drawOf, inspectionsOf } from '../support/draw-life.ts';
import { until } from '../support/journey.ts';
import { deniedCalls } from '../support/least-privilege.ts';
import { importDirectly } from '../support/library-files.ts';
import {
  adoptPolicy,
  classesText,
  DOWNGRADED,
  firstClasses,
  membersOf,
  nextClasses,
  openedState,
  rehearseAndAdopt,
  subjectsText,
  triggersOf,
} from '../support/scan-journey.ts';
import { send, toldTo } from '../support/staffing-journey.ts';
import { noting, assemblySweptDaily, LEAD_SECTION, startWorld, type World } from '../support/world.ts';

const FROM = '2026-08-30';
const LICENCE = '食品经营许可证';
const RULES = {
  downgraded: {
    about: 'subject',
    name: '信用等级下调',
    effectiveFrom: FROM,
    when: 'subject.downgrades(31) >= 1',
    level: 'watch',
    reason: '31 日内信用风险类别下调',
  },
  lapsing: {
    about: 'subject',
    name: '许可证即将到期',
    effectiveFrom: FROM,
    when: `subject.licenceLapsesWithin("${LICENCE}", 30)`,
    level: 'watch',
    reason: '食品经营许可证 30 日内到期',
  },
  complained: {
    about: 'subject',
    name: '近日投诉',
    effectiveFrom: FROM,
    when: 'subject.complaints(3) >= 1',
    level: 'warning',
    reason: '3 日内有投诉',
  },
  serious: {
    about: 'subject',
    name: '严重违法失信',
    effectiveFrom: FROM,
    when: 'subject.isSeriousViolator()',
    level: 'severe',
    reason: '列入严重违法失信名单',
    directCheck: { items: ['YS-GXJ-003'], coolDownDays: 60 },
  },
  crowded: {
    about: 'cohort',
    name: '预警集中',
    effectiveFrom: FROM,
    when: 'cohort.warned >= 2 && cohort.warnedBasisPoints >= 500',
    industryDigits: 2,
    coolDownDays: 30,
  },
};
const DRAWING = {
  name: '风险集中抽查',
  effectiveFrom: FROM,
  when: 'trigger.category == "risk" && trigger.source == "scan"',
  draw: {
    items: ['YS-GXJ-003'],
    criteria: { territory: 'from-trigger', industry: 'from-trigger' },
    quota: { mode: 'count', count: 2, weights: { A: 1, B: 1, C: 1, D: 1 } },
    beacon: { preferred: { kind: 'sealed' } },
    approval: 'automatic',
    teamSize: 2,
  },
};
const [LICENSED, COMPLAINED, SERIOUS] = membersOf('410311', 'H6210').map(({ code }) => code);
const NEWLY = membersOf('410305', 'H6210')[10]?.code ?? '';

const Draws = z.object({
  draws: z.array(z.object({ id: z.string(), title: z.string(), status: z.string() })),
});
const Drawn = z.object({
  status: z.string(),
  criteria: z.unknown(),
  named: z.array(z.object({ id: z.string() })),
  policy: z.object({ id: z.string() }).optional(),
});

/** It begins on Saturday 29 August 2026 at 9 in the morning; the scan is at 7, so that each morning it has been. */
describe('article 4: a month of credit classes, and the days after', () => {
  let assembly: string;
  let world: World;
  let state: StateTable;
  const calls: InterceptedCall[] = [];
  const rehearsals: unknown[] = [];

  beforeAll(async () => {
    assembly = await assemblySweptDaily();
    world = await startWorld({
      assembly,
      restaurants: 1,
      start: '2026-08-29T01:00:00.000Z',
      runner: {
        intercept: noting(calls),
      },
    });
    state = openedState(world);
    const window = { from: '2026-08-28', through: '2026-08-29' };
    const { downgraded, crowded, ...others } = RULES;
    for (const [id, rule] of Object.entries(others)) {
      await rehearseAndAdopt(world, id, rule, window);
    }
    await world.importText('subjects', subjectsText());
    await world.importText(
      'licences',
      ['专项库名称,监管标签,统一社会信用代码/注册号,企业名称,许可证名称,许可证编号,有效期至']
        .concat(`餐饮,,${LICENSED},,${LICENCE},JY1,2026-10-05`)
        .join('\n'),
    );
    await world.importText('classings', firstClasses('2026-07-31'));
    rehearsals.push(await rehearseAndAdopt(world, 'downgraded', downgraded, window));
    rehearsals.push(await rehearseAndAdopt(world, 'crowded', crowded, window));
    await adoptPolicy(world, 'risk-drawing', DRAWING);
  }, 500_000);
  afterAll(async () => world.stop());

  const morning = async (date: string): Promise<void> => until(world, `${date}T01:00:00.000Z`);
  const runOn = async (date: string) =>
    loadRun(state, scanId(dateInShanghai(world.runner.now()))).then((run) => {
      expect([run.day, run.status]).toEqual([date, 'finished']);
      return run;
    });
  /** Who is warned of, by code, with the level. */
  const warned = async () =>
    (await warningsOf(state, 'open', 100)).items.map(({ subject, level }) => [subject.id, level]);
  const warnedOf = async (code: string | undefined) =>
    (await warned()).find(([id]) => id === code)?.[1] ?? 'nothing';
  const draws = async () =>
    Draws.parse((await world.as(LEAD_SECTION).get('/draws')).body).draws.toSorted((a, b) =>
      a.title < b.title ? -1 : 1,
    );

  test('the rules were rehearsed on the library before they were adopted', () => {
    expect(rehearsals).toMatchObject([
      { operating: 351, warned: 0 },
      { looked: 0, fired: 0 },
    ]);
  });

  test('a first month is nobody’s downgrade: nothing is found', async () => {
    await morning('2026-08-30');
    const run = await runOn('2026-08-30');
    expect(run.counts).toMatchObject({ raised: 0, checks: 0, failed: 0 });
    // The restaurant of the district stands in a territory of its own.
    expect(run.cohorts).toEqual({ looked: 6, fired: 0, coolingDown: 0, failed: 0 });
    expect((await cellsOf(state, '410327')).map(({ industry, subjects }) => [industry, subjects])).toEqual([
      ['F5211', 41],
      ['H6210', 20],
    ]);
    expect(await triggersOf(world)).toEqual([]);
    expect((await toldTo(world, LEAD_SECTION)).filter((subject) => subject.startsWith('风险扫描'))).toEqual(
      [],
    );
  }, 60_000);

  test('the month after warns of exactly those that it downgrades, seven of 350', async () => {
    await morning('2026-08-31');
    await world.importText('classings', nextClasses('2026-08-31'));
    await morning('2026-09-01');
    const { counts, cohorts } = await runOn('2026-09-01');
    expect(counts).toEqual({ evaluated: 350, raised: 7, changed: 0, cleared: 0, checks: 0, failed: 0 });
    expect(cohorts).toEqual({ looked: 4, fired: 2, coolingDown: 0, failed: 0 });
    expect(DOWNGRADED).toHaveLength(7);
    expect((await warned()).map((one) => one.join(' ')).toSorted()).toEqual(
      DOWNGRADED.map((code) => `${code} watch`),
    );
  }, 60_000);

  test('the classes of August stand in the figure as the morning of the first found them', async () => {
    const figure = await world.as(LEAD_SECTION).get('/figures/risk-classes?from=2026-07&to=2026-09');
    // 350 of the file, and the restaurant of the district, an A.
    const rows = ['2026-08', '2026-09'].map((month) => ({
      month,
      A: 133,
      B: 115,
      C: 101,
      D: 2,
      unclassed: 0,
    }));
    expect(figure.body).toEqual({ figure: 'risk-classes', from: '2026-07', to: '2026-09', rows });
  });

  test('the two cohorts that pass the threshold become triggers, and the draws that the policy makes of them', async () => {
    const triggers = await triggersOf(world);
    expect(
      triggers.map(({ source, status, report }) => [source, status, report.category, report.title]),
    ).toEqual([
      ['scan', 'fired', 'risk', '预警集中：410305 H62 预警 2/40 户'],
      ['scan', 'fired', 'risk', '预警集中：410327 H62 预警 2/20 户'],
    ]);
    const made = await draws();
    expect(made.map(({ title, status }) => [title, status])).toEqual([
      ['风险集中抽查（预警集中：410305 H62 预警 2/40 户）', 'dispatched'],
      ['风险集中抽查（预警集中：410327 H62 预警 2/20 户）', 'dispatched'],
    ]);
    expect(made.map(({ id }) => id).toSorted()).toEqual(
      triggers.flatMap(({ draw }) => draw ?? []).toSorted(),
    );
    for (const [place, territory] of ['410305', '410327'].entries()) {
      const id = made[place]?.id ?? '';
      const { criteria, policy } = Drawn.parse(await drawOf(world, id));
      expect([criteria, policy?.id]).toEqual([{ territory: [territory], industry: ['H62'] }, 'risk-drawing']);
      const members = new Set(membersOf(territory, 'H6210').map(({ code }) => code));
      const visited = (await inspectionsOf(world, id)).map(({ subject }) => subject.id);
      expect([visited.length, visited.filter((code) => !members.has(code))]).toEqual([2, []]);
    }
    expect(await toldTo(world, LEAD_SECTION)).toContain('风险扫描 2026-09-01：新预警 7 条，触发 2 个群体');
  });

  test('a cohort that is warned of more while it cools down does not fire again, and one where nothing changed is not looked at', async () => {
    await world.importText('classings', classesText([[NEWLY, 'D', '2026-09-01']]));
    await morning('2026-09-02');
    const run = await runOn('2026-09-02');
    expect(run.counts).toMatchObject({ evaluated: 1, raised: 1 });
    expect(run.cohorts).toEqual({ looked: 2, fired: 0, coolingDown: 1, failed: 0 });
    await morning('2026-09-03');
    const next = await runOn('2026-09-03');
    expect([next.counts.evaluated, next.cohorts.looked]).toEqual([0, 0]);
    expect(await triggersOf(world)).toHaveLength(2);
    expect(await draws()).toHaveLength(2);
  });

  test('a complaint over the webhook is known to the next scan, and its window ends on its day', async () => {
    const report = { category: 'complaint', title: '后厨卫生投诉', subject: { id: COMPLAINED } };
    expect((await world.report('complaint-1', report)).status).toBe(202);
    const listing = { kind: 'serious-violation', on: '2026-09-03' };
    await send(world, LEAD_SECTION, `/subjects/${SERIOUS}/signals`, listing, 201);
    expect([await warnedOf(COMPLAINED), await warnedOf(SERIOUS)]).toEqual(['nothing', 'nothing']);
    await morning('2026-09-04');
    expect((await runOn('2026-09-04')).counts).toMatchObject({ evaluated: 2, raised: 2, checks: 1 });
    expect([await warnedOf(COMPLAINED), await warnedOf(SERIOUS)]).toEqual(['warning', 'severe']);
    const found = [];
    for (const date of ['2026-09-05', '2026-09-06']) {
      await morning(date);
      const { counts } = await runOn(date);
      found.push([date, counts.evaluated, counts.raised, counts.cleared, await warnedOf(COMPLAINED)]);
    }
    // Nothing has happened on these days: 5 September is the licence's, 6 September the complaint's.
    expect(found).toEqual([
      ['2026-09-05', 1, 1, 0, 'warning'],
      ['2026-09-06', 1, 0, 1, 'nothing'],
    ]);
  });

  test('a licence is warned of from the thirtieth day before its last one, with nothing else changed', async () => {
    const warning = (await warningsOf(state, 'open', 100)).items.find(
      ({ subject }) => subject.id === LICENSED,
    );
    expect(warning).toMatchObject({
      raisedOn: '2026-09-05',
      level: 'watch',
      reasons: [{ policy: 'lapsing', version: 1, reason: '食品经营许可证 30 日内到期' }],
    });
  });

  test('a subject at the gravest level waits for the lead section as a direct check, and is dispatched to two once it approves', async () => {
    const proposed = (await draws()).filter(({ title }) => title.startsWith('风险预警直接检查'));
    expect(proposed.map(({ title, status }) => [title, status])).toEqual([
      [`风险预警直接检查：${membersOf('410311', 'H6210')[2]?.name}`, 'proposed'],
    ]);
    const id = proposed[0]?.id ?? '';
    expect(Drawn.parse(await drawOf(world, id)).named).toMatchObject([{ id: SERIOUS }]);
    expect((await toldTo(world, LEAD_SECTION)).filter((subject) => subject.includes('直接检查'))).toEqual([
      `抽查待批准：${proposed[0]?.title}`,
    ]);
    expect((await command(world, id, 'approve')).status).toBe('committed');
    // The beacon is looked for once a day here, at 8.
    await morning('2026-09-07');
    expect((await drawOf(world, id)).status).toBe('dispatched');
    const visits = await inspectionsOf(world, id);
    expect(visits.map(({ subject, how, team }) => [subject.id, how, team.length])).toEqual([
      [SERIOUS, 'named', 2],
    ]);
  });

  test('within its cool-down it is not proposed again, whatever more is heard of it', async () => {
    const penalty = { kind: 'penalty', on: '2026-09-05' };
    await send(world, LEAD_SECTION, `/subjects/${SERIOUS}/signals`, penalty, 201);
    await morning('2026-09-08');
    expect((await runOn('2026-09-08')).counts).toMatchObject({ evaluated: 1, raised: 0, checks: 0 });
    expect(await loadRisk(state, SERIOUS ?? '')).toMatchObject({
      level: 'severe',
      directCheckOn: '2026-09-04',
      restsUntil: '2026-11-03',
    });
    expect(await draws()).toHaveLength(3);
  });

  test('a file of signals is known to the next scan, and a credit repair in it lifts the warning', async () => {
    const file = [
      '统一社会信用代码,信号类型,发生日期,修复范围',
      `${SERIOUS},信用修复,2026-09-06,严重违法失信`,
    ];
    const done = await importDirectly(world, 'signals', Buffer.from(file.join('\n')));
    expect(done.errors).toEqual([]);
    await morning('2026-09-09');
    expect((await runOn('2026-09-09')).counts).toMatchObject({ evaluated: 1, cleared: 1, checks: 0 });
    expect(await warnedOf(SERIOUS)).toBe('nothing');
  });

  test('no function made a call that its role in the template would deny, and nothing was left undelivered', () => {
    expect(deniedCalls(assembly, calls, world.runner.tables)).toEqual([]);
    expect(world.runner.deadLetters()).toEqual([]);
  });
});
