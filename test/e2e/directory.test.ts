import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { InterceptedCall } from '#infra/local/runner.ts';
import { until } from '../support/journey.ts';
import { deniedCalls } from '../support/least-privilege.ts';
import { FIRST_UNIT, inspectorsChanged, toldTo } from '../support/staffing-journey.ts';
import {
  noting,
  ADMINISTRATOR,
  assemblySweptDaily,
  LEAD_SECTION,
  startWorld,
  SUPERVISOR,
  UNIT_HEAD,
  type World,
  WEEKLY,
} from '../support/world.ts';

const Directory = z.object({
  unit: z.string(),
  day: z.string(),
  inspectors: z.array(
    z.object({
      staffNo: z.string(),
      phone: z.string().optional(),
      eligible: z.boolean(),
      reasons: z.array(z.object({ reason: z.string(), label: z.string() })),
      leave: z.array(z.object({ from: z.string(), through: z.string() })),
      trainedThrough: z.string().optional(),
      load: z.object({ open: z.record(z.string(), z.int()), givenInYear: z.int() }),
    }),
  ),
});
const Trained = z.object({
  inspector: z.object({ trainings: z.array(z.object({ title: z.string(), recordedBy: z.string() })) }),
});
const History = z.object({ events: z.array(z.object({ type: z.string(), data: z.unknown() })) });

/** Article 5: the directory of inspectors is kept current by those who answer for it. */
describe('the directory of inspectors', () => {
  let world: World;
  let assembly: string;
  const calls: InterceptedCall[] = [];

  beforeAll(async () => {
    assembly = await assemblySweptDaily(WEEKLY);
    world = await startWorld({
      assembly,
      restaurants: 1,
      doubleRequests: true,
      runner: {
        // Every schedule fires twice, as EventBridge may.
        onDeliver: () => 2,
        intercept: noting(calls),
      },
    });
    const file = await inspectorsChanged(world, ['HP1001'], (row) =>
      row.map((cell, place) => (place === 11 ? '2026-11-15' : place === 12 || place === 13 ? '' : cell)),
    );
    const [header = '', ...rows] = file.split('\r\n');
    await world.importText(
      'inspectors',
      [
        `${header},手机号`,
        ...rows.map((row) => (row.startsWith('HP1001') ? `${row},13800000000` : row)),
      ].join('\r\n'),
    );
  }, 120_000);
  afterAll(async () => world.stop());

  const of = async (person: string, query = '') => world.as(person).get(`/inspectors${query}`);
  const one = async (staffNo: string, person = UNIT_HEAD) =>
    Directory.parse((await of(person, `?unit=${encodeURIComponent(FIRST_UNIT)}`)).body).inspectors.find(
      (inspector) => inspector.staffNo === staffNo,
    );
  const history = async (staffNo: string) =>
    History.parse((await world.as(LEAD_SECTION).get(`/history/inspector/${staffNo}`)).body).events;

  test('tells a unit who can be sent today, and why somebody can’t', async () => {
    const { unit, day, inspectors } = Directory.parse((await of(UNIT_HEAD)).body);
    expect([unit, day, inspectors.length]).toEqual([FIRST_UNIT, '2026-09-01', 10]);
    expect(
      inspectors.flatMap(({ staffNo, reasons }) => reasons.map(({ reason }) => [staffNo, reason])),
    ).toEqual([
      ['HP1006', 'on-leave'],
      ['HP1008', 'untrained'],
      ['HP1010', 'certificate-lapsed'],
    ]);
  });

  test('tells how much each has to do, which is nothing before a draw', async () => {
    expect((await one('HP1001'))?.load).toEqual({
      open: { all: 0, assigned: 0, accepted: 0, begun: 0, ended: 0, recorded: 0 },
      givenInYear: 0,
    });
  });

  test('is read by the lead section and the administrator for any unit, by a unit for its own, and by nobody else', async () => {
    const elsewhere = `?unit=${encodeURIComponent('节能监察中心')}`;
    expect((await of(LEAD_SECTION, elsewhere)).body).toMatchObject({ inspectors: [] });
    expect((await of(ADMINISTRATOR, elsewhere)).status).toBe(200);
    expect(await of(LEAD_SECTION)).toMatchObject({
      status: 400,
      body: { type: 'urn:mingchou:problem:query-invalid' },
    });
    for (const refused of [await of(UNIT_HEAD, elsewhere), await of(SUPERVISOR), await of('HP1001')]) {
      expect(refused).toMatchObject({ status: 403, body: { type: 'urn:mingchou:problem:role-forbidden' } });
    }
  });

  test('shows a phone to those alone who may act on it', async () => {
    expect((await one('HP1001'))?.phone).toBe('13800000000');
    expect((await one('HP1001', ADMINISTRATOR))?.phone).toBe('13800000000');
    expect((await one('HP1001', LEAD_SECTION))?.phone).toBe(undefined);
  });

  test('takes the leave of an inspector from the unit, in order, without overlap, and keeps what stood before', async () => {
    const set = async (person: string, staffNo: string, leave: object[]) =>
      world.as(person).put(`/inspectors/${staffNo}/leave`, { leave });
    const away = { from: '2026-09-01', through: '2026-09-03' };
    const later = { from: '2026-10-08', through: '2026-10-09' };
    expect(
      await set(UNIT_HEAD, 'HP1002', [away, { from: '2026-09-03', through: '2026-09-04' }]),
    ).toMatchObject({ status: 422, body: { errors: [{ pointer: '/leave/1' }] } });
    expect(await set(UNIT_HEAD, 'HP1002', [later, away])).toMatchObject({
      status: 200,
      body: { leave: [away, later], eligible: false, reasons: [{ reason: 'on-leave' }] },
    });
    expect((await one('HP1002'))?.reasons).toEqual([{ reason: 'on-leave', label: '检查期内休假' }]);
    expect(await set(ADMINISTRATOR, 'HP1002', [])).toMatchObject({ status: 200, body: { eligible: true } });
    expect((await history('HP1002')).map(({ type, data }) => [type, data])).toEqual([
      ['inspector.leave-set', { unit: FIRST_UNIT, leave: [away, later], before: [] }],
      ['inspector.leave-set', { unit: FIRST_UNIT, leave: [], before: [away, later] }],
    ]);
    expect(await set(LEAD_SECTION, 'HP1002', [])).toMatchObject({ status: 403 });
    expect(await set(UNIT_HEAD, 'HP2001', [])).toMatchObject({ status: 404 });
  });

  test('takes a training down, which moves the day through which it counts and never back', async () => {
    const train = async (body: object) => world.as(UNIT_HEAD).post('/inspectors/HP1008/trainings', body);
    const training = { title: '执法能力培训', on: '2026-08-31', validThrough: '2027-08-31' };
    expect(await train({ ...training, validThrough: '2026-08-30' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/validThrough' }] },
    });
    expect(await train({ ...training, on: '2026-09-02' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/on' }] },
    });
    expect(await train(training)).toMatchObject({
      status: 200,
      body: { trainedThrough: '2027-08-31', eligible: true },
    });
    const short = { title: '专题培训', on: '2026-09-01', validThrough: '2026-12-31' };
    expect(await train(short)).toMatchObject({ status: 200, body: { trainedThrough: '2027-08-31' } });
    const { inspector } = Trained.parse((await world.as(UNIT_HEAD).get('/inspectors/HP1008')).body);
    expect(inspector.trainings).toEqual([
      { title: '执法能力培训', recordedBy: UNIT_HEAD },
      { title: '专题培训', recordedBy: UNIT_HEAD },
    ]);
    expect((await history('HP1008')).map(({ data }) => data)).toEqual([
      { unit: FIRST_UNIT, ...training },
      { unit: FIRST_UNIT, ...short, before: '2027-08-31' },
    ]);
  });

  test('warns the person and the unit 60, 30 and 7 days before a certificate lapses, and the lead section when it has', async () => {
    const heard = async (person: string): Promise<string[]> =>
      (await toldTo(world, person))
        .filter((subject) => /执法证.*钱示燕|您的执法证/.test(subject))
        .toReversed();
    const told = async () => [await heard('HP1001'), await heard(UNIT_HEAD), await heard(LEAD_SECTION)];
    await until(world, '2026-09-15T02:00:00.000Z');
    expect(await told()).toEqual([[], [], []]);
    await until(world, '2026-09-16T02:00:00.000Z');
    expect(await told()).toEqual([['您的执法证还有 60 天到期'], ['执法证还有 60 天到期：钱示燕'], []]);
    // The day of 7 days is a Sunday: the Monday after speaks, and so does the one after the last valid day.
    await until(world, '2026-11-30T02:00:00.000Z');
    expect(await told()).toEqual([
      ['您的执法证还有 60 天到期', '您的执法证还有 30 天到期', '您的执法证还有 6 天到期', '您的执法证已过期'],
      [
        '执法证还有 60 天到期：钱示燕',
        '执法证还有 30 天到期：钱示燕',
        '执法证还有 6 天到期：钱示燕',
        '执法证已过期：钱示燕',
      ],
      ['执法证已过期：钱示燕'],
    ]);
    expect((await one('HP1001'))?.reasons.map(({ reason }) => reason)).toEqual(['certificate-lapsed']);
  }, 120_000);

  test('no function made a call that its role in the template would deny, and nothing was left undelivered', () => {
    expect(deniedCalls(assembly, calls, world.runner.tables)).toEqual([]);
    expect(world.runner.deadLetters()).toEqual([]);
  });
});
