import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { InterceptedCall } from '#infra/local/runner.ts';
import { ProblemDocument } from '#web/problem.ts';
import { complain, inspectionOf, step, type InspectionView } from '../support/journey.ts';
import { deniedCalls } from '../support/least-privilege.ts';
import {
  noting,
  assemblyWith,
  FEW_LOOKS,
  startWorld,
  SUPERVISOR,
  UNIT_HEAD,
  type World,
} from '../support/world.ts';

const Announced = z.object({
  id: z.string(),
  status: z.literal('announced'),
  upload: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }),
});
const Messages = z.object({ messages: z.array(z.object({ subject: z.string(), text: z.string() })) });
const History = z.object({
  events: z.array(z.object({ type: z.string(), data: z.record(z.string(), z.unknown()) })),
});

const PHOTO = Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xe0), Buffer.from('大门紧闭，拒绝入内')]);
const HASH = createHash('sha256').update(PHOTO).digest('hex');

/** A visit that is refused at the door: what article 12 asks for, from the photo to the publication. */
describe('a subject that does not cooperate', () => {
  let assembly: string;
  let world: World;
  let visit: InspectionView;
  let member = '';
  let photo = '';
  const calls: InterceptedCall[] = [];
  const path = (rest: string) => `/inspections/${visit.id}/${rest}`;
  const record = (change: object = {}) => ({
    results: [8],
    methods: ['on-site'],
    findings: visit.items.map(({ code }) => ({
      item: code,
      checked: false,
      finding: '拒绝检查人员入内',
      handling: '记录并留存证据',
    })),
    contact: { name: '门卫', phone: '13800001234' },
    signature: {
      signed: false,
      reason: '拒绝签字',
      witness: { name: '社区网格员', organisation: '商城街道办' },
    },
    nonCooperation: ['entry-refused'],
    evidence: [photo],
    followUps: ['case-transfer'],
    ...change,
  });

  beforeAll(async () => {
    assembly = await assemblyWith(FEW_LOOKS);
    world = await startWorld({
      assembly,
      restaurants: 4,
      runner: {
        intercept: noting(calls),
      },
    });
    const [first] = await complain(world, 'complaint-1');
    if (first === undefined) {
      throw new Error('no inspection came of the complaint');
    }
    visit = first;
    member = visit.team[0]?.inspector ?? '';
  }, 180_000);
  afterAll(async () => world.stop());

  test('article 7(3): the unit was told of the list, and reads its summary and each form', async () => {
    const { messages } = Messages.parse((await world.as(UNIT_HEAD).get('/me/messages')).body);
    const told = messages.filter(({ subject }) => subject.startsWith('抽查任务派发：'));
    expect(told).toHaveLength(1);
    const draw = visit.draws[0]?.id ?? '';
    expect(told[0]?.text).toContain(`/draws/${draw}/summary`);
    const summary = await world.as(UNIT_HEAD).get(`/draws/${draw}/summary?format=json`);
    expect(summary.body).toMatchObject({
      rows: expect.arrayContaining([
        expect.objectContaining({ inspection: visit.id, status: 'assigned', statusText: '待接受' }),
      ]),
    });
    const form = await world.as(UNIT_HEAD).get(path('form?format=json'));
    expect(form.body).toMatchObject({ subject: { name: visit.subject.name }, status: 'assigned' });
    const [line] = z
      .object({ lines: z.array(z.looseObject({ content: z.string() })) })
      .parse(form.body).lines;
    expect(line?.content.length).toBeGreaterThan(0);
    expect((await world.as(member).get(path('notice?format=json'))).body).toMatchObject({ how: 'drawn' });
  });

  test('article 12: a photo is taken at the door, put by its link and kept', async () => {
    await step(world, visit, 'accept');
    const early = await world.as(member).post(path('evidence'), announcement());
    expect([early.status, ProblemDocument.parse(early.body).type]).toEqual([
      409,
      'urn:mingchou:problem:wrong-state',
    ]);
    await step(world, visit, 'begin');
    const announced = await world.as(member).post(path('evidence'), announcement());
    const { id, upload } = Announced.parse(announced.body);
    photo = id;
    await step(world, visit, 'end');
    const cited = await world.as(member).post(path('record'), record());
    expect([cited.status, ProblemDocument.parse(cited.body).errors?.map(({ pointer }) => pointer)]).toEqual([
      422,
      ['/evidence/0'],
    ]);
    const put = await fetch(upload.url, {
      method: 'PUT',
      headers: upload.headers,
      body: new Uint8Array(PHOTO),
    });
    expect(put.status).toBe(200);
    const completed = await world.as(member).post(path(`evidence/${photo}/complete`));
    expect([completed.status, completed.body]).toEqual([200, expect.objectContaining({ status: 'stored' })]);
    await world.runner.settle();
  });

  test('article 12: the record names the kind and the evidence, and the public reads the result and nobody’s name', async () => {
    await step(world, visit, 'record', record());
    await step(world, visit, 'publish');
    const { text } = await world.anyone(`/public/inspections/${visit.id}`, { accept: 'application/json' });
    expect(JSON.parse(text)).toMatchObject({ results: [{ code: 8, text: '不配合检查情节严重' }] });
    expect(['门卫', '1380000', '网格员', photo, '大门.jpg'].filter((one) => text.includes(one))).toEqual([]);
    expect((await inspectionOf(world, visit.id)).status).toBe('published');
  });

  test('article 12: the file opens for staff, and the ledger’s event has its hash', async () => {
    const shown = await world.as(UNIT_HEAD).get(path(`evidence/${photo}`));
    const { url } = z.object({ url: z.string() }).parse(shown.body);
    const file = await fetch(url);
    expect(
      createHash('sha256')
        .update(new Uint8Array(await file.arrayBuffer()))
        .digest('hex'),
    ).toBe(HASH);
    const history = await world.as(SUPERVISOR).get(`/history/inspection/${visit.id}`);
    const kept = History.parse(history.body).events.filter(
      ({ type }) => type === 'inspection.evidence-stored',
    );
    expect(kept.map(({ data }) => data)).toEqual([
      { evidence: photo, mediaType: 'image/jpeg', size: PHOTO.byteLength, sha256: HASH },
    ]);
    const form = await world.as(SUPERVISOR).get(path('form?format=json'));
    expect(form.body).toMatchObject({
      result: { evidence: [{ id: photo, file: { sha256: HASH } }], contact: { phone: '****34' } },
    });
  });

  test('no function made a call that its role would deny, and nothing was left undelivered', () => {
    expect(deniedCalls(assembly, calls, world.runner.tables)).toEqual([]);
    expect(world.runner.deadLetters()).toEqual([]);
  });
});

function announcement() {
  return { name: '大门.jpg', mediaType: 'image/jpeg', size: PHOTO.byteLength, sha256: HASH };
}
