import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Person, type PersonRole } from '#domain/person/person.ts';
import type { Engine } from '#infra/local/engine/dynamodb-local.ts';
import { commit } from '#store/commit.ts';
import { evidenceOf } from '#store/evidence.ts';
import { keptEvidence } from '#store/evidence-files.ts';
import { historyOf } from '#store/history.ts';
import { createdInspection } from '#store/inspections.ts';
import { libraryItems } from '#store/libraries.ts';
import { openObjects } from '#store/objects.ts';
import { putPages } from '#store/pages.ts';
import type { StateTable } from '#store/store.ts';
import { ProblemDocument } from '#web/problem.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { assignedInspection, MONDAY } from '../support/samples.ts';
import { openStorage } from '../support/storage.ts';

let state: StateTable;
let storage: Engine;
let call: (event: unknown) => Promise<unknown>;

const person = (staffNo: string, role: PersonRole, unit: string) =>
  Person.parse({ staffNo, name: staffNo, role, unit });
const idOf = (n: number) => `I-${String(n).padStart(24, '0')}`;

beforeAll(async () => {
  ({ state } = await openDatabase());
  storage = await openStorage('evidence');
  Object.assign(process.env, { ADMINISTRATORS: 'ADMIN', EVIDENCE_BUCKET: 'evidence' });
  call = await handlerOf('evidence');
  await putPages(state, [
    ...libraryItems('people', [
      person('GX-001', 'inspector', '商务综合执法大队'),
      person('GX-002', 'inspector', '节能监察中心'),
      person('HEAD', 'unit', '商务综合执法大队'),
      person('OTHER', 'unit', '市容大队'),
    ]),
  ]);
  for (const [n, status] of [
    [1, 'begun'],
    [2, 'assigned'],
    [3, 'begun'],
    [4, 'begun'],
    [5, 'published'],
  ] as const) {
    const inspection = { ...assignedInspection, id: idOf(n), status };
    await commit(state, { at: MONDAY, writes: createdInspection(inspection), events: [] });
  }
});
afterAll(async () => {
  await storage.stop();
});

const View = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  sha256: z.string(),
  by: z.string(),
  upload: z
    .object({
      method: z.string(),
      url: z.string(),
      headers: z.record(z.string(), z.string()),
      expiresAt: z.string(),
    })
    .optional(),
  url: z.string().optional(),
});

interface Asked {
  readonly n: number;
  readonly evidence?: string;
  readonly body?: unknown;
  readonly by?: string;
}

async function ask(route: string, { n, evidence, body, by = 'GX-001' }: Asked) {
  const { statusCode: status, body: text } = answerOf(
    await call(
      gatewayEvent({
        route,
        params: { id: idOf(n), ...(evidence === undefined ? {} : { evidence }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        person: by,
      }),
    ),
  );
  return { status, body: z.unknown().parse(JSON.parse(text)) };
}

const LIST = 'GET /inspections/{id}/evidence';
const ANNOUNCE = 'POST /inspections/{id}/evidence';
const SHOW = 'GET /inspections/{id}/evidence/{evidence}';
const COMPLETE = 'POST /inspections/{id}/evidence/{evidence}/complete';

const jpeg = (words: string) => Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xe0), Buffer.from(words)]);
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const announcement = (bytes: Uint8Array, name = '现场照片.jpg') => ({
  name,
  mediaType: 'image/jpeg',
  size: bytes.byteLength,
  sha256: hashOf(bytes),
});

/** Announces a file and puts the bytes by the link that it gets. */
async function put(n: number, bytes: Buffer, sent = bytes) {
  const { status, body } = await ask(ANNOUNCE, { n, body: announcement(bytes) });
  const view = View.parse(body);
  expect([status, view.status]).toEqual([201, 'announced']);
  const { url = '', headers = {}, method = '' } = view.upload ?? {};
  const answer = await fetch(url, { method, headers, body: new Uint8Array(sent) });
  expect(answer.status).toBe(200);
  return view;
}

const refusalIn = (body: unknown) => {
  const { type, errors = [] } = ProblemDocument.parse(body);
  return [type.replace('urn:mingchou:problem:', ''), ...errors.map(({ pointer }) => pointer)];
};

describe('evidence of an inspection', () => {
  it('article 12: is announced, put, completed, listed and opened, and its hash is in the event', async () => {
    const bytes = jpeg('大门紧闭');
    const { id } = await put(1, bytes);
    const { body: listed } = await ask(LIST, { n: 1, by: 'HEAD' });
    expect(listed).toMatchObject({ evidence: [{ id, status: 'announced' }] });
    const done = await ask(COMPLETE, { n: 1, evidence: id, by: 'GX-002' });
    expect([done.status, View.parse(done.body).status]).toEqual([200, 'stored']);
    const shown = View.parse((await ask(SHOW, { n: 1, evidence: id, by: 'HEAD' })).body);
    const file = await fetch(shown.url ?? '');
    expect(Buffer.from(await file.arrayBuffer())).toEqual(bytes);
    expect([file.headers.get('content-type'), file.headers.get('content-disposition')]).toEqual([
      'image/jpeg',
      `inline; filename*=UTF-8''${encodeURIComponent('现场照片.jpg')}`,
    ]);
    const events = await historyOf(state, 'inspection', idOf(1));
    expect(events.map(({ type, actor, data }) => [type, actor.id, data])).toEqual([
      [
        'inspection.evidence-stored',
        'GX-002',
        { evidence: id, mediaType: 'image/jpeg', size: bytes.byteLength, sha256: hashOf(bytes) },
      ],
    ]);
  });

  it('is stored once, however often its completion is asked for and the same file is announced', async () => {
    const bytes = jpeg('货架');
    const { id } = await put(3, bytes);
    const first = await ask(COMPLETE, { n: 3, evidence: id });
    expect(await ask(COMPLETE, { n: 3, evidence: id })).toEqual(first);
    const again = await ask(ANNOUNCE, { n: 3, body: announcement(bytes, '改名.jpg') });
    expect(again).toEqual({ status: 200, body: first.body });
    expect(await historyOf(state, 'inspection', idOf(3))).toHaveLength(1);
  });

  it('stays announced while nothing has come, or something else has, and can be sent again', async () => {
    const bytes = jpeg('后厨');
    const { body } = await ask(ANNOUNCE, { n: 4, body: announcement(bytes) });
    const { id } = View.parse(body);
    const early = await ask(COMPLETE, { n: 4, evidence: id });
    expect([early.status, ...refusalIn(early.body)]).toEqual([409, 'evidence-missing']);
    await put(4, bytes, jpeg('后房'));
    const wrong = await ask(COMPLETE, { n: 4, evidence: id });
    expect([wrong.status, ...refusalIn(wrong.body)]).toEqual([409, 'evidence-differs', '/sha256']);
    await put(4, bytes, jpeg('后厨一角'));
    const longer = await ask(COMPLETE, { n: 4, evidence: id });
    expect(refusalIn(longer.body)).toEqual(['evidence-differs', '/size', '/sha256']);
    expect(View.parse((await ask(SHOW, { n: 4, evidence: id })).body).url).toBeUndefined();
    await put(4, bytes);
    expect((await ask(COMPLETE, { n: 4, evidence: id })).status).toBe(200);
    const [kept] = await evidenceOf(state, idOf(4));
    expect(kept?.status).toBe('stored');
    expect(kept && (await keptEvidence(openObjects('evidence'), kept))).toEqual(new Uint8Array(bytes));
  });

  it('is refused when its bytes are of another type than its name says', async () => {
    const program = Buffer.from('MZ program');
    const { id } = await put(4, program);
    const { body } = await ask(COMPLETE, { n: 4, evidence: id });
    expect(refusalIn(body)).toEqual(['evidence-differs', '/mediaType']);
  });

  it('is refused before it is sent when its type or size is not accepted, with every field at once', async () => {
    const { status, body } = await ask(ANNOUNCE, {
      n: 1,
      body: { name: 'a/b.exe', mediaType: 'application/x-msdownload', size: 0, sha256: '0' },
    });
    expect([status, ...refusalIn(body)]).toEqual([
      422,
      'body-invalid',
      '/name',
      '/mediaType',
      '/size',
      '/sha256',
    ]);
  });

  it('is put by a link that the storage holds to length, type and SHA-256', async () => {
    const { body } = await ask(ANNOUNCE, { n: 1, body: announcement(jpeg('链接')) });
    const { upload } = View.parse(body);
    const query = new URL(upload?.url ?? '').searchParams;
    expect(query.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host;x-amz-checksum-sha256');
    expect([query.get('X-Amz-Expires'), query.get('x-amz-checksum-sha256')]).toEqual(['900', null]);
    expect(upload?.headers).toEqual({
      'content-type': 'image/jpeg',
      'x-amz-checksum-sha256': Buffer.from(hashOf(jpeg('链接')), 'hex').toString('base64'),
    });
    expect(upload?.expiresAt).toBe('2026-03-02T01:45:00.000Z');
  });

  it.each([
    ['somebody of another unit, as if there were none', LIST, 1, 'OTHER', 404, 'not-found'],
    ['the head of the unit, who was not there', ANNOUNCE, 1, 'HEAD', 403, 'not-on-team'],
    ['the team before the visit begins', ANNOUNCE, 2, 'GX-001', 409, 'wrong-state'],
    ['the team for a file that nobody announced', COMPLETE, 1, 'GX-001', 404, 'not-found'],
    ['anyone for a file that nobody announced', SHOW, 1, 'HEAD', 404, 'not-found'],
  ])('is not for %s', async (_, route, n, by, status, reason) => {
    const body = route === ANNOUNCE ? announcement(jpeg('甲')) : undefined;
    const evidence = route === LIST || route === ANNOUNCE ? {} : { evidence: 'V-unknown' };
    const answer = await ask(route, { n, by, body, ...evidence });
    expect([answer.status, ...refusalIn(answer.body)]).toEqual([status, reason]);
  });

  it('of what follows a published result is still taken', async () => {
    const { id } = await put(5, jpeg('责令改正通知书'));
    expect((await ask(COMPLETE, { n: 5, evidence: id })).status).toBe(200);
  });
});
