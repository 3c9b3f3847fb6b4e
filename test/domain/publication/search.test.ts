import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Summary, listsFor, listsOf, takes, type Filter } from '#domain/publication/search.ts';
import { hasWords, pairsOfName, pairsOfWord, plainName, wordsIn } from '#domain/publication/words.ts';
import { day } from '../../support/samples.ts';

const summary = (change: Partial<Record<keyof Summary, unknown>> = {}): Summary =>
  Summary.parse({
    id: 'I-1',
    version: 1,
    subjectId: '91410381MA00000001',
    subjectName: '洛阳示例加油站有限公司',
    territory: '410381001',
    units: ['节能监察中心'],
    items: ['YS-001', 'YS-002'],
    results: [1],
    inspectedOn: '2026-03-02',
    publishedAt: '2026-03-05T01:00:00.000Z',
    onTime: true,
    ...change,
  });
const nothing: Filter = { words: [] };

describe('the words of a name', () => {
  it('are its pairs of characters, without spaces, brackets, width and capitals, and without what every name ends in', () => {
    expect(pairsOfName('示例（洛阳） Ａｂ店有限公司')).toEqual([
      '示例',
      '例洛',
      '洛阳',
      '阳a',
      'ab',
      'b店',
      '店有',
    ]);
    expect(pairsOfWord('有限责任公司')).toEqual([]);
    expect(pairsOfWord('站')).toEqual([]);
  });

  it('of a very long name are 22 at most, so that a correction stays one transaction', () => {
    const long = Array.from({ length: 60 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('');
    expect(pairsOfName(long)).toHaveLength(22);
  });

  it('keep characters outside the basic plane whole', () => {
    expect(pairsOfName('𠮷野家')).toEqual(['𠮷野', '野家']);
  });

  it('are taken wherever they stand in the name, all of them', () => {
    expect(wordsIn(' 加油 （洛阳） 加油 ')).toEqual(['加油', '洛阳']);
    expect(hasWords('洛阳示例加油站', ['加油', '洛阳'])).toBe(true);
    expect(hasWords('洛阳示例加油站', ['加油', '郑州'])).toBe(false);
    expect(plainName('ＡＢＣ·店')).toBe('abc店');
  });
});

describe('article 14: what is looked for', () => {
  it.each([
    [{ code: '91410381MA00000001' }, true],
    [{ code: '91410381MA00000002' }, false],
    [{ unit: '节能监察中心' }, true],
    [{ unit: '节能监察' }, false],
    [{ territory: '410381' }, true],
    [{ territory: '410381002' }, false],
    [{ item: 'YS-002' }, true],
    [{ result: 1 }, true],
    [{ result: 8 }, false],
    [{ timing: 'late' as const }, false],
    [{ from: day('2026-03-05'), through: day('2026-03-05') }, true],
    [{ through: day('2026-03-04') }, false],
  ])('%o takes the sample: %s', (filter, taken) => {
    expect(takes({ ...nothing, ...filter }, summary())).toBe(taken);
  });

  it('a day is one of Asia/Shanghai', () => {
    const late = summary({ publishedAt: '2026-03-05T16:30:00.000Z' });
    expect(takes({ ...nothing, from: day('2026-03-06') }, late)).toBe(true);
    expect(takes({ ...nothing, through: day('2026-03-05') }, late)).toBe(false);
  });

  it('has a list for all but the days, the result that most have, and being on time', () => {
    expect(listsFor({ ...nothing, from: day('2026-03-05'), result: 1, timing: 'on-time' })).toEqual([]);
    expect(
      listsFor({
        words: ['加油站'],
        code: 'X',
        timing: 'late',
        item: 'YS-001',
        territory: '410381001002',
        result: 8,
        unit: '甲',
      }),
    ).toEqual([
      'CODE#X',
      'LATE',
      'NAME#油站',
      'NAME#加油',
      'ITEM#YS-001',
      'AT#410381001',
      'RESULT#8',
      'UNIT#甲',
    ]);
  });
});

/** Names of few characters, so that they share pairs. */
const names = fc.string({
  unit: fc.constantFrom(...Array.from('洛阳示例加油站公司')),
  minLength: 2,
  maxLength: 12,
});
const summaries = fc
  .record({
    subjectName: names,
    subjectId: fc.constantFrom('A', 'B'),
    territory: fc.constantFrom('', '410381', '410381001', '410382001002'),
    units: fc.uniqueArray(fc.constantFrom('甲', '乙', '丙'), { minLength: 1 }),
    items: fc.uniqueArray(fc.constantFrom('YS-001', 'YS-002'), { minLength: 1 }),
    results: fc.uniqueArray(fc.constantFrom(1, 3, 8), { minLength: 1 }),
    onTime: fc.boolean(),
  })
  .map(summary);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const filters: fc.Arbitrary<Filter> = fc.record({
  words: fc.array(
    names.map((name) => name.slice(0, 3)),
    { maxLength: 2 },
  ),
  code: optional(fc.constantFrom('A', 'B')),
  unit: optional(fc.constantFrom('甲', '乙')),
  territory: optional(fc.constantFrom('410381', '410381001', '410382001002')),
  item: optional(fc.constantFrom('YS-001')),
  result: optional(fc.constantFrom(1, 3, 8)),
  timing: optional(fc.constantFrom('on-time' as const, 'late' as const)),
});

describe('article 14: the lists', () => {
  it('each hold every record that the filter takes, so that any one of them may be walked', () => {
    fc.assert(
      fc.property(summaries, filters, (record, filter) => {
        const standing = new Set(listsOf(record));
        const missing = listsFor(filter).filter((list) => !standing.has(list));
        expect(takes(filter, record) ? missing : []).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});
