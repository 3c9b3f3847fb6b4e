import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readPoolLines, readProof, readTeams, writePool, writeProof, writeTeams } from '#store/draws.ts';
import { proofPartition } from '#store/keys.ts';
import { queryAll } from '#store/store.ts';
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
