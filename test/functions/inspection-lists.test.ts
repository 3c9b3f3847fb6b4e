import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { BatchAnswer, type InspectionList } from '#contracts/api/inspection-lists.ts';
import { inspectionsOperations } from '#contracts/api/inspections.ts';
import { deadlineId, startDeadline } from '#domain/deadline/deadline.ts';
import { countedByDefault } from '#domain/deadline/rules.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { ShownDraft } from '#domain/inspection/draft.ts';
import { Person, type PersonRole } from '#domain/person/person.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { commit } from '#store/commit.ts';
import { createdDeadline } from '#store/deadlines.ts';
import { createdDraw } from '#store/draws.ts';
import { savedDocket } from '#store/follow-ups.ts';
import { changedInspection, createdInspection, loadInspection } from '#store/inspections.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import type { StateTable } from '#store/store.ts';
import { ProblemDocument } from '#web/problem.ts';
import { store } from '../../functions/inspections/asking.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { dieAfter } from '../store/engine-faults.ts';
import { openDatabase } from '../support/database.ts';
import {
  assignedInspection,
  at,
  cleanRecord,
  day,
  MONDAY,
  sampleDraw,
  sampleInspector,
} from '../support/samples.ts';

const [COMMERCE, ENERGY] = ['商务综合执法大队', '节能监察中心'];
const calendar = countedByDefault(stateCouncilCalendar());

let state: StateTable;
let call: (event: unknown) => Promise<unknown>;

const idOf = (n: number) => `I-${String(n).padStart(24, '0')}`;

/** A visit that was assigned on the n-th day of February 2026, with the deadline of its state. */
async function stored(n: number, change: Partial<Inspection>): Promise<void> {
  const inspection: Inspection = {
    ...assignedInspection,
    id: idOf(n),
    assignedAt: at(`2026-02-${String(n).padStart(2, '0')}T02:00:00.000Z`),
    subject: { ...assignedInspection.subject, id: `91410381MA0000000${n % 10}`, name: `示例企业${n}号` },
    ...change,
  };
  const kind = inspection.status === 'assigned' ? 'accept' : 'publish';
  const deadline = startDeadline(calendar, {
    id: deadlineId(kind, inspection.id),
    kind,
    of: { kind: 'inspection', id: inspection.id },
    correlation: inspection.correlation,
    units: [COMMERCE, ENERGY],
    startedAt: at('2026-02-27T02:00:00.000Z'),
  });
  await commit(state, {
    at: MONDAY,
    writes: [...createdInspection(inspection), createdDeadline(deadline)],
    events: [],
  });
}

const endedAt = at('2026-02-26T08:00:00.000Z');
const recorded = {
  status: 'recorded' as const,
  endedAt,
  recordedAt: at('2026-02-27T01:00:00.000Z'),
  recordedBy: 'GX-001',
  record: { ...cleanRecord, inspectedOn: day('2026-02-26'), results: [2] },
};

beforeAll(async () => {
  ({ state } = await openDatabase());
  Object.assign(process.env, { ADMINISTRATORS: '' });
  call = await handlerOf('inspections');
  const staff = (
    [
      ['LEAD', 'lead-section', '牵头科室'],
      ['HEAD', 'unit', COMMERCE],
      ['OTHER', 'unit', '市容大队'],
      ['BUSINESS', 'business-section', '业务科'],
      ['GX-001', 'inspector', COMMERCE],
      ['GX-002', 'inspector', ENERGY],
      ['GX-009', 'inspector', COMMERCE],
    ] satisfies [string, PersonRole, string][]
  ).map(([staffNo, role, unit]) => Person.parse({ staffNo, name: staffNo, role, unit }));
  await putPages(state, [
    ...libraryItems('people', staff),
    ...libraryItems(
      'inspectors',
      ['GX-001', 'GX-003', 'GX-004'].map((staffNo) => sampleInspector(staffNo, COMMERCE)),
    ),
  ]);
  await commit(state, {
    at: MONDAY,
    writes: [createdDraw(sampleDraw({ id: 'D-000000000000000000000001' }))],
    events: [],
  });
  await stored(1, {});
  await stored(2, { status: 'ended', endedAt });
  await stored(3, recorded);
  await stored(4, { ...recorded, status: 'published', publishedAt: MONDAY });
  await stored(5, { ...recorded, status: 'archived', publishedAt: MONDAY, closedAt: MONDAY });
  await stored(6, {
    items: assignedInspection.items.filter(({ unit }) => unit === ENERGY),
    team: assignedInspection.team.map((member) => ({ ...member, unit: ENERGY })),
  });
  const followUps = [
    { id: 'F-1', kind: 'rectification' as const, status: 'open' as const, unit: COMMERCE },
    { id: 'F-2', kind: 'other' as const, status: 'closed' as const, unit: COMMERCE },
  ];
  const standing = { version: 1, raised: true, archived: false };
  const docket = { id: idOf(4), ...standing, followUps, handovers: [], told: [] };
  await commit(state, { at: MONDAY, writes: [savedDocket(docket)], events: [] });
});

type More = Omit<Parameters<typeof gatewayEvent>[0], 'route' | 'person'>;
async function ask(route: string, person: string, more: More = {}) {
  const {
    statusCode: status,
    body,
    headers,
  } = answerOf(await call(gatewayEvent({ route, person, ...more })));
  return {
    status,
    headers,
    text: body,
    body: body.startsWith('{') ? z.unknown().parse(JSON.parse(body)) : {},
  };
}
const reasonIn = ({ status, body }: { status: number; body: unknown }) =>
  `${status} ${ProblemDocument.parse(body).type.replace('urn:mingchou:problem:', '')}`;
const list = async (person: string, query: Record<string, string> = {}) => {
  const answer = await ask('GET /inspections', person, { query: new URLSearchParams(query).toString() });
  expect(answer.status).toBe(200);
  return inspectionsOperations['GET /inspections'].answers[200].parse(answer.body);
};
const numbersIn = ({ inspections }: z.infer<typeof InspectionList>) =>
  inspections.map(({ id }) => Number(id.slice(2)));

describe('the list that staff work from', () => {
  it('shows a unit what it takes part in, newest first, and those who watch all of them everything', async () => {
    expect(numbersIn(await list('HEAD'))).toEqual([5, 4, 3, 2, 1]);
    expect(numbersIn(await list('GX-009'))).toEqual([5, 4, 3, 2, 1]);
    expect(numbersIn(await list('LEAD'))).toEqual([6, 5, 4, 3, 2, 1]);
    expect(numbersIn(await list('LEAD', { unit: ENERGY }))).toEqual([6, 5, 4, 3, 2, 1]);
    expect(numbersIn(await list('OTHER'))).toEqual([]);
    expect(reasonIn(await ask('GET /inspections', 'BUSINESS'))).toBe('403 role-forbidden');
    const elsewhere = new URLSearchParams({ unit: ENERGY }).toString();
    expect(reasonIn(await ask('GET /inspections', 'HEAD', { query: elsewhere }))).toBe('403 role-forbidden');
  });

  it('counts what is in each phase, of the unit or of all, whatever it is narrowed to', async () => {
    const own = { unrecorded: 2, 'to-publish': 1, published: 1, archived: 1, 'follow-up': 1 };
    expect((await list('HEAD', { group: 'archived' })).tally).toEqual(own);
    expect((await list('LEAD')).tally).toEqual({ ...own, unrecorded: 3 });
    expect((await list('OTHER')).tally).toEqual({
      unrecorded: 0,
      'to-publish': 0,
      published: 0,
      archived: 0,
      'follow-up': 0,
    });
  });

  it('shows what the unit and the public have to do with it, with the working days that are left', async () => {
    const [row] = (await list('HEAD', { group: 'to-publish' })).inspections;
    expect(row).toEqual({
      id: idOf(3),
      status: 'recorded',
      statusLabel: '待公示',
      assignedAt: '2026-02-03T02:00:00.000Z',
      subject: { id: '91410381MA00000003', name: '示例企业3号', territory: '410381' },
      draws: [{ id: 'D-000000000000000000000001', planNumber: '明抽〔2026〕3号', title: '加油站抽查' }],
      items: ['YS-001', 'YS-002'],
      units: [COMMERCE, ENERGY],
      team: [
        { inspector: 'GX-001', name: '张三', unit: COMMERCE },
        { inspector: 'GX-002', name: '李四', unit: ENERGY },
      ],
      endedOn: '2026-02-26',
      inspectedOn: '2026-02-26',
      due: {
        kind: 'publish',
        label: '公示检查结果（法定期限）',
        date: '2026-03-26',
        provisional: false,
        paused: false,
        remaining: 18,
        overdue: false,
      },
      results: [{ code: 2, text: '发现问题经责令已改正' }],
      recordedBy: { staffNo: 'GX-001', name: '张三' },
    });
    const [open] = (await list('HEAD', { group: 'follow-up' })).inspections;
    expect(open).toMatchObject({ id: idOf(4), statusLabel: '已公示', followUp: { open: 1, total: 2 } });
    expect(open).not.toHaveProperty('due');
  });

  it.each([
    [{ group: 'unrecorded' }, [2, 1]],
    [{ group: 'to-publish' }, [3]],
    [{ group: 'published' }, [4]],
    [{ group: 'archived' }, [5]],
    [{ subject: '企业2' }, [2]],
    [{ subject: '91410381MA00000004' }, [4]],
    [{ result: '2' }, [5, 4, 3]],
    [{ result: '12' }, []],
    [{ draw: 'D-000000000000000000000001', group: 'unrecorded' }, [2, 1]],
    [{ draw: 'D-none' }, []],
    [{ item: 'YS-002', group: 'archived' }, [5]],
    [{ item: 'YS-009' }, []],
    [{ inspector: 'GX-002', group: 'to-publish' }, [3]],
    [{ inspector: 'GX-009' }, []],
    [{ endedOn: '2026-02-26' }, [5, 4, 3, 2]],
    [{ dueBefore: '2026-03-04' }, [1]],
    [{ dueBefore: '2026-03-27' }, [3, 2, 1]],
  ])('is narrowed to %j', async (query, expected) => {
    expect(numbersIn(await list('HEAD', query))).toEqual(expected);
  });

  it('says how far it looked, and goes on from there', async () => {
    for (let n = 30; n < 90; n += 1) {
      await commit(state, {
        at: MONDAY,
        writes: createdInspection({
          ...assignedInspection,
          id: idOf(n),
          assignedAt: at('2026-02-20T02:00:00.000Z'),
          items: assignedInspection.items.map((item) => ({ ...item, unit: '第三大队' })),
          team: assignedInspection.team.map((member) => ({ ...member, unit: '第三大队' })),
        }),
        events: [],
      });
    }
    const first = await list('LEAD', { unit: '第三大队' });
    expect([first.inspections.length, first.examined, first.next]).toEqual([
      50,
      50,
      `2026-02-20T02:00:00.000Z#${idOf(40)}`,
    ]);
    const rest = await list('LEAD', { unit: '第三大队', after: first.next ?? '' });
    expect([numbersIn(rest)[0], rest.inspections.length, rest.next]).toEqual([39, 10, undefined]);
    const found = await list('LEAD', { unit: '第三大队', inspector: 'GX-404', group: 'unrecorded' });
    expect([found.inspections, found.examined, found.next]).toEqual([[], 60, undefined]);
    expect(first.tally.unrecorded).toBe(60);
    const wrong = await ask('GET /inspections', 'LEAD', { query: 'after=yesterday&result=13' });
    expect([
      reasonIn(wrong),
      ProblemDocument.parse(wrong.body).errors?.map(({ pointer }) => pointer),
    ]).toEqual(['400 query-invalid', ['/result', '/after']]);
  });

  it('takes four requests to the store, full pages and narrowed ones alike', async () => {
    const sent = vi.spyOn(DynamoDBDocumentClient.prototype, 'send');
    for (const query of [{}, { group: 'unrecorded', unit: '第三大队' }, { dueBefore: '2026-03-27' }]) {
      sent.mockClear();
      await list('LEAD', query);
      expect(sent).toHaveBeenCalledTimes(4);
    }
    sent.mockRestore();
  });

  it('counts an inspection where it is, and leaves the list of a unit that has no part in it any more', async () => {
    const [before, all] = [(await list('GX-002')).tally, (await list('LEAD')).tally];
    const one = await loadInspection(state, idOf(6));
    const elsewhere: Inspection = {
      ...one,
      version: one.version + 1,
      items: one.items.map((item) => ({ ...item, unit: COMMERCE })),
      team: one.team.map((member) => ({ ...member, unit: COMMERCE })),
    };
    await commit(state, { at: MONDAY, writes: changedInspection(one, elsewhere), events: [] });
    expect(numbersIn(await list('GX-002'))).toEqual([5, 4, 3, 2, 1]);
    expect((await list('GX-002')).tally).toEqual({ ...before, unrecorded: before.unrecorded - 1 });
    expect((await list('LEAD')).tally).toEqual(all);
    const back = { ...one, version: elsewhere.version + 1 };
    await commit(state, { at: MONDAY, writes: changedInspection(elsewhere, back), events: [] });
    expect((await list('GX-002')).tally).toEqual(before);
  });

  it('is exported whole as a file that spreadsheets open and run nothing of', async () => {
    await stored(7, { subject: { ...assignedInspection.subject, name: '=HYPERLINK("x")' } });
    const { status, headers, text } = await ask('GET /inspections.csv', 'HEAD');
    expect([status, headers['content-type'], headers['link']]).toEqual([
      200,
      'text/csv; charset=utf-8',
      undefined,
    ]);
    const file = Buffer.from(text, 'base64').toString('utf8');
    const lines = file.split('\r\n');
    expect(lines[0]).toBe(
      '\uFEFF检查编号,状态,后续处置状态,统一社会信用代码/注册号,企业名称,任务编号,任务名称,待办,截止日期,剩余工作日,检查日期,检查结果,检查人员,检查部门,管辖单位,录入员',
    );
    expect(lines[1]).toContain(`待接受,,91410381MA00000001,"'=HYPERLINK(""x"")",`);
    expect(lines[3]).toBe(
      `${idOf(4)},已公示,未完结 1/2,91410381MA00000004,示例企业4号,明抽〔2026〕3号,加油站抽查,,,,2026-02-26,发现问题经责令已改正,张三；李四,商务综合执法大队；节能监察中心,,张三`,
    );
    expect(lines.length).toBe(8);
    const narrowed = await ask('GET /inspections.csv', 'HEAD', { query: 'group=archived' });
    expect(Buffer.from(narrowed.text, 'base64').toString('utf8').split('\r\n').length).toBe(3);
  });
});

describe('an assignment of many', () => {
  const many = (person: string, body: object, key?: string) =>
    ask('POST /inspections/assign', person, {
      body: JSON.stringify({ unit: COMMERCE, inspectors: ['GX-003', 'GX-004'], reason: '调整分组', ...body }),
      ...(key === undefined ? {} : { headers: { 'Idempotency-Key': key } }),
    });
  const outcomesOf = ({ body }: { body: unknown }) =>
    BatchAnswer.parse(body).outcomes.map((one) =>
      one.outcome === 'done'
        ? `${Number(one.id.slice(2))} done ${one.version}`
        : `${one.id.slice(0, 1)} ${one.problem.type.replace('urn:mingchou:problem:', '')}`,
    );

  it('article 7(4): changes each that can be changed, and says of every other one why not', async () => {
    await stored(8, {});
    await stored(9, {});
    const answer = await many('HEAD', { ids: [idOf(8), idOf(2), 'X-none', idOf(9), idOf(8)] });
    expect(outcomesOf(answer)).toEqual(['8 done 2', 'I wrong-state', 'X not-found', '9 done 2']);
    expect(BatchAnswer.parse(answer.body)).toMatchObject({ done: 2, refused: 2 });
    const { team, left } = await loadInspection(state, idOf(8));
    expect(team.map(({ inspector }) => inspector)).toEqual(['GX-002', 'GX-003', 'GX-004']);
    expect(left).toMatchObject([{ inspector: 'GX-001', why: 'reassigned', reason: '调整分组', by: 'HEAD' }]);
  });

  it('is carried out once under its key, also when it broke off in between', async () => {
    await stored(10, {});
    await stored(11, {});
    const filter = { subject: '示例企业1', group: 'unrecorded', inspector: 'GX-001' };
    const { client } = store();
    let deaths = 0;
    let first = await many('HEAD', { ids: [] }, 'batch-0');
    for (let calls = 3; first.status !== 200; calls += 3) {
      const dying = dieAfter(client, calls);
      first = await many('HEAD', { filter }, 'batch-1');
      dying.remove();
      deaths += dying.died() ? 1 : 0;
    }
    expect(deaths).toBeGreaterThan(3);
    expect(outcomesOf(first)).toEqual(['11 done 2', '10 done 2', '1 done 2']);
    const again = await many('HEAD', { filter }, 'batch-1');
    expect(again.text).toBe(first.text);
    expect((await loadInspection(state, idOf(10))).version).toBe(2);
    expect(reasonIn(await many('HEAD', { ids: [idOf(10)] }, 'batch-1'))).toBe('409 idempotency-key-reused');
  });

  it('is of the head of the unit and of the lead section', async () => {
    expect(reasonIn(await many('GX-001', { ids: [idOf(8)] }))).toBe('403 role-forbidden');
    expect(outcomesOf(await many('OTHER', { ids: [idOf(8)] }))).toEqual(['I not-found']);
    expect(outcomesOf(await many('LEAD', { ids: [idOf(8)], unit: ENERGY }))).toEqual(['I team-invalid']);
    expect(reasonIn(await many('HEAD', { ids: [] }))).toBe('422 body-invalid');
    const tooMany = Array.from({ length: 101 }, (_, n) => idOf(n));
    expect(reasonIn(await many('HEAD', { ids: tooMany }))).toBe('422 body-invalid');
  });
});

describe('a draft of a record', () => {
  const save = (n: number, person: string, fields: object, match?: string) =>
    ask('PUT /inspections/{id}/draft', person, {
      params: { id: idOf(n) },
      body: JSON.stringify({ fields }),
      ...(match === undefined ? {} : { headers: { 'If-Match': match } }),
    });
  const read = async (n: number, person: string) => {
    const { body } = await ask('GET /inspections/{id}', person, { params: { id: idOf(n) } });
    return z.object({ draft: ShownDraft.optional() }).parse(body).draft;
  };

  it('article 7(6): is kept for whoever writes it, and shown to nobody else', async () => {
    await stored(12, { status: 'ended', endedAt });
    expect(await read(12, 'GX-001')).toBeUndefined();
    expect((await save(12, 'GX-001', { opinion: '无异' })).status).toBe(200);
    const second = await save(12, 'GX-001', { opinion: '无异议', 'finding.YS-001': '无' }, '"1"');
    expect([second.status, second.headers['etag']]).toEqual([200, '"2"']);
    const resent = await save(12, 'GX-001', { opinion: '无异议', 'finding.YS-001': '无' }, '"1"');
    expect([resent.status, resent.headers['etag']]).toEqual([200, '"2"']);
    expect(await read(12, 'GX-001')).toEqual({
      version: 2,
      at: MONDAY,
      fields: { opinion: '无异议', 'finding.YS-001': '无' },
    });
    expect(await read(12, 'GX-002')).toBeUndefined();
    expect(await read(12, 'HEAD')).toBeUndefined();
    expect(reasonIn(await save(12, 'GX-001', {}, '"1"'))).toBe('409 version-conflict');
  });

  it('is left behind by a record that is entered after it, by whomever', async () => {
    await stored(13, { status: 'ended', endedAt });
    await save(13, 'GX-001', { opinion: '无异议' });
    const entered = await ask('POST /inspections/{id}/record', 'GX-002', {
      params: { id: idOf(13) },
      body: JSON.stringify(cleanRecord),
    });
    expect(entered.status).toBe(200);
    expect(await read(13, 'GX-001')).toBeUndefined();
    expect((await save(13, 'GX-001', { opinion: '有异议' })).status).toBe(200);
    expect(await read(13, 'GX-001')).toMatchObject({ version: 2, fields: { opinion: '有异议' } });
  });

  it('is of the team alone, while the record is open, and no longer than a form is', async () => {
    expect(reasonIn(await save(2, 'OTHER', {}))).toBe('404 not-found');
    expect(reasonIn(await save(2, 'GX-009', {}))).toBe('404 not-found');
    expect(reasonIn(await save(2, 'HEAD', {}))).toBe('403 not-on-team');
    expect(reasonIn(await save(1, 'GX-002', {}))).toBe('409 wrong-state');
    expect(reasonIn(await save(4, 'GX-001', {}))).toBe('409 wrong-state');
    expect(reasonIn(await save(2, 'GX-001', { opinion: 1 }))).toBe('422 body-invalid');
    expect(reasonIn(await save(2, 'GX-001', { opinion: '字'.repeat(22_000) }))).toBe('413 body-too-large');
  });
});
