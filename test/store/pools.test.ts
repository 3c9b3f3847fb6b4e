import { describe, expect, it } from 'vitest';
import { findInPool, readPoolLines, readPoolText, writePool } from '#store/pools.ts';
import { openDatabase } from '../support/database.ts';

const { state } = await openDatabase();
const KEY = '0'.repeat(64);

describe('a pool', () => {
  const lines = Array.from(
    { length: 12_001 },
    (_, n) => `9141038100${String(n).padStart(8, '0')},${'ABCD'.charAt(n % 4)}`,
  );
  const pages = [lines.slice(0, 5000), lines.slice(5000, 10_000), lines.slice(10_000)];

  it('comes back in its order, a page at a time', async () => {
    expect(await writePool(state, 'D-1', KEY, pages)).toBe(3);
    expect(await Array.fromAsync(readPoolLines(state, 'D-1', KEY))).toEqual(pages);
  });

  it('comes back from any page on, as text of whole lines', async () => {
    const textsOf = async (first: number, count: number) =>
      Array.fromAsync(readPoolText(state, 'D-1', KEY, { first, count }));
    expect((await textsOf(0, 2)).join('')).toBe(`${lines.slice(0, 10_000).join('\n')}\n`);
    expect((await textsOf(2, 9)).join('')).toBe(`${lines.slice(10_000).join('\n')}\n`);
    expect(await textsOf(3, 1)).toEqual([]);
  });

  it('tells where an object stands, on the edges of its pages too, and of others that they are not there', async () => {
    const find = async (id: string) => findInPool(state, 'D-1', { key: KEY, pages: 3 }, id);
    for (const index of [0, 1, 4_999, 5_000, 9_999, 10_000, 12_000]) {
      const line = lines[index] ?? '';
      expect(await find(line.slice(0, line.indexOf(',')))).toEqual({ index, line });
    }
    for (const id of ['', '0', '914103810000000000X', '91410381000000499A', 'Z']) {
      expect([id, await find(id)]).toEqual([id, undefined]);
    }
  });

  it('of another key is not mixed with it', async () => {
    await writePool(state, 'D-1', 'f'.repeat(64), [lines.slice(0, 2)]);
    expect((await Array.fromAsync(readPoolLines(state, 'D-1', 'f'.repeat(64)))).flat()).toEqual(
      lines.slice(0, 2),
    );
  });

  it('of more pages than are put in one go is whole', async () => {
    const many = lines.slice(0, 80).map((line) => [line]);
    expect(await writePool(state, 'D-many', KEY, many)).toBe(80);
    expect(await Array.fromAsync(readPoolLines(state, 'D-many', KEY))).toEqual(many);
  });
});
