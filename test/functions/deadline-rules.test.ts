import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defaultTable } from '#domain/deadline/rules.ts';
import { startDeadline } from '#domain/deadline/deadline.ts';
import { Person } from '#domain/person/person.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { historyOf } from '#store/history.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import type { StateTable } from '#store/store.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { at } from '../support/samples.ts';

/** Requests come in on 2 March 2026, by `gatewayEvent`. */
const FROM = '2026-03-09';
const FASTER = { accept: { ...defaultTable.accept, workingDays: 1 } };

let state: StateTable;
let calendars: (event: unknown) => Promise<unknown>;

beforeAll(async () => {
  ({ state } = await openDatabase());
  Object.assign(process.env, { ADMINISTRATORS: 'HP9007' });
  calendars = await handlerOf('calendars');
  const people = [
    { staffNo: 'QT0001', name: '牵头一', role: 'lead-section', unit: '监管科' },
    { staffNo: 'DW0001', name: '单位一', role: 'unit', unit: '商务综合执法大队' },
  ].map((one) => Person.parse(one));
  await putPages(state, libraryItems('people', people));
});

const Body = z.record(z.string(), z.unknown());
const send = async (event: Parameters<typeof gatewayEvent>[0]) => {
  const { statusCode: status, body } = answerOf(await calendars(gatewayEvent(event)));
  return { status, body: Body.parse(JSON.parse(body)) };
};
const put = (body: unknown, person = 'QT0001') =>
  send({ route: 'PUT /deadline-rules', person, body: JSON.stringify(body) });
const read = () => send({ route: 'GET /deadline-rules', person: 'DW0001' });

describe('the deadline rules', () => {
  it('are the table of the regulation until others are adopted', async () => {
    expect(await read()).toMatchObject({
      status: 200,
      body: { inForce: { version: 0, rules: defaultTable }, versions: [] },
    });
  });

  it('are not for a unit to change', async () => {
    expect(await put({ effectiveFrom: FROM, rules: FASTER }, 'DW0001')).toMatchObject({
      status: 403,
      body: { type: 'urn:mingchou:problem:role-forbidden' },
    });
  });

  it('article 14: do not make the statutory deadline longer', async () => {
    const rules = { publish: { ...defaultTable.publish, workingDays: 25 } };
    expect(await put({ effectiveFrom: FROM, rules })).toMatchObject({
      status: 422,
      body: {
        type: 'urn:mingchou:problem:body-invalid',
        errors: [{ pointer: '/rules/publish/workingDays', detail: expect.stringContaining('第十四条') }],
      },
    });
  });

  it('are not changed for days that are past', async () => {
    expect(await put({ effectiveFrom: '2026-03-01', rules: FASTER })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/effectiveFrom', detail: '不得早于 2026-03-02 not before 2026-03-02' }] },
    });
  });

  it('article 17: are versions that hold from their day on, and the same again is no other', async () => {
    const first = await put({ effectiveFrom: FROM, rules: FASTER });
    expect(first).toMatchObject({ status: 201, body: { version: 1, effectiveFrom: FROM, by: 'QT0001' } });
    expect(await put({ effectiveFrom: FROM, rules: FASTER }, 'HP9007')).toEqual({ ...first, status: 200 });
    expect(await put({ effectiveFrom: '2026-03-08', rules: {} })).toMatchObject({
      body: { errors: [{ pointer: '/effectiveFrom', detail: '不得早于 2026-03-09 not before 2026-03-09' }] },
    });
    expect((await put({ effectiveFrom: '2026-04-01', rules: {} }, 'HP9007')).body).toMatchObject({
      version: 2,
      rules: defaultTable,
    });
    expect((await read()).body).toMatchObject({
      inForce: { version: 0 },
      versions: [{ version: 1 }, { version: 2 }],
    });
    const told = await historyOf(state, 'deadline-rules', 'in-use');
    expect(told.map(({ type, actor }) => [type, actor.id])).toEqual([
      ['deadline-rules.adopted', 'QT0001'],
      ['deadline-rules.adopted', 'HP9007'],
    ]);
  });

  it('are read with the calendar, so that whoever counts goes by both', async () => {
    const counting = await workingDays(state, stateCouncilCalendar());
    const due = ['2026-03-06', '2026-03-09', '2026-04-01'].map((on) => {
      const startedAt = at(`${on}T02:00:00.000Z`);
      const of = { kind: 'inspection', id: 'I-1' } as const;
      const made = startDeadline(counting, { id: 'L-1', kind: 'accept', of, correlation: 'T-1', startedAt });
      return [made.rules, made.due];
    });
    expect(due).toEqual([
      [0, '2026-03-10'],
      [1, '2026-03-10'],
      [2, '2026-04-03'],
    ]);
  });
});
