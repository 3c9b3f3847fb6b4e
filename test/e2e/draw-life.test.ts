import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { drandVerifierFor } from '#beacon/verify-round.ts';
import { Proof } from '#domain/draw/proof.ts';
import { verifyProof } from '#domain/draw/verification.ts';
import { DrandChainInfo } from '#domain/draw/drand-chain.ts';
import type { InterceptedCall } from '#infra/local/runner.ts';
import { command, drawOf, inspectionsOf, PROPOSAL, propose, publish } from '../support/draw-life.ts';
import { COMPLAINT, until } from '../support/journey.ts';
import { deniedCalls } from '../support/least-privilege.ts';
import {
  noting,
  assemblyWith,
  ONE_POST,
  INSPECTORS,
  LEAD_SECTION,
  SMALL_STEPS,
  startWorld,
  SUPERVISOR,
  UNIT_HEAD,
  type World,
} from '../support/world.ts';

const Preview = z.object({
  pool: z.record(z.string(), z.int()),
  quota: z.record(z.string(), z.int()),
  excluded: z.record(z.string(), z.int()),
});
const Problem = z.object({
  type: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string() })).optional(),
});
const Messages = z.object({ messages: z.array(z.object({ subject: z.string(), text: z.string() })) });
const Triggers = z.object({ trigger: z.string() });
const Draws = z.object({ draws: z.array(z.object({ id: z.string(), trigger: z.string().optional() })) });
const Types = z.object({ events: z.array(z.object({ type: z.string() })) });

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** Twelve restaurants, pools in steps of four and lists in batches of one; it begins on Tuesday 1 September, 9 in the morning. */
describe('the life of a draw', () => {
  let assembly: string;
  let world: World;
  const calls: InterceptedCall[] = [];

  beforeAll(async () => {
    assembly = await assemblyWith({ ...SMALL_STEPS, ...ONE_POST });
    world = await startWorld({
      assembly,
      restaurants: 12,
      runner: {
        intercept: noting(calls),
      },
    });
  }, 90_000);
  afterAll(async () => world.stop());

  const proofOf = async (draw: string): Promise<string> =>
    (await world.anyone(`/public/draws/${draw}/proof`)).text;
  const poolOf = async (draw: string): Promise<string> =>
    (await world.anyone(`/public/draws/${draw}/pool`)).text;
  const publicDraw = async (draw: string): Promise<unknown> =>
    JSON.parse((await world.anyone(`/public/draws/${draw}?format=json`)).text);
  const eventsOf = async (draw: string): Promise<string[]> =>
    Types.parse((await world.as(SUPERVISOR).get(`/history/draw/${draw}`)).body).events.map(
      ({ type }) => type,
    );
  const subjects = async (person: string): Promise<string[]> =>
    Messages.parse((await world.as(person).get('/me/messages')).body).messages.map(({ subject }) => subject);

  test('article 8: a preview tells pool and quota, and leaves nothing behind', async () => {
    const { title: _title, beacon: _beacon, ...question } = PROPOSAL;
    const answer = await world.as(LEAD_SECTION).post('/draws/preview', question);
    const preview = Preview.parse(answer.body);
    expect([answer.status, sum(preview.pool), sum(preview.quota)]).toEqual([200, 12, 3]);
    expect(await world.as(LEAD_SECTION).get('/draws')).toMatchObject({ body: { draws: [] } });
    const few = { ...question, criteria: { industry: ['H62'], creditClass: ['A'] } };
    const directed = Preview.parse((await world.as(LEAD_SECTION).post('/draws/preview', few)).body);
    expect(Object.keys(directed.pool)).toEqual(['A']);
    expect((await world.as(UNIT_HEAD).post('/draws/preview', question)).status).toBe(403);
  });

  test('article 7(1): a draw that the lead section proposes is not public until it is approved; the pool is gathered in steps', async () => {
    const proposed = await propose(world);
    expect(proposed).toMatchObject({ status: 'proposed', plan: { number: '明抽〔2026〕1号' } });
    expect((await world.anyone(`/public/draws/${proposed.id}`)).status).toBe(404);
    const drawn = await command(world, proposed.id, 'approve');
    expect(drawn.status).toBe('dispatched');
    expect(await eventsOf(proposed.id)).toEqual([
      'draw.proposed',
      'draw.approved',
      'draw.gathering',
      'draw.gathering',
      'draw.gathering',
      'draw.committed',
      'draw.drawn',
      'draw.matched',
      'draw.dispatching',
      'draw.dispatching',
      'draw.dispatched',
    ]);
    const report = verifyProof(await proofOf(proposed.id), await poolOf(proposed.id));
    expect(report).toMatchObject({ verified: true, notChecked: [] });
    expect((await poolOf(proposed.id)).trimEnd().split('\n')).toHaveLength(12);
  });

  test('article 14: a draw is closed when the last of its inspections is published', async () => {
    const [draw] = Draws.parse((await world.as(LEAD_SECTION).get('/draws')).body).draws;
    const inspections = await inspectionsOf(world, draw?.id ?? '');
    expect(inspections).toHaveLength(3);
    for (const inspection of inspections.slice(0, 2)) {
      await publish(world, inspection);
    }
    expect((await drawOf(world, draw?.id ?? '')).status).toBe('dispatched');
    for (const inspection of inspections.slice(2)) {
      await publish(world, inspection);
    }
    expect((await drawOf(world, draw?.id ?? '')).status).toBe('closed');
    expect(await publicDraw(draw?.id ?? '')).toMatchObject({ status: 'closed' });
  });

  test('article 5: a draw that commits to a drand round waits for it, and its signature is verified by anyone', async () => {
    const { id } = await propose(world, { beacon: { preferred: { kind: 'drand' } } });
    expect((await command(world, id, 'approve')).status).toBe('committed');
    expect((await world.anyone(`/public/draws/${id}/proof`)).status).toBe(404);
    expect(await publicDraw(id)).toMatchObject({ committed: { commitment: { beacon: { kind: 'drand' } } } });
    await until(world, '2026-09-01T01:30:00.000Z');
    expect((await drawOf(world, id)).status).toBe('dispatched');
    const proof = await proofOf(id);
    const info = DrandChainInfo.parse(
      JSON.parse((await world.anyone(`/_local/drand/${world.runner.beacon.chain.hash}/info`)).text),
    );
    const drand = await drandVerifierFor(proof, [info]);
    const report = verifyProof(proof, await poolOf(id), drand === undefined ? {} : { drand });
    expect(report).toMatchObject({ verified: true, notChecked: [], beacon: { kind: 'drand' } });
    expect(report.steps.map(({ name }) => name)).toContain('beacon-signature');
  });

  test('a wrong beacon value draws nothing, and a beacon that never comes is never replaced: people are told, and void the draw', async () => {
    const { id } = await propose(world, {
      beacon: { preferred: { kind: 'drand' }, fallback: { kind: 'sealed' } },
    });
    await command(world, id, 'approve');
    world.runner.beacon.answer('wrong');
    await until(world, '2026-09-02T02:00:00.000Z');
    expect((await drawOf(world, id)).status).toBe('committed');
    world.runner.beacon.answer('unreachable');
    await until(world, '2026-09-03T02:00:00.000Z');
    expect((await drawOf(world, id)).status).toBe('committed');
    expect(await subjects(LEAD_SECTION)).toContain('已逾期 1 个工作日：公布随机信标的值');
    expect(await world.as(LEAD_SECTION).post(`/draws/${id}/void`, {})).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/reason' }] },
    });
    const voided = await command(world, id, 'void', { reason: '随机信标中断' });
    expect(voided.status).toBe('voided');
    world.runner.beacon.answer('honest');
    await until(world, '2026-09-03T02:30:00.000Z');
    expect((await drawOf(world, id)).status).toBe('voided');
    expect(await publicDraw(id)).toMatchObject({ status: 'voided', voided: { reason: '随机信标中断' } });
  });

  test('a draw that is made instead names the voided one, both are public, and it is made once', async () => {
    const draws = Draws.parse((await world.as(LEAD_SECTION).get('/draws')).body).draws;
    const voided = draws[0]?.id ?? '';
    await command(world, voided, 'redraw', { beacon: { preferred: { kind: 'sealed' } } }, LEAD_SECTION, 201);
    const { replacedBy } = await drawOf(world, voided);
    const again = await command(world, replacedBy ?? '', 'approve');
    expect(again).toMatchObject({ status: 'dispatched', replaces: voided });
    expect(await publicDraw(voided)).toMatchObject({ replacedBy });
    expect(await publicDraw(replacedBy ?? '')).toMatchObject({ replaces: voided });
    expect(Proof.parse(JSON.parse(await proofOf(replacedBy ?? ''))).commitment.spec).toMatchObject({
      replaces: voided,
    });
    expect(await world.as(LEAD_SECTION).post(`/draws/${voided}/redraw`)).toMatchObject({
      status: 409,
      body: { type: 'urn:mingchou:problem:replaced-already' },
    });
  });

  test('no relay at the commitment: the draw waits without a fallback, and takes the one that its plan allows', async () => {
    world.runner.beacon.answer('unreachable');
    const { id } = await propose(world, { beacon: { preferred: { kind: 'drand' } } });
    const waiting = await command(world, id, 'approve');
    expect(waiting.status).toMatch(/approved|gathering/);
    expect(waiting.unbeaconed).toContain('drand');
    expect(await subjects(LEAD_SECTION)).toContain('抽查无可用随机信标');
    const other = await propose(world, {
      beacon: { preferred: { kind: 'drand' }, fallback: { kind: 'sealed' } },
    });
    await command(world, other.id, 'approve');
    const { commitment } = Proof.parse(JSON.parse(await proofOf(other.id)));
    expect([commitment.beacon.kind, commitment.spec['beaconWanted']]).toEqual(['sealed', 'drand']);
    expect(await subjects(LEAD_SECTION)).toContain('抽查改用备用信标');
    world.runner.beacon.answer('honest');
    expect((await command(world, id, 'freeze')).status).toBe('committed');
    expect((await world.as(LEAD_SECTION).post(`/draws/${id}/freeze`)).status).toBe(409);
  });

  test('an announced beacon is entered by two people who have to agree, and not before it is out', async () => {
    const source = { kind: 'announced', source: '双色球', weekdays: [2, 4, 7], time: '21:15' };
    const { id } = await propose(world, { beacon: { preferred: source } });
    expect((await command(world, id, 'approve')).status).toBe('committed');
    // Thursday 3 September, 10:30: it is that evening's draw.
    expect(await publicDraw(id)).toMatchObject({
      committed: { commitment: { beacon: { source: '双色球', expectedAt: '2026-09-03T13:15:00.000Z' } } },
    });
    const enter = async (person: string, value: string) =>
      world.as(person).post(`/draws/${id}/beacon`, { value });
    const early = await enter(LEAD_SECTION, '01 02 03');
    expect([early.status, Problem.parse(early.body).type]).toEqual([
      409,
      'urn:mingchou:problem:beacon-early',
    ]);
    await until(world, '2026-09-04T01:00:00.000Z');
    expect(await enter(INSPECTORS[0] ?? '', '01 02 03')).toMatchObject({ status: 403 });
    expect(await enter(LEAD_SECTION, ' 01 02 03 ')).toMatchObject({ status: 200, body: { agreed: false } });
    expect(await enter(SUPERVISOR, '01 02 04')).toMatchObject({ status: 200, body: { agreed: false } });
    await world.runner.settle();
    expect((await drawOf(world, id)).status).toBe('committed');
    expect(await subjects(LEAD_SECTION)).toContain('公开信标录入不一致');
    expect(await enter(SUPERVISOR, '01 02 03')).toMatchObject({
      status: 200,
      body: { agreed: true, value: '01 02 03' },
    });
    await world.runner.settle();
    expect((await drawOf(world, id)).status).toBe('dispatched');
    expect(verifyProof(await proofOf(id), await poolOf(id))).toMatchObject({
      verified: true,
      beacon: { kind: 'announced' },
    });
    const shown = (await world.anyone(`/public/draws/${id}?format=json`)).text;
    expect(shown).not.toContain(SUPERVISOR);
  });

  test('article 4: an object that a trigger names is checked besides the draw, and never stands in its pool', async () => {
    const restaurants = (await world.file('subjects')).split('\r\n').slice(1, 13);
    const named = restaurants[0]?.split(',').find((cell) => /^[0-9A-Z]{18}$/.test(cell)) ?? '';
    const { body } = await world.report('named-1', { ...COMPLAINT, subject: { id: named } });
    await world.runner.settle();
    const { trigger } = Triggers.parse(body);
    const draw = Draws.parse((await world.as(LEAD_SECTION).get('/draws')).body).draws.find(
      (one) => one.trigger === trigger,
    );
    const id = draw?.id ?? '';
    const { commitment, selected } = Proof.parse(JSON.parse(await proofOf(id)));
    expect(commitment.spec).toMatchObject({ named: [named], excluded: { named: 1 } });
    expect(await poolOf(id)).not.toContain(named);
    const visits = await inspectionsOf(world, id);
    expect(visits.filter(({ how }) => how === 'named').map(({ subject }) => subject.id)).toEqual([named]);
    expect(visits.filter(({ how }) => how === 'drawn')).toHaveLength(selected.length);
    expect(verifyProof(await proofOf(id), await poolOf(id))).toMatchObject({ verified: true });
  });

  test('article 5: what was checked as often as its frequency allows is not drawn again, and a cool-down spares the rest', async () => {
    const { title: _title, beacon: _beacon, ...question } = PROPOSAL;
    const preview = async (change: object = {}) =>
      Preview.parse((await world.as(LEAD_SECTION).post('/draws/preview', { ...question, ...change })).body);
    // Three were inspected in the first draw; the item says 同一单位每…不超过1次.
    expect((await preview()).excluded).toMatchObject({ frequency: 3, 'cool-down': 0 });
    expect(sum((await preview()).pool)).toBe(9);
    const items = await world.file('items');
    await world.importText('items', items.replaceAll(/同一单位每\d年不超过\d次/g, '不限'));
    expect((await preview()).excluded).toMatchObject({ frequency: 0, 'cool-down': 0 });
    expect((await preview({ coolDownDays: 30 })).excluded).toMatchObject({ frequency: 0, 'cool-down': 3 });
    // They were visited on Tuesday, and it is Friday.
    expect((await preview({ coolDownDays: 3 })).excluded).toMatchObject({ 'cool-down': 3 });
    expect((await preview({ coolDownDays: 2 })).excluded).toMatchObject({ 'cool-down': 0 });
    await world.importText('items', items);
  });

  test('a pool without anybody, a quota of nothing and an unknown item are refused by name', async () => {
    const empty = await propose(world, { criteria: { industry: ['A01'] } });
    expect((await command(world, empty.id, 'approve')).status).toBe('voided');
    expect(await publicDraw(empty.id)).toMatchObject({
      voided: { reason: '没有符合条件的检查对象 no eligible object' },
    });
    const nothing = { mode: 'ratio', basisPoints: { A: 0, B: 0, C: 0, D: 0 } };
    const none = await propose(world, { quota: nothing });
    expect((await command(world, none.id, 'approve')).status).toBe('voided');
    const wrong = await world.as(LEAD_SECTION).post('/draws', {
      ...PROPOSAL,
      items: ['YS-GXJ-003', 'NO-SUCH'],
      teamSize: 1,
    });
    expect([wrong.status, Problem.parse(wrong.body).errors?.map(({ pointer }) => pointer)]).toEqual([
      422,
      ['/teamSize'],
    ]);
    const unknown = await world.as(LEAD_SECTION).post('/draws', { ...PROPOSAL, items: ['NO-SUCH'] });
    expect(Problem.parse(unknown.body).errors?.map(({ pointer }) => pointer)).toEqual(['/items/0']);
  });

  test('a quota above the pool takes all of it, and nobody is drawn twice', async () => {
    const many = { mode: 'count', count: 500, weights: { A: 1, B: 1, C: 1, D: 1 } };
    const { id } = await propose(world, { quota: many });
    await command(world, id, 'approve');
    const { selected } = Proof.parse(JSON.parse(await proofOf(id)));
    const pool = (await poolOf(id)).trimEnd().split('\n');
    expect(new Set(selected.map((object) => object.id)).size).toBe(pool.length);
    expect(selected.length).toBe(pool.length);
  });

  test('no function made a call that its role in the template would deny, and nothing was left undelivered', () => {
    expect(deniedCalls(assembly, calls, world.runner.tables)).toEqual([]);
    expect(world.runner.deadLetters()).toEqual([]);
  });
});
