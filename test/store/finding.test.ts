import * as fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Publication } from '#domain/inspection/publication.ts';
import { resultsOf } from '#domain/inspection/publication.ts';
import { summaryOf, takes, type Filter } from '#domain/publication/search.ts';
import { addDays, later, startOfDay } from '#domain/time/time.ts';
import { commit } from '#store/commit.ts';
import { changedRecords, findPublications, foundPlaces, type Place } from '#store/finding.ts';
import { putPages } from '#store/pages.ts';
import { createdPublication } from '#store/publications.ts';
import { published, publishedAnew } from '#store/publishing.ts';
import type { StateTable } from '#store/store.ts';
import { openDatabase } from '../support/database.ts';
import { day, MONDAY } from '../support/samples.ts';

let state: StateTable;
/** Requests of the store since the test began. */
let requests = 0;

const COUNT = 2_000;
const FIRST = startOfDay(day('2026-01-01'));
const PLACES = ['洛阳', '偃师', '邙岭', '首阳'];
const TRADES = ['加油站', '商贸', '餐饮店', '家具厂', '药房'];

/** The result with a number; names, units, items and results repeat in cycles of different lengths. */
function numbered(n: number): Publication {
  const at = later(FIRST, n * 3_600_000);
  const rare = n % 500 === 7;
  return {
    id: `I-${String(n).padStart(24, '0')}`,
    version: 1,
    inspection: `I-${String(n).padStart(24, '0')}`,
    draws: [{ id: 'D-1', planNumber: '明抽〔2026〕3号', how: 'drawn' }],
    subjectId: `9141038${String(n % 1_500).padStart(8, '0')}`,
    subjectName: `${PLACES[n % 4] ?? ''}${rare ? '麒麟' : '示例'}${TRADES[n % 5] ?? ''}有限公司`,
    items: [{ code: `YS-${n % 7}`, matter: '成品油零售经营', legalBasis: '办法' }],
    units: [n % 600 === 5 ? '盐业稽查队' : '商务综合执法大队'],
    inspectedOn: day('2026-01-01'),
    results: resultsOf([n % 11 === 0 ? 3 : 1]),
    publishedAt: at,
    publishBy: addDays(day('2026-01-01'), 200),
    onTime: n % 100 !== 0,
  };
}
const all = Array.from({ length: COUNT }, (_, n) => numbered(n)).toReversed();
const territoryOf = ({ id }: Publication) => `41038100${Number(id.slice(-3)) % 3}`;
const nothing: Filter = { words: [] };

beforeAll(async () => {
  ({ state } = await openDatabase());
  const items = all.flatMap((publication) =>
    [createdPublication(publication), ...foundPlaces(publication, territoryOf(publication))].map(
      ({ key, item }) => ({ ...item, ...key }),
    ),
  );
  await putPages(state, items);
  state.client.middlewareStack.add(
    (next) => async (given) => {
      requests += 1;
      return next(given);
    },
    { step: 'initialize', name: 'counting' },
  );
});
beforeEach(() => {
  requests = 0;
});

const naive = (filter: Filter) => all.filter((one) => takes(filter, summaryOf(one, territoryOf(one))));
const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => Number(id.slice(2)));

describe('article 14: a page of 50 of 2,000 results', () => {
  it.each([
    ['all', nothing, 1],
    ['a month', { ...nothing, from: day('2026-02-01'), through: day('2026-02-28') }, 1],
    ['one subject', { ...nothing, code: '914103800000077' }, 2],
    ['a rare word', { ...nothing, words: ['麒麟'] }, 2],
    ['a rare word and a common one', { ...nothing, words: ['麒麟', '餐饮店'] }, 4],
    ['words with a place between them', { ...nothing, words: ['偃师', '药房'] }, 4],
    ['a unit of few', { ...nothing, unit: '盐业稽查队' }, 2],
    ['a result and a word', { ...nothing, result: 3, words: ['示例商贸'] }, 5],
    ['those that were late', { ...nothing, timing: 'late' as const }, 2],
    ['an item in a town', { ...nothing, item: 'YS-3', territory: '410381001' }, 3],
    ['words that every name has', { ...nothing, words: ['有限公司'] }, 1],
  ] as const)('is found by %s in at most five requests', async (_, filter, most) => {
    const { items } = await findPublications(state, filter, { limit: 50, queries: 4 });
    expect(idsOf(items)).toEqual(idsOf(naive(filter).slice(0, 50)));
    expect(items.length).toBeGreaterThan(0);
    expect(requests).toBeLessThanOrEqual(most);
  });

  it('says honestly where it stopped when it has read as much as one page may, and goes on there', async () => {
    const filter = { ...nothing, words: ['限公司'], unit: '盐业稽查队', code: undefined, result: 3 };
    const found: number[] = [];
    let after: Place | undefined;
    let pages = 0;
    do {
      requests = 0;
      const page = await findPublications(state, filter, { limit: 2, queries: 3 }, after);
      expect(requests).toBeLessThanOrEqual(4);
      found.push(...idsOf(page.items));
      after = page.next;
      pages += 1;
    } while (after !== undefined && pages < 20);
    expect(found).toEqual(idsOf(naive(filter)));
  });
});

describe('article 14: a search', () => {
  const words = fc.constantFrom('示例', '洛阳', '加油站', '麒麟', '餐饮', '有限', '首阳示例', '没有');
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const filters: fc.Arbitrary<Filter> = fc.record({
    words: fc.uniqueArray(words, { maxLength: 2 }),
    code: optional(fc.constantFrom('914103800000077', '914103800000500')),
    unit: optional(fc.constantFrom('盐业稽查队', '商务综合执法大队')),
    territory: optional(fc.constantFrom('410381', '410381001', '410381001002')),
    item: optional(fc.constantFrom('YS-1', 'YS-9')),
    result: optional(fc.constantFrom(1, 3, 8)),
    timing: optional(fc.constantFrom('on-time' as const, 'late' as const)),
    from: optional(fc.constantFrom(day('2026-02-01'), day('2026-04-15'))),
    through: optional(fc.constantFrom(day('2026-03-15'), day('2026-01-20'))),
  });

  it('page after page gives what a look at every record gives, in the same order, each once', async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 60, max: 400 }), async (filter, limit) => {
        const expected = idsOf(naive(filter)).slice(0, 900);
        const found: number[] = [];
        let after: Place | undefined;
        do {
          const page = await findPublications(state, filter, { limit, queries: 6 }, after);
          found.push(...idsOf(page.items));
          after = page.next;
        } while (after !== undefined && found.length < 900);
        expect(found.slice(0, 900)).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });

  it('from a place outside the days is no fault: nothing before them, all of them after', async () => {
    const filter = { ...nothing, from: day('2026-02-01'), through: day('2026-02-02') };
    const from = async (at: string) =>
      (await findPublications(state, filter, { limit: 100, queries: 2 }, placeAt(at))).items.length;
    expect([await from('2026-01-31'), await from('2026-03-01')]).toEqual([0, 48]);
    const turned = { ...nothing, from: day('2026-02-02'), through: day('2026-02-01') };
    expect((await findPublications(state, turned, { limit: 9, queries: 2 })).items).toEqual([]);
  });
});

const placeAt = (date: string): Place => ({ at: startOfDay(day(date)), id: 'I-000000000000000000000000' });

describe('article 16: a correction', () => {
  it('is found by what it says now and no more by what was said before; a withdrawal is not found', async () => {
    const first: Publication = { ...numbered(5_000), subjectName: '旧名酒楼', results: resultsOf([3]) };
    await commit(state, { at: MONDAY, writes: published(first, '410381001'), events: [] });
    const find = async (filter: Partial<Filter>) =>
      idsOf((await findPublications(state, { ...nothing, ...filter }, { limit: 50, queries: 4 })).items);
    expect([await find({ words: ['旧名'] }), await find({ words: ['新名'] })]).toEqual([[5_000], []]);
    const second: Publication = {
      ...first,
      version: 2,
      subjectName: '新名酒楼',
      results: resultsOf([8]),
      corrected: { at: later(first.publishedAt, 60_000), reason: '名称有误' },
    };
    const writes = await publishedAnew(state, first, second, '410381001');
    await commit(state, { at: MONDAY, writes, events: [] });
    expect([await find({ words: ['旧名'] }), await find({ words: ['新名'] })]).toEqual([[], [5_000]]);
    expect(await find({ words: ['名酒楼'], result: 8, territory: '410381001' })).toEqual([5_000]);
    expect(await find({ words: ['酒楼'], result: 3 })).toEqual([]);
    const changes = (await changedRecords(state, nothing, { limit: 2, queries: 1 })).items;
    expect(changes.map(({ id, version }) => [id, version])).toEqual([
      [first.id, 2],
      [numbered(1_999).id, 1],
    ]);
    const withdrawn = {
      id: first.id,
      version: 3,
      inspection: first.id,
      withdrawn: { at: later(first.publishedAt, 120_000), legalReason: '《政府信息公开条例》第十五条' },
    };
    const last = await publishedAnew(state, second, withdrawn, '410381001');
    await commit(state, { at: MONDAY, writes: last, events: [] });
    expect([await find({ words: ['名酒楼'] }), await find({ code: first.subjectId })]).not.toContain(5_000);
    expect((await changedRecords(state, nothing, { limit: 1, queries: 1 })).items).toEqual([withdrawn]);
  });
});

describe('a publication with as much as it can have', () => {
  it('is corrected in name and results within one transaction', async () => {
    const name = (from: number) =>
      Array.from({ length: 60 }, (_, at) => String.fromCodePoint(from + at)).join('');
    const first: Publication = {
      ...numbered(6_000),
      subjectName: name(0x4e00),
      onTime: false,
      units: Array.from({ length: 9 }, (_, n) => `单位${n}`),
      items: Array.from({ length: 30 }, (_, n) => ({ code: `A-${n}`, matter: '事项', legalBasis: '法' })),
      results: resultsOf([2, 3, 4, 5, 6]),
    };
    const writes = published(first, '410381001002');
    await commit(state, { at: MONDAY, writes, events: [] });
    const second: Publication = {
      ...first,
      version: 2,
      subjectName: name(0x5e00),
      results: resultsOf([7, 8, 9, 10, 11, 12]),
      corrected: { at: later(first.publishedAt, 60_000), reason: '全部有误' },
    };
    const anew = await publishedAnew(state, first, second, '410381001002');
    await commit(state, { at: MONDAY, writes: anew, events: [] });
    // A decision on a correction writes six items besides, and for each unit two of its deadline, of the 100 that a transaction takes.
    expect([writes.length, anew.length]).toEqual([50, 80]);
  });
});
