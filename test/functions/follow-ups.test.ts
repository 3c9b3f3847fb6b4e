import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import { deadlineId } from '#domain/deadline/deadline.ts';
import { followUpId } from '#domain/follow-up/follow-up.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { Person, type PersonRole } from '#domain/person/person.ts';
import { recipientsOfReminder } from '#functions/notify/recipients.ts';
import { commit } from '#store/commit.ts';
import { loadDeadline } from '#store/deadlines.ts';
import { docketOf } from '#store/follow-ups.ts';
import { historyOf } from '#store/history.ts';
import { createdInspection, loadInspection } from '#store/inspections.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import type { StateTable } from '#store/store.ts';
import { ProblemDocument } from '#web/problem.ts';
import { answerOf, busEvent, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { assignedInspection, at, cleanRecord, MONDAY } from '../support/samples.ts';

const OWN = '商务综合执法大队';
const THERE = '节能监察中心';
let state: StateTable;
let call: (event: unknown) => Promise<unknown>;
let closing: (event: unknown) => Promise<unknown>;

const person = (staffNo: string, role: PersonRole, unit: string) =>
  Person.parse({ staffNo, name: staffNo, role, unit });
const idOf = (n: number) => `I-${String(n).padStart(24, '0')}`;

beforeAll(async () => {
  ({ state } = await openDatabase());
  Object.assign(process.env, { ADMINISTRATORS: 'ADMIN' });
  call = await handlerOf('follow-ups');
  closing = await handlerOf('closing');
  await putPages(state, [
    ...libraryItems('people', [
      person('LEAD', 'lead-section', '牵头科室'),
      person('HEAD', 'unit', OWN),
      person('HEAD-2', 'unit', THERE),
      person('OTHER', 'unit', '市容大队'),
      person('GX-001', 'inspector', OWN),
      person('GX-002', 'inspector', THERE),
      person('GX-009', 'inspector', OWN),
    ]),
  ]);
});

/** Stores an inspection in a state, with what its record says follows. */
async function inspection(
  n: number,
  status: Inspection['status'],
  record: Partial<NonNullable<Inspection['record']>> = {},
): Promise<Inspection> {
  const made: Inspection = {
    ...assignedInspection,
    id: idOf(n),
    version: 7,
    status,
    record: { ...cleanRecord, ...record },
    publishedAt: at('2026-02-26T02:00:00.000Z'),
  };
  await commit(state, { at: MONDAY, writes: createdInspection(made), events: [] });
  return made;
}

function publishedEvent({ id, correlation }: Inspection): MingchouEvent {
  return newEvent('inspection.published', {
    time: MONDAY,
    about: { kind: 'inspection', id, version: 7 },
    correlation,
    causation: id,
    actor: { kind: 'person', id: 'GX-001' },
    data: { onTime: true, publicationHash: 'a'.repeat(64) },
  });
}

/** The last event of a record, as the bus gives it. */
async function lastOf(kind: 'follow-up' | 'handover', id: string): Promise<MingchouEvent> {
  const last = (await historyOf(state, kind, id)).at(-1);
  if (last === undefined) throw new Error(`${id} has no history`);
  return last;
}

/** The gateway's clock says Monday 2 March 2026, 09:30 in Shanghai. */
async function ask(
  by: string,
  route: string,
  id = '',
  body?: unknown,
  more: { query?: string; key?: string } = {},
) {
  return answerOf(
    await call(
      gatewayEvent({
        route,
        params: { id },
        person: by,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(more.query === undefined ? {} : { query: more.query }),
        ...(more.key === undefined ? {} : { headers: { 'Idempotency-Key': more.key } }),
      }),
    ),
  );
}
const reasonOf = ({ body }: { readonly body: string }) =>
  ProblemDocument.parse(JSON.parse(body)).type.replace('urn:mingchou:problem:', '');
const View = z.looseObject({ id: z.string(), status: z.string() });
const viewOf = ({ body }: { readonly body: string }) => View.parse(JSON.parse(body));
const statusOf = async (n: number) => (await loadInspection(state, idOf(n))).status;

const clue = {
  clue: '未取得许可的储罐',
  field: '危险化学品安全管理条例',
  receiver: { kind: 'unit', unit: THERE },
};
const RAISE = 'POST /inspections/{id}/handovers';

describe('article 15: what follows from a published result', () => {
  it('is nothing where nothing has to follow: the inspection is closed by the publication itself', async () => {
    const clean = await inspection(1, 'published');
    await closing(busEvent(publishedEvent(clean)));
    await closing(busEvent(publishedEvent(clean)));
    expect(await loadInspection(state, clean.id)).toMatchObject({
      status: 'closed',
      version: 8,
      closedAt: MONDAY,
    });
    expect((await historyOf(state, 'inspection', clean.id)).map(({ type }) => type)).toEqual([
      'inspection.closed',
    ]);
  });

  it('is a case of each kind for the unit that found it, due by default, and closes the inspection with the last one', async () => {
    const found = await inspection(2, 'published', { results: [3, 6], followUps: ['rectification'] });
    await closing(busEvent(publishedEvent(found)));
    expect(await statusOf(2)).toBe('published');
    const order = followUpId(found.id, 'rectification');
    const listing = followUpId(found.id, 'abnormal-list');
    expect(viewOf(await ask('HEAD', 'GET /follow-ups/{id}', order))).toMatchObject({
      unit: OWN,
      due: '2026-03-30',
    });
    expect(viewOf(await ask('LEAD', 'GET /follow-ups/{id}', listing))).toMatchObject({ due: '2026-03-16' });
    expect(await loadDeadline(state, deadlineId('follow-up', order))).toMatchObject({
      due: '2026-03-30',
      status: 'open',
    });

    expect(reasonOf(await ask('OTHER', 'GET /follow-ups/{id}', order))).toBe('not-found');
    expect(reasonOf(await ask('LEAD', 'POST /follow-ups/{id}/notes', order, { text: '看看' }))).toBe(
      'role-forbidden',
    );
    const due = await ask('GX-001', 'POST /follow-ups/{id}/due', order, {
      due: '2026-03-09',
      reason: '整改量小',
    });
    expect(viewOf(due)).toMatchObject({ due: '2026-03-09', dueSet: { by: 'GX-001', reason: '整改量小' } });
    expect(await loadDeadline(state, deadlineId('follow-up', order))).toMatchObject({
      due: '2026-03-09',
      version: 2,
    });

    const paper = { document: 'rectification-order', number: '责改〔2026〕1号', on: '2026-03-02' };
    expect((await ask('HEAD', 'POST /follow-ups/{id}/documents', order, paper)).statusCode).toBe(200);
    const rectified = { outcome: 'rectified', text: '复查合格' };
    const once = await ask('HEAD', 'POST /follow-ups/{id}/close', order, rectified, { key: 'k-1' });
    expect(await ask('HEAD', 'POST /follow-ups/{id}/close', order, rectified, { key: 'k-1' })).toEqual(once);
    expect(viewOf(once).status).toBe('closed');
    expect(await loadDeadline(state, deadlineId('follow-up', order))).toMatchObject({ status: 'met' });
    await closing(busEvent(await lastOf('follow-up', order)));
    expect(await statusOf(2)).toBe('published');

    const listed = { outcome: 'listed', text: '已作出决定' };
    expect(reasonOf(await ask('HEAD', 'POST /follow-ups/{id}/close', listing, listed))).toBe(
      'document-missing',
    );
    const decision = { document: 'listing-decision', number: '列异〔2026〕3号', on: '2026-03-02' };
    await ask('HEAD', 'POST /follow-ups/{id}/documents', listing, decision);
    await ask('HEAD', 'POST /follow-ups/{id}/close', listing, listed);
    const last = await lastOf('follow-up', listing);
    await closing(busEvent(last));
    await closing(busEvent(last));
    expect(await loadInspection(state, found.id)).toMatchObject({ status: 'closed', version: 8 });
  });

  it('can be handed to the unit that is responsible, which accepts or declines it', async () => {
    const found = await inspection(3, 'published', { results: [3], followUps: ['other'] });
    await closing(busEvent(publishedEvent(found)));
    const id = followUpId(found.id, 'other');
    const to = (unit: string) =>
      ask('HEAD', 'POST /follow-ups/{id}/offer', id, { to: unit, reason: '属其管辖' });
    expect(reasonOf(await to('没有的单位'))).toBe('body-invalid');
    expect(reasonOf(await ask('HEAD-2', 'POST /follow-ups/{id}/accept', id))).toBe('not-found');
    expect(viewOf(await to(THERE)).status).toBe('offered');
    expect(reasonOf(await ask('HEAD', 'POST /follow-ups/{id}/accept', id))).toBe('role-forbidden');
    await ask('HEAD-2', 'POST /follow-ups/{id}/decline', id, { reason: '不属本单位' });
    await to(THERE);
    const taken = await ask('HEAD-2', 'POST /follow-ups/{id}/accept', id);
    expect(viewOf(taken)).toMatchObject({ status: 'open', unit: THERE, moves: [{ from: OWN, to: THERE }] });
    expect(
      reasonOf(await ask('HEAD', 'POST /follow-ups/{id}/close', id, { outcome: 'other', text: '无' })),
    ).toBe('role-forbidden');
  });

  it('is listed by unit and for those who watch, the earliest due day first, and what is overdue by itself', async () => {
    const Lists = z.object({
      followUps: z.array(z.object({ id: z.string(), unit: z.string(), due: z.string() })),
    });
    const list = async (by: string, query = '') =>
      Lists.parse(JSON.parse((await ask(by, 'GET /follow-ups', '', undefined, { query })).body)).followUps;
    await inspection(4, 'published', { results: [6], followUps: ['abnormal-list', 'other'] });
    await closing(busEvent(publishedEvent(await loadInspection(state, idOf(4)))));
    const all = await list('LEAD');
    expect(all.map(({ due }) => due)).toEqual(all.map(({ due }) => due).toSorted());
    expect(all.filter(({ id }) => id === followUpId(idOf(4), 'other'))).toHaveLength(1);
    expect(new Set((await list('HEAD')).map(({ unit }) => unit))).toEqual(new Set([OWN]));
    expect(await list('GX-009')).toEqual([]);
    expect((await list('GX-001')).length).toBeGreaterThan(0);
    expect((await list('HEAD', 'status=closed')).map(({ id }) => id)).toContain(
      followUpId(idOf(2), 'rectification'),
    );
    expect(await list('LEAD', 'overdue=true')).toEqual([]);
    expect(reasonOf(await ask('HEAD', 'GET /follow-ups', '', undefined, { query: 'scope=all' }))).toBe(
      'role-forbidden',
    );
    expect(reasonOf(await ask('LEAD', 'GET /follow-ups', '', undefined, { query: 'status=x' }))).toBe(
      'query-invalid',
    );
  });
});

describe('a reminder', () => {
  it('of a follow-up reaches the unit and its people, past due the lead section too', async () => {
    const of = { kind: 'follow-up', id: followUpId(idOf(4), 'other') };
    expect((await recipientsOfReminder(state, { of, reaches: ['unit'], units: [OWN] })).to).toEqual([
      'HEAD',
      'GX-001',
    ]);
    expect(
      await recipientsOfReminder(state, { of, reaches: ['unit', 'lead-section'], units: [OWN] }),
    ).toEqual({
      to: ['HEAD', 'GX-001', 'LEAD'],
      about: `示例加油站 的其他（${of.id}）`,
    });
  });

  it('of a handover reaches the team until it is sent, and then the unit that receives it', async () => {
    const { id } = viewOf(await ask('GX-001', RAISE, (await inspection(8, 'begun')).id, clue));
    const of = { kind: 'handover', id };
    expect((await recipientsOfReminder(state, { of, reaches: ['unit'], units: [OWN] })).to).toEqual([
      'GX-001',
      'GX-002',
      'HEAD',
    ]);
    await ask('GX-001', 'POST /handovers/{id}/send', id);
    expect(
      (await recipientsOfReminder(state, { of, reaches: ['unit', 'lead-section'], units: [OWN] })).to,
    ).toEqual(['HEAD-2', 'LEAD']);
  });
});

describe('article 11: a clue of another violation', () => {
  it('is handed over before the record is entered, received by the other unit, and keeps the inspection open until it is done', async () => {
    const begun = await inspection(5, 'begun');
    expect(reasonOf(await ask('OTHER', RAISE, begun.id, clue))).toBe('not-found');
    expect(reasonOf(await ask('HEAD', RAISE, begun.id, clue))).toBe('not-on-team');
    expect(
      reasonOf(await ask('GX-001', RAISE, begun.id, { ...clue, receiver: { kind: 'unit', unit: '无' } })),
    ).toBe('body-invalid');
    const raised = await ask('GX-001', RAISE, begun.id, clue, { key: 'clue-1' });
    expect(await ask('GX-001', RAISE, begun.id, clue, { key: 'clue-1' })).toEqual(raised);
    expect([raised.statusCode, viewOf(raised)]).toMatchObject([
      201,
      { status: 'raised', from: OWN, receiptBy: '2026-03-05' },
    ]);
    const { id } = viewOf(raised);
    expect(reasonOf(await ask('HEAD-2', 'GET /handovers/{id}', id))).toBe('not-found');

    await commit(state, {
      at: MONDAY,
      writes: [
        {
          key: { pk: `INSPECTION#${begun.id}`, sk: 'STATE' },
          item: { ...begun, status: 'published' },
          expect: 'anything',
        },
      ],
      events: [],
    });
    await closing(busEvent(publishedEvent(begun)));
    expect(await statusOf(5)).toBe('published');

    await ask('GX-001', 'POST /handovers/{id}/send', id, { letter: '移字 1 号' });
    expect(
      reasonOf(await ask('GX-001', 'POST /handovers/{id}/receive', id, { number: '1', on: '2026-03-02' })),
    ).toBe('role-forbidden');
    const received = await ask('HEAD-2', 'POST /handovers/{id}/receive', id, {
      number: '收 8',
      on: '2026-03-02',
    });
    expect(viewOf(received)).toMatchObject({ status: 'received', receipt: { number: '收 8', by: 'HEAD-2' } });
    expect(await loadDeadline(state, deadlineId('handover', id))).toMatchObject({
      status: 'met',
      late: false,
    });
    await ask('HEAD', 'POST /handovers/{id}/close', id, { note: '对方已立案' });
    await closing(busEvent(await lastOf('handover', id)));
    expect(await statusOf(5)).toBe('closed');
    expect(await docketOf(state, begun.id)).toMatchObject({
      handovers: [{ id, status: 'closed', receiver: THERE }],
    });
    expect(reasonOf(await ask('GX-001', RAISE, begun.id, clue))).toBe('wrong-state');
  });

  it('to an authority outside has its receipt entered by whoever handed it over, or is returned with the reason', async () => {
    const ended = await inspection(6, 'ended');
    const outside = { ...clue, receiver: { kind: 'authority', name: '应急管理局', contact: '0379-12350' } };
    const { id } = viewOf(await ask('GX-002', RAISE, ended.id, outside));
    await ask('HEAD-2', 'POST /handovers/{id}/send', id);
    const back = await ask('GX-001', 'POST /handovers/{id}/return', id, { reason: '管辖不符' });
    expect(viewOf(back)).toMatchObject({ status: 'returned', returned: { reason: '管辖不符' } });
    expect(reasonOf(await ask('GX-001', 'POST /handovers/{id}/send', id))).toBe('wrong-state');
  });

  it('is listed for the unit that hands it over and, once it is sent, for the one that receives it', async () => {
    const Lists = z.object({ handovers: z.array(z.object({ id: z.string(), status: z.string() })) });
    const list = async (by: string, query = '') =>
      Lists.parse(JSON.parse((await ask(by, 'GET /handovers', '', undefined, { query })).body)).handovers;
    const { id } = viewOf(await ask('GX-001', RAISE, (await inspection(7, 'recorded')).id, clue));
    const ids = async (by: string, query = '') => (await list(by, query)).map((one) => one.id);
    expect([await ids('HEAD'), await ids('HEAD-2')]).toEqual([
      expect.arrayContaining([id]),
      expect.not.arrayContaining([id]),
    ]);
    await ask('GX-001', 'POST /handovers/{id}/send', id);
    expect([await ids('HEAD'), await ids('HEAD-2')]).toEqual([
      expect.arrayContaining([id]),
      expect.arrayContaining([id]),
    ]);
    expect([await ids('OTHER'), await ids('GX-009')]).toEqual([[], []]);
    expect((await ids('LEAD')).length).toBe(3);
    expect((await ids('HEAD-2', 'status=closed')).length).toBe(1);
  });
});
