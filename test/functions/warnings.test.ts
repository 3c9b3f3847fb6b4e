import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Person, type PersonRole } from '#domain/person/person.ts';
import { cellsOf } from '#store/cells.ts';
import { historyOf } from '#store/history.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import type { StateTable } from '#store/store.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { MONDAY } from '../support/samples.ts';
import {
  adopt,
  codeOf,
  enterprise,
  importSubjects,
  openScanner,
  scanOn,
  signal,
  type Scanner,
} from '../support/scanning.ts';

let state: StateTable;
let scanner: Scanner;
let handler: (event: unknown) => Promise<unknown>;

const Warnings = z.object({
  warnings: z.array(
    z.looseObject({ id: z.string(), status: z.string(), subject: z.object({ id: z.string() }) }),
  ),
  next: z.string().optional(),
});

beforeAll(async () => {
  ({ state } = await openDatabase());
  process.env['ADMINISTRATORS'] = 'ADMIN';
  [scanner, handler] = await Promise.all([openScanner(), handlerOf('monitoring')]);
  const person = (staffNo: string, role: PersonRole) =>
    Person.parse({ staffNo, name: staffNo, role, unit: '牵头科室' });
  await putPages(
    state,
    libraryItems('people', [
      person('LEAD', 'lead-section'),
      person('SUPERVISOR', 'supervisor'),
      person('INSPECTOR', 'inspector'),
    ]),
  );
  await adopt(state, MONDAY, {
    id: 'complained',
    about: 'subject',
    when: 'subject.complaints(90) >= 1',
    level: 'watch',
    reason: '90 日内有投诉',
  });
  await adopt(state, MONDAY, {
    id: 'abnormal',
    about: 'subject',
    when: 'subject.isAbnormal()',
    level: 'warning',
    reason: '列入经营异常名录',
  });
  const subjects = Array.from({ length: 105 }, (_, n) => enterprise(n, n === 7 ? { industry: 'C1351' } : {}));
  await importSubjects(state, '2026-03-02', ...subjects);
  for (let n = 0; n < 105; n += 1) await signal(state, n, 'complaint', '2026-03-02');
  await signal(state, 7, 'abnormal-listing', '2026-03-02');
  await scanOn(state, scanner, '2026-03-03');
}, 60_000);

async function ask(
  by: string,
  route: string,
  { id, query, body, key }: { id?: string; query?: string; body?: unknown; key?: string } = {},
) {
  const answer = answerOf(
    await handler(
      gatewayEvent({
        route,
        person: by,
        ...(id === undefined ? {} : { params: { id } }),
        ...(query === undefined ? {} : { query }),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
      }),
    ),
  );
  return { status: answer.statusCode, body: z.looseObject({}).parse(JSON.parse(answer.body)) };
}
const list = async (query: string) => Warnings.parse((await ask('LEAD', 'GET /warnings', { query })).body);
const warningOf = async (n: number, status = 'open') => {
  const { warnings } = await list(`status=${status}&industry=C1351`);
  return warnings.find(({ subject }) => subject.id === codeOf(n))?.id ?? '';
};
const cell = async (industry: string) =>
  (await cellsOf(state, '410381')).find((one) => one.industry === industry);

describe('article 4: warnings', () => {
  it('are listed newest first, a hundred at a time, each once', async () => {
    const first = await list('');
    expect(first.warnings).toHaveLength(100);
    const second = await list(`after=${encodeURIComponent(first.next ?? '')}`);
    expect([second.warnings.length, second.next]).toEqual([5, undefined]);
    expect(new Set([...first.warnings, ...second.warnings].map(({ id }) => id)).size).toBe(105);
  });

  it.each([
    ['level=warning', 1],
    ['industry=C13', 1],
    ['industry=F52&level=warning', 0],
    ['territory=410381001&level=warning', 1],
    ['territory=4104', 0],
    ['status=cleared', 0],
  ])('are found by %s: %i', async (query, many) => {
    expect((await list(query)).warnings).toHaveLength(many);
  });

  it('are for those who watch all subjects', async () => {
    expect((await ask('SUPERVISOR', 'GET /warnings')).status).toBe(200);
    expect((await ask('INSPECTOR', 'GET /warnings')).status).toBe(403);
    const id = await warningOf(7);
    expect((await ask('SUPERVISOR', 'POST /warnings/{id}/acknowledge', { id, body: {} })).status).toBe(403);
  });

  it('refuse a filter that is none, naming it', async () => {
    const { status, body } = await ask('LEAD', 'GET /warnings', { query: 'level=grave&after=x' });
    expect([status, z.array(z.object({ pointer: z.string() })).parse(body['errors'])]).toMatchObject([
      400,
      [{ pointer: '/level' }, { pointer: '/after' }],
    ]);
  });

  it('are acknowledged once, told again with the first answer, and dismissed with a note that takes the subject out of the count', async () => {
    const id = await warningOf(7);
    const acknowledge = () =>
      ask('LEAD', 'POST /warnings/{id}/acknowledge', { id, body: { note: '已约谈' }, key: 'k1' });
    const first = await acknowledge();
    expect([first.status, first.body]).toMatchObject([
      200,
      { status: 'acknowledged', decided: { by: 'LEAD', note: '已约谈' } },
    ]);
    expect(await acknowledge()).toEqual(first);
    expect((await ask('LEAD', 'POST /warnings/{id}/acknowledge', { id, body: {} })).body).toMatchObject({
      type: 'urn:mingchou:problem:wrong-state',
    });
    expect(await cell('C1351')).toMatchObject({ subjects: 1, warning: 1 });

    expect((await ask('LEAD', 'POST /warnings/{id}/dismiss', { id, body: {} })).status).toBe(422);
    const dismissed = await ask('LEAD', 'POST /warnings/{id}/dismiss', { id, body: { note: '数据有误' } });
    expect([dismissed.status, dismissed.body['status']]).toEqual([200, 'dismissed']);
    expect(await cell('C1351')).toMatchObject({ subjects: 1, warning: 0 });
    expect((await historyOf(state, 'warning', id)).map(({ type }) => type)).toEqual([
      'warning.raised',
      'warning.acknowledged',
      'warning.dismissed',
    ]);
  });

  it('stay dismissed while the rules say the same, and are raised anew by what says more', async () => {
    await signal(state, 7, 'complaint', '2026-03-05');
    expect((await scanOn(state, scanner, '2026-03-06')).counts).toMatchObject({ raised: 0 });
    await adopt(state, MONDAY, {
      id: 'food',
      about: 'subject',
      when: 'subject.industry.startsWith("C13") && subject.isAbnormal()',
      level: 'severe',
      reason: '食品生产且列入异常名录',
      effectiveFrom: '2026-03-07',
    });
    await signal(state, 7, 'complaint', '2026-03-06');
    expect((await scanOn(state, scanner, '2026-03-07')).counts.raised).toBe(1);
    expect(await cell('C1351')).toMatchObject({ subjects: 1, warning: 0, severe: 1 });
  });
});

describe('scans', () => {
  it('are listed with their counts, and shown part by part', async () => {
    const { body } = await ask('LEAD', 'GET /scans');
    expect(body['scans']).toMatchObject([
      { id: 'scan-2026-03-07', status: 'finished' },
      { id: 'scan-2026-03-06', counts: { raised: 0 } },
      { id: 'scan-2026-03-03', counts: { raised: 105 }, parts: { open: 0, all: 9 } },
    ]);
    const one = await ask('LEAD', 'GET /scans/{id}', { id: 'scan-2026-03-03' });
    expect(z.array(z.object({ status: z.string() })).parse(one.body['parts'])).toHaveLength(9);
    expect((await ask('LEAD', 'GET /scans/{id}', { id: 'scan-2026-01-01' })).status).toBe(404);
  });
});
