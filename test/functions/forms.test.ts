import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { deadlineId, startDeadline } from '#domain/deadline/deadline.ts';
import { countedByDefault } from '#domain/deadline/rules.ts';
import { Inspection } from '#domain/inspection/inspection.ts';
import { Inspector } from '#domain/inspector/inspector.ts';
import { Person, type PersonRole } from '#domain/person/person.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { commit } from '#store/commit.ts';
import { createdDeadline } from '#store/deadlines.ts';
import { createdInspection } from '#store/inspections.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import type { StateTable } from '#store/store.ts';
import { ProblemDocument } from '#web/problem.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { codeOf, storeDrawn } from '../support/draws.ts';
import { assignedInspection, at, cleanRecord, MONDAY, sampleInspector } from '../support/samples.ts';

let state: StateTable;
let call: (event: unknown) => Promise<unknown>;

const DRAW = 'D-summary';
const person = (staffNo: string, role: PersonRole, unit: string) =>
  Person.parse({ staffNo, name: staffNo, role, unit });
const idOf = (n: number) => `I-${String(n).padStart(24, '0')}`;
const inspectionOf = (n: number, change: Partial<Inspection> = {}): Inspection => ({
  ...assignedInspection,
  id: idOf(n),
  draws: [{ id: DRAW, planNumber: '明抽〔2026〕3号', how: 'drawn' }],
  subject: { ...assignedInspection.subject, id: `S${String(n).padStart(6, '0')}`, name: `示例企业${n}` },
  ...change,
});
const SummaryOf = z.object({
  inspections: z.int(),
  unit: z.string().optional(),
  next: z.string().optional(),
  counts: z.record(z.string(), z.int()),
  rows: z.array(z.looseObject({ subjectId: z.string() })),
});

const MANY = 5;

beforeAll(async () => {
  ({ state } = await openDatabase());
  Object.assign(process.env, { ADMINISTRATORS: 'ADMIN' });
  call = await handlerOf('forms');
  const phone = Inspector.shape.phone.parse('0379-67712345');
  await putPages(state, [
    ...libraryItems('people', [
      person('LEAD', 'lead-section', '牵头科室'),
      person('SUPERVISOR', 'supervisor', '督查室'),
      person('HEAD', 'unit', '商务综合执法大队'),
      person('OTHER', 'unit', '市容大队'),
      person('GX-001', 'inspector', '商务综合执法大队'),
    ]),
    ...libraryItems('inspectors', [sampleInspector('GX-001', '商务综合执法大队', { phone })]),
  ]);
  await storeDrawn(state, DRAW, {
    selected: [codeOf(1)],
    change: { status: 'dispatched', inspections: MANY, title: '<加油站>投诉抽查' },
  });
  const record = {
    ...cleanRecord,
    contact: { name: '王五', phone: '13800001234' },
    findings: cleanRecord.findings.map((one) => ({ ...one, finding: '<script>alert(1)</script>' })),
  };
  const recorded = { status: 'recorded' as const, endedAt: at('2026-02-27T08:00:00.000Z'), record };
  const elsewhere = {
    items: assignedInspection.items.map((item) => ({ ...item, unit: '市容大队' })),
    team: assignedInspection.team.map((member) => ({ ...member, unit: '市容大队' })),
  };
  const accepted = inspectionOf(2, { status: 'accepted' });
  await commit(state, {
    at: MONDAY,
    writes: [
      ...createdInspection(inspectionOf(1, recorded)),
      ...createdInspection(accepted),
      createdDeadline(
        startDeadline(countedByDefault(stateCouncilCalendar()), {
          id: deadlineId('finish', accepted.id),
          kind: 'finish',
          of: { kind: 'inspection', id: accepted.id },
          correlation: accepted.correlation,
          startedAt: MONDAY,
        }),
      ),
    ],
    events: [],
  });
  for (const n of [3, 4, 5]) {
    const writes = createdInspection(inspectionOf(n, n === 3 ? elsewhere : {}));
    await commit(state, { at: MONDAY, writes, events: [] });
  }
});

async function ask(route: string, id: string, by: string, { accept = 'application/json', query = '' } = {}) {
  const answer = answerOf(
    await call(gatewayEvent({ route, params: { id }, headers: { Accept: accept }, query, person: by })),
  );
  return { ...answer, json: (): unknown => JSON.parse(answer.body) };
}
const FORM = 'GET /inspections/{id}/form';
const NOTICE = 'GET /inspections/{id}/notice';
const SUMMARY = 'GET /draws/{id}/summary';
const reasonOf = (body: unknown) => ProblemDocument.parse(body).type.replace('urn:mingchou:problem:', '');

describe('the registration form of an inspection', () => {
  it('article 7(3): is a page that needs nothing else, with everything in it escaped, and JSON by Accept', async () => {
    const page = await ask(FORM, idOf(1), 'GX-001', { accept: 'text/html' });
    expect([page.statusCode, page.headers['content-type'], page.headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-store',
    ]);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.body).toContain('&lt;script>alert(1)&lt;/script>');
    expect(page.body).not.toContain('<script');
    expect(page.body).toContain('执法证号 16030001');
    const form = (await ask(FORM, idOf(1), 'GX-001')).json();
    expect(form).toMatchObject({
      tasks: [{ draw: DRAW, title: '<加油站>投诉抽查' }],
      result: { contact: { name: '王五', phone: '13800001234' }, inspectedOn: '2026-02-27' },
    });
  });

  it('is empty before the visit, with boxes to tick by hand', async () => {
    const { body } = await ask(FORM, idOf(2), 'HEAD', { accept: 'text/html' });
    expect(body).toContain('□未发现问题');
    expect(body).not.toContain('■');
  });

  it('shows the phone of whoever received the team to those who act alone', async () => {
    const { body } = await ask(FORM, idOf(1), 'SUPERVISOR', { accept: 'text/html' });
    expect(body).toContain('****34');
    expect(body).not.toContain('13800001234');
  });

  it.each([FORM, NOTICE])('%s is not for another unit', async (route) => {
    const answer = await ask(route, idOf(1), 'OTHER');
    expect([answer.statusCode, reasonOf(answer.json())]).toEqual([404, 'not-found']);
  });
});

describe('the notice of an inspection', () => {
  it('article 10: names the inspectors with their certificates, the time and whom to call', async () => {
    const notice = (await ask(NOTICE, idOf(2), 'GX-001')).json();
    expect(notice).toMatchObject({
      how: 'drawn',
      team: [{ certificate: '16030001' }, { certificate: '16030002' }],
      contacts: [
        { unit: '商务综合执法大队', name: '张三', phone: '0379-67712345' },
        { unit: '节能监察中心', name: '李四' },
      ],
      period: { from: '2026-03-02', through: '2026-03-30', provisional: false },
      issuedOn: '2026-03-02',
    });
    const page = await ask(NOTICE, idOf(2), 'GX-001', { accept: 'text/html' });
    expect(page.body).toContain('自 2026-03-02 起至 2026-03-30 止');
    expect((await ask(NOTICE, idOf(2), 'SUPERVISOR', { accept: 'text/html' })).body).not.toContain(
      '67712345',
    );
  });
});

describe('article 1: the basis', () => {
  it('stands on the notice: the regulation by which the enterprise is checked, and the law of each item', async () => {
    const { body } = await ask(NOTICE, idOf(2), 'GX-001', { accept: 'text/html' });
    expect(body).toContain('依据《触发式“双随机、一公开”监管工作细则》');
    expect(body).toContain('成品油市场管理办法');
    expect(body).toContain('计量法');
  });
});

describe('the summary of a draw', () => {
  const rowsOf = (page: unknown) => SummaryOf.parse(page).rows.map(({ subjectId }) => subjectId);

  it('lists every inspection once, a page at a time', async () => {
    const first = SummaryOf.parse((await ask(SUMMARY, DRAW, 'LEAD', { query: 'limit=3' })).json());
    expect([first.inspections, first.rows.length, first.next]).toEqual([5, 3, `S000003_${idOf(3)}`]);
    expect(first.rows.slice(0, 2)).toMatchObject([
      { statusText: '待公示', results: [{ code: 1 }], inspectedOn: '2026-02-27' },
      { statusText: '待检查', due: { date: '2026-03-30', overdue: false } },
    ]);
    expect(first.counts).toEqual({ all: 3, notEntered: 2, toPublish: 1, published: 0, overdue: 0 });
    const second = await ask(SUMMARY, DRAW, 'LEAD', { query: `limit=3&after=${first.next ?? ''}` });
    expect(rowsOf(second.json())).toEqual(['S000004', 'S000005']);
    expect(SummaryOf.parse(second.json()).next).toBeUndefined();
  });

  it('is a page across A4 that leads to the next one', async () => {
    const { body } = await ask(SUMMARY, DRAW, 'LEAD', { accept: 'text/html', query: 'limit=3' });
    expect(body).toContain('&lt;加油站>投诉抽查');
    expect(body).toContain(`/draws/${DRAW}/summary?after=S000003_${idOf(3)}`);
  });

  it('article 7(3): shows the head of a unit what is their unit’s to do', async () => {
    expect(rowsOf((await ask(SUMMARY, DRAW, 'OTHER')).json())).toEqual(['S000003']);
    const head = SummaryOf.parse((await ask(SUMMARY, DRAW, 'HEAD')).json());
    expect([head.unit, head.rows.length]).toEqual(['商务综合执法大队', 4]);
  });

  it.each([
    ['an inspector', 'GX-001', '', 403, 'role-forbidden'],
    ['a page of 501', 'LEAD', 'limit=501', 400, 'query-invalid'],
    ['a position of no list', 'LEAD', 'after=%3Cx%3E', 400, 'query-invalid'],
  ])('is refused for %s', async (_, by, query, status, reason) => {
    const answer = await ask(SUMMARY, DRAW, by, { query });
    expect([answer.statusCode, reasonOf(answer.json())]).toEqual([status, reason]);
  });
});
