import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { PersonRole } from '#domain/person/person.ts';
import { Person } from '#domain/person/person.ts';
import { signalOf } from '#domain/signal/signal.ts';
import { Subject } from '#domain/subject/subject.ts';
import { addDays } from '#domain/time/time.ts';
import { formerItem } from '#store/former-subjects.ts';
import { historyOf } from '#store/history.ts';
import { stateKey } from '#store/keys.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { Review } from '#store/reviews.ts';
import { givenClassItem, historyOfSubject, signalItem } from '#store/signals.ts';
import { load, type StateTable } from '#store/store.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { codeOf } from '../support/library-files.ts';
import { day } from '../support/samples.ts';

let state: StateTable;
let handler: (event: unknown) => Promise<unknown>;

const UNIT = '成品油市场监管所';
const OTHER_UNIT = '商贸流通监管中队';
const person = (staffNo: string, role: PersonRole, unit: string) =>
  Person.parse({ staffNo, name: staffNo, role, unit });
const subject = (n: number) =>
  Subject.parse({
    id: codeOf(n),
    name: `企业${n}`,
    kind: 'enterprise',
    status: 'active',
    territory: '410381',
    tags: [],
    licences: [
      { name: '食品经营许可证', validThrough: '2027-03-02' },
      { name: '成品油零售经营批准证书', validThrough: '9999-09-09' },
    ],
    phone: '13800000000',
    jurisdictionUnit: UNIT,
  });

beforeAll(async () => {
  ({ state } = await openDatabase());
  process.env['ADMINISTRATORS'] = 'ADMIN';
  handler = await handlerOf('monitoring');
  await putPages(state, [
    ...libraryItems('people', [
      person('LEAD', 'lead-section', '牵头科室'),
      person('SUPERVISOR', 'supervisor', '督查室'),
      person('BUSINESS', 'business-section', '业务科'),
      person('HEAD', 'unit', UNIT),
      person('INSPECTOR', 'inspector', UNIT),
      person('STRANGER', 'inspector', OTHER_UNIT),
    ]),
    ...libraryItems('subjects', [1, 2, 3, 4].map(subject)),
  ]);
});

const Body = z.looseObject({ detail: z.string().optional() });

/** The gateway's clock says 2 March 2026, 09:30 in Shanghai. */
async function ask(
  route: string,
  by: string,
  id: string,
  more: { query?: string; body?: unknown; key?: string } = {},
) {
  const { statusCode, body } = answerOf(
    await handler(
      gatewayEvent({
        route,
        person: by,
        params: { id },
        ...(more.query === undefined ? {} : { query: more.query }),
        ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
        ...(more.key === undefined ? {} : { headers: { 'Idempotency-Key': more.key } }),
      }),
    ),
  );
  return { status: statusCode, body: Body.parse(JSON.parse(body)) };
}
const read = (by: string, id: string, query?: string) =>
  ask('GET /subjects/{id}', by, id, query === undefined ? {} : { query });
const record = (by: string, id: string, body: unknown, key?: string) =>
  ask('POST /subjects/{id}/signals', by, id, { body, ...(key === undefined ? {} : { key }) });

describe('article 4: what is known of a subject', () => {
  it('is shown newest first, and page by page', async () => {
    const id = codeOf(1);
    const signals = Array.from({ length: 120 }, (_, n) =>
      signalOf(id, 'import', { kind: 'penalty', on: addDays(day('2025-01-01'), n), reference: `${n}号` }),
    );
    await putPages(state, [
      ...signals.map(signalItem),
      givenClassItem({ subject: id, on: day('2025-05-31'), creditClass: 'C' }),
    ]);
    const Page = z.object({
      subject: z.object({ licences: z.array(z.object({ name: z.string() })), phone: z.string() }),
      signals: z.array(z.object({ on: z.string(), label: z.string() })),
      classes: z.array(z.unknown()),
      next: z.string().optional(),
    });
    const first = Page.parse((await read('LEAD', id)).body);
    expect(first.subject).toEqual({
      licences: [{ name: '成品油零售经营批准证书' }, { name: '食品经营许可证' }],
      phone: '13800000000',
    });
    expect([first.classes, first.signals.length]).toEqual([[{ on: '2025-05-31', creditClass: 'C' }], 99]);
    expect(first.signals[0]).toEqual({ on: '2025-04-30', label: '行政处罚' });
    const second = Page.parse((await read('LEAD', id, `after=${encodeURIComponent(first.next ?? '')}`)).body);
    expect([second.signals.length, second.signals.at(-1)?.on, second.next]).toEqual([
      21,
      '2025-01-01',
      undefined,
    ]);
    expect((await read('LEAD', id, 'after=2025')).status).toBe(400);
    expect((await read('LEAD', id, 'before=2025')).status).toBe(400);
  });

  it.each([
    ['LEAD', 200, true],
    ['ADMIN', 200, true],
    ['SUPERVISOR', 200, false],
    ['BUSINESS', 200, false],
    ['HEAD', 200, true],
    ['INSPECTOR', 200, true],
    ['STRANGER', 404, false],
    ['NOBODY', 403, false],
  ])('is answered to %s with %i, the telephone number being shown: %s', async (by, status, phone) => {
    const answer = await read(by, codeOf(2));
    expect([answer.status, JSON.stringify(answer.body).includes('13800000000')]).toEqual([status, phone]);
  });

  it('of a subject that the library does not have is not found', async () => {
    expect((await read('LEAD', codeOf(99))).status).toBe(404);
  });
});

describe('what the library said of a subject before', () => {
  const formerOf = (by: string, id: string) => ask('GET /subjects/{id}/former', by, id);

  it('is shown to whoever may see the subject, the phone to those who may use it', async () => {
    const before = { ...subject(4), name: '旧名' };
    await putPages(state, [formerItem({ subject: before, until: day('2026-02-01') })]);
    expect(await formerOf('LEAD', codeOf(4))).toMatchObject({
      status: 200,
      body: { former: [{ until: '2026-02-01', subject: { name: '旧名', phone: '13800000000' } }] },
    });
    expect(JSON.stringify((await formerOf('SUPERVISOR', codeOf(4))).body)).not.toContain('13800000000');
    expect((await formerOf('HEAD', codeOf(4))).status).toBe(200);
    expect((await formerOf('STRANGER', codeOf(4))).status).toBe(404);
  });
});

describe('article 4: a signal that staff record', () => {
  const said = { kind: 'penalty', on: '2026-03-02', reference: '偃市监罚〔2026〕12号', note: '罚款' };

  it('makes its subject due, is told of once, and is the same however often it is sent', async () => {
    const id = codeOf(3);
    const first = await record('LEAD', id, said, 'k-1');
    const { id: signal } = z.object({ id: z.string() }).parse(first.body);
    expect(first).toEqual({ status: 201, body: { ...said, id: signal, subject: id, source: 'person' } });
    expect(await record('LEAD', id, said, 'k-1')).toEqual(first);
    expect(await record('ADMIN', id, said)).toEqual({ ...first, status: 200 });
    expect((await record('LEAD', id, { ...said, note: '警告' }, 'k-1')).status).toBe(409);
    expect((await record('LEAD', id, { ...said, note: '警告' })).body).toMatchObject({
      type: 'urn:mingchou:problem:signal-differs',
    });
    expect((await historyOfSubject(state, id)).signals).toHaveLength(1);
    expect(await load(state, Review, stateKey('REVIEW', id))).toEqual({
      id,
      digest: signal,
      dueSk: `2026-03-02#${id}`,
    });
    expect((await historyOf(state, 'signal', signal)).map(({ actor, data }) => [actor, data])).toEqual([
      [
        { kind: 'person', id: 'LEAD' },
        { subjectId: id, kind: 'penalty', on: '2026-03-02' },
      ],
    ]);
  });

  it.each([
    ['of a day to come', { ...said, on: '2026-03-03' }, 422, '/on'],
    ['of an unknown kind', { ...said, kind: 'praise' }, 422, '/kind'],
    ['of a repair that says not what of', { kind: 'credit-repair', on: '2026-03-01' }, 422, '/lifts'],
    ['of a penalty that lifts something', { ...said, lifts: ['penalty'] }, 422, '/lifts'],
    ['with an unknown field', { ...said, level: 'severe' }, 422, '/level'],
  ])('%s is refused', async (_, body, status, pointer) => {
    const answer = await record('LEAD', codeOf(4), body);
    expect(answer).toMatchObject({ status, body: { errors: [{ pointer }] } });
  });

  it.each([
    ['a supervisor', 'SUPERVISOR', codeOf(4), 403],
    ['a unit', 'HEAD', codeOf(4), 403],
    ['the lead section of a subject that is not there', 'LEAD', codeOf(99), 404],
  ])('by %s is refused', async (_, by, id, status) => {
    expect((await record(by, id, said)).status).toBe(status);
    expect((await historyOfSubject(state, id)).signals).toEqual([]);
  });
});
