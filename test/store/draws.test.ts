import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readProof, readTeams, readWithheld, writeProof, writeTeams, writeWithheld } from '#store/draws.ts';
import { proofPartition } from '#store/keys.ts';
import { queryAll } from '#store/store.ts';
import { openDatabase } from '../support/database.ts';

const { state } = await openDatabase();

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

describe('the items that are withheld', () => {
  const objects = Array.from({ length: 2_001 }, (_, n) => ({ id: `91410381${n}`, items: ['YS-001'] }));

  it('come back by object, over as many pages as it takes, and none for a draw of which nothing was written', async () => {
    await writeWithheld(state, 'D-1', objects);
    const withheld = await readWithheld(state, 'D-1');
    expect(withheld.size).toBe(2_001);
    expect(withheld.get('914103812000')).toEqual(['YS-001']);
    expect((await readWithheld(state, 'D-none')).size).toBe(0);
  });

  it('of a shorter second attempt are not mixed with what the first left behind', async () => {
    await writeWithheld(state, 'D-twice', objects);
    await writeWithheld(state, 'D-twice', objects.slice(0, 1));
    expect([...(await readWithheld(state, 'D-twice'))]).toEqual([['914103810', ['YS-001']]]);
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
