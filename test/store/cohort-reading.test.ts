import { describe, expect, it } from 'vitest';
import { DrawCriteria } from '#domain/draw/criteria.ts';
import type { Subject } from '#domain/subject/subject.ts';
import { registrationNumberCheckDigit, SubjectId } from '#domain/subject/subject-id.ts';
import { CohortPosition, readCohort, subjectsMeeting } from '#store/cohort.ts';
import { libraryItems } from '#store/libraries.ts';
import { putPages } from '#store/pages.ts';
import { openDatabase } from '../support/database.ts';
import { day } from '../support/samples.ts';
import { loseCohortAfter, watchCohort } from './engine-faults.ts';

const { state } = await openDatabase();
const DAY = day('2026-11-24');

/** The subject of a number: a third of them in a district, the others in towns of the next one. */
function subjectOf(n: number, territory?: string): Subject {
  const first14 = `65010260000${String(n).padStart(3, '0')}`;
  return {
    id: SubjectId.parse(`${first14}${registrationNumberCheckDigit(first14)}`),
    name: `示例${n}`,
    kind: 'enterprise',
    status: 'active',
    territory: territory ?? (n % 3 === 0 ? '650102' : `6501030${String(n % 20).padStart(2, '0')}`),
    industry: n % 2 === 0 ? 'C13' : 'F5265',
    creditClass: n % 5 === 0 ? 'D' : 'A',
    tags: [],
    licences: [],
  };
}
await putPages(
  state,
  libraryItems(
    'subjects',
    Array.from({ length: 90 }, (_, n) => subjectOf(n)),
  ),
);

const numbersOf = (found: readonly { readonly id: string }[]) =>
  found.map(({ id }) => Number(id.slice(11, 14)));
const sorted = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);
async function meeting(criteria: DrawCriteria): Promise<number[]> {
  return sorted(numbersOf((await Array.fromAsync(subjectsMeeting(state, criteria, DAY))).flat()));
}

describe('a reading that is interrupted', () => {
  /** Reads one page at a time, each time anew from what the position says when it was written down and read again. */
  async function interrupted(
    criteria: DrawCriteria,
    pageLimit: number,
    between?: (page: number) => Promise<void>,
  ) {
    const numbers: number[] = [];
    let written = 'null';
    for (let page = 1; ; page += 1) {
      const from = CohortPosition.nullable().parse(JSON.parse(written)) ?? undefined;
      const reading = readCohort(state, criteria, DAY, from, pageLimit);
      const next = await reading.next();
      await reading.return(undefined);
      if (next.done === true) return { numbers, pages: page - 1 };
      numbers.push(...numbersOf(next.value.subjects));
      written = JSON.stringify(next.value.position);
      await between?.(page);
    }
  }

  it.each([
    ['all of a province', { territory: ['65'] }, 1],
    ['all of a province, three at a time', { territory: ['65'] }, 3],
    ['two industries', { territory: ['65'], industry: ['C', 'F52'] }, 1],
    ['few of many', { territory: ['65'], creditClass: ['D'] }, 2],
    ['a district’s towns', { territory: ['650103'] }, 7],
  ] as const)('after every page gives each subject exactly once: %s', async (_, asked, pageLimit) => {
    const criteria = DrawCriteria.parse(asked);
    const { numbers, pages } = await interrupted(criteria, pageLimit);
    expect(sorted(numbers)).toEqual(await meeting(criteria));
    expect(numbers.length).toBeGreaterThan(10);
    expect(pages).toBeGreaterThan(8);
  });

  it('is continued with the territories of its beginning when another one appears meanwhile', async () => {
    const before = await meeting({ territory: ['65'] });
    const { numbers } = await interrupted({ territory: ['65'] }, 5, async (page) => {
      const newcomer = subjectOf(400 + page, `6501${10 + page}`);
      if (page <= 3) await putPages(state, libraryItems('subjects', [newcomer]));
    });
    expect(sorted(numbers)).toEqual(before);
    expect((await meeting({ territory: ['65'] })).length).toBe(before.length + 3);
  });

  it('is over at its last position', async () => {
    const pages = await Array.fromAsync(readCohort(state, { territory: ['650102'] }, DAY));
    expect(pages.flatMap(({ subjects: page }) => page)).toHaveLength(30);
    const last = pages.at(-1)?.position;
    expect(last).toEqual({ territories: ['650102'], open: [], next: 4 });
    expect(await Array.fromAsync(readCohort(state, { territory: ['650102'] }, DAY, last))).toEqual([]);
  });

  it('is refused with a position of other criteria', async () => {
    const position = { territories: ['650102'], open: [{ range: 7 }], next: 8 };
    await expect(
      Array.fromAsync(readCohort(state, { territory: ['650102'] }, DAY, position)),
    ).rejects.toThrow(RangeError);
  });

  it('asks for the pages of a few ranges at once, and for none once it was left', async () => {
    const watch = watchCohort(state.client);
    const reading = readCohort(state, { territory: ['65'] }, DAY, undefined, 2);
    await reading.next();
    await reading.return(undefined);
    await watch.settled();
    watch.remove();
    expect({ most: watch.most(), asked: watch.asked() }).toEqual({ most: 4, asked: 5 });
  });

  it('ends with the engine’s own error; what fails after it was left ends nothing', async () => {
    const fault = loseCohortAfter(state.client, 1);
    const left = readCohort(state, { territory: ['65'] }, DAY);
    expect((await left.next()).done).toBe(false);
    await left.return(undefined);
    await expect(Array.fromAsync(readCohort(state, { territory: ['65'] }, DAY))).rejects.toThrow(
      'the engine is gone',
    );
    fault.remove();
  });
});
