import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Person, type PersonRole } from '#domain/person/person.ts';
import { Evidence } from '#domain/evidence/evidence.ts';
import { commit } from '#store/commit.ts';
import { savedEvidence } from '#store/evidence.ts';
import { createdInspection, loadInspection } from '#store/inspections.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import type { StateTable } from '#store/store.ts';
import { ProblemDocument } from '#web/problem.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { assignedInspection, at, cleanRecord, MONDAY } from '../support/samples.ts';

let state: StateTable;
let call: (event: unknown) => Promise<unknown>;

const person = (staffNo: string, role: PersonRole, unit: string) =>
  Person.parse({ staffNo, name: staffNo, role, unit });
const idOf = (n: number) => `I-${String(n).padStart(24, '0')}`;
const evidence = (id: string, status: string) =>
  Evidence.parse({
    id,
    version: 1,
    inspection: idOf(4),
    name: '大门.jpg',
    mediaType: 'image/jpeg',
    size: 4,
    sha256: 'a'.repeat(64),
    by: 'GX-001',
    at: MONDAY,
    status,
  });

beforeAll(async () => {
  ({ state } = await openDatabase());
  Object.assign(process.env, { ADMINISTRATORS: 'ADMIN' });
  call = await handlerOf('inspections');
  await putPages(state, [
    ...libraryItems('people', [
      person('SUPERVISOR', 'supervisor', '督查室'),
      person('HEAD', 'unit', '商务综合执法大队'),
      person('GX-001', 'inspector', '商务综合执法大队'),
      person('GX-002', 'inspector', '节能监察中心'),
    ]),
  ]);
  for (const n of [1, 2, 3, 4, 5]) {
    // The gateway's clock says Monday 2 March 2026, 09:30 in Shanghai: assigned on Thursday, ended on Sunday.
    const ended = {
      ...assignedInspection,
      id: idOf(n),
      version: 5,
      status: 'ended' as const,
      assignedAt: at('2026-02-26T02:00:00.000Z'),
      endedAt: at('2026-03-01T08:00:00.000Z'),
    };
    await commit(state, { at: MONDAY, writes: createdInspection(ended), events: [] });
  }
  await commit(state, {
    at: MONDAY,
    writes: [evidence('V-stored', 'stored'), evidence('V-announced', 'announced')].map(savedEvidence),
    events: [],
  });
});

async function ask(route: string, n: number, by: string, body?: unknown, match?: string) {
  const { statusCode: status, body: text } = answerOf(
    await call(
      gatewayEvent({
        route,
        params: { id: idOf(n) },
        ...(match === undefined ? {} : { headers: { 'If-Match': match } }),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        person: by,
      }),
    ),
  );
  return { status, body: z.unknown().parse(JSON.parse(text)) };
}
const enter = (n: number, by: string, body: unknown, match?: string) =>
  ask('POST /inspections/{id}/record', n, by, body, match);

const refusalIn = (body: unknown) => {
  const { type, errors = [] } = ProblemDocument.parse(body);
  return { reason: type.replace('urn:mingchou:problem:', ''), errors };
};

describe('the record of an inspection', () => {
  it('article 7(6): is entered, entered again by another of the team, and keeps what was said before', async () => {
    const first = await enter(1, 'GX-001', cleanRecord);
    expect([first.status, (await loadInspection(state, idOf(1))).version]).toEqual([200, 6]);
    const second = await enter(1, 'GX-002', { ...cleanRecord, opinion: '无异议' }, '"6"');
    expect(second.status).toBe(200);
    expect(second.body).toMatchObject({
      version: 7,
      status: 'recorded',
      recordedBy: 'GX-002',
      record: { opinion: '无异议', inspectedOn: '2026-03-01' },
    });
    const { body } = await ask('GET /inspections/{id}/records', 1, 'HEAD');
    expect(body).toMatchObject({
      records: [
        { version: 6, by: 'GX-001', record: { results: [1] } },
        { version: 7, by: 'GX-002', record: { opinion: '无异议' } },
      ],
    });
  });

  it('article 7(6): is not overwritten unseen: the second of two people is told what differs', async () => {
    const [finding, other] = cleanRecord.findings;
    await enter(2, 'GX-001', { ...cleanRecord, opinion: '无异议' }, '"5"');
    const mine = {
      ...cleanRecord,
      results: [2],
      findings: [{ ...finding, finding: '未明码标价' }, other],
      followUps: ['rectification'],
    };
    const { status, body } = await enter(2, 'GX-002', mine, '"5"');
    const { reason, errors } = refusalIn(body);
    expect([status, reason]).toEqual([409, 'version-conflict']);
    expect(errors.map(({ pointer, yours, theirs }) => [pointer, yours, theirs])).toEqual([
      ['/results/0', 2, 1],
      ['/findings/0/finding', '未明码标价', '无'],
      ['/followUps/0', 'rectification', 'none'],
      ['/opinion', undefined, '无异议'],
    ]);
    expect((await loadInspection(state, idOf(2))).record).toMatchObject({ results: [1], opinion: '无异议' });
    const blind = await enter(2, 'GX-002', mine);
    expect([blind.status, refusalIn(blind.body)]).toEqual([409, { reason, errors }]);
    expect((await enter(2, 'GX-002', mine, '"6"')).status).toBe(200);
  });

  it('of two entered at the same moment one stands, and the other is told the difference', async () => {
    const answers = await Promise.all([
      enter(3, 'GX-001', { ...cleanRecord, opinion: '甲' }),
      enter(3, 'GX-002', { ...cleanRecord, opinion: '乙' }),
    ]);
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
    const late = answers.find(({ status }) => status === 409);
    expect(refusalIn(late?.body).errors.map(({ pointer }) => pointer)).toEqual(['/opinion']);
  });

  it('article 12: cites evidence that is stored, and nothing that was only announced', async () => {
    const refused = {
      ...cleanRecord,
      results: [8],
      nonCooperation: ['entry-refused'],
      evidence: ['V-announced'],
    };
    const { status, body } = await enter(4, 'GX-001', refused);
    expect([status, refusalIn(body).reason]).toEqual([422, 'record-invalid']);
    expect(refusalIn(body).errors.map(({ pointer }) => pointer)).toEqual(['/evidence/0']);
    expect((await enter(4, 'GX-001', { ...refused, evidence: ['V-stored'] })).status).toBe(200);
  });

  it('shows the phone of whoever received the team to those who act, and the others that there is one', async () => {
    const contact = { name: '王五', phone: '13800001234' };
    const { body } = await enter(5, 'GX-001', { ...cleanRecord, contact });
    expect(body).toMatchObject({ record: { contact } });
    const masked = { contact: { name: '王五', phone: '****34' } };
    expect((await ask('GET /inspections/{id}', 5, 'HEAD')).body).toMatchObject({ record: { contact } });
    expect((await ask('GET /inspections/{id}', 5, 'SUPERVISOR')).body).toMatchObject({ record: masked });
    const { body: versions } = await ask('GET /inspections/{id}/records', 5, 'SUPERVISOR');
    expect(versions).toMatchObject({ records: [{ record: masked }] });
  });

  it('is not told in a conflict to somebody who is not on the team', async () => {
    const { status, body } = await enter(5, 'SUPERVISOR', cleanRecord);
    expect([status, refusalIn(body)]).toEqual([403, { reason: 'not-on-team', errors: [] }]);
  });
});
