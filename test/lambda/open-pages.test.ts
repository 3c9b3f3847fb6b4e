import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { RouteKey } from '#contracts/routes.ts';
import {
  LedgerPart,
  PublicDirectory,
  PublicDraw,
  PublicItems,
  PublicPlans,
  PublicStart,
} from '#contracts/open-data.ts';
import { Item } from '#domain/item/item.ts';
import { verifyChain } from '#domain/ledger/ledger.ts';
import { Plan } from '#domain/plan/plan.ts';
import { commit } from '#store/commit.ts';
import { createdDraw } from '#store/draws.ts';
import { append } from '#store/ledger.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { created } from '#store/records.ts';
import { openDatabase } from '../support/database.ts';
import { poolOf, proposedDraw, storeDrawn } from '../support/public-draw.ts';
import { day, MONDAY, sampleInspector } from '../support/samples.ts';
import { answerOf, gatewayEvent, handlerOf } from './invoke.ts';

const itemOf = (n: number): Item =>
  Item.parse({
    code: `YS-${String(n).padStart(3, '0')}`,
    matter: `事项${n}`,
    legalBasis: '《办法》第三条',
    unit: '商务综合执法大队',
    appliesTo: { kinds: [], industries: [] },
    ratio: { A: 100, B: 300, C: 1_000, D: 10_000 },
    frequency: { maxTimes: 1, perMonths: 24 },
    methods: ['on-site'],
    content: '证照',
  });
let draw = '';

beforeAll(async () => {
  const { state, ledger } = await openDatabase();
  draw = (await storeDrawn(state, 1, poolOf(30))).draw.id;
  const plan = Plan.parse({
    id: 'P-000000000000000000000001',
    version: 1,
    number: '明抽〔2026〕3号',
    year: 2026,
    serial: 3,
    title: '加油站投诉抽查',
    madeAt: MONDAY,
    madeBy: 'SECRET-9',
  });
  await commit(state, {
    at: MONDAY,
    writes: [created('PLAN', plan), createdDraw(proposedDraw(2))],
    events: [],
  });
  await putPages(state, [
    ...libraryItems(
      'items',
      Array.from({ length: 41 }, (_, n) => itemOf(n + 1)),
    ),
    ...libraryItems('inspectors', [
      sampleInspector('SECRET-1', '乙队', { name: '某甲', trainedThrough: day('2027-01-01') }),
      sampleInspector('SECRET-2', '乙队', { name: '某乙', trainedThrough: day('2026-01-01') }),
    ]),
  ]);
  await append(
    ledger,
    Array.from({ length: 25 }, (_, n) => ({
      event: `E-${n}`,
      type: 'draw.committed',
      time: MONDAY,
      about: 'draw/D-1',
      correlation: 'T-1',
      eventHash: 'ab'.repeat(32),
    })),
  );
});

async function ask(
  route: RouteKey,
  accept: string,
  query = '',
  headers: Readonly<Record<string, string>> = {},
) {
  const portal = await handlerOf('portal');
  return answerOf(
    await portal(
      gatewayEvent({ route, query, params: { id: draw }, headers: { Accept: accept, ...headers } }),
    ),
  );
}
async function jsonOf<T extends z.ZodType>(route: RouteKey, schema: T, query = ''): Promise<z.infer<T>> {
  return schema.parse(JSON.parse((await ask(route, 'application/json', query)).body));
}

describe('article 7(1): the plans', () => {
  it('stand under their document numbers with their public draws, and tell nobody who made them', async () => {
    const { plans } = await jsonOf('GET /public/plans', PublicPlans);
    expect(plans.map(({ number, draws }) => [number, draws.map(({ id }) => id)])).toEqual([
      ['明抽〔2026〕3号', [draw]],
    ]);
    const page = (await ask('GET /public/plans', 'text/html')).body;
    expect(page).toContain(`href="/public/draws/${draw}"`);
    expect(page).not.toContain('SECRET');
  });
});

describe('article 2: the list of items', () => {
  it('goes on from page to page, with basis, unit, ratio and frequency', async () => {
    const first = await jsonOf('GET /public/items', PublicItems);
    expect([first.items.length, first.next]).toEqual([40, 'YS-040']);
    const rest = await jsonOf('GET /public/items', PublicItems, 'after=YS-040');
    expect(rest).toEqual({ items: [itemOf(41)] });
    const page = (await ask('GET /public/items', 'text/html')).body;
    for (const text of [
      '《办法》第三条',
      'A 1%，B 3%，C 10%，D 100%',
      '同一单位每2年不超过1次',
      'after=YS-040',
    ]) {
      expect(page).toContain(text);
    }
  });
});

describe('article 5: the directory', () => {
  it('is shown in figures of each unit, without a name or number of anybody', async () => {
    const { on, units } = await jsonOf('GET /public/directory', PublicDirectory);
    expect([on, units]).toEqual([
      '2026-03-02',
      [{ unit: '乙队', inspectors: 2, certified: 2, trained: 1, ready: 1 }],
    ]);
    expect((await ask('GET /public/directory', 'text/html')).body).not.toMatch(/SECRET|某甲|某乙/);
  });
});

describe('the ledger', () => {
  it('is a page for a browser with its head, and entries for every program', async () => {
    const program = LedgerPart.parse(JSON.parse((await ask('GET /public/ledger', '*/*')).body));
    expect(verifyChain(program.entries).ok).toBe(true);
    const page = await ask('GET /public/ledger', 'text/html,*/*');
    expect([page.headers['content-type'], page.headers['cache-control']]).toEqual([
      'text/html; charset=utf-8',
      'public, max-age=0',
    ]);
    expect(page.body).toContain(`<code>${program.entries.at(-1)?.hash}</code>`);
    expect(page.body.match(/<th scope="row">/g)?.length).toBe(20);
  });
});

describe('the start page and the schema', () => {
  it('lead to everything, and describe what the answers really are', async () => {
    const { pages } = await jsonOf('GET /public', PublicStart);
    expect(pages.map(({ path }) => path)).toEqual([
      '/public/items',
      '/public/directory',
      '/public/plans',
      '/public/draws',
      '/public/inspections',
      '/public/verify',
      '/public/ledger',
      '/public/schema.json',
      '/public/api',
    ]);
    const bare = await ask('GET /', '*/*');
    expect([bare.statusCode, bare.headers['location']]).toEqual([303, '/public']);
    const schema = await ask('GET /public/schema.json', '*/*');
    const Schema = z.object({ $defs: z.record(z.string(), z.looseObject({})) });
    expect(Object.keys(Schema.parse(JSON.parse(schema.body)).$defs)).toEqual([
      'publication',
      'draw',
      'ledgerEntry',
    ]);
    expect((await jsonOf('GET /public/draws/{id}', PublicDraw)).id).toBe(draw);
  });
});

describe('every page', () => {
  it.each<RouteKey>([
    'GET /public',
    'GET /public/plans',
    'GET /public/items',
    'GET /public/directory',
    'GET /public/draws',
    'GET /public/draws/{id}',
    'GET /public/draws/{id}/proof',
    'GET /public/ledger',
    'GET /public/verify',
    'GET /public/verifier.js',
    'GET /public/schema.json',
  ])('%s is not sent again to whoever has it', async (route) => {
    const first = await ask(route, 'text/html');
    const etag = first.headers['etag'] ?? 'none';
    const again = await ask(route, 'text/html', '', { 'If-None-Match': etag });
    expect([first.statusCode, again.statusCode, again.body]).toEqual([200, 304, '']);
    expect(again.headers['content-encoding']).toBeUndefined();
    expect(again.headers['cache-control']).toBe(first.headers['cache-control']);
  });
});
