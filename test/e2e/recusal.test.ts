import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Proof } from '#domain/draw/proof.ts';
import { pairTicketOf } from '#domain/draw/ticket.ts';
import { inspectorAlias } from '#domain/inspector/alias.ts';
import { inspectionOf, step, until, type InspectionView } from '../support/journey.ts';
import {
  addSecondUnit,
  drawAll,
  FIRST_UNIT,
  fire,
  inspectorsChanged,
  SECOND_HEAD,
  send,
  toldTo,
  visitsOf,
  withSecondUnit,
} from '../support/staffing-journey.ts';
import {
  INSPECTORS,
  LEAD_SECTION,
  assemblyWith,
  FEW_SWEEPS,
  startWorld,
  UNIT_HEAD,
  type World,
} from '../support/world.ts';

const Recusals = z.object({ recusals: z.array(z.object({ subject: z.string(), kind: z.string() })) });
const Mine = z.object({ inspections: z.array(z.string()) });
const Seats = z.object({
  status: z.string(),
  version: z.int(),
  team: z.array(z.object({ inspector: z.string(), acceptedAt: z.string().optional() })),
  left: z.array(z.object({ inspector: z.string(), why: z.string(), reason: z.string(), by: z.string() })),
  openSeats: z.array(z.object({ unit: z.string(), formerly: z.string() })),
});
const Problem = z.object({ type: z.string(), detail: z.string() });

/** On 2026-09-01 these six of the first unit can be drawn: one is on leave, two certificates lapse, one is untrained. */
const ABLE = ['HP1001', 'HP1002', 'HP1003', 'HP1004', 'HP1005', 'HP1007'];

describe('who was drawn and can not go makes room for the next in line', () => {
  let world: World;
  let visits: InspectionView[];

  beforeAll(async () => {
    world = await startWorld({
      assembly: await assemblyWith(FEW_SWEEPS),
      restaurants: 5,
      runner: withSecondUnit,
    });
    await addSecondUnit(world);
    await drawAll(world, 'dining', ['YS-GXJ-003']);
    visits = await visitsOf(world, await fire(world, 'dining'));
  }, 90_000);
  afterAll(async () => world.stop());

  const visit = (at: number): InspectionView => {
    const found = visits[at];
    if (found === undefined) {
      throw new Error(`there are ${visits.length} visits`);
    }
    return found;
  };
  const seats = async ({ id }: InspectionView) =>
    Seats.parse((await world.as(LEAD_SECTION).get(`/inspections/${id}`)).body);
  const post = (person: string, { id }: InspectionView, what: string, body: unknown, status = 200) =>
    send(world, person, `/inspections/${id}/${what}`, body, status);
  const recuse = (person: string, from: InspectionView, status = 200) =>
    post(person, from, 'recuse', { kind: 'kinship', reason: '近亲属任职' }, status);

  test('article 5: after a recusal the next by pair ticket comes, and anyone can tell from the proof that it is so', async () => {
    const one = visit(0);
    const [leaving = '', staying = ''] = one.team.map(({ inspector }) => inspector);
    await step(world, one, 'accept');
    await recuse(leaving, one);
    const after = await seats(one);
    const proof = Proof.parse(
      JSON.parse((await world.anyone(`/public/draws/${one.draws[0]?.id}/proof`)).text),
    );
    const ticket = (staffNo: string) => pairTicketOf(proof.seed, one.subject.id, inspectorAlias(staffNo));
    const [next = ''] = ABLE.filter((staffNo) => staffNo !== leaving && staffNo !== staying).toSorted(
      (a, b) => (ticket(a) < ticket(b) ? -1 : 1),
    );
    expect(after.team.map(({ inspector }) => inspector)).toEqual([next, staying]);
    expect(after.left).toEqual([{ inspector: leaving, why: 'recused', reason: '近亲属任职', by: leaving }]);
    expect(after.status).toBe('assigned');

    expect(await toldTo(world, next)).toContain(`新检查任务：${one.subject.name}`);
    expect(await toldTo(world, UNIT_HEAD)).toContain(`检查人员回避：${one.subject.name}`);
    expect(Mine.parse((await world.as(leaving).get('/me/inspections')).body).inspections).not.toContain(
      one.id,
    );
    expect(Mine.parse((await world.as(next).get('/me/inspections')).body).inspections).toContain(one.id);
    expect(Recusals.parse((await world.as(leaving).get('/me/recusals')).body).recusals).toMatchObject([
      { subject: one.subject.id, kind: 'kinship' },
    ]);

    expect(Problem.parse(await post(staying, one, 'begin', undefined, 409)).type).toMatch('wrong-state');
    await post(next, one, 'accept', undefined);
    await post(staying, one, 'begin', undefined);
    expect(Problem.parse(await recuse(staying, one, 409)).detail).toContain('assigned or accepted');
  });

  test('article 10: when every inspector recuses the seats stay open, nobody can begin, and the unit fills them directly', async () => {
    const two = visit(1);
    for (let recused = 0; recused < ABLE.length - 1; recused += 1) {
      await recuse((await seats(two)).team[0]?.inspector ?? '', two);
    }
    const [last] = (await seats(two)).team;
    expect(await seats(two)).toMatchObject({ status: 'assigned', openSeats: [{ unit: FIRST_UNIT }] });
    expect(Problem.parse(await post(last?.inspector ?? '', two, 'begin', undefined, 409))).toMatchObject({
      type: 'urn:mingchou:problem:seat-open',
      detail: expect.stringContaining(FIRST_UNIT),
    });
    await recuse(last?.inspector ?? '', two);
    expect(await seats(two)).toMatchObject({ team: [], openSeats: [{}, {}] });
    for (const told of [UNIT_HEAD, LEAD_SECTION]) {
      expect(await toldTo(world, told)).toContain(`席位空缺：${two.subject.name}`);
    }

    const assign = async (inspectors: string[], status: number) =>
      z
        .looseObject({ errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional() })
        .parse(
          await post(UNIT_HEAD, two, 'assign', { unit: FIRST_UNIT, inspectors, reason: '全员回避' }, status),
        );
    expect((await assign(['HP1001', 'HP1010'], 422)).errors).toEqual([
      { pointer: '/inspectors/0', detail: expect.stringContaining('（HP1001）：对该检查对象应当回避') },
      { pointer: '/inspectors/1', detail: expect.stringContaining('（HP1010）：执法证在检查期内失效') },
    ]);
    // Two people are trained and certified; now there is a team again.
    await world.importText(
      'inspectors',
      await inspectorsChanged(world, ['HP1008', 'HP1010'], (row) =>
        row.map((cell, at) => (at === 4 ? '食品安全' : at === 11 || at === 14 ? '2028-01-31' : cell)),
      ),
    );
    expect(await assign(['HP1008'], 422)).toMatchObject({ type: 'urn:mingchou:problem:team-below-two' });
    await assign(['HP1008', 'HP1010'], 200);
    const filled = await inspectionOf(world, two.id);
    expect(filled.team.map(({ inspector }) => inspector)).toEqual(['HP1008', 'HP1010']);
    expect(await toldTo(world, 'HP1010')).toContain(`新检查任务：${two.subject.name}`);
    await step(world, filled, 'accept');
    await step(world, filled, 'begin');
    await world.importText('inspectors', await world.file('inspectors'));
  });

  test('article 5: a certificate that lapses between the draw and the visit stops it, and the next in line takes the seat', async () => {
    const three = visit(2);
    const [lapsing = '', other = ''] = three.team.map(({ inspector }) => inspector);
    await step(world, three, 'accept');
    expect(
      Problem.parse(await post(UNIT_HEAD, three, 'replace', { inspector: lapsing, reason: '想换人' }, 409))
        .type,
    ).toBe('urn:mingchou:problem:member-can-act');
    await world.importText(
      'inspectors',
      await inspectorsChanged(world, [lapsing], (row) =>
        row.map((cell, at) => (at === 11 ? '2026-08-31' : at === 12 || at === 13 ? '' : cell)),
      ),
    );
    expect(Problem.parse(await post(other, three, 'begin', undefined, 409))).toMatchObject({
      type: 'urn:mingchou:problem:inspector-ineligible',
      detail: expect.stringContaining(`（${lapsing}）：执法证在检查期内失效`),
    });
    const ask = { inspector: lapsing, reason: '执法证到期' };
    expect(Problem.parse(await post(other, three, 'replace', ask, 403)).type).toMatch('role-forbidden');
    await post(UNIT_HEAD, three, 'replace', ask);
    const after = await seats(three);
    expect(after.left).toEqual([
      { inspector: lapsing, why: 'ineligible', reason: '执法证到期', by: UNIT_HEAD },
    ]);
    expect(await toldTo(world, lapsing)).toContain(`不再参加检查：${three.subject.name}`);
    const next = after.team.find(({ acceptedAt }) => acceptedAt === undefined)?.inspector ?? '';
    await post(next, three, 'accept', undefined);
    await post(other, three, 'begin', undefined);
    await world.importText('inspectors', await world.file('inspectors'));
  });

  test('article 9: an expert comes along, shown to staff', async () => {
    const three = visit(2);
    const expert = { name: '专家甲', organisation: '市检测所', role: '抽样检测' };
    await post(UNIT_HEAD, three, 'experts', expert);
    expect((await world.as(LEAD_SECTION).get(`/inspections/${three.id}`)).body).toMatchObject({
      experts: [{ ...expert, invitedBy: UNIT_HEAD }],
    });
    expect(Problem.parse(await post(LEAD_SECTION, three, 'experts', expert, 403)).type).toMatch(
      'role-forbidden',
    );
  });

  test('another unit’s head and a stranger find nothing, whatever they ask', async () => {
    const four = visit(3);
    const stranger = INSPECTORS.find((one) => four.team.every(({ inspector }) => inspector !== one)) ?? '';
    const asked = [
      ['recuse', { kind: 'other', reason: '无' }],
      ['replace', { inspector: four.team[0]?.inspector, reason: '无' }],
      ['assign', { unit: FIRST_UNIT, inspectors: ['HP1001', 'HP1002'], reason: '无' }],
      ['experts', { name: '甲', organisation: '乙', role: '丙' }],
    ] as const;
    for (const [what, body] of asked) {
      for (const person of [SECOND_HEAD, stranger]) {
        expect(Problem.parse(await post(person, four, what, body, 404)).detail).toContain(four.id);
      }
      if (what !== 'recuse' && what !== 'experts') {
        await post(four.team[0]?.inspector ?? '', four, what, body, 403);
      }
    }
    await post(UNIT_HEAD, four, 'recuse', { kind: 'other', reason: '无' }, 403);
  });

  test('a declaration made in advance keeps a person away from every later draw, and is made once', async () => {
    const subject = visit(4).subject.id;
    const declare = (reason: string) =>
      send(world, 'HP1001', '/me/recusals', { subject, kind: 'interest', reason }, 200);
    const first = await declare('持有股份');
    expect(first).toMatchObject({ subject, inspector: 'HP1001', kind: 'interest', reason: '持有股份' });
    expect(await declare('再说一次')).toEqual(first);
    await send(world, UNIT_HEAD, '/me/recusals', { subject, kind: 'interest', reason: '无' }, 403);
    await send(
      world,
      'HP1001',
      '/me/recusals',
      { subject: '91410381MA00000010', kind: 'interest', reason: '无' },
      422,
    );
  });

  test('whoever says nothing until the last day to accept has passed is replaced by itself, and nobody chooses by whom', async () => {
    const four = visit(3);
    const [silent = '', present = ''] = four.team.map(({ inspector }) => inspector);
    await post(present, four, 'accept', undefined);
    // Assigned on Tuesday: the last day to accept is Thursday.
    await until(world, '2026-09-03T09:00:00.000Z');
    const ask = { inspector: silent, reason: '逾期未接受' };
    expect(Problem.parse(await post(LEAD_SECTION, four, 'replace', ask, 409)).type).toMatch('member-can-act');
    // The first sweep of Friday finds the day passed.
    await until(world, '2026-09-04T02:00:00.000Z');
    const after = await seats(four);
    expect(after.left).toEqual([
      {
        inspector: silent,
        why: 'unresponsive',
        reason: '逾期未接受（2026-09-03） did not answer by 2026-09-03',
        by: 'succession',
      },
    ]);
    // The new one has two working days again: no reminder of the old deadline follows.
    await until(world, '2026-09-07T02:00:00.000Z');
    const next = after.team.find(({ inspector }) => inspector !== present)?.inspector ?? '';
    expect((await toldTo(world, next)).find((subject) => subject.endsWith('接受检查任务'))).toBe(
      '还剩 1 个工作日：接受检查任务',
    );
    expect(world.runner.deadLetters()).toEqual([]);
  });
});
