import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { publicationHash, publicationOf } from '#domain/inspection/publication.ts';
import { deadlineId } from '#domain/deadline/deadline.ts';
import { Person, type PersonRole } from '#domain/person/person.ts';
import { commit } from '#store/commit.ts';
import { loadDeadline } from '#store/deadlines.ts';
import { historyOf } from '#store/history.ts';
import { createdInspection } from '#store/inspections.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { createdPublication, publications, publicVersions } from '#store/publications.ts';
import type { StateTable } from '#store/store.ts';
import { ProblemDocument } from '#web/problem.ts';
import { answerOf, gatewayEvent, handlerOf } from '../lambda/invoke.ts';
import { openDatabase } from '../support/database.ts';
import { assignedInspection, at, cleanRecord, day, MONDAY } from '../support/samples.ts';

let state: StateTable;
let call: (event: unknown) => Promise<unknown>;

const person = (staffNo: string, role: PersonRole, unit: string) =>
  Person.parse({ staffNo, name: staffNo, role, unit });
/** An inspection that was published, and its public record. */
function published(id: string): Inspection {
  return {
    ...assignedInspection,
    id,
    version: 7,
    status: 'published',
    endedAt: at('2026-02-24T08:00:00.000Z'),
    publishBy: { date: day('2026-03-24'), provisional: false },
    publishedAt: at('2026-02-26T02:00:00.000Z'),
    record: { ...cleanRecord, results: [3] },
  };
}
const idOf = (n: number) => `I-${String(n).padStart(24, '0')}`;

beforeAll(async () => {
  ({ state } = await openDatabase());
  Object.assign(process.env, { ADMINISTRATORS: 'ADMIN', CORRECTIONS_PER_DAY: '12' });
  call = await handlerOf('corrections');
  await putPages(state, [
    ...libraryItems('people', [
      person('LEAD', 'lead-section', '牵头科室'),
      person('SUPERVISOR', 'supervisor', '督查室'),
      person('BUSINESS', 'business-section', '业务科'),
      person('HEAD', 'unit', '商务综合执法大队'),
      person('OTHER', 'unit', '市容大队'),
      person('GX-001', 'inspector', '商务综合执法大队'),
      person('GX-009', 'inspector', '商务综合执法大队'),
    ]),
  ]);
  for (const one of [1, 2, 3, 4, 5, 6].map(idOf).map(published)) {
    await commit(state, {
      at: MONDAY,
      writes: [...createdInspection(one), createdPublication(publicationOf(one))],
      events: [],
    });
  }
  const early = { ...assignedInspection, id: idOf(9) };
  await commit(state, { at: MONDAY, writes: createdInspection(early), events: [] });
});

interface Asked {
  readonly id?: string;
  readonly receipt?: string;
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly by?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The gateway's clock says Monday 2 March 2026, 09:30 in Shanghai. */
async function ask(route: string, { id, receipt, body, form, by, query, headers }: Asked) {
  const type = form === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' };
  const text = form === undefined ? JSON.stringify(body) : new URLSearchParams(form).toString();
  return answerOf(
    await call(
      gatewayEvent({
        route,
        params: { ...(id === undefined ? {} : { id }), ...(receipt === undefined ? {} : { receipt }) },
        headers: { ...type, ...headers },
        ...(text === undefined ? {} : { body: Buffer.from(text).toString('base64'), base64: true }),
        ...(by === undefined ? {} : { person: by }),
        ...(query === undefined ? {} : { query }),
      }),
    ),
  );
}

const words = (name: string) => ({
  name,
  contact: '13800001234',
  wrong: '企业名称有误',
  right: '示例加油站有限公司',
});
const PUBLIC = 'POST /public/inspections/{id}/corrections';
const Receipt = z.object({ receipt: z.string(), answerBy: z.string(), link: z.string() });
const View = z.looseObject({
  id: z.string(),
  version: z.int(),
  status: z.string(),
  requester: z.looseObject({}),
});
const Corrections = z.object({ corrections: z.array(View), next: z.string().optional() });
const reasonOf = ({ body }: { readonly body: string }) =>
  ProblemDocument.parse(JSON.parse(body)).type.replace('urn:mingchou:problem:', '');

async function received(id: string, name: string): Promise<string> {
  return Receipt.parse(JSON.parse((await ask(PUBLIC, { id, body: words(name) })).body)).receipt;
}
const correct = (version: number, subjectName: string) => ({
  kind: 'correct',
  version,
  reason: '企业名称录入有误',
  changes: { subjectName },
});

describe('article 16: a request of the public', () => {
  it('is received with a number and the fifth working day, once however often it is sent', async () => {
    const answer = await ask(PUBLIC, { id: idOf(1), body: words('甲') });
    const receipt = Receipt.parse(JSON.parse(answer.body));
    expect(answer.statusCode).toBe(201);
    expect(receipt).toEqual({
      receipt: expect.stringMatching(/^C-[0-9a-f]{24}$/),
      answerBy: '2026-03-09',
      link: `/public/corrections/${receipt.receipt}`,
    });
    expect((await ask(PUBLIC, { id: idOf(1), body: words('甲') })).body).toBe(answer.body);
    const told = await historyOf(state, 'correction', receipt.receipt);
    expect(told.map(({ type, actor }) => [type, actor])).toEqual([
      ['correction.received', { kind: 'public', id: 'anyone' }],
    ]);
    expect(JSON.stringify(told)).not.toMatch(/甲|13800001234/);
  });

  it('under an Idempotency-Key is told from another one under the same key', async () => {
    const headers = { 'Idempotency-Key': 'one' };
    const first = await ask(PUBLIC, { id: idOf(1), body: words('乙'), headers });
    expect((await ask(PUBLIC, { id: idOf(1), body: words('乙'), headers })).body).toBe(first.body);
    const other = await ask(PUBLIC, { id: idOf(1), body: words('丙'), headers });
    expect([other.statusCode, reasonOf(other)]).toEqual([409, 'idempotency-key-reused']);
  });

  it('shows to whoever has the number the state and the days, and nothing of who asked', async () => {
    const receipt = await received(idOf(1), '丁');
    const shown = await ask('GET /public/corrections/{receipt}', { receipt, query: 'format=json' });
    expect(JSON.parse(shown.body)).toEqual({
      receipt,
      status: 'received',
      receivedOn: '2026-03-02',
      answerBy: '2026-03-09',
    });
    const page = await ask('GET /public/corrections/{receipt}', {
      receipt,
      headers: { Accept: 'text/html' },
    });
    expect(page.body).toContain('已受理，待答复');
    expect(page.body).not.toMatch(/丁|1380000|企业名称有误/);
  });

  it('of what was not published, or is not there, is a 404', async () => {
    for (const id of [idOf(9), 'I-none']) {
      const answer = await ask(PUBLIC, { id, body: words('戊') });
      expect([answer.statusCode, reasonOf(answer)]).toEqual([404, 'not-found']);
    }
  });

  it('by the form of the page is answered with a page, and one in which something is wrong with what was typed', async () => {
    const taken = await ask(PUBLIC, { id: idOf(1), form: words('己') });
    expect([taken.statusCode, taken.headers['content-type']]).toEqual([201, 'text/html; charset=utf-8']);
    expect(taken.body).toMatch(/受理编号.*C-[0-9a-f]{24}/s);
    const form = { ...words('<b>庚</b>'), contact: ' ', wrong: '' };
    const refused = await ask(PUBLIC, { id: idOf(1), form });
    expect(refused.statusCode).toBe(422);
    expect(refused.headers['cache-control']).toBe('no-store');
    expect(refused.body).toContain('value="&lt;b>庚&lt;/b>"');
    expect(refused.body).toContain('示例加油站有限公司</textarea>');
    expect([...refused.body.matchAll(/id="(\w+)-fault"/g)].map(([, name]) => name)).toEqual([
      'wrong',
      'contact',
    ]);
  });

  it('beyond five that wait is refused until tomorrow, as JSON and as a page, and taken again after an answer', async () => {
    const receipts: string[] = [];
    for (const name of ['1', '2', '3', '4', '5']) {
      receipts.push(await received(idOf(2), name));
    }
    const more = await ask(PUBLIC, { id: idOf(2), body: words('6') });
    expect([more.statusCode, reasonOf(more), more.headers['retry-after']]).toEqual([
      429,
      'too-many-requests',
      '52200',
    ]);
    const page = await ask(PUBLIC, { id: idOf(2), form: words('6') });
    expect([page.statusCode, page.headers['retry-after']]).toEqual([429, '52200']);
    expect(page.body).toContain('value="6"');
    // Whoever has asked already gets the number again.
    expect(await received(idOf(2), '5')).toBe(receipts[4]);
    await ask('POST /corrections/{id}/refuse', {
      id: receipts[0] ?? '',
      by: 'HEAD',
      body: { reason: '与检查记录一致' },
    });
    expect((await ask(PUBLIC, { id: idOf(2), body: words('6') })).statusCode).toBe(201);
  });

  it('beyond the quota of the day is refused, whichever record it is about', async () => {
    const statuses: number[] = [];
    for (const name of ['7', '8', '9', '10']) {
      statuses.push((await ask(PUBLIC, { id: idOf(3), body: words(name) })).statusCode);
    }
    // Ten were received before: the quota is twelve.
    expect(statuses).toEqual([201, 201, 429, 429]);
  });
});

describe('article 16: a request of staff', () => {
  const STAFF = 'POST /inspections/{id}/corrections';
  const said = { wrong: '依据有误', right: '计量法第九条' };

  it('comes from the team and the units, and from nobody else', async () => {
    const mine = await ask(STAFF, { id: idOf(4), by: 'GX-001', body: said });
    expect(mine.statusCode).toBe(201);
    const { receipt, link } = Receipt.parse(JSON.parse(mine.body));
    expect(link).toBe(`/corrections/${receipt}`);
    expect((await ask('GET /corrections/{id}', { id: receipt, by: 'GX-001' })).statusCode).toBe(200);
    expect((await ask('GET /public/corrections/{receipt}', { receipt })).statusCode).toBe(404);
    for (const by of ['GX-009', 'OTHER', 'BUSINESS']) {
      expect((await ask(STAFF, { id: idOf(4), by, body: said })).statusCode).toBe(404);
    }
  });

  it('before the publication is refused with the state', async () => {
    const early = await ask(STAFF, { id: idOf(9), by: 'HEAD', body: said });
    expect([early.statusCode, reasonOf(early)]).toEqual([409, 'wrong-state']);
  });
});

describe('article 16: the answer', () => {
  it('is given by a head of the units or the lead section; others see no contact, another unit sees nothing', async () => {
    const id = await askedByStaff(idOf(4), 'HEAD');
    const refusal = { id, body: { reason: '与检查记录一致' } };
    const statusFor = async (by: string) =>
      (await ask('POST /corrections/{id}/refuse', { ...refusal, by })).statusCode;
    expect(await statusFor('OTHER')).toBe(404);
    expect(await statusFor('GX-001')).toBe(404);
    expect(await statusFor('SUPERVISOR')).toBe(403);
    expect(await statusFor('LEAD')).toBe(200);
    const list = async (by: string) =>
      Corrections.parse(JSON.parse((await ask('GET /corrections', { by, query: 'status=received' })).body))
        .corrections;
    const own = (await list('HEAD')).find(({ requester }) => requester['kind'] === 'public');
    const watched = (await list('SUPERVISOR')).find(({ requester }) => requester['kind'] === 'public');
    expect([own?.requester['contact'], watched?.requester['contact']]).toEqual(['13800001234', '****34']);
    expect(await list('OTHER')).toEqual([]);
    expect((await ask('GET /corrections', { by: 'BUSINESS' })).statusCode).toBe(403);
  });

  it('makes the next version: the first stays as it was hashed, the deadline is met, the ledger gets both hashes', async () => {
    const id = await askedByStaff(idOf(5), 'HEAD');
    const [before] = await publicVersions(state, idOf(5));
    const send = () =>
      ask('POST /corrections/{id}/grant', {
        id,
        by: 'HEAD',
        body: correct(1, '示例加油站有限公司'),
        headers: { 'Idempotency-Key': 'grant-5' },
      });
    const granted = await send();
    expect([granted.statusCode, View.parse(JSON.parse(granted.body)).status]).toEqual([200, 'granted']);
    expect((await send()).body).toBe(granted.body);
    const [after, ...former] = await publicVersions(state, idOf(5));
    expect(former).toEqual([before]);
    expect(after).toMatchObject({ version: 2, subjectName: '示例加油站有限公司', onTime: true });
    expect(await loadDeadline(state, deadlineId('correct', id))).toMatchObject({
      status: 'met',
      late: false,
    });
    const [told] = await historyOf(state, 'inspection', idOf(5));
    expect([told?.type, told?.about.version, told?.data]).toEqual([
      'inspection.republished',
      8,
      {
        correction: id,
        version: 2,
        publicationHash: publicationHash(after),
        previousHash: publicationHash(before),
        reason: '企业名称录入有误',
      },
    ]);
  });

  it('on a version that does not stand any more, and a second answer, are refused at once', async () => {
    const id = await askedByStaff(idOf(5), 'LEAD');
    const stale = await ask('POST /corrections/{id}/grant', { id, by: 'LEAD', body: correct(1, '别名') });
    expect([stale.statusCode, reasonOf(stale)]).toEqual([409, 'published-anew']);
    const fixed = { ...correct(2, '别名'), changes: { publishedAt: '2026-02-20T02:00:00.000Z' } };
    const statutory = await ask('POST /corrections/{id}/grant', { id, by: 'LEAD', body: fixed });
    expect(ProblemDocument.parse(JSON.parse(statutory.body)).errors?.map(({ pointer }) => pointer)).toEqual([
      '/changes/publishedAt',
    ]);
    await ask('POST /corrections/{id}/refuse', { id, by: 'LEAD', body: { reason: '无误' } });
    const twice = await ask('POST /corrections/{id}/refuse', { id, by: 'LEAD', body: { reason: '无误' } });
    expect([twice.statusCode, reasonOf(twice)]).toEqual([409, 'wrong-state']);
  });

  it('that withdraws takes the record from the list, and nothing can be corrected any more', async () => {
    const id = await askedByStaff(idOf(6), 'HEAD');
    const body = { kind: 'withdraw', version: 1, legalReason: '《政府信息公开条例》第十五条' };
    expect((await ask('POST /corrections/{id}/grant', { id, by: 'HEAD', body })).statusCode).toBe(200);
    const { items } = await publications(state, 50);
    expect(items.map((one) => one.id).toSorted()).toEqual([1, 2, 3, 4, 5].map(idOf));
    const again = await ask(PUBLIC, { id: idOf(6), body: words('辛') });
    expect([again.statusCode, reasonOf(again)]).toEqual([409, 'wrong-state']);
  });
});

async function askedByStaff(id: string, by: string): Promise<string> {
  const said = { wrong: `${id} ${by} 有误`, right: '更正' };
  const { body } = await ask('POST /inspections/{id}/corrections', { id, by, body: said });
  return Receipt.parse(JSON.parse(body)).receipt;
}
