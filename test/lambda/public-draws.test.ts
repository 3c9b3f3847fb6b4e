import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { verifyInclusion } from '#domain/draw/inclusion.ts';
import type { Draw } from '#domain/draw/draw.ts';
import { poolText, type PoolEntry } from '#domain/draw/pool.ts';
import { proofText, type Proof } from '#domain/draw/proof.ts';
import { verifyProof } from '#domain/draw/verification.ts';
import type { RouteKey } from '#contracts/routes.ts';
import { commit } from '#store/commit.ts';
import { createdDraw } from '#store/draws.ts';
import { openDatabase } from '../support/database.ts';
import { poolOf, proposedDraw, storeDrawn } from '../support/public-draw.ts';
import { MONDAY } from '../support/samples.ts';
import { answerOf, gatewayEvent, handlerOf } from './invoke.ts';

/** What API Gateway takes of a function's answer. */
const LIMIT = 6 * 1024 * 1024;

const small = poolOf(30);
const big = poolOf(205_001);
let drawn: { readonly draw: Draw; readonly proof: Proof };
let drawnBig: { readonly draw: Draw; readonly proof: Proof };

beforeAll(async () => {
  const { state } = await openDatabase();
  drawn = await storeDrawn(state, 900, small);
  drawnBig = await storeDrawn(state, 901, big);
  const voided = Array.from({ length: 55 }, (_, n): Draw => ({
    ...proposedDraw(n),
    status: 'voided',
    voided: { at: MONDAY, reason: '没有符合条件的检查对象' },
  }));
  const proposed = [902, 903].map(proposedDraw);
  await commit(state, { at: MONDAY, writes: [...voided, ...proposed].map(createdDraw), events: [] });
}, 60_000);

async function ask(route: RouteKey, params: Record<string, string> = {}, query = '') {
  const portal = await handlerOf('portal');
  return answerOf(await portal(gatewayEvent({ route, params, query })));
}
const unzipped = (answer: { readonly body: string }) =>
  gunzipSync(Buffer.from(answer.body, 'base64')).toString('utf8');
const textOf = (pool: readonly PoolEntry[]) => [...poolText(pool)].join('');
const Problem = z.object({ type: z.string(), detail: z.string() });
const problemOf = (answer: { readonly statusCode: number; readonly body: string }) => {
  const { type, detail } = Problem.parse(JSON.parse(answer.body));
  return [answer.statusCode, type.replace('urn:mingchou:problem:', ''), detail];
};
const Page = z.object({ draws: z.array(z.object({ id: z.string() })), next: z.string().optional() });

describe('the list of draws', () => {
  it('shows what is committed or voided, newest first, and never what is only proposed', async () => {
    const first = Page.parse(JSON.parse((await ask('GET /public/draws', {}, 'format=json')).body));
    expect(first.draws.slice(0, 3).map(({ id }) => id)).toEqual([
      drawnBig.draw.id,
      drawn.draw.id,
      proposedDraw(54).id,
    ]);
    expect(first.draws.length).toBe(50);
    const rest = Page.parse(
      JSON.parse(
        (await ask('GET /public/draws', {}, `format=json&after=${encodeURIComponent(first.next ?? '')}`))
          .body,
      ),
    );
    expect(rest.draws.map(({ id }) => id)).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => proposedDraw(n).id));
    expect(rest.next).toBe(undefined);
  });

  it('links its next page in HTML, and refuses a position that it did not give', async () => {
    const html = (await ask('GET /public/draws')).body;
    expect(html).toContain('加油站投诉抽查');
    const link = /href="\/public\/draws\?([^"]+)"/.exec(html)?.[1] ?? 'none';
    expect((await ask('GET /public/draws', {}, link)).body.split('<tr').length - 2).toBe(7);
    expect((await ask('GET /public/draws', {}, 'after=x')).statusCode).toBe(400);
  });
});

describe('a pool', () => {
  it('of one part is the whole text, with and without the part’s number, and no other follows', async () => {
    for (const query of ['', 'part=1']) {
      const answer = await ask('GET /public/draws/{id}/pool', { id: drawn.draw.id }, query);
      expect(unzipped(answer)).toBe(textOf(small));
      expect(answer.headers['link']).toBe(undefined);
      expect(answer.headers['content-disposition']).toBe(`inline; filename="${drawn.draw.id}.pool.txt"`);
    }
  });

  it('too big for one answer comes in parts of 200,000 lines, each of which names the next', async () => {
    const { id } = drawnBig.draw;
    const first = await ask('GET /public/draws/{id}/pool', { id });
    expect(first.headers['link']).toBe(`</public/draws/${id}/pool?part=2>; rel="next"`);
    expect(first.headers['content-disposition']).toBe(`inline; filename="${id}.pool.001.txt"`);
    expect(unzipped(first).split('\n').length).toBe(200_001);
    expect(JSON.stringify(first).length).toBeLessThan(LIMIT / 2);
    const second = await ask('GET /public/draws/{id}/pool', { id }, 'part=2');
    expect(second.headers['link']).toBe(undefined);
    const whole = unzipped(first) + unzipped(second);
    expect(whole).toBe(textOf(big));
    expect(verifyProof(proofText(drawnBig.proof), whole).verified).toBe(true);
  });

  it('has no part beyond its last, and says how many there are', async () => {
    const { id } = drawnBig.draw;
    expect(problemOf(await ask('GET /public/draws/{id}/pool', { id }, 'part=3'))).toEqual([
      400,
      'query-invalid',
      '名单只有 2 个部分 The pool has 2 part(s).',
    ]);
    for (const part of ['0', '-1', 'x', '', '1.5']) {
      expect((await ask('GET /public/draws/{id}/pool', { id }, `part=${part}`)).statusCode).toBe(400);
    }
  });
});

describe('an inclusion', () => {
  const inclusion = async (id: string, subject: string) =>
    ask('GET /public/draws/{id}/inclusion/{subject}', { id, subject });

  it('of any object proves its line with the proof alone', async () => {
    for (const entry of small) {
      const answer = await inclusion(drawn.draw.id, entry.id);
      const report = verifyInclusion(proofText(drawn.proof), unzipped(answer));
      expect([entry.id, report.verified, report.standing?.id]).toEqual([entry.id, true, entry.id]);
    }
  });

  it('is found far inside a pool of several parts', async () => {
    const answer = await inclusion(drawnBig.draw.id, big[203_456]?.id ?? '');
    expect(JSON.parse(unzipped(answer))).toMatchObject({ index: 203_456, size: 205_001 });
    expect(verifyInclusion(proofText(drawnBig.proof), unzipped(answer)).verified).toBe(true);
  });

  it('of an object that is not in the pool does not exist, and both languages say so', async () => {
    for (const subject of ['91410381ZZZZZZZZZZ', '0', '长']) {
      expect(problemOf(await inclusion(drawn.draw.id, subject))).toEqual([
        404,
        'not-found',
        `抽取 ${drawn.draw.id} 的名单中没有 ${subject} is not in the pool of this draw.`,
      ]);
    }
    expect((await inclusion(proposedDraw(902).id, small[0]?.id ?? '')).statusCode).toBe(404);
  });

  it('is asked for by a form that works without script, and answered with a way to check the answer', async () => {
    const page = async (code: string) =>
      ask('GET /public/draws/{id}/inclusion', { id: drawn.draw.id }, `code=${code}`);
    const chosen = drawn.proof.selected[0]?.id ?? '';
    const answer = await page(`+${chosen.toLowerCase()}+`);
    expect(answer.headers['content-security-policy']).toContain("form-action 'self'");
    expect(answer.body).toMatch(/在名单中（第 \d+ 行，类别 [A-D]）；被选中。/);
    expect(answer.body).toContain(`href="/public/draws/${drawn.draw.id}/inclusion/${chosen}"`);
    const unchosen = small.find(({ id }) => !drawn.proof.selected.some((entry) => entry.id === id))?.id ?? '';
    expect((await page(unchosen)).body).toContain('未被选中');
    expect((await page('91410381ZZZZZZZZZZ')).body).toContain('不在本次抽取的名单中');
    expect((await page(encodeURIComponent('<script>'))).body).not.toContain('<script>');
    expect((await page('')).body).not.toContain('class="answer"');
  });
});

describe('the page of a draw', () => {
  it('tells its life in the order of time, and links its files', async () => {
    const { body } = await ask('GET /public/draws/{id}', { id: drawnBig.draw.id });
    const life = [...body.matchAll(/<li><time[^>]*>([^<]+)<\/time> ([^ <]+)/g)].map(
      ([, at, name]) => `${at} ${name}`,
    );
    expect(life).toEqual([
      '2026-03-02 09:30 批准',
      '2026-03-02 09:30 冻结名单，公布承诺',
      '2026-03-02 09:30 公开随机数，抽取对象',
      '2026-03-02 09:30 拟定',
    ]);
    expect(body).toContain(`href="/public/draws/${drawnBig.draw.id}/pool?part=2"`);
    expect(body).toContain('href="/public/verify"');
  });

  it('of a voided draw gives the reason', async () => {
    const { body } = await ask('GET /public/draws/{id}', { id: proposedDraw(3).id });
    expect(body).toContain('没有符合条件的检查对象');
    expect(body).toContain('作废');
  });

  it('is explained in both languages from its proof', async () => {
    const { body } = await ask('GET /public/draws/{id}/explanation', { id: drawn.draw.id });
    expect(body).toContain(`本次抽取的编号为 ${drawn.draw.id}；名称为“加油站投诉抽查”`);
    expect(body).toContain('lang="en"');
    const json = await ask('GET /public/draws/{id}/explanation', { id: drawn.draw.id }, 'format=json');
    expect(
      z.object({ paragraphs: z.array(z.unknown()) }).parse(JSON.parse(json.body)).paragraphs.length,
    ).toBe(10);
    expect((await ask('GET /public/draws/{id}/explanation', { id: proposedDraw(3).id })).statusCode).toBe(
      404,
    );
  });
});

describe('the verification page', () => {
  it('may run the two scripts beside it, whose hashes it names, and connect to nothing', async () => {
    const page = await ask('GET /public/verify');
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    for (const name of ['verify', 'verifier'] as const) {
      const script = await ask(`GET /public/${name}.js`);
      expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
      const hash = createHash('sha256').update(unzipped(script));
      expect(page.body).toContain(hash.copy().digest('hex'));
      expect(page.body).toContain(`integrity="sha256-${hash.digest('base64')}"`);
    }
  });

  it('loads a script of 2 KB at most, and the program that verifies only when its button is pressed', async () => {
    const page = await ask('GET /public/verify');
    expect([...page.body.matchAll(/<script[^>]* src="([^"?]+)/g)].map(([, path]) => path)).toEqual([
      '/public/verify.js',
    ]);
    expect(unzipped(await ask('GET /public/verify.js')).length).toBeLessThan(2_048);
    expect(unzipped(await ask('GET /public/verifier.js')).length).toBeLessThan(360_000);
  });

  it('forbids its script to ask anybody for anything: a library in it could, and the browser does not let it', async () => {
    const { headers } = await ask('GET /public/verify');
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'/);
    expect(policy).not.toMatch(/connect-src|img-src|unsafe|\*|https?:/);
    for (const name of ['verify', 'verifier'] as const) {
      expect(unzipped(await ask(`GET /public/${name}.js`))).not.toMatch(
        /sendBeacon|EventSource|\bimport\(|node:/,
      );
    }
  });
});
