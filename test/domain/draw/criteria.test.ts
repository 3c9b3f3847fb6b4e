import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeCriteria,
  DrawCriteria,
  isDirected,
  meets,
  type CriteriaSubject,
} from '#domain/draw/criteria.ts';
import { addDays } from '#domain/time/time.ts';
import { day } from '../../support/samples.ts';

const DAY = day('2026-11-24');
const station: CriteriaSubject = {
  territory: '410381107',
  industry: 'F5265',
  kind: 'enterprise',
  scale: 'small',
  creditClass: 'C',
  tags: ['危化品', '规上企业'],
  licences: [
    { name: '成品油零售经营批准证书', validThrough: day('2026-11-24') },
    { name: '危险化学品经营许可证', validThrough: day('2026-11-23') },
    { name: '食品经营许可证', validThrough: day('9999-09-09') },
  ],
};
/** Of whom nothing is known but where it is and what it is. */
const unknown: CriteriaSubject = { territory: '410381', kind: 'other', tags: [], licences: [] };

describe('the criteria of a draw', () => {
  it('article 8: are none for an undirected draw, which everybody meets', () => {
    expect(isDirected({})).toBe(false);
    expect(isDirected({ territory: undefined, industry: undefined })).toBe(false);
    expect([station, unknown].map((subject) => meets({}, subject, DAY))).toEqual([true, true]);
  });

  it.each([
    [{ territory: ['41'] }, true],
    [{ territory: ['410381107215'] }, false],
    [{ territory: ['410302', '410381'] }, true],
    [{ industry: ['F52'] }, true],
    [{ industry: ['H62', 'F'] }, true],
    [{ kind: ['enterprise'] }, true],
    [{ kind: ['individual-business', 'other'] }, false],
    [{ scale: ['small', 'micro'] }, true],
    [{ scale: ['large'] }, false],
    [{ creditClass: ['C', 'D'] }, true],
    [{ creditClass: ['B'] }, false],
    [{ tags: ['民爆', '危化品'] }, true],
    [{ tags: ['危化'] }, false],
    [{ licences: ['成品油零售经营批准证书'] }, true],
    [{ licences: ['危险化学品经营许可证'] }, false],
    [{ licences: ['危险化学品经营许可证', '食品经营许可证'] }, true],
    [{ licences: ['食品'] }, false],
    [{ industry: ['F5265'], creditClass: ['C'], tags: ['危化品'] }, true],
    [{ industry: ['F5265'], creditClass: ['D'], tags: ['危化品'] }, false],
  ] as const)(
    'article 8: %j direct it; the filling station of class C meets them: %s',
    (criteria, expected) => {
      const directed = DrawCriteria.parse(criteria);
      expect(isDirected(directed)).toBe(true);
      expect(meets(directed, station, DAY)).toBe(expected);
    },
  );

  it('article 8: count a licence through its last valid day', () => {
    const criteria = { licences: ['成品油零售经营批准证书'] };
    expect(meets(criteria, station, DAY)).toBe(true);
    expect(meets(criteria, station, addDays(DAY, 1))).toBe(false);
  });

  it.each([
    [{ industry: ['F'] }, false],
    [{ scale: ['large', 'medium', 'small', 'micro'] }, false],
    [{ tags: ['危化品'] }, false],
    [{ licences: ['食品经营许可证'] }, false],
    [{ creditClass: ['B'] }, true],
    [{ creditClass: ['A', 'C', 'D'] }, false],
  ] as const)(
    'article 6: a subject of which nothing is known counts as class B and meets %j: %s',
    (criteria, expected) => {
      expect(meets(DrawCriteria.parse(criteria), unknown, DAY)).toBe(expected);
    },
  );

  it.each([
    { territory: [] },
    { industry: ['5265'] },
    { kind: ['company'] },
    { scale: ['huge'] },
    { creditClass: ['E'] },
    { tags: [''] },
    { licences: ['长'.repeat(101)] },
    { employees: ['10'] },
    { tags: Array.from({ length: 51 }, (_, n) => `标签${n}`) },
  ])('refuse %j', (criteria) => {
    expect(DrawCriteria.safeParse(criteria).success).toBe(false);
  });
});

const TERRITORIES = ['41', '4103', '410381', '410381107', '110101'];
const PLACES = ['410381', '410381107', '410302', '110101'];
const INDUSTRIES = ['F', 'F52', 'F5265', 'C', 'C13'];
const TRADES = ['F5265', 'F5211', 'C1311', 'C'];
const KINDS = ['enterprise', 'individual-business', 'other'] as const;
const SCALES = ['large', 'small', 'micro'] as const;
const CLASSES = ['A', 'B', 'C', 'D'] as const;
const TAGS = ['危化品', '民爆', 'constructor'];
const LICENCES = ['甲证', '乙证', 'toString'];

const some = <T>(values: readonly T[]) =>
  fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });
const one = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });

const anyCriteria: fc.Arbitrary<DrawCriteria> = fc.record({
  territory: some(TERRITORIES),
  industry: some(INDUSTRIES),
  kind: some(KINDS),
  scale: some(SCALES),
  creditClass: some(CLASSES),
  tags: some(TAGS),
  licences: some(LICENCES),
});
const anySubject: fc.Arbitrary<CriteriaSubject> = fc.record({
  territory: fc.constantFrom(...PLACES),
  industry: one(TRADES),
  kind: fc.constantFrom(...KINDS),
  scale: one(SCALES),
  creditClass: one(CLASSES),
  tags: fc.option(fc.subarray(TAGS), { nil: undefined }),
  licences: fc.option(
    fc.array(
      fc.record({
        name: fc.constantFrom(...LICENCES),
        validThrough: fc.integer({ min: -2, max: 2 }).map((days) => addDays(DAY, days)),
      }),
      { maxLength: 3 },
    ),
    { nil: undefined },
  ),
});

/** The same said once more in the plainest way: everything that a subject answers to, and whether one of it is asked for. */
function oracle(criteria: DrawCriteria, subject: CriteriaSubject): boolean {
  const prefixesOf = (code = '') => Array.from(code, (_, at) => code.slice(0, at + 1));
  const answers: Record<keyof DrawCriteria, readonly (string | undefined)[]> = {
    territory: prefixesOf(subject.territory),
    industry: prefixesOf(subject.industry),
    kind: [subject.kind],
    scale: [subject.scale],
    creditClass: [subject.creditClass === undefined ? 'B' : subject.creditClass],
    tags: subject.tags ?? [],
    licences: (subject.licences ?? []).flatMap((licence) =>
      licence.validThrough < DAY ? [] : [licence.name],
    ),
  };
  return DrawCriteria.keyof().options.every((dimension) => {
    const asked: readonly string[] | undefined = criteria[dimension];
    return asked === undefined || asked.some((value) => answers[dimension].includes(value));
  });
}

describe('any criteria', () => {
  it('article 8: are met by exactly those subjects that a plain reading finds', () => {
    fc.assert(
      fc.property(anyCriteria, anySubject, (criteria, subject) => {
        expect(meets(criteria, subject, DAY)).toBe(oracle(criteria, subject));
      }),
      { seed: 8, numRuns: 5_000 },
    );
  });

  it('direct a draw exactly when one of them is there', () => {
    fc.assert(
      fc.property(anyCriteria, (criteria) => {
        const stated = JSON.stringify(criteria) !== '{}';
        expect(isDirected(criteria)).toBe(stated);
        expect(describeCriteria(criteria).zh.startsWith('定向抽查')).toBe(stated);
      }),
      { seed: 8 },
    );
  });

  it('let fewer pass when one more is added', () => {
    fc.assert(
      fc.property(anyCriteria, anyCriteria, anySubject, (criteria, more, subject) => {
        const stated = Object.entries(criteria).filter(([, value]) => value !== undefined);
        const narrower = { ...more, ...Object.fromEntries(stated) };
        expect(meets(narrower, subject, DAY) && !meets(criteria, subject, DAY)).toBe(false);
      }),
      { seed: 8 },
    );
  });
});

describe('the line about the criteria', () => {
  it.each([
    [{}, '不定向抽查：全部检查对象', 'Undirected draw from all objects'],
    [
      { territory: ['410381'], industry: ['F5265', 'F5162'] },
      '定向抽查：行政区划 410381；行业 F5265、F5162',
      'Directed draw: territory 410381; industry F5265 or F5162',
    ],
    [
      { kind: ['individual-business'], scale: ['small', 'micro'], creditClass: ['C', 'D'] },
      '定向抽查：主体类型 个体户；规模 小型、微型；信用风险类别 C 较高风险、D 高风险',
      'Directed draw: kind individual business; scale small or micro; credit-risk class C or D',
    ],
    [
      { tags: ['危化品', 'constructor'], licences: ['食品经营许可证'] },
      '定向抽查：监管标签 危化品、constructor；有效许可证 食品经营许可证',
      'Directed draw: tag 危化品 or constructor; valid licence 食品经营许可证',
    ],
  ])('for %j', (criteria, zh, en) => {
    expect(describeCriteria(DrawCriteria.parse(criteria))).toEqual({ zh, en });
  });
});
