import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { MingchouEvent } from '#contracts/events.ts';
import { Policy } from '#domain/policy/policy.ts';
import { givenClassItem, signalItem } from '#store/signals.ts';
import { Signal } from '#domain/signal/signal.ts';
import { Subject } from '#domain/subject/subject.ts';
import { CalendarDate, Instant, later } from '#domain/time/time.ts';
import { Trigger } from '#domain/trigger/trigger.ts';
import { commit } from '#store/commit.ts';
import { historyOf } from '#store/history.ts';
import { cellKey } from '#store/keys.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { adopted } from '#store/policies.ts';
import { riskRulesInForce } from '#store/risk-rules.ts';
import type { StateTable } from '#store/store.ts';
import { createdTrigger } from '#store/triggers.ts';
import { answerOf, busEvent, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { codeOf, ITEMS } from '../support/draws.ts';
import { fuelPolicy } from '../support/samples.ts';

/** The day on which requests of these tests come in, by `gatewayEvent`: 2026-03-02. */
const TODAY = CalendarDate.parse('2026-03-02');
const HOUR = 3_600_000;
let state: StateTable;
let administration: (event: unknown) => Promise<unknown>;
let rehearsal: (event: unknown) => Promise<unknown>;

const subject = (n: number, more: object = { industry: 'F5265' }) =>
  Subject.parse({
    id: codeOf(n),
    name: `企业${n}`,
    kind: 'enterprise',
    status: 'active',
    territory: n < 4 ? '410381001' : '410305',
    tags: [],
    ...more,
  });
const complaint = (n: number, on: string) =>
  signalItem(
    Signal.parse({ id: `S-${n}-${on}`, subject: codeOf(n), kind: 'complaint', on, source: 'trigger' }),
  );

beforeAll(async () => {
  ({ state } = await openDatabase());
  // Two subjects a step, so that a rehearsal of eight takes several.
  Object.assign(process.env, { ADMINISTRATORS: 'admin', REHEARSAL_STEP: '2' });
  const subjects = [
    subject(0),
    subject(1, { industry: 'F5265', creditClass: 'D', classedOn: '2026-02-10' }),
    subject(2),
    subject(3, { industry: 'F5265', status: 'deregistered' }),
    subject(4),
    subject(5),
    subject(6),
    subject(7, {}),
  ];
  await putPages(state, [
    ...libraryItems('items', ITEMS),
    ...libraryItems('subjects', subjects),
    complaint(0, '2026-01-05'),
    complaint(0, '2026-01-20'),
    complaint(2, '2026-02-20'),
    complaint(2, '2026-02-25'),
    // Whoever does not operate is not warned of.
    complaint(3, '2026-02-20'),
    complaint(3, '2026-02-25'),
    complaint(4, '2026-02-25'),
    givenClassItem({ subject: codeOf(1), creditClass: 'B', on: CalendarDate.parse('2026-01-10') }),
  ]);
  administration = await handlerOf('administration');
  rehearsal = await handlerOf('rehearsal');
});

const Body = z.record(z.string(), z.unknown());
async function send(
  route: string,
  params: Readonly<Record<string, string>>,
  more: { body?: unknown; query?: string; person?: string; headers?: Record<string, string> } = {},
) {
  const { body, ...rest } = more;
  const answer = answerOf(
    await administration(
      gatewayEvent({
        route,
        params,
        person: 'admin',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...rest,
      }),
    ),
  );
  return { status: answer.statusCode, body: Body.parse(JSON.parse(answer.body)) };
}
const put = (id: string, body: unknown, query?: string) =>
  send('PUT /policies/{id}', { id }, { body, ...(query === undefined ? {} : { query }) });
const WINDOW = { from: '2026-01-01', through: '2026-03-01' };
const start = (id: string, policy: unknown, window: object = WINDOW, headers: Record<string, string> = {}) =>
  send('POST /policies/{id}/rehearsals', { id }, { body: { policy, ...window }, headers });

/** The events of a rehearsal that its function hears, each delivered twice, until it is finished. */
async function carriedOn(id: string): Promise<MingchouEvent[]> {
  const delivered = new Set<string>();
  for (;;) {
    const events = await historyOf(state, 'rehearsal', id);
    const next = events.find((event) => event.type !== 'rehearsal.finished' && !delivered.has(event.id));
    if (next === undefined) return events;
    delivered.add(next.id);
    await rehearsal(busEvent(next));
    await rehearsal(busEvent(next));
  }
}

/** Rehearses a policy to its end; gives what is shown then. */
async function rehearsed(id: string, policy: unknown, window: object = WINDOW) {
  const started = await start(id, policy, window);
  expect(started.status).toBe(202);
  const run = String(started.body['id']);
  const events = await carriedOn(run);
  const shown = await send('GET /policies/{id}/rehearsals/{rehearsal}', { id, rehearsal: run });
  return { events, view: shown.body };
}

const complaints = {
  about: 'subject',
  name: '投诉集中',
  effectiveFrom: '2026-01-01',
  when: 'subject.complaints(30) >= 2',
  level: 'warning',
  reason: '30 日内投诉 2 件以上',
};

describe('the rehearsal of a rule about subjects', () => {
  it('tells on which day each would have been warned of, step by step, and counts each once', async () => {
    const { events, view } = await rehearsed('many-complaints', complaints);
    expect(view).toMatchObject({
      policy: 'many-complaints',
      about: 'subject',
      status: 'finished',
      ...WINDOW,
      progress: { done: 8, total: 8 },
      counts: {
        looked: 8,
        operating: 7,
        warned: 2,
        holding: 1,
        failed: 0,
        byClass: { none: 2 },
        byTerritory: { '410381': 2 },
      },
      // 1 of 7.
      shareBasisPoints: 1428,
      found: 2,
    });
    const findings = z.array(Body).parse(view['findings']);
    expect(findings.toSorted((a, b) => (String(a['subject']) < String(b['subject']) ? -1 : 1))).toEqual([
      {
        subject: codeOf(0),
        name: '企业0',
        territory: '410381001',
        industry: 'F5265',
        first: '2026-01-20',
        days: 15,
        holds: false,
      },
      {
        subject: codeOf(2),
        name: '企业2',
        territory: '410381001',
        industry: 'F5265',
        first: '2026-02-25',
        days: 5,
        holds: true,
      },
    ]);
    expect(events.map(({ type }) => type)).toEqual([
      'rehearsal.started',
      ...Array.from({ length: events.length - 2 }, () => 'rehearsal.continued'),
      'rehearsal.finished',
    ]);
    expect(events.length).toBeGreaterThan(4);
    expect(events.at(-1)).toMatchObject({
      data: { policy: 'many-complaints', about: 'subject', looked: 8, found: 2, failed: 0 },
    });
  });

  it('goes by the class that stood on the day', async () => {
    const { view } = await rehearsed('class-b', { ...complaints, when: 'subject.creditClass == "B"' });
    expect(view).toMatchObject({
      counts: { warned: 1, holding: 0, byClass: { D: 1 } },
      findings: [{ subject: codeOf(1), creditClass: 'D', first: '2026-01-10', days: 31, holds: false }],
    });
  });

  it('writes nothing but what it found: the rule is not in force', async () => {
    expect(await riskRulesInForce(state, TODAY)).toEqual({ subject: [], cohort: [] });
  });
});

describe('a rule about subjects', () => {
  it('is adopted once exactly its content was rehearsed, and not before', async () => {
    const body = { ...complaints, name: '投诉偏多' };
    const refused = await put('rehearse-first', body);
    expect(refused).toMatchObject({ status: 409, body: { type: 'urn:mingchou:problem:rehearsal-required' } });
    expect(refused.body['detail']).toContain('POST /policies/rehearse-first/rehearsals');
    await rehearsed('rehearse-first', body);
    expect(await put('rehearse-first', { ...body, level: 'watch' })).toMatchObject({ status: 409 });
    expect(await put('rehearse-first', body)).toEqual({
      status: 201,
      body: { ...body, id: 'rehearse-first', version: 1 },
    });
    expect(await put('rehearse-first', body)).toMatchObject({ status: 200, body: { version: 1 } });
    expect((await riskRulesInForce(state, TODAY)).subject.map(({ id }) => id)).toEqual(['rehearse-first']);
    expect(await send('GET /policies/{id}', { id: 'rehearse-first' })).toMatchObject({
      status: 200,
      body: { about: 'subject', versions: [{ ...body, version: 1 }] },
    });
  });

  it('that was started and is not finished is not rehearsed', async () => {
    const body = { ...complaints, name: '未完成' };
    await start('unfinished', body);
    expect(await put('unfinished', body)).toMatchObject({ status: 409 });
  });

  it('that holds for half of those who operate is adopted when that is confirmed only', async () => {
    const body = { ...complaints, when: 'subject.territory.startsWith("410305")' };
    const { view } = await rehearsed('too-broad', body);
    expect(view).toMatchObject({ counts: { operating: 7, holding: 4 }, shareBasisPoints: 5714 });
    const refused = await put('too-broad', body);
    expect(refused).toMatchObject({ status: 409, body: { type: 'urn:mingchou:problem:policy-too-broad' } });
    expect(refused.body['detail']).toContain('7 户中的 4 户（57.14 %）');
    expect(await put('too-broad', body, 'confirm=false')).toMatchObject({ status: 409 });
    expect(await put('too-broad', body, 'confirm=yes')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/confirm' }] },
    });
    expect((await put('too-broad', body, 'confirm=true')).status).toBe(201);
    expect(await historyOf(state, 'policy', 'too-broad')).toMatchObject([
      { type: 'policy.adopted', data: { policyVersion: 1, confirmed: true } },
    ]);
    expect((await historyOf(state, 'policy', 'rehearse-first'))[0]?.data).not.toHaveProperty('confirmed');
  });

  it('that can not be computed for somebody is refused with the first of them', async () => {
    const when = 'subject.complaints(30) == 0 || 4 / (subject.complaints(30) - 2) > 9';
    const body = { ...complaints, when };
    const { view } = await rehearsed('divides', body);
    const failure = z.object({ of: z.string(), on: z.string(), why: z.string() }).parse(view['failure']);
    expect([codeOf(0), codeOf(2)]).toContain(failure.of);
    expect(view).toMatchObject({ counts: { failed: 2 } });
    expect(await put('divides', body, 'confirm=true')).toMatchObject({
      status: 422,
      body: {
        type: 'urn:mingchou:problem:policy-invalid',
        errors: [{ pointer: '/when', detail: `${failure.of} ${failure.on}: division by zero` }],
      },
    });
  });

  it('is checked before it is rehearsed as before it is adopted', async () => {
    const body = {
      ...complaints,
      level: 'severe',
      when: 'subject.complaint(30) > 1',
      directCheck: { items: ['YS-001', 'NO-SUCH'], coolDownDays: 180 },
    };
    expect(await put('unworkable', body)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/when' }, { pointer: '/directCheck/items/1' }] },
    });
    expect(await start('unworkable', body)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/policy/when' }, { pointer: '/policy/directCheck/items/1' }] },
    });
  });
});

describe('ids', () => {
  it('are of one kind of policy each', async () => {
    const { id, version: _, ...body } = fuelPolicy;
    expect((await put(id, { ...body, about: 'trigger' })).body).toEqual({ ...body, id, version: 1 });
    expect(await put(id, body)).toMatchObject({ status: 200 });
    const refused = await put(id, { ...complaints, about: 'subject' });
    expect(refused).toMatchObject({ status: 409, body: { type: 'urn:mingchou:problem:policy-id-taken' } });
    expect(refused.body['detail']).toContain('about 为 trigger');
    expect(await put('rehearse-first', body)).toMatchObject({ status: 409 });
    expect(await start(id, complaints)).toMatchObject({ status: 409 });
    const { policies } = z
      .object({ policies: z.array(z.object({ id: z.string() })) })
      .parse((await send('GET /policies', {})).body);
    expect(policies.map((policy) => policy.id)).toEqual(['complaint-fuel', 'rehearse-first', 'too-broad']);
    expect(await send('GET /policies/{id}', { id: 'nobody' })).toMatchObject({ status: 404 });
    expect(await put('other', { ...body, about: 'weather' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/about', detail: 'trigger, subject or cohort; absent for trigger' }] },
    });
  });
});

describe('the rehearsal of a rule about cohorts', () => {
  const crowded = {
    about: 'cohort',
    name: '预警集中',
    effectiveFrom: '2026-01-01',
    when: 'cohort.warned >= 3 && cohort.warnedBasisPoints >= 500',
    industryDigits: 2,
    coolDownDays: 30,
  };

  it('tells which would fire on the counts of now, and that they are of now', async () => {
    const cell = (territory: string, industry: string | undefined, counts: object) => ({
      ...cellKey(territory, industry),
      territory,
      industry,
      watch: 0,
      warning: 0,
      severe: 0,
      ...counts,
    });
    await putPages(state, [
      cell('410381001', 'F5265', { subjects: 30, watch: 2 }),
      cell('410381', 'F5211', { subjects: 20, severe: 1 }),
      cell('410381', undefined, { subjects: 9, severe: 9 }),
      cell('410381', 'H6210', { subjects: 100, warning: 3 }),
      cell('410305', 'F5265', { subjects: 0 }),
      cell('410305', 'H6210', { subjects: 5, warning: 3 }),
    ]);
    const { events, view } = await rehearsed('crowded', crowded);
    expect(view).toMatchObject({
      status: 'finished',
      asOf: '2026-03-02T01:30:00.000Z',
      progress: { done: 2, total: 2 },
      counts: { looked: 3, fired: 2, failed: 0 },
      findings: [
        { territory: '410305', industry: 'H62', subjects: 5, watch: 0, warning: 3, severe: 0 },
        { territory: '410381', industry: 'F52', subjects: 50, watch: 2, warning: 0, severe: 1 },
      ],
    });
    expect(events.length).toBe(3);
    expect((await put('crowded', crowded)).body).toEqual({
      ...crowded,
      territoryDigits: 6,
      id: 'crowded',
      version: 1,
    });
  });
});

describe('the rehearsal of a policy of triggers', () => {
  const at = (hours: number) => later(fromDay, hours * HOUR);
  const fromDay = Instant.parse('2026-02-01T02:00:00.000Z');

  it('tells what it would have fired, merged, held, left to another policy, and not computed', async () => {
    const received = (n: number, hours: number, report: object) =>
      createdTrigger(
        Trigger.parse({
          id: `T-${n}`,
          version: 1,
          status: 'received',
          source: 'hotline-12345',
          senderId: String(n),
          receivedAt: at(hours),
          report: { category: 'monitoring', title: `线索${n}`, cohort: { territory: '410381' }, ...report },
        }),
      );
    const evidence = [{ name: '照片', url: 'https://example.org/1.jpg' }];
    const writes = [
      received(0, -24 * 32, { evidence }),
      received(1, 0, { evidence }),
      received(2, 1, { evidence, cohort: {} }),
      received(3, 2, { evidence }),
      received(4, 3, {}),
      received(5, 4, { evidence, severity: 'severe' }),
      received(6, 5, { evidence, category: 'risk' }),
      received(7, 27, { evidence }),
      received(8, 28, { evidence }),
      received(9, 29, { category: 'complaint' }),
      received(10, 24 * 30, { evidence }),
    ];
    await commit(state, { at: at(0), writes, events: [] });
    const severe = Policy.parse({
      ...fuelPolicy,
      id: 'newer',
      effectiveFrom: '2026-01-15',
      when: 'trigger.category == "risk"',
    });
    await commit(state, { at: at(0), writes: [adopted(severe)], events: [] });
    const { id: _, version: __, ...body } = fuelPolicy;
    const policy = {
      ...body,
      when: 'trigger.category != "complaint" && 2 / trigger.evidence >= 1',
      merge: { windowHours: 24 },
    };
    const { view } = await rehearsed('evidence', policy, { from: '2026-02-01', through: '2026-02-28' });
    const criteria = { territory: ['410381'], industry: ['F526'] };
    expect(view).toMatchObject({
      status: 'finished',
      progress: { done: 9, total: 9 },
      counts: { looked: 9, fired: 3, merged: 2, held: 1, outdone: 1, failed: 1 },
      failure: { of: 'T-4', on: '2026-02-01', why: 'division by zero' },
      found: 8,
      findings: [
        { trigger: 'T-1', day: '2026-02-01', title: '线索1', outcome: 'fired', criteria },
        { trigger: 'T-2', outcome: 'held', missing: ['territory'] },
        { trigger: 'T-3', outcome: 'merged', into: 'T-1', criteria },
        { trigger: 'T-4', outcome: 'failed', why: 'division by zero' },
        { trigger: 'T-5', outcome: 'fired', criteria },
        { trigger: 'T-6', outcome: 'outdone', by: 'newer' },
        // The severe one opened the window anew, 23 hours ago.
        { trigger: 'T-7', outcome: 'merged', into: 'T-5' },
        { trigger: 'T-8', day: '2026-02-02', outcome: 'fired' },
      ],
    });
  });
});

describe('a request for a rehearsal', () => {
  it.each([
    ['a window that ends before it begins', { from: '2026-02-02', through: '2026-02-01' }, '/through'],
    ['a window of 367 days', { from: '2025-02-28', through: '2026-03-01' }, '/through'],
    ['a window that ends tomorrow', { from: '2026-02-02', through: '2026-03-03' }, '/through'],
    ['a day that is none', { from: '2026-02-30', through: '2026-03-01' }, '/from'],
  ])('with %s is refused', async (_, window, pointer) => {
    expect(await start('window', complaints, window)).toMatchObject({
      status: 422,
      body: { type: 'urn:mingchou:problem:body-invalid', errors: [{ pointer }] },
    });
  });

  it('of 366 days is taken', async () => {
    expect(await start('window', complaints, { from: '2025-03-02', through: '2026-03-02' })).toMatchObject({
      status: 202,
      body: { status: 'started', progress: { done: 0, total: 0 }, findings: [] },
    });
  });

  it('under an Idempotency-Key is one however often it is sent', async () => {
    const headers = { 'idempotency-key': 'once' };
    const first = await start('window', complaints, WINDOW, headers);
    expect(await start('window', complaints, WINDOW, headers)).toEqual(first);
    expect(await start('window', { ...complaints, name: '另一个' }, WINDOW, headers)).toMatchObject({
      status: 409,
      body: { type: 'urn:mingchou:problem:idempotency-key-reused' },
    });
    const id = String(first.body['id']);
    expect(
      await send('GET /policies/{id}/rehearsals/{rehearsal}', { id: 'other', rehearsal: id }),
    ).toMatchObject({
      status: 404,
    });
  });
});
