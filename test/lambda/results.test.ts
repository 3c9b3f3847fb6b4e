import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { resultsOf, type Publication } from '#domain/inspection/publication.ts';
import { later } from '#domain/time/time.ts';
import { csvRows } from '#files/csv.ts';
import { commit } from '#store/commit.ts';
import { putPages } from '#store/pages.ts';
import { published, publishedAnew } from '#store/publishing.ts';
import type { StateTable } from '#store/store.ts';
import { ProblemDocument } from '#web/problem.ts';
import { answerOf, gatewayEvent, handlerOf } from './invoke.ts';
import { openDatabase } from '../support/database.ts';
import { at, day, MONDAY } from '../support/samples.ts';
import { xmlIn, type Node } from '../support/xml.ts';

let state: StateTable;
let call: (event: unknown) => Promise<unknown>;

const idOf = (n: number) => `I-${String(n).padStart(24, '0')}`;
const numbered = (n: number): Publication => ({
  id: idOf(n),
  version: 1,
  inspection: idOf(n),
  draws: [{ id: 'D-1', planNumber: '明抽〔2026〕3号', how: 'drawn' }],
  subjectId: `914103810000${String(n).padStart(3, '0')}`,
  subjectName: n === 7 ? '=1+1<b>&"坏"\u0001商店' : `示例${n % 2 === 0 ? '加油站' : '餐饮店'}${n}`,
  items: [{ code: 'YS-001', matter: '成品油零售经营', legalBasis: '办法' }],
  units: ['商务综合执法大队'],
  inspectedOn: day('2026-02-20'),
  results: resultsOf([n % 9 === 0 ? 3 : 1]),
  publishedAt: later(at('2026-02-21T01:00:00.000Z'), n * 60_000),
  publishBy: day('2026-03-20'),
  onTime: true,
});
const COUNT = 120;

beforeAll(async () => {
  ({ state } = await openDatabase());
  call = await handlerOf('portal');
  await putPages(
    state,
    Array.from({ length: COUNT }, (_, n) => published(numbered(n), '410381')).flatMap((writes) =>
      writes.map(({ key, item }) => ({ ...item, ...key })),
    ),
  );
  const corrected: Publication = {
    ...numbered(3),
    version: 2,
    subjectName: '更名餐饮店',
    corrected: { at: at('2026-03-02T01:00:00.000Z'), reason: '名称有误' },
  };
  const withdrawn = { at: at('2026-03-01T01:00:00.000Z'), legalReason: '《政府信息公开条例》第十五条' };
  for (const [before, after] of [
    [numbered(3), corrected],
    [numbered(5), { id: idOf(5), inspection: idOf(5), version: 2, withdrawn }],
  ] as const) {
    const writes = await publishedAnew(state, before, after, '410381');
    await commit(state, { at: MONDAY, writes, events: [] });
  }
});

const LIST = '/public/inspections';
async function get(path: string, headers: Readonly<Record<string, string>> = {}) {
  const [address = '', query = ''] = path.split('?');
  const id = /^\/public\/inspections\/(.+)$/.exec(address)?.[1];
  const route = id === undefined ? `GET ${address}` : `GET ${LIST}/{id}`;
  return answerOf(
    await call(
      gatewayEvent({
        route,
        path: address,
        query,
        headers: { Accept: 'text/html', ...headers },
        ...(id === undefined ? {} : { params: { id } }),
      }),
    ),
  );
}
const queryOf = (fields: Readonly<Record<string, string>>) => new URLSearchParams(fields).toString();
const Page = z.object({ results: z.array(z.looseObject({ id: z.string() })), next: z.string().optional() });
const reasonOf = ({ body }: { readonly body: string }) => ProblemDocument.parse(JSON.parse(body));

describe('article 14: the search page', () => {
  it('keeps what was typed, tells the number where all are on the page, and clears all', async () => {
    const { body, headers } = await get(
      `${LIST}?${queryOf({ q: '加油站', result: '3', from: '2026', through: '2026-02', unit: ' ' })}`,
    );
    expect(body).toContain('value="加油站"');
    expect(body).toMatch(/<option value="3" selected>3\. 发现问题待后续处理<\/option>/);
    expect(body).toContain('共 7 条');
    expect(body).toContain('href="/public/inspections">清除全部条件');
    expect(headers['content-security-policy']).toContain("form-action 'self'");
  });

  it('tells no number of what goes on, and goes on with what was asked', async () => {
    const { body } = await get(`${LIST}?${queryOf({ q: '加油站' })}`);
    expect(body).toContain('本页 50 条');
    const link = /href="(\/public\/inspections\?[^"]*after=[^"]+)"/.exec(body)?.[1] ?? '';
    const second = (await get(link.replaceAll('&amp;', '&'))).body;
    expect(second.match(/<tr/g)?.length).toBe(11);
    expect(second).toContain('value="加油站"');
  });

  it('says beside each field what is wrong with it, with what was typed', async () => {
    const wrong = { q: '站', territory: '41', from: '2026-13', result: '13', unit: '<b>', timing: 'never' };
    const answer = await get(`${LIST}?${queryOf(wrong)}`);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([400, 'text/html; charset=utf-8']);
    expect([...answer.body.matchAll(/id="(\w+)-fault"/g)].map(([, name]) => name)).toEqual([
      'q',
      'territory',
      'result',
      'from',
      'timing',
    ]);
    expect(answer.body).toContain('value="&lt;b>"');
    const turned = await get(`${LIST}?${queryOf({ from: '2026-03', through: '2026-02' })}`);
    expect(turned.body).toContain('id="through-fault"');
    expect(turned.body).toContain('不得早于起始日期');
  });

  it('finds what a correction says now, and nothing that was withdrawn', async () => {
    const json = async (q: string) =>
      Page.parse(JSON.parse((await get(`${LIST}.json?${queryOf({ q })}`)).body)).results.map(({ id }) => id);
    expect([await json('更名'), await json('餐饮店3 '), await json('餐饮店5 ')]).toEqual([
      [idOf(3)],
      [39, 37, 35, 33, 31].map(idOf),
      [59, 57, 55, 53, 51].map(idOf),
    ]);
  });

  it.each([
    'q=%ED%A0%80',
    'code=%00',
    `q=${'长'.repeat(101)}`,
    'from=1899',
    'from=2026-02-30',
    'through=0000',
    'after=x',
    'after=2026-03-02T01:30:00.000Z_I-1',
    'result=1e0',
    'territory=４１０３８１',
    'from=2030&after=2026-03-02T01:30:00.000Z_I-000000000000000000000001',
  ])('%s is no fault of ours, in any format', async (query) => {
    for (const path of [LIST, `${LIST}.json`, `${LIST}.csv`, `${LIST}.atom`]) {
      expect((await get(`${path}?${query}`)).statusCode).toBeLessThan(500);
    }
    expect(reasonOf(await get(`${LIST}.csv?from=x`))).toMatchObject({
      type: 'urn:mingchou:problem:query-invalid',
      errors: [{ pointer: '/from' }],
    });
  });
});

describe('article 14: a record', () => {
  it('has permanent links for itself and each version, and JSON beside the page', async () => {
    const page = (await get(`${LIST}/${idOf(3)}`)).body;
    for (const link of [`${LIST}/${idOf(3)}.json`, `${LIST}/${idOf(3)}?version=1`]) {
      expect(page).toContain(`href="${link}"`);
      expect((await get(link)).statusCode).toBe(200);
    }
    const json = await get(`${LIST}/${idOf(3)}.json`);
    expect(JSON.parse(json.body)).toMatchObject({ id: idOf(3), version: 2, subjectName: '更名餐饮店' });
    expect((await get(`${LIST}/none.json`)).statusCode).toBe(404);
  });

  it('is not sent again to whoever has it', async () => {
    for (const path of [`${LIST}/${idOf(3)}`, LIST, `${LIST}.csv`, `${LIST}.atom`]) {
      const first = await get(path);
      const etag = String(first.headers['etag']);
      const again = await get(path, { 'If-None-Match': `W/"x", ${etag}` });
      expect([again.statusCode, again.body, again.headers['etag']]).toEqual([304, '', etag]);
      expect((await get(path, { 'If-None-Match': '"other"' })).statusCode).toBe(200);
    }
  });
});

describe('article 14: the CSV file', () => {
  it('holds what is asked for, with formulas disarmed, and begins so that a spreadsheet shows its Chinese', async () => {
    const { body, headers } = await get(`${LIST}.csv?${queryOf({ from: '2026-02-21' })}`);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['link']).toBeUndefined();
    expect(body.startsWith('\uFEFF公示编号,版本,')).toBe(true);
    const rows: string[][] = [];
    for await (const { cells } of csvRows([body])) rows.push([...cells]);
    expect(rows).toHaveLength(COUNT);
    expect(rows.find(([id]) => id === idOf(7))?.[3]).toBe('\'=1+1<b>&"坏"\u0001商店');
    expect(rows.find(([id]) => id === idOf(3))?.slice(-2)).toEqual(['2026-03-02', '名称有误']);
    expect(rows.some(([id]) => id === idOf(5))).toBe(false);
  });
});

const ATOM = '{http://www.w3.org/2005/Atom}';
const childrenOf = ({ children }: Node, name: string) => children.filter((child) => child.name === name);
const textOf = (node: Node | undefined, name: string) =>
  node === undefined ? undefined : childrenOf(node, ATOM + name)[0]?.text;
const linkOf = (node: Node | undefined, rel: string) =>
  node?.children.find((child) => child.attributes['rel'] === rel)?.attributes['href'];
const entriesOf = (feed: Node) => childrenOf(feed, `${ATOM}entry`);

describe('article 16: the Atom feed', () => {
  it('tells the last changes first: a correction as its entry updated, a withdrawal as a deleted one', async () => {
    const { body, headers } = await get(`${LIST}.atom`, { 'X-Forwarded-Proto': 'https' });
    expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8');
    const feed = xmlIn(body);
    expect([feed.name, textOf(feed, 'id'), textOf(feed, 'updated')]).toEqual([
      `${ATOM}feed`,
      'https://api.example.org/public/inspections.atom',
      '2026-03-02T01:00:00.000Z',
    ]);
    const [first] = entriesOf(feed);
    expect(['id', 'title', 'updated', 'published'].map((name) => textOf(first, name))).toEqual([
      `urn:mingchou:inspection:${idOf(3)}`,
      '更名餐饮店：未发现问题（第 2 版，已更正 corrected）',
      '2026-03-02T01:00:00.000Z',
      '2026-02-21T01:03:00.000Z',
    ]);
    expect(linkOf(first, 'alternate')).toBe(`https://api.example.org${LIST}/${idOf(3)}`);
    const gone = childrenOf(feed, '{http://purl.org/atompub/tombstones/1.0}deleted-entry');
    expect(gone.map(({ attributes }) => attributes)).toEqual([
      { ref: `urn:mingchou:inspection:${idOf(5)}`, when: '2026-03-01T01:00:00.000Z' },
    ]);
  });

  it('goes on page after page until every record was told once, whatever stands in a name', async () => {
    const ids: string[] = [];
    let path: string | undefined = `${LIST}.atom`;
    for (let page = 0; path !== undefined && page < 5; page += 1) {
      const feed = xmlIn((await get(path)).body);
      ids.push(...entriesOf(feed).map((entry) => textOf(entry, 'id')?.split(':').at(-1) ?? ''));
      path = linkOf(feed, 'next')?.replace(/^https:\/\/[^/]+/, '');
    }
    expect(ids.toSorted()).toEqual(
      Array.from({ length: COUNT }, (_, n) => idOf(n)).filter((id) => id !== idOf(5)),
    );
  });

  it('of a search holds what the search finds, and makes no link of a host that is none', async () => {
    const { body } = await get(`${LIST}.atom?${queryOf({ q: '11b坏' })}`, { Host: 'evil"><x' });
    const feed = xmlIn(body);
    expect(entriesOf(feed).map((entry) => textOf(entry, 'title'))).toEqual([
      '=1+1<b>&"坏"\uFFFD商店：未发现问题',
    ]);
    expect(linkOf(feed, 'self')).toMatch(/^\/public\/inspections\.atom\?q=/);
  });
});
