import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BatchAnswer } from '#contracts/api/inspection-lists.ts';
import { agendaOperations } from '#contracts/api/agenda.ts';
import { inspectionsOperations } from '#contracts/api/inspections.ts';
import type { InterceptedCall } from '#infra/local/runner.ts';
import { cleanRecord, complain, inspectionOf, step, type InspectionView } from '../support/journey.ts';
import { deniedCalls } from '../support/least-privilege.ts';
import { assemblyWith, LEAD_SECTION, noting, startWorld, UNSCANNED, type World } from '../support/world.ts';

/** From the dispatched list to the published result, as the pages of staff show it. */
describe('the lists that staff work from', () => {
  let world: World;
  let assembly: string;
  let inspection: InspectionView;
  const calls: InterceptedCall[] = [];

  beforeAll(async () => {
    assembly = await assemblyWith(UNSCANNED);
    world = await startWorld({
      assembly,
      restaurants: 4,
      doubleRequests: true,
      runner: { onDeliver: () => 2, intercept: noting(calls) },
    });
  });
  afterAll(async () => {
    await world.stop();
  });

  const list = async (query = '') =>
    inspectionsOperations['GET /inspections'].answers[200].parse(
      (await world.as(LEAD_SECTION).get(`/inspections${query}`)).body,
    );
  const waiting = async (person: string) =>
    agendaOperations['GET /me/today'].answers[200]
      .parse((await world.as(person).get('/me/today')).body)
      .waiting.map(({ what }) => what);

  test('article 7(3): what is handed out is in the list and counted once, however often it is told', async () => {
    const all = await complain(world, 'lists-1');
    const [first] = all;
    if (first === undefined) throw new Error('nothing was drawn');
    inspection = first;
    const { inspections, tally } = await list();
    expect(inspections.map(({ id }) => id).toSorted()).toEqual(all.map(({ id }) => id));
    expect(tally).toEqual({
      unrecorded: all.length,
      'to-publish': 0,
      published: 0,
      archived: 0,
      'follow-up': 0,
    });
  });

  test('article 7(4): many are assigned by one command, and each says what became of it', async () => {
    const { unit } = (await list()).inspections[0]?.team[0] ?? { unit: '' };
    const team = inspection.team.map(({ inspector }) => inspector);
    const answer = await world.as(LEAD_SECTION).post('/inspections/assign', {
      ids: [inspection.id, 'I-none'],
      unit,
      inspectors: team,
      reason: '维持原组',
    });
    expect(BatchAnswer.parse(answer.body)).toMatchObject({ done: 1, refused: 1 });
    inspection = await inspectionOf(world, inspection.id);
  });

  test('articles 7(5), 7(6), 14: each step moves it on in the list, and the next of it waits for its team', async () => {
    const [inspector = ''] = inspection.team.map((member) => member.inspector);
    expect(await waiting(inspector)).toContain('accept');
    await step(world, inspection, 'accept');
    await step(world, inspection, 'begin');
    expect(await waiting(inspector)).toContain('end');
    const draft = { fields: { opinion: '无异议' } };
    const saved = await world.as(inspector).put(`/inspections/${inspection.id}/draft`, draft);
    expect(saved.status).toBe(200);
    await step(world, inspection, 'end');
    await step(world, inspection, 'record', cleanRecord(inspection));
    expect((await list('?group=to-publish')).inspections.map(({ id }) => id)).toEqual([inspection.id]);
    await step(world, inspection, 'publish');
    const { inspections, tally } = await list('?group=published');
    expect(inspections.map(({ id }) => id)).toEqual([inspection.id]);
    expect([tally['to-publish'], tally.published, tally['follow-up']]).toEqual([0, 1, 0]);
    expect((await world.as(inspector).post('/me/messages/seen', {})).status).toBe(200);
  });

  test('no function reached for anything that it has no right to', () => {
    expect(deniedCalls(assembly, calls, world.runner.tables)).toEqual([]);
  });
});
