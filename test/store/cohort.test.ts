import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Subject } from '#domain/subject/subject.ts';
import { registrationNumberCheckDigit, SubjectId } from '#domain/subject/subject-id.ts';
import { DrawCriteria } from '#domain/draw/criteria.ts';
import { subjectsMeeting } from '#store/cohort.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { openDatabase } from '../support/database.ts';
import { day } from '../support/samples.ts';

const { state } = await openDatabase();

const places: readonly (readonly [string, string | undefined])[] = [
  ['410381', 'F5265'],
  ['410381', 'C13'],
  ['410381', undefined],
  ['410381107', 'F5265'],
  ['410381107', 'C1310'],
  ['410381107215', 'H62'],
  ['410381108', 'C13'],
  ['410302', 'F5265'],
  ['410302', undefined],
  ['110101', 'C13'],
];
/** A registration number of 15 digits whose last but one three are n. */
function idOf(n: number): SubjectId {
  const first14 = `41038160000${String(n).padStart(3, '0')}`;
  return SubjectId.parse(`${first14}${registrationNumberCheckDigit(first14)}`);
}
const subjects = places.map(([territory, industry], n): Subject => ({
  id: idOf(n),
  name: `示例${n}`,
  kind: 'enterprise',
  status: 'active',
  territory,
  ...(industry === undefined ? {} : { industry }),
  creditClass: 'C',
  tags: [],
  licences: [],
  phone: '0379-00000000',
  legalRepresentative: '王五',
}));
await putPages(state, libraryItems('subjects', subjects));

const DAY = day('2026-11-24');
const numbersOf = (found: readonly { readonly id: string }[]) =>
  found.map(({ id }) => Number(id.slice(11, 14))).toSorted((a, b) => a - b);

async function meeting(criteria: DrawCriteria, on = DAY): Promise<number[]> {
  return numbersOf((await Array.fromAsync(subjectsMeeting(state, criteria, on))).flat());
}
const found = (territory?: string[], industry?: string[]) => meeting({ territory, industry });

describe('the cohort of a draw', () => {
  it('article 8: is every subject when nothing is asked for, with and without an industry', async () => {
    expect(await found()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it.each([
    ['a province', ['41'], undefined, [0, 1, 2, 3, 4, 5, 6, 7, 8]],
    ['a city', ['4103'], undefined, [0, 1, 2, 3, 4, 5, 6, 7, 8]],
    ['a district, its towns included', ['410381'], undefined, [0, 1, 2, 3, 4, 5, 6]],
    ['a town, without what is known of the district only', ['410381107'], undefined, [3, 4, 5]],
    ['a village', ['410381107215'], undefined, [5]],
    ['an industry of all territories', undefined, ['C13'], [1, 4, 6, 9]],
    ['a section of industries', undefined, ['C'], [1, 4, 6, 9]],
    ['an industry of a town', ['410381107'], ['F52'], [3]],
    ['two industries of a district', ['410381'], ['F', 'H62'], [0, 3, 5]],
    ['a territory without subjects', ['999999'], undefined, []],
    ['an industry without subjects', undefined, ['A01'], []],
  ])('article 8: of %s', async (_, territory, industry, expected) => {
    expect(await found(territory, industry)).toEqual(expected);
  });

  it('has every subject once when the criteria overlap', async () => {
    expect(await found(['41', '410381', '410381107'], ['C', 'C13', 'C1310', 'C13'])).toEqual([1, 4, 6]);
  });

  it('is what a plain filter over the library finds, for any criteria', async () => {
    const territories = fc.option(
      fc.subarray(['11', '41', '4103', '410381', '410381107', '410302'], { minLength: 1 }),
      {
        nil: undefined,
      },
    );
    const industries = fc.option(fc.subarray(['C', 'C13', 'C1310', 'F', 'F5265', 'H'], { minLength: 1 }), {
      nil: undefined,
    });
    await fc.assert(
      fc.asyncProperty(territories, industries, async (territory, industry) => {
        const expected = places.flatMap(([place, trade], n) =>
          (territory?.some((prefix) => place.startsWith(prefix)) ?? true) &&
          (industry?.some((prefix) => trade?.startsWith(prefix) === true) ?? true)
            ? [n]
            : [],
        );
        expect(await found(territory, industry)).toEqual(expected);
      }),
      { seed: 2, numRuns: 40 },
    );
  });

  it('tells nothing of a person or a telephone', async () => {
    const [first] = (await Array.fromAsync(subjectsMeeting(state, { industry: ['H62'] }, DAY))).flat();
    expect(first).toEqual({
      id: idOf(5),
      kind: 'enterprise',
      status: 'active',
      territory: '410381107215',
      industry: 'H62',
      creditClass: 'C',
    });
  });

  it('follows a subject that moved: it is found in its new place only', async () => {
    const moving: Subject = {
      id: idOf(77),
      name: '搬家',
      kind: 'enterprise',
      status: 'active',
      territory: '530102',
      industry: 'A01',
      tags: [],
      licences: [],
    };
    await putPages(state, libraryItems('subjects', [moving]));
    await putPages(state, libraryItems('subjects', [{ ...moving, territory: '530103', industry: 'B06' }]));
    expect(await found(['530102'])).toEqual([]);
    expect(await found(['53'], ['A'])).toEqual([]);
    expect(await found(['530103'], ['B06'])).toEqual([77]);
  });
});

describe('the other criteria', () => {
  const shop = (n: number, facts: Partial<Subject>): Subject => ({
    id: idOf(n),
    name: `示例${n}`,
    kind: 'enterprise',
    status: 'active',
    territory: '610102',
    tags: [],
    licences: [],
    ...facts,
  });
  const shops = [
    shop(200, { scale: 'small', creditClass: 'D', tags: ['危化品', '民爆'] }),
    shop(201, { kind: 'individual-business', scale: 'micro', tags: ['食品经营'] }),
    shop(202, { licences: [{ name: '食品经营许可证', number: 'JY1', validThrough: day('2026-11-24') }] }),
    shop(203, { status: 'suspended', creditClass: 'B' }),
  ];
  const plain = (criteria: DrawCriteria, on = DAY) => meeting({ territory: ['61'], ...criteria }, on);

  it.each([
    ['a kind', { kind: ['individual-business'] }, [201]],
    ['scales', { scale: ['small', 'micro'] }, [200, 201]],
    ['a class, no class counting as B', { creditClass: ['B'] }, [201, 202, 203]],
    ['a tag', { tags: ['民爆', '食品经营'] }, [200, 201]],
    ['a licence', { licences: ['食品经营许可证'] }, [202]],
    ['several of them at once', { scale: ['small'], creditClass: ['D'], tags: ['危化品'] }, [200]],
  ] as const)('article 8: are applied: %s', async (_, criteria, expected) => {
    await putPages(state, libraryItems('subjects', shops));
    expect(await plain(DrawCriteria.parse(criteria))).toEqual(expected);
  });

  it('article 8: hold a licence to be valid through its last day', async () => {
    await putPages(state, libraryItems('subjects', shops));
    expect(await plain({ licences: ['食品经营许可证'] }, day('2026-11-25'))).toEqual([]);
  });

  it('leave out whom they ask about and who was stored before licences were kept', async () => {
    const [row] = libraryItems('subjects', [shop(204, {})]);
    const { licences: _, ...before } = row ?? {};
    await putPages(state, [before]);
    expect(await plain({ licences: ['食品经营许可证'] })).not.toContain(204);
    expect(await plain({})).toContain(204);
  });

  it('refuse a row that is not of its shape instead of drawing from it', async () => {
    const broken = libraryItems('subjects', [shop(205, { territory: '620102' })]).map((row) => ({
      ...row,
      ...('status' in row ? { status: 'open' } : {}),
    }));
    await putPages(state, broken);
    await expect(meeting({ territory: ['62'] })).rejects.toThrow(z.ZodError);
  });
});
