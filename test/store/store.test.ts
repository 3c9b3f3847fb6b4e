import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { putPages } from '#store/pages.ts';
import { pageKey, stateKey } from '#store/keys.ts';
import { load, loadMany, queryAll, queryPage } from '#store/store.ts';
import { openDatabase } from '../support/database.ts';
import { handBackOnce } from './engine-faults.ts';

const { state } = await openDatabase();
const Row = z.object({ n: z.int() });
const rows = (partition: string, count: number, filler = '') =>
  Array.from({ length: count }, (_, n) => ({ ...pageKey(partition, n), n, filler }));

describe('reading by key', () => {
  it('gives one record parsed, and undefined where there is none', async () => {
    await putPages(state, [{ ...stateKey('ITEM', 'one'), n: 7, other: 'x' }]);
    expect(await load(state, Row, stateKey('ITEM', 'one'))).toEqual({ n: 7 });
    expect(await load(state, Row, stateKey('ITEM', 'none'))).toBeUndefined();
  });

  it('refuses a stored row that is not of its shape instead of passing it on', async () => {
    await putPages(state, [{ ...stateKey('ITEM', 'broken'), n: 'seven' }]);
    await expect(load(state, Row, stateKey('ITEM', 'broken'))).rejects.toThrow(z.ZodError);
  });

  it('gives every record of a query, although one answer of the engine ends at 1 MB', async () => {
    await putPages(state, rows('BIG', 12, 'x'.repeat(150_000)));
    const first = await queryPage(state, Row, { partition: 'BIG' });
    expect(first.items.length).toBeLessThan(12);
    expect(first.next).toBeDefined();
    const all = await queryAll(state, Row, { partition: 'BIG' });
    expect(all.map(({ n }) => n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('turns pages of the asked length, newest first when asked', async () => {
    await putPages(state, rows('SMALL', 5));
    const first = await queryPage(state, Row, { partition: 'SMALL', limit: 2, newestFirst: true });
    expect(first.items).toEqual([{ n: 4 }, { n: 3 }]);
    const second = await queryPage(state, Row, {
      partition: 'SMALL',
      limit: 2,
      newestFirst: true,
      after: first.next ?? {},
    });
    expect(second.items).toEqual([{ n: 2 }, { n: 1 }]);
  });

  it('bounds the sort key from its beginning or up to and including an end', async () => {
    await putPages(state, rows('RANGE', 12));
    const prefixed = await queryAll(state, Row, { partition: 'RANGE', prefix: 'PAGE#00001' });
    expect(prefixed).toEqual([{ n: 10 }, { n: 11 }]);
    const through = await queryAll(state, Row, { partition: 'RANGE', through: 'PAGE#000001' });
    expect(through).toEqual([{ n: 0 }, { n: 1 }]);
    const from = await queryAll(state, Row, { partition: 'RANGE', from: 'PAGE#000010' });
    expect(from).toEqual([{ n: 10 }, { n: 11 }]);
  });

  it('reads the attributes that are asked for and no others', async () => {
    await putPages(state, [{ ...pageKey('FIELDS', 1), n: 1, status: 'open', size: 7 }]);
    const Loose = z.looseObject({});
    const query = { partition: 'FIELDS', fields: ['sk', 'n', 'status'] };
    expect(await queryAll(state, Loose, query)).toEqual([{ sk: 'PAGE#000001', n: 1, status: 'open' }]);
    expect(await queryAll(state, Loose, { ...query, prefix: 'PAGE#' })).toEqual([
      { sk: 'PAGE#000001', n: 1, status: 'open' },
    ]);
  });

  it('loads more records than one call takes, leaving out those that do not exist', async () => {
    await putPages(state, rows('MANY', 250));
    const keys = Array.from({ length: 260 }, (_, n) => pageKey('MANY', n));
    const found = await loadMany(state, Row, keys);
    expect(found.map(({ n }) => n).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 250 }, (_, n) => n),
    );
  });

  it('asks again for the keys that the engine hands back', async () => {
    await putPages(state, rows('HANDED', 130));
    const fault = handBackOnce(state.client, 30);
    const found = await loadMany(
      state,
      Row,
      Array.from({ length: 130 }, (_, n) => pageKey('HANDED', n)),
    );
    fault.remove();
    expect(fault.handedBack()).toBe(30);
    expect(new Set(found.map(({ n }) => n)).size).toBe(130);
    expect(found.length).toBe(130);
  });
});

describe('putting pages', () => {
  it('puts more than one call takes', async () => {
    await putPages(state, rows('PUT', 60));
    expect((await queryAll(state, Row, { partition: 'PUT' })).length).toBe(60);
  });

  it('puts again what the engine hands back', async () => {
    const fault = handBackOnce(state.client, 9);
    await putPages(state, rows('PUT-AGAIN', 25));
    fault.remove();
    expect(fault.handedBack()).toBe(9);
    expect((await queryAll(state, Row, { partition: 'PUT-AGAIN' })).length).toBe(25);
  });

  it('leaves the same items when it runs twice', async () => {
    await putPages(state, rows('TWICE', 3));
    await putPages(state, rows('TWICE', 3));
    expect(await queryAll(state, Row, { partition: 'TWICE' })).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
  });
});
