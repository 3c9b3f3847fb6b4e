import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { canonicalPool, poolText } from '#domain/draw/pool.ts';
import {
  findInPool,
  readPool,
  readPoolPages,
  readProof,
  readSelection,
  readTeams,
  writePool,
  writeProof,
  writeSelection,
  writeTeams,
} from '#store/draws.ts';
import { proofPartition } from '#store/keys.ts';
import { queryAll } from '#store/store.ts';
import { openDatabase } from '../support/database.ts';

const { state } = await openDatabase();
const ROOT = '0'.repeat(64);

describe('a frozen pool', () => {
  const pool = canonicalPool(
    Array.from({ length: 12_001 }, (_, n) => ({
      id: `9141038100${String(n).padStart(8, '0')}`,
      stratum: 'ABCD'.charAt(n % 4),
    })),
  );

  it('comes back in its order, a page at a time', async () => {
    expect(await writePool(state, 'D-1', ROOT, pool)).toBe(3);
    const pages = await Array.fromAsync(readPool(state, 'D-1', ROOT));
    expect(pages.map((page) => page.length)).toEqual([5000, 5000, 2001]);
    expect(pages.flat()).toEqual(pool);
  });

  it('comes back from any page on, as text of whole lines', async () => {
    const textsOf = async (first: number, count: number) =>
      Array.fromAsync(readPoolPages(state, 'D-1', ROOT, { first, count }));
    expect((await textsOf(0, 2)).join('')).toBe([...poolText(pool.slice(0, 10_000))].join(''));
    expect((await textsOf(2, 9)).join('')).toBe([...poolText(pool.slice(10_000))].join(''));
    expect(await textsOf(3, 1)).toEqual([]);
  });

  it('tells where an object stands, on the edges of its pages too, and of others that they are not there', async () => {
    const find = async (id: string) => findInPool(state, 'D-1', { root: ROOT, pages: 3 }, id);
    for (const index of [0, 1, 4_999, 5_000, 9_999, 10_000, 12_000]) {
      expect(await find(pool[index]?.id ?? '')).toEqual({ index, entry: pool[index] });
    }
    for (const id of ['', '0', '914103810000000000X', '91410381000000499A', 'Z']) {
      expect([id, await find(id)]).toEqual([id, undefined]);
    }
  });

  it('of another root is not mixed with it', async () => {
    await writePool(state, 'D-1', 'f'.repeat(64), pool.slice(0, 2));
    expect((await Array.fromAsync(readPool(state, 'D-1', 'f'.repeat(64)))).flat()).toEqual(pool.slice(0, 2));
  });
});

describe('a proof', () => {
  it('comes back byte for byte, over as many pages as it takes', async () => {
    const text = `{"title":"${'加油站'.repeat(80_000)}"}`;
    const stored = await writeProof(state, 'D-1', text);
    expect(stored.pages).toBe(3);
    expect(await readProof(state, 'D-1', stored)).toBe(text);
  });

  it.each([99_998, 99_999, 100_000])(
    'never stores half of a character of two UTF-16 units, such as one at place %i',
    async (place) => {
      const text = `${'x'.repeat(place)}𠮷家油站`;
      const stored = await writeProof(state, `D-${place}`, text);
      expect(await readProof(state, `D-${place}`, stored)).toBe(text);
      const pages = await queryAll(state, z.object({ text: z.string() }), {
        partition: proofPartition(`D-${place}`, stored.hash),
      });
      // The engine of the tests keeps half a character; the real one has UTF-8 and can't.
      expect(pages.map((page) => page.text.isWellFormed())).toEqual([true, true]);
    },
  );
});

describe('a selection', () => {
  it('comes back in the order of its tickets', async () => {
    const selected = Array.from({ length: 1_001 }, (_, n) => ({
      id: `914103810000${String(n).padStart(6, '0')}`,
      stratum: 'C',
      ticket: String(n).padStart(64, '0'),
    }));
    expect(await writeSelection(state, 'D-1', selected)).toBe(2);
    expect(await readSelection(state, 'D-1')).toEqual(selected);
  });
});

describe('the teams of a draw', () => {
  const member = (staffNo: string) => ({
    staffNo,
    name: '张三',
    unit: '节能监察中心',
    certificate: '16030001',
  });

  it('come back as they were written', async () => {
    const teams = [{ objectId: '91410381MA00000001', members: [member('GX-001'), member('GX-002')] }];
    await writeTeams(state, 'D-1', teams);
    expect(await readTeams(state, 'D-1')).toEqual(teams);
  });

  it('article 10: of fewer than two are refused when they are read', async () => {
    await writeTeams(state, 'D-lone', [{ objectId: '91410381MA00000001', members: [member('GX-001')] }]);
    await expect(readTeams(state, 'D-lone')).rejects.toThrow('members');
  });
});
