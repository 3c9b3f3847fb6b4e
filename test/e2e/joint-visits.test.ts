import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { InterceptedCall } from '#infra/local/runner.ts';
import { cleanRecord, inspectionOf, step, type InspectionView } from '../support/journey.ts';
import { deniedCalls } from '../support/least-privilege.ts';
import {
  addSecondUnit,
  drawAll,
  drawOf,
  fire,
  FIRST_UNIT,
  inspectorsChanged,
  SECOND_HEAD,
  SECOND_UNIT,
  send,
  toldTo,
  visitsOf,
  withSecondUnit,
  type DrawView,
} from '../support/staffing-journey.ts';
import {
  noting,
  INSPECTORS,
  LEAD_SECTION,
  assemblyWith,
  FEW_SWEEPS,
  startWorld,
  UNIT_HEAD,
  type World,
} from '../support/world.ts';

const Teams = z.object({
  objects: z.array(z.object({ id: z.string(), items: z.array(z.string()), recused: z.array(z.string()) })),
  inspectors: z.array(z.object({ staffNo: z.string() })),
});
const Chosen = z.object({ missing: z.array(z.string()) });
const Problem = z.object({ type: z.string(), errors: z.array(z.object({ detail: z.string() })).optional() });
const Types = z.object({ events: z.array(z.looseObject({ type: z.string(), data: z.looseObject({}) })) });

/** Two restaurants, two units. */
const Deadlines = z.object({
  deadlines: z.array(z.object({ of: z.object({ id: z.string() }), units: z.array(z.string()) })),
});

describe('one visit for all that has to be checked, and teams that units choose', () => {
  let assembly: string;
  let world: World;
  let first: DrawView;
  const calls: InterceptedCall[] = [];

  beforeAll(async () => {
    assembly = await assemblyWith(FEW_SWEEPS);
    world = await startWorld({
      assembly,
      restaurants: 2,
      runner: {
        ...withSecondUnit,
        intercept: noting(calls),
      },
    });
    await addSecondUnit(world);
    await drawAll(world, 'dining', ['YS-GXJ-003']);
    await drawAll(world, 'again', ['YS-GXJ-003']);
    await drawAll(world, 'measures', ['YS-GXJ-903']);
    await drawAll(world, 'chosen', ['YS-GXJ-003', 'YS-GXJ-903'], { staffing: 'direct' });
    first = await fire(world, 'dining');
  }, 90_000);
  afterAll(async () => world.stop());

  const history = async (kind: string, id: string) =>
    Types.parse((await world.as(LEAD_SECTION).get(`/history/${kind}/${id}`)).body).events;
  const people = ({ team }: InspectionView) => team.map(({ inspector }) => inspector);
  const oneOf = async (draw: DrawView): Promise<InspectionView> => {
    const [visit] = await visitsOf(world, draw);
    if (visit === undefined) {
      throw new Error(`${draw.id} sent nobody out`);
    }
    return visit;
  };

  test('article 3: a second draw of the same unit joins both visits, and the team that is there stays', async () => {
    const [before] = await visitsOf(world, first);
    const second = await fire(world, 'again');
    expect(second.inspections.map(({ id, how }) => [id, how])).toEqual(
      first.inspections.map(({ id }) => [id, 'drawn']),
    );
    const after = await oneOf(second);
    expect([after.id, people(after), after.items.map(({ code }) => code)]).toEqual([
      before?.id,
      before && people(before),
      ['YS-GXJ-003'],
    ]);
    expect(after.draws.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(await toldTo(world, people(after)[0] ?? '')).toContain(`检查任务增加事项：${after.subject.name}`);
  });

  test('article 3: a draw of another unit joins with its people, who accept before the visit begins; one record is published for all', async () => {
    const accepted = await oneOf(first);
    await step(world, accepted, 'accept');
    expect(await inspectionOf(world, accepted.id)).toMatchObject({ status: 'accepted' });
    const third = await fire(world, 'measures');
    const joined = await oneOf(third);
    expect(joined).toMatchObject({ id: accepted.id, status: 'assigned' });
    const newcomers = people(joined).filter((one) => !people(accepted).includes(one));
    expect([newcomers.length, newcomers.every((one) => one.startsWith('HP2'))]).toEqual([2, true]);
    expect(joined.items.map(({ code }) => code)).toEqual(['YS-GXJ-003', 'YS-GXJ-903']);
    for (const told of newcomers) {
      expect(await toldTo(world, told)).toContain(`新检查任务：${joined.subject.name}`);
    }
    // The heads of both units see it; neither sends the other's people.
    expect((await world.as(SECOND_HEAD).get(`/inspections/${joined.id}`)).status).toBe(200);
    const foreign = { unit: FIRST_UNIT, inspectors: ['HP1001', 'HP1002'], reason: '代为选派' };
    await send(world, SECOND_HEAD, `/inspections/${joined.id}/assign`, foreign, 403);

    for (const one of newcomers) {
      await send(world, one, `/inspections/${joined.id}/accept`, undefined, 200);
    }
    await step(world, joined, 'begin');
    await step(world, joined, 'end');
    await step(world, joined, 'record', cleanRecord(joined));
    await step(world, joined, 'publish');
    const { text } = await world.anyone(`/public/inspections/${joined.id}`, { accept: 'application/json' });
    expect(JSON.parse(text)).toMatchObject({
      draws: [{ id: first.id }, {}, { id: third.id, how: 'drawn' }],
      units: [FIRST_UNIT, SECOND_UNIT],
    });
    expect(text).not.toContain('HP2');
    expect((await history('inspection', joined.id)).map(({ type }) => type)).toEqual([
      'inspection.assigned',
      'inspection.joined',
      'inspection.accepted',
      'inspection.accepted',
      'inspection.joined',
      'inspection.accepted',
      'inspection.accepted',
      'inspection.begun',
      'inspection.ended',
      'inspection.recorded',
      'inspection.published',
      'inspection.closed',
    ]);
  });

  test('article 7(4): units that choose are told, choose all of their objects at once, and the last one sends the draw out', async () => {
    const draw = await fire(world, 'chosen');
    expect([draw.status, draw.inspections]).toEqual(['drawn', []]);
    for (const head of [UNIT_HEAD, SECOND_HEAD]) {
      expect(await toldTo(world, head)).toContain('请选派检查人员：chosen（转办：chosen）');
    }
    const path = `/draws/${draw.id}/teams`;
    const before = calls.length;
    const { objects, inspectors } = Teams.parse((await world.as(SECOND_HEAD).get(path)).body);
    expect(calls.slice(before).filter(({ service }) => service === 'dynamodb').length).toBe(4);
    expect([objects.length, objects[0]?.items]).toEqual([2, ['YS-GXJ-903']]);
    expect(inspectors.map(({ staffNo }) => staffNo)).toContain('HP2001');
    const teams = (...staffNos: string[]) => objects.map(({ id }) => ({ object: id, inspectors: staffNos }));
    const refused = async (body: object) => Problem.parse(await send(world, SECOND_HEAD, path, body, 422));
    const reason = '专项技术检查';
    expect(await refused({ teams: teams('HP2001', 'HP2002').slice(1), reason })).toMatchObject({
      type: 'urn:mingchou:problem:teams-incomplete',
      errors: [{ detail: `缺少 ${objects[0]?.id} has no team in the list` }],
    });
    expect((await refused({ teams: teams('HP2001'), reason })).type).toMatch('team-below-two');
    expect((await refused({ teams: teams('HP2001', 'HP1001'), reason })).errors?.[0]?.detail).toContain(
      '（HP1001）：不属于承担单位',
    );
    expect((await refused({ teams: teams('HP2001', 'HP2002') })).type).toMatch('body-invalid');
    await send(world, LEAD_SECTION, path, { teams: teams('HP2001', 'HP2002'), reason }, 403);

    const toChoose = async () =>
      Deadlines.parse((await world.as(SECOND_HEAD).get('/deadlines?kind=match')).body).deadlines;
    expect((await toChoose()).map(({ of, units }) => [of.id, units.length])).toEqual([[draw.id, 2]]);
    const chosen = await send(world, SECOND_HEAD, path, { teams: teams('HP2001', 'HP2002'), reason }, 200);
    expect(Chosen.parse(chosen).missing).toEqual([FIRST_UNIT]);
    expect((await drawOf(world, draw.id)).status).toBe('drawn');
    // Until the last unit has chosen, a unit may choose again.
    await send(world, SECOND_HEAD, path, { teams: teams('HP2001', 'HP2003'), reason }, 200);
    const last = await send(world, UNIT_HEAD, path, { teams: teams('HP1001', 'HP1003'), reason }, 200);
    expect(await toChoose()).toEqual([]);
    expect(Chosen.parse(last).missing).toEqual([]);

    const sent = await drawOf(world, draw.id);
    expect(sent.status).toBe('dispatched');
    const visits = await visitsOf(world, sent);
    // One restaurant's visit is over and gets a new one; the other's has not begun and is joined.
    const fresh = visits.find(({ draws }) => draws.length === 1);
    const joined = visits.find(({ draws }) => draws.length > 1);
    expect(fresh && people(fresh).toSorted()).toEqual(['HP1001', 'HP1003', 'HP2001', 'HP2003']);
    expect(joined?.draws.map(({ id }) => id)).toEqual([
      first.id,
      expect.any(String),
      expect.any(String),
      draw.id,
    ]);
    const told = (await history('draw', draw.id)).slice(-5).map(({ type, data }) => [type, data['reason']]);
    expect(told.slice(0, 2)).toEqual([
      ['draw.teams-chosen', reason],
      ['draw.teams-chosen', reason],
    ]);
    // The last choice and the matching are one commit, and stand in either order.
    expect(told.slice(2, 4)).toEqual(
      expect.arrayContaining([
        ['draw.teams-chosen', reason],
        ['draw.matched', undefined],
      ]),
    );
    expect(told[4]).toEqual(['draw.dispatched', undefined]);
    await send(world, UNIT_HEAD, path, { teams: teams('HP1001', 'HP1003'), reason }, 409);
  });

  test('article 7(4): a unit assigns its people to a visit that was drawn, with a reason that stays in the audit trail', async () => {
    const visit = (await visitsOf(world, first)).find(({ status }) => status === 'assigned');
    if (visit === undefined) {
      throw new Error('every visit has begun');
    }
    const inspectors = ['HP2001', 'HP2002', 'HP2003', 'HP2004', 'HP2005']
      .filter((staffNo) => !people(visit).includes(staffNo))
      .slice(0, 2);
    const body = { unit: SECOND_UNIT, inspectors, reason: '仪器操作资格' };
    const path = `/inspections/${visit.id}/assign`;
    await send(world, SECOND_HEAD, path, { ...body, reason: ' ' }, 422);
    await send(world, SECOND_HEAD, path, { ...body, unit: FIRST_UNIT }, 403);
    await send(world, SECOND_HEAD, path, body, 200);
    const after = await inspectionOf(world, visit.id);
    expect(people(after).filter((one) => one.startsWith('HP2'))).toEqual(inspectors);
    expect(people(after).filter((one) => one.startsWith('HP1'))).toEqual(
      people(visit).filter((one) => one.startsWith('HP1')),
    );
    expect((await history('inspection', visit.id)).at(-1)).toMatchObject({
      type: 'inspection.assigned-directly',
      actor: { kind: 'person', id: SECOND_HEAD },
      data: { reason: '仪器操作资格', newcomers: inspectors },
    });
    expect(await toldTo(world, inspectors[0] ?? '')).toContain(`新检查任务：${visit.subject.name}`);
  });

  test('article 10: with one inspector no draw is staffed, nor is it by choosing that one; with two it is', async () => {
    const others = INSPECTORS.filter((staffNo) => staffNo !== 'HP1002');
    await world.importText(
      'inspectors',
      await inspectorsChanged(world, others, (row) => row.map((cell, at) => (at === 15 ? '失效' : cell))),
    );
    await drawAll(world, 'alone', ['YS-GXJ-003']);
    const draw = await fire(world, 'alone');
    expect(draw).toMatchObject({ status: 'drawn', unstaffed: expect.stringContaining('a team needs 2') });
    const path = `/draws/${draw.id}/teams`;
    const { objects, inspectors } = Teams.parse((await world.as(UNIT_HEAD).get(path)).body);
    expect(inspectors.map(({ staffNo }) => staffNo)).toEqual(['HP1002']);
    const choose = (staffNos: string[], status: number) =>
      send(
        world,
        UNIT_HEAD,
        path,
        { teams: objects.map(({ id }) => ({ object: id, inspectors: staffNos })), reason: '人员不足' },
        status,
      );
    for (const staffNos of [[], ['HP1002'], ['HP1002', 'HP1002']]) {
      expect(Problem.parse(await choose(staffNos, 422)).type).toMatch('team-below-two');
    }
    expect(Problem.parse(await choose(['HP1002', 'HP1004'], 422)).type).toMatch('team-invalid');
    // The other unit has nothing to check there: for its head the draw does not exist.
    expect((await world.as(SECOND_HEAD).get(path)).status).toBe(404);

    await world.importText('inspectors', await world.file('inspectors'));
    await choose(['HP1002', 'HP1004'], 200);
    expect(await drawOf(world, draw.id)).toMatchObject({ status: 'dispatched' });
  });

  test('no function made a call that its role in the template would deny, and nothing was left undelivered', () => {
    expect(deniedCalls(assembly, calls, world.runner.tables)).toEqual([]);
    expect(world.runner.deadLetters()).toEqual([]);
  });
});
