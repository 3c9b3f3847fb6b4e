import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Publication, publicationHash } from '#domain/inspection/publication.ts';
import { LedgerEntry, verifyChain } from '#domain/ledger/ledger.ts';
import type { InterceptedCall } from '#infra/local/runner.ts';
import { cleanRecord, complain, step, until, type InspectionView } from '../support/journey.ts';
import { deniedCalls } from '../support/least-privilege.ts';
import { addSecondUnit, SECOND_HEAD, toldTo, withSecondUnit } from '../support/staffing-journey.ts';
import {
  noting,
  assemblySweptDaily,
  LEAD_SECTION,
  startWorld,
  SUPERVISOR,
  UNIT_HEAD,
  type World,
} from '../support/world.ts';

const Receipt = z.object({ receipt: z.string(), answerBy: z.string() });
const State = z.strictObject({
  receipt: z.string(),
  status: z.string(),
  receivedOn: z.string(),
  answerBy: z.string(),
  decidedOn: z.string().optional(),
  reason: z.string().optional(),
});
const Version = z.object({
  version: z.int(),
  on: z.string(),
  reason: z.string().optional(),
  hash: z.string(),
  superseded: z.object({ on: z.string(), reason: z.string() }).optional(),
});
const Record = z.object({
  version: z.int(),
  subjectName: z.string(),
  publishedAt: z.string(),
  onTime: z.boolean(),
  superseded: Version.shape.superseded,
  versions: z.array(Version),
});
const History = z.object({
  events: z.array(z.object({ type: z.string(), data: z.record(z.string(), z.unknown()) })),
});
const Corrections = z.object({ corrections: z.array(z.object({ id: z.string() })) });

const CONTACT = '13800001234';
const words = (wrong: string) => ({ name: '企业代表', contact: CONTACT, wrong, right: '更正后的内容' });

/** Two results are published on 3 September 2026, a Thursday; what is wrong in them is put right. */
describe('article 16: what was published is corrected', () => {
  let assembly: string;
  let world: World;
  let visit: InspectionView;
  let other: InspectionView;
  let receipt: string;
  let refused: string;
  const calls: InterceptedCall[] = [];

  const asked = async (id: string, wrong: string) =>
    fetch(`${world.runner.url}/public/inspections/${id}/corrections`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(words(wrong)),
    });
  const json = async (path: string): Promise<unknown> =>
    JSON.parse((await world.anyone(path, { accept: 'application/json' })).text);
  const record = async (id: string, query = '') =>
    Record.parse(await json(`/public/inspections/${id}${query}`));
  const page = async (path: string) => (await world.anyone(path, { accept: 'text/html' })).text;
  const answer = async (person: string, id: string, command: string, body: unknown) => {
    const { status } = await world.as(person).post(`/corrections/${id}/${command}`, body);
    await world.runner.settle();
    return status;
  };
  const rename = (version: number) => ({
    kind: 'correct',
    version,
    reason: '企业名称录入有误',
    changes: { subjectName: '更正后的餐饮店', results: [12] },
  });

  beforeAll(async () => {
    assembly = await assemblySweptDaily({ '"CORRECTIONS_PER_DAY": "200"': '"CORRECTIONS_PER_DAY": "3"' });
    world = await startWorld({
      assembly,
      restaurants: 2,
      start: '2026-09-03T02:00:00.000Z',
      runner: {
        ...withSecondUnit,
        intercept: noting(calls),
      },
    });
    await addSecondUnit(world);
    const [first, second] = await complain(world, 'complaint-1');
    if (first === undefined || second === undefined) throw new Error('two inspections were expected');
    [visit, other] = [first, second];
    for (const one of [visit, other]) {
      await step(world, one, 'accept');
      await step(world, one, 'begin');
      await step(world, one, 'end');
      await step(world, one, 'record', cleanRecord(one));
      await step(world, one, 'publish');
    }
  }, 500_000);
  afterAll(async () => world.stop());

  test('article 16: anyone asks by the form of the page, without signing in and without a script', async () => {
    const shown = await page(`/public/inspections/${visit.id}`);
    expect(shown).toContain(`<form method="post" action="/public/inspections/${visit.id}/corrections">`);
    const taken = await fetch(`${world.runner.url}/public/inspections/${visit.id}/corrections`, {
      method: 'POST',
      body: new URLSearchParams(words('企业名称有误')),
    });
    expect(taken.status).toBe(201);
    receipt = /C-[0-9a-f]{24}/.exec(await taken.text())?.[0] ?? 'none';
    await world.runner.settle();
    expect(State.parse(await json(`/public/corrections/${receipt}`))).toEqual({
      receipt,
      status: 'received',
      receivedOn: '2026-09-03',
      answerBy: '2026-09-10',
    });
    expect(await toldTo(world, UNIT_HEAD)).toContain(`更正申请待答复：${visit.subject.name}`);
  });

  test('article 16: the unit is reminded within the five working days, and past them the supervisor hears of it', async () => {
    await until(world, '2026-09-11T02:00:00.000Z');
    const label = '答复更正申请';
    const about = async (person: string) =>
      (await toldTo(world, person)).filter((subject) => subject.endsWith(label)).toReversed();
    expect(await about(UNIT_HEAD)).toEqual([
      `还剩 3 个工作日：${label}`,
      `还剩 1 个工作日：${label}`,
      `今日截止：${label}`,
      `已逾期 1 个工作日：${label}`,
    ]);
    expect(await about(SUPERVISOR)).toEqual([`已逾期 1 个工作日：${label}`]);
  });

  test('article 16: the head of another unit sees nothing of it, and the supervisor does not decide', async () => {
    expect((await world.as(SECOND_HEAD).get(`/corrections/${receipt}`)).status).toBe(404);
    expect(await answer(SECOND_HEAD, receipt, 'grant', rename(1))).toBe(404);
    expect(await answer(SUPERVISOR, receipt, 'grant', rename(1))).toBe(403);
    const watched = JSON.stringify((await world.as(SUPERVISOR).get(`/corrections/${receipt}`)).body);
    expect([watched.includes('****34'), watched.includes(CONTACT)]).toEqual([true, false]);
  });

  test('article 16: the unit grants it, and a second version stands; the first is shown as superseded, unchanged', async () => {
    const before = await record(visit.id);
    expect(await answer(UNIT_HEAD, receipt, 'grant', rename(1))).toBe(200);
    const after = await record(visit.id);
    expect([after.version, after.subjectName]).toEqual([2, '更正后的餐饮店']);
    expect([after.publishedAt, after.onTime]).toEqual([before.publishedAt, before.onTime]);
    const superseded = { on: '2026-09-11', reason: '企业名称录入有误' };
    expect(await record(visit.id, '?version=1')).toEqual({ ...before, superseded, versions: after.versions });
    expect(after.versions).toEqual([
      { ...before.versions[0], superseded },
      {
        version: 2,
        on: '2026-09-11',
        reason: superseded.reason,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
    const old = await page(`/public/inspections/${visit.id}?version=1`);
    expect(old).toContain('第 1 版已被更正，不再有效');
    expect(old).not.toContain('<form');
    expect(await page('/public/inspections')).toContain('已更正 corrected');
    expect((await world.anyone(`/public/inspections/${visit.id}?version=3`)).status).toBe(404);
    expect(State.parse(await json(`/public/corrections/${receipt}`))).toMatchObject({
      status: 'granted',
      decidedOn: '2026-09-11',
    });
  });

  test('article 16: another request is refused, with a reason that whoever asked can read', async () => {
    const taken = await asked(other.id, '检查结果有误');
    refused = Receipt.parse(await taken.json()).receipt;
    await world.runner.settle();
    expect(await answer(UNIT_HEAD, refused, 'refuse', { reason: '与检查登记表一致' })).toBe(200);
    expect(await answer(UNIT_HEAD, refused, 'refuse', { reason: '与检查登记表一致' })).toBe(409);
    expect(await page(`/public/corrections/${refused}`)).toContain('与检查登记表一致');
    expect((await record(other.id)).version).toBe(1);
  });

  test('article 16: beyond the quota of the day a request is put off until tomorrow, and taken then', async () => {
    const statuses: number[] = [];
    for (const wrong of ['其二', '其三']) statuses.push((await asked(other.id, wrong)).status);
    const more = await asked(visit.id, '其四');
    // 10:00 in Shanghai: fourteen hours are left of the day.
    expect([statuses, more.status, more.headers.get('retry-after')]).toEqual([[201, 201], 429, '50400']);
    await world.runner.settle();
    await until(world, '2026-09-12T02:00:00.000Z');
    expect((await asked(visit.id, '其四')).status).toBe(201);
    await world.runner.settle();
  });

  test('article 14: anyone finds the corrected result by what it says now, on the page, as a file and in the feed', async () => {
    const query = new URLSearchParams({ q: '更正后', from: '2026-09', timing: 'on-time' });
    for (const format of ['', '.json', '.csv', '.atom']) {
      const found = await page(`/public/inspections${format}?${query}`);
      expect([found.includes(visit.id), found.includes(other.id)]).toEqual([true, false]);
    }
    const { subject } = visit;
    expect(await page(`/public/inspections?${new URLSearchParams({ q: subject.name })}`)).not.toContain(
      visit.id,
    );
    expect(await page(`/public/inspections?code=${subject.id}`)).toContain(visit.id);
  });

  test('article 7(6): the lead section makes the file for the national system, fetches it, and tells that it was taken', async () => {
    const File = z.object({ id: z.string(), rows: z.int(), unfit: z.int(), status: z.string() });
    const lead = world.as(LEAD_SECTION);
    const file = File.parse((await lead.post('/exports/national')).body);
    expect([file.rows, file.unfit, file.status]).toEqual([2, 0, 'made']);
    expect((await lead.post('/exports/national')).status).toBe(409);
    expect((await world.as(SUPERVISOR).get(`/exports/national/${file.id}`)).status).toBe(200);
    const headers = { authorization: `Bearer ${await world.token(LEAD_SECTION)}` };
    const fetched = await fetch(`${world.runner.url}/exports/national/${file.id}/file?format=csv`, {
      headers,
    });
    const rows = (await fetched.text()).split('\r\n');
    expect(rows.filter((row) => row.startsWith('新增,')).length).toBe(2);
    const taken = await lead.post(`/exports/national/${file.id}/confirm`);
    expect(File.parse(taken.body).status).toBe('confirmed');
    await world.runner.settle();
    const history = await world.as(SUPERVISOR).get(`/history/submission/${file.id}`);
    expect(History.parse(history.body).events.map(({ type }) => type)).toEqual([
      'submission.made',
      'submission.confirmed',
    ]);
  });

  test('article 16: what the law forbids to show is withdrawn: a page says so, and shows nothing else', async () => {
    const [open] = Corrections.parse((await world.as(UNIT_HEAD).get('/corrections')).body).corrections;
    const withdrawal = { kind: 'withdraw', version: 1, legalReason: '《政府信息公开条例》第十五条' };
    expect(await answer(LEAD_SECTION, open?.id ?? '', 'grant', withdrawal)).toBe(200);
    for (const query of ['', '?version=1']) {
      expect(await json(`/public/inspections/${other.id}${query}`)).toEqual({
        id: other.id,
        version: 2,
        inspection: other.id,
        withdrawn: { at: '2026-09-12T02:00:00.000Z', legalReason: '《政府信息公开条例》第十五条' },
      });
      const shown = await page(`/public/inspections/${other.id}${query}`);
      expect([shown.includes('该公示信息已依法撤下'), shown.includes(other.subject.name)]).toEqual([
        true,
        false,
      ]);
    }
    expect(await page('/public/inspections')).not.toContain(other.subject.name);
    expect((await asked(other.id, '再次')).status).toBe(409);
    expect(await toldTo(world, LEAD_SECTION)).toContain(`公示信息已撤下：${other.subject.name}`);
  });

  test('article 16: the figure of results counts what was corrected in the month of its publication, and not what was withdrawn', async () => {
    const { body } = await world.as(LEAD_SECTION).get('/figures/results?from=2026-08&to=2026-09');
    const { rows } = z.object({ rows: z.array(z.unknown()) }).parse(body);
    const { units } = z
      .object({ units: z.array(z.string()) })
      .parse(await json(`/public/inspections/${visit.id}`));
    expect(rows).toEqual(units.map((unit) => ({ month: '2026-09', unit, result: 12, count: 1 })));
  });

  test('article 16: the ledger holds the hash of each version, and its chain verifies', async () => {
    const { entries } = z
      .object({ entries: z.array(LedgerEntry) })
      .parse(await json('/public/ledger?after=0'));
    expect(verifyChain(entries)).toMatchObject({ ok: true });
    const told = History.parse(
      (await world.as(SUPERVISOR).get(`/history/inspection/${visit.id}`)).body,
    ).events;
    const hashes = (await record(visit.id)).versions.map(({ hash }) => hash);
    // Anyone can hash what the page gives out, less what it adds about the other versions.
    const given = [
      await json(`/public/inspections/${visit.id}?version=1`),
      await json(`/public/inspections/${visit.id}`),
    ];
    expect(given.map((one) => publicationHash(Publication.parse(one)))).toEqual(hashes);
    expect(
      told
        .filter(({ type }) => type !== 'inspection.closed')
        .slice(-2)
        .map(({ type, data }) => [type, data['publicationHash'], data['previousHash']]),
    ).toEqual([
      ['inspection.published', hashes[0], undefined],
      ['inspection.republished', hashes[1], hashes[0]],
    ]);
    const types = entries.filter(({ about }) => about === `correction/${receipt}`).map(({ type }) => type);
    expect(types).toEqual(['correction.received', 'correction.granted']);
  });

  test('article 16: nothing of whoever asked is public or on the bus', async () => {
    const paths = [
      `/public/corrections/${receipt}`,
      `/public/inspections/${visit.id}`,
      '/public/ledger?after=0',
    ];
    for (const path of paths) expect((await world.anyone(path)).text).not.toContain(CONTACT);
    const { body } = await world.as(SUPERVISOR).get(`/history/correction/${receipt}`);
    expect(JSON.stringify(body)).not.toMatch(/企业代表|13800001234/);
  });

  test('no function made a call that its role denies, and nothing was left undelivered', () => {
    const own = calls.filter((call) =>
      /(corrections|submissions|inspections|portal|notify|deadlines)Function/.test(call.function),
    );
    expect(own.some((call) => /correctionsFunction/.test(call.function))).toBe(true);
    expect(deniedCalls(assembly, own, world.runner.tables)).toEqual([]);
    expect(world.runner.deadLetters()).toEqual([]);
  });
});
