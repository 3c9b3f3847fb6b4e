import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { resultsOf, type Publication } from '#domain/inspection/publication.ts';
import { submissionHeader } from '#domain/submission/columns.ts';
import { deliveredIn } from '#domain/submission/sent.ts';
import { creditCodeCheckCharacter } from '#domain/subject/subject-id.ts';
import { Person, type PersonRole } from '#domain/person/person.ts';
import { later } from '#domain/time/time.ts';
import { sha256 } from '#sha256';
import { csvRows } from '#files/csv.ts';
import { workbookRows } from '#files/workbook.ts';
import { commit } from '#store/commit.ts';
import { historyOf } from '#store/history.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { loadSent, sentOf, updatedSent } from '#store/sent.ts';
import { loadPublicRecord } from '#store/publications.ts';
import { published, publishedAnew } from '#store/publishing.ts';
import type { StateTable } from '#store/store.ts';
import {
  createdSubmission,
  loadSubmission,
  loadSubmitting,
  nowSubmitting,
  rowPages,
} from '#store/submissions.ts';
import { ProblemDocument } from '#web/problem.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openBucket } from '../support/bucket.ts';
import { openDatabase } from '../support/database.ts';
import { at, day, MONDAY } from '../support/samples.ts';

let state: StateTable;
let call: (event: unknown) => Promise<unknown>;
let numbers = 0;

const person = (staffNo: string, role: PersonRole) =>
  Person.parse({ staffNo, name: staffNo, role, unit: '牵头科室' });

beforeAll(async () => {
  ({ state } = await openDatabase());
  await openBucket();
  Object.assign(process.env, { ADMINISTRATORS: 'ADMIN', SUBMISSION_ROWS: '40' });
  call = await handlerOf('submissions');
  await putPages(state, [
    ...libraryItems('people', [
      person('LEAD', 'lead-section'),
      person('SUPERVISOR', 'supervisor'),
      person('HEAD', 'unit'),
    ]),
    { pk: 'DRAW#D-1', sk: 'STATE', id: 'D-1', title: '加油站抽查' },
  ]);
});

const Made = z.looseObject({
  id: z.string(),
  status: z.string(),
  rows: z.int(),
  unfit: z.int(),
  more: z.boolean().optional(),
  faults: z.array(z.looseObject({ row: z.int(), column: z.string(), inspection: z.string() })).optional(),
  files: z.object({
    csv: z.object({ hash: z.string(), link: z.string() }),
    xlsx: z.object({ hash: z.string(), link: z.string() }),
  }),
});

interface Asked {
  readonly id?: string;
  readonly by?: string;
  readonly body?: unknown;
  readonly query?: string;
  readonly key?: string;
}

async function ask(route: string, { id, by = 'LEAD', body, query, key }: Asked = {}) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return answerOf(
    await call(
      gatewayEvent({
        route,
        path: route.split(' ')[1]?.replace('{id}', id ?? '') ?? '',
        person: by,
        ...(id === undefined ? {} : { params: { id } }),
        ...(query === undefined ? {} : { query }),
        headers: key === undefined ? {} : { 'Idempotency-Key': key },
        ...(text === undefined ? {} : { body: Buffer.from(text).toString('base64'), base64: true }),
      }),
    ),
  );
}
/** Requests of a gateway have ids of their own; the samples' are told apart by their keys. */
async function make(asked: Asked = {}) {
  numbers += 1;
  return ask('POST /exports/national', { key: `key-${numbers}`, ...asked });
}
async function made(asked: Asked = {}) {
  const answer = await make(asked);
  expect([answer.statusCode, answer.body]).toEqual([201, expect.anything()]);
  return Made.parse(JSON.parse(answer.body));
}
const reasonOf = ({ body }: { readonly body: string }) =>
  ProblemDocument.parse(JSON.parse(body)).type.replace('urn:mingchou:problem:', '');

async function fileOf(id: string, format: 'csv' | 'xlsx'): Promise<Uint8Array> {
  const { statusCode, headers } = await ask('GET /exports/national/{id}/file', {
    id,
    query: `format=${format}`,
  });
  expect(statusCode).toBe(303);
  const file = await fetch(String(headers['location']));
  return new Uint8Array(await file.arrayBuffer());
}
async function cellsOf(id: string): Promise<string[][]> {
  const rows: string[][] = [];
  const text = new TextDecoder().decode(await fileOf(id, 'csv'));
  for await (const { cells } of csvRows([text])) rows.push([...cells]);
  return rows.slice(1);
}

const idOf = (n: number) => `I-${String(n).padStart(24, '0')}`;
function numbered(n: number, more: Partial<Publication> = {}): Publication {
  const first17 = `91410381MA${String(n).padStart(7, '0')}`;
  return {
    id: idOf(n),
    version: 1,
    inspection: idOf(n),
    draws: [{ id: 'D-1', planNumber: '明抽〔2026〕3号', how: 'drawn' }],
    subjectId: first17 + creditCodeCheckCharacter(first17),
    subjectName: `示例${n}`,
    items: [{ code: 'YS-001', matter: '成品油零售经营', legalBasis: '办法' }],
    units: ['商务综合执法大队'],
    inspectedOn: day('2026-02-20'),
    results: resultsOf([1]),
    publishedAt: later(at('2026-02-21T01:00:00.000Z'), n * 1_000),
    publishBy: day('2026-03-20'),
    onTime: true,
    ...more,
  };
}
async function publish(from: number, count: number, more: Partial<Publication> = {}): Promise<void> {
  for (let n = from; n < from + count; n += 1) {
    await commit(state, { at: MONDAY, writes: published(numbered(n, more), '410381'), events: [] });
  }
}
/** The record as it stands becomes another version. */
async function change(n: number, what: { subjectName: string } | { legalReason: string }): Promise<void> {
  const before = await loadPublicRecord(state, idOf(n));
  const { id, inspection } = before;
  const version = before.version + 1;
  const after =
    'legalReason' in what
      ? { id, inspection, version, withdrawn: { at: MONDAY, legalReason: what.legalReason } }
      : { ...numbered(n), version, ...what, corrected: { at: MONDAY, reason: '名称有误' } };
  const writes = await publishedAnew(state, before, after, '410381');
  await commit(state, { at: MONDAY, writes, events: [] });
}

beforeEach(async () => {
  // Each test begins with nothing owed.
  for (let answer = await make(); answer.statusCode === 201;) answer = await make();
});

describe('article 7(6): the file for the national system', () => {
  it('is made by the lead section and administrators, read by supervisors, and by nobody else', async () => {
    const statuses = await Promise.all(
      ['HEAD', 'SUPERVISOR', 'LEAD', 'ADMIN'].map(async (by) => [
        (await make({ by })).statusCode,
        (await ask('GET /exports/national', { by })).statusCode,
      ]),
    );
    expect(statuses).toEqual([
      [403, 403],
      [403, 200],
      [409, 200],
      [409, 200],
    ]);
  });

  it('holds what was published, once, as CSV and as workbook, the same bytes whenever it is fetched', async () => {
    await publish(100, 3);
    const file = await made();
    expect([file.rows, file.unfit, file.status, file.more]).toEqual([3, 0, 'made', false]);
    const rows = await cellsOf(file.id);
    expect(rows.map(([kind, id, , , title, , name]) => [kind, id, title, name])).toEqual([
      ['新增', idOf(100), '加油站抽查', '示例100'],
      ['新增', idOf(101), '加油站抽查', '示例101'],
      ['新增', idOf(102), '加油站抽查', '示例102'],
    ]);
    const workbook = await fileOf(file.id, 'xlsx');
    const read: string[][] = [];
    for await (const { cells } of workbookRows(workbook, ([first]) => first === '操作类型')) {
      read.push([...cells]);
    }
    // A blank cell at the end of a row is no cell.
    const whole = read.map((cells) => submissionHeader.map((_, column) => cells[column] ?? ''));
    expect(whole).toEqual([[...submissionHeader], ...rows]);
    expect([sha256(workbook), sha256(await fileOf(file.id, 'csv'))]).toEqual([
      file.files.xlsx.hash,
      file.files.csv.hash,
    ]);
    const [told] = await historyOf(state, 'submission', file.id);
    expect([told?.type, told?.data]).toEqual([
      'submission.made',
      expect.objectContaining({ rows: 3, unfit: 0, csvHash: file.files.csv.hash }),
    ]);
    const again = await make();
    expect([again.statusCode, reasonOf(again)]).toEqual([409, 'nothing-owed']);
  });

  it('asked for again under its key is the same one; the key of another request is refused', async () => {
    await publish(200, 1);
    const first = await made({ key: 'same' });
    expect((await made({ key: 'same' })).id).toBe(first.id);
    const other = await make({ key: 'same', body: { unfit: true } });
    expect(reasonOf(other)).toBe('idempotency-key-reused');
  });

  it('tells a correction as 更正 and a withdrawal as 撤销, and nothing of what was withdrawn before it went out', async () => {
    await publish(300, 2);
    await made();
    await publish(302, 1);
    await change(300, { subjectName: '示例三百' });
    await change(301, { legalReason: '第十五条' });
    await change(302, { legalReason: '第十五条' });
    const rows = await cellsOf((await made()).id);
    expect(rows.map(([kind, id, version, , , , name]) => [kind, id, version, name])).toEqual([
      ['更正', idOf(300), '2', '示例三百'],
      ['撤销', idOf(301), '2', ''],
    ]);
  });

  it('leaves out what does not fit with row, column and reason, until it is corrected or asked for again', async () => {
    await publish(400, 1);
    await publish(401, 1, { subjectName: '长'.repeat(101) });
    const file = await made();
    expect([file.rows, file.unfit]).toEqual([1, 1]);
    const shown = Made.parse(
      JSON.parse((await ask('GET /exports/national/{id}', { id: file.id, by: 'SUPERVISOR' })).body),
    );
    expect(shown.faults).toEqual([
      expect.objectContaining({ row: 2, inspection: idOf(401), column: '企业名称', reason: 'too-long' }),
    ]);
    expect(reasonOf(await make())).toBe('nothing-owed');
    expect((await made({ body: { unfit: true } })).unfit).toBe(1);
    await change(401, { subjectName: '短' });
    expect((await cellsOf((await made()).id)).map(([kind, , , , , , name]) => [kind, name])).toEqual([
      ['新增', '短'],
    ]);
  });

  it('goes on in another file beyond its rows, and two at once put no record into both', async () => {
    await publish(500, 90);
    const answers = await Promise.all([made(), made()]);
    const rest = await made();
    expect([...answers, rest].map(({ rows }) => rows).toSorted((a, b) => a - b)).toEqual([10, 40, 40]);
    const ids = (await Promise.all([...answers, rest].map(async ({ id }) => cellsOf(id)))).flatMap((rows) =>
      rows.map(([, id]) => id),
    );
    expect(new Set(ids).size).toBe(90);
    expect(rest.more).toBe(false);
  });

  it('that was refused is owed again as 新增, once however often the refusal is told; a taken one is not', async () => {
    await publish(600, 1);
    const file = await made();
    const refusal = { id: file.id, body: { reason: '模板不符' } };
    for (const status of ['rejected', 'rejected']) {
      const answer = await ask('POST /exports/national/{id}/reject', refusal);
      expect([answer.statusCode, Made.parse(JSON.parse(answer.body)).status]).toEqual([200, status]);
    }
    const second = await made();
    expect((await cellsOf(second.id)).map(([kind]) => kind)).toEqual(['新增']);
    const taken = await ask('POST /exports/national/{id}/confirm', { id: second.id });
    expect(Made.parse(JSON.parse(taken.body)).status).toBe('confirmed');
    const late = await ask('POST /exports/national/{id}/reject', { ...refusal, id: second.id });
    expect([late.statusCode, reasonOf(late)]).toEqual([409, 'wrong-state']);
    expect((await loadSent(state, idOf(600)))?.deliveries).toEqual([
      { submission: second.id, kind: 'new', version: 1, at: expect.anything(), by: 'LEAD' },
    ]);
    expect((await historyOf(state, 'submission', file.id)).map(({ type }) => type)).toEqual([
      'submission.made',
      'submission.rejected',
    ]);
  });

  it('whose marking was broken off is carried on by the next request', async () => {
    await publish(700, 2);
    const id = `N-${'c'.repeat(24)}`;
    const hash = 'a'.repeat(64);
    const rows = [700, 701].map((n) => ({
      inspection: idOf(n),
      version: 1,
      kind: 'new' as const,
      faults: [],
    }));
    // As a crash leaves it: the file is written down, and one of its two records is marked.
    await putPages(state, rowPages(id, hash, rows));
    const file = { hash, bytes: 1 };
    const begun = { id, version: 1, by: 'LEAD', at: MONDAY, rows: 2, unfit: 0, rowsHash: hash };
    const delivery = { submission: id, kind: 'new' as const, version: 1, at: MONDAY, by: 'LEAD' };
    const [first] = await sentOf(state, [idOf(700)]);
    await commit(state, {
      at: MONDAY,
      writes: [
        createdSubmission({ ...begun, status: 'marking', csv: file, xlsx: file }),
        nowSubmitting(await loadSubmitting(state), id),
        ...(first === undefined ? [] : [updatedSent(deliveredIn(first, delivery))]),
      ],
      events: [],
    });
    await publish(702, 1);
    const next = await made();
    expect((await cellsOf(next.id)).map(([, inspection]) => inspection)).toEqual([idOf(702)]);
    expect((await loadSubmission(state, id)).status).toBe('made');
    expect((await sentOf(state, [idOf(700), idOf(701)])).map(({ deliveries }) => deliveries)).toEqual([
      [delivery],
      [delivery],
    ]);
  });

  it.each([
    ['GET /exports/national/{id}', 404],
    ['GET /exports/national/{id}/file', 404],
    ['POST /exports/national/{id}/confirm', 404],
  ])('%s of one that is not there is a %s', async (route, status) => {
    for (const id of ['N-none', 'none', 'N-'.padEnd(300, '0')]) {
      expect((await ask(route, { id })).statusCode).toBe(status);
    }
  });
});
