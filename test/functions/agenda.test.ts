import ICAL from 'ical.js';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  deadlineId,
  meetDeadline,
  startDeadline,
  type CountedKind,
  type Deadline,
} from '#domain/deadline/deadline.ts';
import { countedByDefault } from '#domain/deadline/rules.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { Person } from '#domain/person/person.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { commit } from '#store/commit.ts';
import { createdDeadline, loadDeadline, updatedDeadline } from '#store/deadlines.ts';
import { historyOf } from '#store/history.ts';
import { createdInspection } from '#store/inspections.ts';
import { libraryItems } from '#store/libraries.ts';
import { messagesOf } from '#store/messages.ts';
import { putPages } from '#store/pages.ts';
import type { StateTable } from '#store/store.ts';
import { answerOf, busEvent, gatewayEvent, handlerOf, scheduledEvent } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { assignedInspection, at } from '../support/samples.ts';

const [COMMERCE, ENERGY] = ['商务综合执法大队', '节能监察中心'];
const STARTED = at('2026-02-27T02:00:00.000Z');
const calendar = countedByDefault(stateCouncilCalendar());

let state: StateTable;
let agenda: (event: unknown) => Promise<unknown>;
let notify: (event: unknown) => Promise<unknown>;
let sweep: (event: unknown) => Promise<unknown>;

/** A joint visit by GX-001 of one unit and GX-002 of the other (`assignedInspection`), so many working days before 2 March 2026. */
async function visit(id: string, kind: CountedKind, startedAt = STARTED): Promise<Deadline> {
  const inspection: Inspection = {
    ...assignedInspection,
    id,
    subject: { ...assignedInspection.subject, name: `企业${id}` },
  };
  const deadline = startDeadline(calendar, {
    id: deadlineId(kind, id),
    kind,
    of: { kind: 'inspection', id },
    correlation: `T-${id}`,
    units: [COMMERCE, ENERGY],
    startedAt,
  });
  const writes = [...createdInspection(inspection), createdDeadline(deadline)];
  await commit(state, { at: startedAt, writes, events: [] });
  return deadline;
}

beforeAll(async () => {
  ({ state } = await openDatabase());
  Object.assign(process.env, { ADMINISTRATORS: 'HP9007' });
  [agenda, notify, sweep] = [
    await handlerOf('agenda'),
    await handlerOf('notify'),
    await handlerOf('deadlines'),
  ];
  const people = [
    { staffNo: 'QT0001', name: '牵头一', role: 'lead-section', unit: '监管科' },
    { staffNo: 'QT0002', name: '牵头二', role: 'lead-section', unit: '监管科' },
    { staffNo: 'DW0001', name: '单位一', role: 'unit', unit: COMMERCE },
    { staffNo: 'DW0002', name: '单位二', role: 'unit', unit: '第三大队' },
    { staffNo: 'GX-001', name: '检查一', role: 'inspector', unit: COMMERCE },
    { staffNo: 'GX-009', name: '检查九', role: 'inspector', unit: COMMERCE },
    { staffNo: 'DC0001', name: '督查一', role: 'supervisor', unit: '督查室' },
    { staffNo: 'YW0001', name: '业务一', role: 'business-section', unit: '业务科' },
  ].map((one) => Person.parse(one));
  await putPages(state, libraryItems('people', people));
  await visit('I-finish', 'finish');
  await visit('I-publish', 'publish');
  await visit('I-late', 'accept', at('2026-02-12T02:00:00.000Z'));
  const done = await visit('I-done', 'accept');
  const writes = [updatedDeadline(meetDeadline(done, at('2026-02-28T02:00:00.000Z')))];
  await commit(state, { at: STARTED, writes, events: [] });
  const triage = startDeadline(calendar, {
    id: deadlineId('triage', 'T-1'),
    kind: 'triage',
    of: { kind: 'trigger', id: 'T-1' },
    correlation: 'T-1',
    startedAt: STARTED,
  });
  await commit(state, { at: STARTED, writes: [createdDeadline(triage)], events: [] });
});

const Body = z.record(z.string(), z.unknown());
const send = async (
  route: string,
  person: string | undefined,
  more: Omit<Parameters<typeof gatewayEvent>[0], 'route' | 'person'> = {},
) => {
  const answer = answerOf(
    await agenda(gatewayEvent({ route, ...(person === undefined ? {} : { person }), ...more })),
  );
  const isJson = (answer.headers['content-type'] ?? '').includes('json');
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text: answer.body,
    body: isJson ? Body.parse(JSON.parse(answer.body)) : {},
  };
};
const Listed = z.object({
  deadlines: z.array(z.looseObject({ id: z.string(), about: z.string().optional() })),
});
const listOf = async (person: string, query = '') => {
  const { status, body } = await send('GET /deadlines', person, { query });
  expect(status).toBe(200);
  return Listed.parse(body).deadlines;
};
const change = (what: string, person: string, id: string, body: unknown) =>
  send(`POST /deadlines/{id}/${what}`, person, { params: { id }, body: JSON.stringify(body) });
const reasonOf = ({ status, body }: { status: number; body: Record<string, unknown> }) => [
  status,
  String(body['type']).replace('urn:mingchou:problem:', ''),
];

describe('the list of deadlines', () => {
  it('of an inspector are those of the visits on hand, the earliest first, and none that is met', async () => {
    const own = await listOf('GX-001');
    expect(
      own.map(({ about, kind, due, remaining, overdue }) => [about, kind, due, remaining, overdue]),
    ).toEqual([
      ['企业I-late', 'accept', '2026-02-14', -6, true],
      ['企业I-publish', 'publish', '2026-03-26', 18, false],
      ['企业I-finish', 'finish', '2026-03-26', 18, false],
    ]);
    expect(await listOf('GX-009')).toEqual([]);
  });

  it('of a unit are those that it answers for, another unit’s visits with it among them', async () => {
    expect((await listOf('DW0001', 'kind=finish')).map(({ about }) => about)).toEqual(['企业I-finish']);
    expect(await listOf('DW0002')).toEqual([]);
  });

  it('of those who watch all of them have the lead section’s own too, and can be asked by unit and state', async () => {
    expect((await listOf('DC0001')).length).toBe(4);
    expect((await listOf('QT0001', 'unit=-')).map(({ kind }) => kind)).toEqual(['triage']);
    const unit = encodeURIComponent(ENERGY ?? '');
    expect((await listOf('QT0001', `unit=${unit}&state=overdue`)).map(({ about }) => about)).toEqual([
      '企业I-late',
    ]);
  });

  it('is refused to a business section, and for a filter that there is not', async () => {
    expect(reasonOf(await send('GET /deadlines', 'YW0001'))).toEqual([403, 'role-forbidden']);
    expect(reasonOf(await send('GET /deadlines', 'QT0001', { query: 'state=late' }))).toEqual([
      400,
      'query-invalid',
    ]);
  });
});

describe('a longer day', () => {
  const id = deadlineId('finish', 'I-finish');
  const mayOf = async (person: string) =>
    (await send('GET /deadlines/{id}', person, { params: { id } })).body['may'];
  const inboxOf = async (person: string) =>
    (await messagesOf(state, person, 10)).items.map(({ zh }) => zh.subject);
  const deliver = async () => {
    for (const event of await historyOf(state, 'deadline', id)) await notify(busEvent(event));
  };

  it('article 14: is not to be had for the statutory deadline, from nobody', async () => {
    const publish = deadlineId('publish', 'I-publish');
    for (const person of ['GX-001', 'DW0001', 'QT0001']) {
      const refused = await change('extend', person, publish, { workingDays: 5, reason: '材料多' });
      expect(reasonOf(refused)).toEqual([409, 'statutory-deadline']);
      expect(refused.body['detail']).toContain('第十四条');
      expect(reasonOf(await change('pause', person, publish, { reason: '停产' }))).toEqual([
        409,
        'statutory-deadline',
      ]);
    }
    expect(await loadDeadline(state, publish)).toMatchObject({ version: 1, due: '2026-03-26' });
  });

  it('is asked for by those who keep it, and by nobody else', async () => {
    const asked = { workingDays: 3, reason: '企业停产检修' };
    expect(reasonOf(await change('extend', 'DW0002', id, asked))).toEqual([404, 'not-found']);
    expect(reasonOf(await change('extend', 'GX-009', id, asked))).toEqual([404, 'not-found']);
    expect(reasonOf(await change('extend', 'DC0001', id, asked))).toEqual([403, 'role-forbidden']);
    expect(await mayOf('DC0001')).toEqual([]);
    expect(await mayOf('GX-001')).toEqual(['extend', 'pause']);
    expect(reasonOf(await change('extend', 'QT0001', id, { workingDays: 61, reason: '' }))).toEqual([
      422,
      'body-invalid',
    ]);
    expect(await change('extend', 'QT0001', id, asked)).toMatchObject({
      status: 200,
      body: { due: '2026-03-26', request: { what: 'extend', workingDays: 3, by: 'QT0001' } },
    });
    expect(reasonOf(await change('pause', 'GX-001', id, { reason: '停产' }))).toEqual([
      409,
      'request-pending',
    ]);
  });

  it('is granted by somebody of the lead section who did not ask', async () => {
    expect(await mayOf('QT0001')).toEqual(['refuse']);
    expect(await mayOf('QT0002')).toEqual(['approve', 'refuse']);
    expect(reasonOf(await change('approve', 'QT0001', id, {}))).toEqual([403, 'own-request']);
    expect(reasonOf(await change('approve', 'DW0001', id, {}))).toEqual([403, 'role-forbidden']);
    expect((await change('approve', 'QT0002', id, {})).body).toMatchObject({
      due: '2026-03-31',
      status: 'open',
    });
    expect((await loadDeadline(state, id)).count).toEqual({ from: '2026-02-27', workingDays: 23 });
  });

  it('or paused, its days are not counted, and everybody concerned hears of each step', async () => {
    expect((await change('pause', 'GX-001', id, { reason: '停产' })).status).toBe(200);
    expect(reasonOf(await change('refuse', 'DW0001', id, { reason: '否' }))).toEqual([403, 'role-forbidden']);
    expect((await change('approve', 'QT0001', id, {})).body).toMatchObject({
      status: 'paused',
      pausedOn: '2026-03-02',
    });
    expect((await listOf('DW0001', 'state=paused')).map(({ remaining }) => remaining)).toEqual([21]);
    expect((await listOf('DC0001', 'state=paused')).length).toBe(1);
    expect((await change('resume', 'DW0001', id, { reason: '复产' })).body).toMatchObject({
      status: 'open',
      due: '2026-03-31',
    });
    expect((await change('extend', 'DW0001', id, { workingDays: 9, reason: '再延' })).status).toBe(200);
    expect((await change('refuse', 'QT0001', id, { reason: '理由不充分' })).body).toMatchObject({
      due: '2026-03-31',
    });
    const told = await historyOf(state, 'deadline', id);
    expect(told.map(({ type, actor }) => [type, actor.id])).toEqual([
      ['deadline.requested', 'QT0001'],
      ['deadline.granted', 'QT0002'],
      ['deadline.requested', 'GX-001'],
      ['deadline.granted', 'QT0001'],
      ['deadline.resumed', 'DW0001'],
      ['deadline.requested', 'DW0001'],
      ['deadline.request-refused', 'QT0001'],
    ]);
    await deliver();
    expect((await inboxOf('GX-001')).toSorted()).toEqual(
      ['已批准中止计算：完成检查', '已批准延期 3 个工作日：完成检查', '期限恢复计算：完成检查'].toSorted(),
    );
    // Whoever asked is not asked to approve.
    expect((await inboxOf('QT0001')).filter((subject) => subject.startsWith('期限申请待批准')).length).toBe(
      2,
    );
    expect((await inboxOf('QT0002')).filter((subject) => subject.startsWith('期限申请待批准')).length).toBe(
      3,
    );
    expect((await inboxOf('DW0001')).filter((subject) => subject.startsWith('不予延期'))).toEqual([
      '不予延期：完成检查',
    ]);
  });

  it('that is asked for twice under one key is asked for once', async () => {
    const again = () =>
      send('POST /deadlines/{id}/extend', 'DW0001', {
        params: { id },
        headers: { 'Idempotency-Key': 'once' },
        body: JSON.stringify({ workingDays: 1, reason: '再延' }),
      });
    const [first, second] = [await again(), await again()];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toEqual(first.body);
    expect((await change('refuse', 'QT0002', id, { reason: '否' })).status).toBe(200);
  });
});

describe('a calendar link', () => {
  const made = async (person: string) => {
    const { status, body } = await send('POST /me/calendar-link', person);
    expect(status).toBe(201);
    return z.string().parse(body['path']).replace('/public/calendars/', '');
  };
  const read = (token: string, headers = {}) =>
    send('GET /public/calendars/{token}', undefined, { params: { token }, headers });
  const entriesOf = (text: string) =>
    ICAL.Component.fromString(text)
      .getAllSubcomponents('vevent')
      .map((event) => [
        String(event.getFirstPropertyValue('dtstart')),
        String(event.getFirstPropertyValue('summary')),
      ]);

  it('shows its owner’s open deadlines to whoever has it, without signing in', async () => {
    const answer = await read(await made('GX-001'));
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(entriesOf(answer.text)).toEqual([
      ['2026-02-14', '接受检查任务：企业I-late Accept the inspection'],
      ['2026-03-26', '公示检查结果（法定期限）：企业I-publish Publish the result (statutory)'],
      ['2026-03-31', '完成检查：企业I-finish Finish the inspection'],
    ]);
    expect(answer.text).toContain(`UID:${deadlineId('publish', 'I-publish')}@mingchou`);
  });

  it('is not sent again while nothing changes', async () => {
    const token = await made('DW0001');
    const { headers } = await read(token);
    const again = await read(token, { 'If-None-Match': headers['etag'] ?? '' });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it('of a supervisor has what is overdue, and of the lead section what it answers for itself', async () => {
    expect(entriesOf((await read(await made('DC0001'))).text).map(([day]) => day)).toEqual(['2026-02-14']);
    expect(entriesOf((await read(await made('QT0001'))).text)).toEqual([
      // Saturday 28 February is worked.
      ['2026-03-02', '研判触发信息：T-1 Triage a trigger'],
    ]);
  });

  it('is worthless once another was made, or it was taken back, and so is any that was guessed', async () => {
    const first = await made('GX-001');
    const second = await made('GX-001');
    expect(second).not.toBe(first);
    expect(reasonOf(await read(first))).toEqual([404, 'not-found']);
    expect((await read(second)).status).toBe(200);
    expect(reasonOf(await read(`${second.slice(0, -8)}AAAA.ics`))).toEqual([404, 'not-found']);
    expect(reasonOf(await read('x'))).toEqual([404, 'not-found']);
    expect((await send('DELETE /me/calendar-link', 'GX-001')).status).toBe(204);
    expect(reasonOf(await read(second))).toEqual([404, 'not-found']);
  });
});

describe('the figures', () => {
  const Rows = z.object({
    deadlines: z.array(
      z.object({
        month: z.string(),
        unit: z.string(),
        kind: z.string(),
        onTime: z.int(),
        late: z.int(),
        open: z.int(),
      }),
    ),
  });
  const rowsOf = async (person: string, query: string) => {
    const { body } = await send('GET /figures/deadlines', person, { query });
    return Rows.parse(body).deadlines.map(({ month, unit, kind, onTime, late, open }) => [
      month,
      unit,
      kind,
      onTime,
      late,
      open,
    ]);
  };

  it('count an overdue deadline as late from the first sweep past its day, once', async () => {
    expect(await rowsOf('DW0001', 'from=2026-02&to=2026-02')).toEqual([
      ['2026-02', COMMERCE, 'accept', 0, 0, 1],
    ]);
    const morning = scheduledEvent('2026-03-02T00:30:00.000Z');
    await Promise.all([sweep(morning), sweep(morning)]);
    await sweep(scheduledEvent('2026-03-03T00:30:00.000Z'));
    const late = deadlineId('accept', 'I-late');
    const writes = [
      updatedDeadline(meetDeadline(await loadDeadline(state, late), at('2026-03-03T02:00:00.000Z'))),
    ];
    await commit(state, { at: STARTED, writes, events: [] });
    expect(await rowsOf('DW0001', 'from=2026-02&to=2026-03')).toEqual([
      ['2026-02', COMMERCE, 'accept', 0, 1, 0],
      ['2026-03', COMMERCE, 'accept', 1, 0, 0],
      ['2026-03', COMMERCE, 'finish', 0, 0, 1],
      ['2026-03', COMMERCE, 'publish', 0, 0, 1],
    ]);
  });

  it('are of all units for those who watch them, a joint visit’s in each of its units', async () => {
    const rows = await rowsOf('DC0001', 'from=2026-03&to=2026-03');
    expect(rows.map(([, unit, kind]) => [unit, kind])).toEqual([
      ['-', 'triage'],
      [COMMERCE, 'accept'],
      [COMMERCE, 'finish'],
      [COMMERCE, 'publish'],
      [ENERGY, 'accept'],
      [ENERGY, 'finish'],
      [ENERGY, 'publish'],
    ]);
  });

  it('can be opened in a spreadsheet', async () => {
    const { headers, text } = await send('GET /figures/deadlines', 'QT0001', {
      query: 'from=2026-02&to=2026-02&format=csv',
    });
    expect(headers['content-disposition']).toBe('attachment; filename="deadlines-2026-02-2026-02.csv"');
    expect(Buffer.from(text, 'base64').toString()).toBe(
      `\uFEFF月份,承担单位,期限,按期,逾期,未到期\r\n2026-02,${COMMERCE},接受检查任务,0,1,0\r\n2026-02,${ENERGY},接受检查任务,0,1,0\r\n`,
    );
  });

  it.each(['from=2026-13', 'from=2026-04&to=2026-03', 'from=2020-01&to=2026-03'])(
    'are refused for %s',
    async (query) => {
      expect(reasonOf(await send('GET /figures/deadlines', 'QT0001', { query }))).toEqual([
        400,
        'query-invalid',
      ]);
    },
  );

  it('are not an inspector’s to read', async () => {
    expect(reasonOf(await send('GET /figures/deadlines', 'GX-001'))).toEqual([403, 'role-forbidden']);
  });
});
