import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Subject } from '#domain/subject/subject.ts';
import { registrationNumberCheckDigit, SubjectId } from '#domain/subject/subject-id.ts';
import { subjectsMeeting } from '#store/cohort.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { openDatabase } from '../support/database.ts';

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

async function found(territory?: string[], industry?: string[]): Promise<number[]> {
  const pages = await Array.fromAsync(subjectsMeeting(state, { territory, industry }));
  return pages
    .flat()
    .map(({ id }) => Number(id.slice(11, 14)))
    .toSorted((a, b) => a - b);
}

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
    const [first] = (await Array.fromAsync(subjectsMeeting(state, { industry: ['H62'] }))).flat();
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
