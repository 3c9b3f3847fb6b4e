import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { agendaOperations } from '#contracts/api/agenda.ts';
import { SeenAnswer } from '#contracts/api/today.ts';
import { requestChange, refuseRequest } from '#domain/deadline/change.ts';
import {
  deadlineId,
  meetDeadline,
  startDeadline,
  type CountedKind,
  type Deadline,
} from '#domain/deadline/deadline.ts';
import { countedByDefault } from '#domain/deadline/rules.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { Person, type PersonRole } from '#domain/person/person.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { commit } from '#store/commit.ts';
import { createdDeadline, updatedDeadline } from '#store/deadlines.ts';
import { createdDraw } from '#store/draws.ts';
import { createdInspection } from '#store/inspections.ts';
import { libraryItems } from '#store/libraries.ts';
import { createdMessage } from '#store/messages.ts';
import { putPages } from '#store/pages.ts';
import type { StateTable } from '#store/store.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { assignedInspection, at, MONDAY, sampleDraw } from '../support/samples.ts';

const [COMMERCE, ENERGY] = ['商务综合执法大队', '节能监察中心'];
const STARTED = at('2026-02-27T02:00:00.000Z');
const calendar = countedByDefault(stateCouncilCalendar());

let state: StateTable;
let agenda: (event: unknown) => Promise<unknown>;

interface Started {
  readonly units?: readonly string[];
  readonly startedAt?: typeof STARTED;
}

async function started(
  kind: CountedKind,
  of: Deadline['of'],
  { units = [], startedAt = STARTED }: Started = {},
): Promise<Deadline> {
  const deadline = startDeadline(calendar, {
    id: deadlineId(kind, of.id),
    kind,
    of,
    correlation: of.id,
    units: [...units],
    startedAt,
  });
  await commit(state, { at: startedAt, writes: [createdDeadline(deadline)], events: [] });
  return deadline;
}

async function visit(id: string, kind: CountedKind, change: Partial<Inspection>, startedAt = STARTED) {
  const inspection: Inspection = {
    ...assignedInspection,
    id,
    subject: { ...assignedInspection.subject, name: `企业${id}` },
    ...change,
  };
  await commit(state, { at: MONDAY, writes: createdInspection(inspection), events: [] });
  return started(kind, { kind: 'inspection', id }, { units: [COMMERCE, ENERGY], startedAt });
}

const message = (id: string, instant: string) =>
  createdMessage({
    id,
    version: 1,
    to: 'HEAD',
    at: at(instant),
    urgency: 'immediate',
    zh: { subject: `消息${id}`, text: '请查看' },
    en: { subject: `Message ${id}`, text: 'See there' },
    cause: 'E-1',
    correlation: 'D-1',
  });

beforeAll(async () => {
  ({ state } = await openDatabase());
  Object.assign(process.env, { ADMINISTRATORS: 'ROOT' });
  agenda = await handlerOf('agenda');
  const staff = (
    [
      ['LEAD', 'lead-section', '牵头科室'],
      ['HEAD', 'unit', COMMERCE],
      ['ENERGY', 'unit', ENERGY],
      ['GX-001', 'inspector', COMMERCE],
      ['GX-009', 'inspector', COMMERCE],
      ['WATCH', 'supervisor', '督查室'],
    ] satisfies [string, PersonRole, string][]
  ).map(([staffNo, role, unit]) => Person.parse({ staffNo, name: `姓名${staffNo}`, role, unit }));
  await putPages(state, libraryItems('people', staff));
  await visit('I-accept', 'accept', {});
  await visit('I-late', 'accept', {}, at('2026-02-12T02:00:00.000Z'));
  await visit('I-begun', 'finish', { status: 'begun' });
  await visit('I-ended', 'publish', { status: 'ended' });
  await commit(state, {
    at: MONDAY,
    writes: [createdDraw(sampleDraw({ id: 'D-match' })), createdDraw(sampleDraw({ id: 'D-approve' }))],
    events: [],
  });
  await started('match', { kind: 'draw', id: 'D-match' }, { units: [COMMERCE] });
  await started('approve', { kind: 'draw', id: 'D-approve' });
  await started('triage', { kind: 'trigger', id: 'T-1' });
  await started('correct', { kind: 'correction', id: 'C-1' }, { units: [COMMERCE] });
});

const ask = async (route: string, person: string, body?: object) => {
  const answer = answerOf(
    await agenda(
      gatewayEvent({ route, person, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
    ),
  );
  return { status: answer.statusCode, body: z.unknown().parse(JSON.parse(answer.body)) };
};
const todayOf = async (person: string) => {
  const { status, body } = await ask('GET /me/today', person);
  expect(status).toBe(200);
  return agendaOperations['GET /me/today'].answers[200].parse(body);
};
const waitingFor = async (person: string) =>
  (await todayOf(person)).waiting.map(({ what, count }) => `${what} ${count}`);

describe('what a person’s day begins with', () => {
  it('says who they are and what they have to keep, the soonest first, with the working days that are left', async () => {
    const head = await todayOf('HEAD');
    expect(head.person).toEqual({ staffNo: 'HEAD', name: '姓名HEAD', role: 'unit', unit: COMMERCE });
    expect(
      head.deadlines.map(({ kind, about, due, remaining, overdue }) => [
        kind,
        about,
        due,
        remaining,
        overdue,
      ]),
    ).toEqual([
      ['accept', '企业I-late', '2026-02-14', -6, true],
      ['accept', '企业I-accept', '2026-03-02', 0, false],
      ['match', '加油站抽查', '2026-03-03', 1, false],
      ['correct', undefined, '2026-03-05', 3, false],
      ['finish', '企业I-begun', '2026-03-26', 18, false],
      ['publish', '企业I-ended', '2026-03-26', 18, false],
    ]);
    expect(head.more).toBe(false);
    const other = await todayOf('ENERGY');
    expect(other.deadlines.map(({ about }) => about)).toEqual([
      '企业I-late',
      '企业I-accept',
      '企业I-begun',
      '企业I-ended',
    ]);
    expect((await todayOf('LEAD')).deadlines.map(({ of }) => of.id)).toEqual(['D-approve', 'T-1'].toSorted());
  });

  it('tells each role what waits for them', async () => {
    expect(await waitingFor('HEAD')).toEqual(['correct 1', 'match 1', 'replace 1']);
    expect(await waitingFor('ENERGY')).toEqual(['replace 1']);
    expect(await waitingFor('LEAD')).toEqual(['triage 1', 'approve 1', 'correct 1']);
    expect(await waitingFor('GX-001')).toEqual(['accept 2', 'end 1', 'record 1']);
    expect(await waitingFor('GX-009')).toEqual([]);
    expect(await waitingFor('WATCH')).toEqual([]);
    expect((await todayOf('ROOT')).person.role).toBe('administrator');
  });

  it('gives an inspector the deadlines of the visits on hand', async () => {
    const { deadlines } = await todayOf('GX-001');
    expect(deadlines.map(({ kind, about }) => [kind, about])).toEqual([
      ['accept', '企业I-late'],
      ['accept', '企业I-accept'],
      ['finish', '企业I-begun'],
      ['publish', '企业I-ended'],
    ]);
  });

  it('counts a request to decide of while it waits, and no longer when it is answered or its deadline is met', async () => {
    const asked = { what: 'pause', reason: '企业停业', by: 'GX-001', at: MONDAY } as const;
    const first = requestChange(await visit('I-asked', 'finish', { status: 'begun' }), asked);
    const second = requestChange(await visit('I-met', 'finish', { status: 'begun' }), asked);
    await commit(state, { at: MONDAY, writes: [first, second].map(updatedDeadline), events: [] });
    expect(await waitingFor('LEAD')).toEqual(['triage 1', 'approve 1', 'decide 2', 'correct 1']);
    const { next } = refuseRequest(first);
    const met = meetDeadline(second, MONDAY);
    await commit(state, { at: MONDAY, writes: [next, met].map(updatedDeadline), events: [] });
    expect(await waitingFor('LEAD')).toEqual(['triage 1', 'approve 1', 'correct 1']);
  });

  it('takes at most four requests to the store, whoever asks', async () => {
    const sent = vi.spyOn(DynamoDBDocumentClient.prototype, 'send');
    const counts: number[] = [];
    for (const person of ['HEAD', 'ENERGY', 'LEAD', 'GX-001', 'WATCH']) {
      sent.mockClear();
      await todayOf(person);
      counts.push(sent.mock.calls.length);
    }
    sent.mockRestore();
    expect(counts).toEqual([4, 4, 4, 4, 2]);
  });

  it('shows fifty deadlines of a unit, and says that there are more', async () => {
    for (let n = 0; n < 60; n += 1) {
      await started('handover', { kind: 'handover', id: `H-${n}` }, { units: [ENERGY] });
    }
    const { deadlines, more, waiting } = await todayOf('ENERGY');
    expect([deadlines.length, more]).toEqual([50, true]);
    expect(waiting.find(({ what }) => what === 'handover')?.count).toBe(60);
  });
});

describe('messages', () => {
  it('are unread until the person has looked, and those that come later are again', async () => {
    await commit(state, {
      at: MONDAY,
      writes: Array.from({ length: 12 }, (_, n) => message(`M-${n}`, `2026-03-01T01:00:00.0${n + 10}Z`)),
      events: [],
    });
    const before = await todayOf('HEAD');
    expect([before.messages.unread, before.messages.newest.length]).toEqual([12, 10]);
    expect(before.messages.newest[0]).toEqual({
      id: 'M-11',
      at: '2026-03-01T01:00:00.021Z',
      urgency: 'immediate',
      zh: { subject: '消息M-11', text: '请查看' },
      en: { subject: 'Message M-11', text: 'See there' },
      subject: '消息M-11',
      text: '请查看\nSee there',
      unread: true,
    });
    const seen = async (body: object) =>
      SeenAnswer.parse((await ask('POST /me/messages/seen', 'HEAD', body)).body).until;
    expect(await seen({ until: '2026-03-01T01:00:00.015Z' })).toBe('2026-03-01T01:00:00.015Z');
    expect((await todayOf('HEAD')).messages.unread).toBe(6);
    expect(await seen({ until: '2026-02-01T01:00:00.000Z' })).toBe('2026-03-01T01:00:00.015Z');
    expect(await seen({ until: '2099-01-01T00:00:00.000Z' })).toBe('2026-03-02T01:30:00.000Z');
    expect((await todayOf('HEAD')).messages).toMatchObject({
      unread: 0,
      seenUntil: '2026-03-02T01:30:00.000Z',
    });
    await commit(state, { at: MONDAY, writes: [message('M-later', '2026-03-02T02:00:00.000Z')], events: [] });
    expect((await todayOf('HEAD')).messages.unread).toBe(1);
  });
});
