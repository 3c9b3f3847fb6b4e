import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { historyOf } from '#store/history.ts';
import { stateKey } from '#store/keys.ts';
import { putPages } from '#store/pages.ts';
import { Rehearsal } from '#store/rehearsals.ts';
import { riskRulesInForce } from '#store/risk-rules.ts';
import { load } from '#store/store.ts';
import { codeOf } from '../support/draws.ts';
import { complaints, fillLibrary, openPolicies, TODAY, WINDOW } from '../support/policies.ts';
import { fuelPolicy } from '../support/samples.ts';

let policies: Awaited<ReturnType<typeof openPolicies>>;
beforeAll(async () => {
  policies = await openPolicies();
});

describe('an empty library', () => {
  it('needs a rehearsal too, which finds nothing and is not too broad', async () => {
    const body = { ...complaints, when: 'true' };
    expect((await policies.put('everybody', body)).status).toBe(409);
    const { view } = await policies.rehearsed('everybody', body);
    expect(view).toMatchObject({
      status: 'finished',
      progress: { done: 0, total: 0 },
      counts: { looked: 0, operating: 0, warned: 0, holding: 0, failed: 0 },
      shareBasisPoints: 0,
      findings: [],
    });
    expect((await policies.put('everybody', body)).status).toBe(201);
  });
});

describe('a rule about subjects', () => {
  beforeAll(async () => {
    await fillLibrary(policies.state);
  });

  it('is adopted once exactly its content was rehearsed, and not before', async () => {
    const body = { ...complaints, name: '投诉偏多' };
    const refused = await policies.put('rehearse-first', body);
    expect(refused).toMatchObject({ status: 409, body: { type: 'urn:mingchou:problem:rehearsal-required' } });
    expect(refused.body['detail']).toContain('POST /policies/rehearse-first/rehearsals');
    await policies.rehearsed('rehearse-first', body);
    expect(await policies.put('rehearse-first', { ...body, level: 'watch' })).toMatchObject({ status: 409 });
    expect(await policies.put('rehearse-first', body)).toEqual({
      status: 201,
      body: { ...body, id: 'rehearse-first', version: 1 },
    });
    expect(await policies.put('rehearse-first', body)).toMatchObject({ status: 200, body: { version: 1 } });
    expect((await riskRulesInForce(policies.state, TODAY)).subject.map(({ id }) => id)).toEqual([
      'everybody',
      'rehearse-first',
    ]);
    expect(await policies.send('GET /policies/{id}', { id: 'rehearse-first' })).toMatchObject({
      status: 200,
      body: { about: 'subject', versions: [{ ...body, version: 1 }] },
    });
  });

  it('that was started and is not finished is not rehearsed', async () => {
    const body = { ...complaints, name: '未完成' };
    await policies.start('unfinished', body);
    expect(await policies.put('unfinished', body)).toMatchObject({ status: 409 });
  });

  it('that was rehearsed 30 days ago is adopted, and 31 days ago has to be rehearsed again', async () => {
    const body = { ...complaints, name: '旧试运行' };
    const { events, view } = await policies.rehearsed('stale', body);
    expect(events.at(-1)).toMatchObject({ type: 'rehearsal.finished' });
    const key = stateKey('REHEARSAL', z.string().parse(view['id']));
    const run = await load(policies.state, Rehearsal, key);
    const finishedAgain = (finishedAt: string) => putPages(policies.state, [{ ...run, finishedAt, ...key }]);
    await finishedAgain('2026-01-30T15:59:59.999Z');
    const refused = await policies.put('stale', body);
    expect(refused).toMatchObject({ status: 409, body: { type: 'urn:mingchou:problem:rehearsal-required' } });
    expect(refused.body['detail']).toContain('上次试运行已于 2026-01-30 完成');
    // The day after in Asia/Shanghai.
    await finishedAgain('2026-01-30T16:00:00.000Z');
    expect((await policies.put('stale', body)).status).toBe(201);
  });

  it('that holds for half of those who operate is adopted when that is confirmed only', async () => {
    const body = { ...complaints, when: 'subject.territory.startsWith("410305")' };
    const { view } = await policies.rehearsed('too-broad', body);
    expect(view).toMatchObject({ counts: { operating: 7, holding: 4 }, shareBasisPoints: 5714 });
    const refused = await policies.put('too-broad', body);
    expect(refused).toMatchObject({ status: 409, body: { type: 'urn:mingchou:problem:policy-too-broad' } });
    expect(refused.body['detail']).toContain('7 户中的 4 户（57.14 %）');
    expect(await policies.put('too-broad', body, 'confirm=false')).toMatchObject({ status: 409 });
    expect(await policies.put('too-broad', body, 'confirm=yes')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/confirm' }] },
    });
    expect((await policies.put('too-broad', body, 'confirm=true')).status).toBe(201);
    expect(await historyOf(policies.state, 'policy', 'too-broad')).toMatchObject([
      { type: 'policy.adopted', data: { policyVersion: 1, confirmed: true } },
    ]);
    expect((await historyOf(policies.state, 'policy', 'rehearse-first'))[0]?.data).not.toHaveProperty(
      'confirmed',
    );
  });

  it('that can not be computed for somebody is refused with the first of them', async () => {
    const when = 'subject.complaints(30) == 0 || 4 / (subject.complaints(30) - 2) > 9';
    const body = { ...complaints, when };
    const { view } = await policies.rehearsed('divides', body);
    const failure = z.object({ of: z.string(), on: z.string(), why: z.string() }).parse(view['failure']);
    expect([codeOf(0), codeOf(2)]).toContain(failure.of);
    expect(view).toMatchObject({ counts: { failed: 2 } });
    expect(await policies.put('divides', body, 'confirm=true')).toMatchObject({
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
    expect(await policies.put('unworkable', body)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/when' }, { pointer: '/directCheck/items/1' }] },
    });
    expect(await policies.start('unworkable', body)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/policy/when' }, { pointer: '/policy/directCheck/items/1' }] },
    });
  });
});

describe('ids', () => {
  it('are of one kind of policy each', async () => {
    const { id, version: _, ...body } = fuelPolicy;
    expect((await policies.put(id, { ...body, about: 'trigger' })).body).toEqual({ ...body, id, version: 1 });
    expect(await policies.put(id, body)).toMatchObject({ status: 200 });
    const refused = await policies.put(id, { ...complaints, about: 'subject' });
    expect(refused).toMatchObject({ status: 409, body: { type: 'urn:mingchou:problem:policy-id-taken' } });
    expect(refused.body['detail']).toContain('about 为 trigger');
    expect(await policies.put('rehearse-first', body)).toMatchObject({ status: 409 });
    expect(await policies.start(id, complaints)).toMatchObject({ status: 409 });
    const listed = z
      .object({ policies: z.array(z.object({ id: z.string() })) })
      .parse((await policies.send('GET /policies', {})).body);
    expect(listed.policies.map((policy) => policy.id)).toEqual([
      'complaint-fuel',
      'everybody',
      'rehearse-first',
      'stale',
      'too-broad',
    ]);
    expect(await policies.send('GET /policies/{id}', { id: 'nobody' })).toMatchObject({ status: 404 });
    expect(await policies.put('other', { ...body, about: 'weather' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/about', detail: 'trigger, subject or cohort; absent for trigger' }] },
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
    expect(await policies.start('window', complaints, window)).toMatchObject({
      status: 422,
      body: { type: 'urn:mingchou:problem:body-invalid', errors: [{ pointer }] },
    });
  });

  it('of 366 days is taken', async () => {
    expect(
      await policies.start('window', complaints, { from: '2025-03-02', through: '2026-03-02' }),
    ).toMatchObject({
      status: 202,
      body: { status: 'started', progress: { done: 0, total: 0 }, findings: [] },
    });
  });

  it('under an Idempotency-Key is one however often it is sent', async () => {
    const headers = { 'idempotency-key': 'once' };
    const first = await policies.start('window', complaints, WINDOW, headers);
    expect(await policies.start('window', complaints, WINDOW, headers)).toEqual(first);
    expect(await policies.start('window', { ...complaints, name: '另一个' }, WINDOW, headers)).toMatchObject({
      status: 409,
      body: { type: 'urn:mingchou:problem:idempotency-key-reused' },
    });
    const id = String(first.body['id']);
    expect(
      await policies.send('GET /policies/{id}/rehearsals/{rehearsal}', { id: 'other', rehearsal: id }),
    ).toMatchObject({
      status: 404,
    });
  });
});
