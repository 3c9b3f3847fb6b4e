import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '#domain/risk/assessment.ts';
import type { SubjectHistory } from '#domain/risk/facts.ts';
import { addDays } from '#domain/time/time.ts';
import { conditionsOn, subjectConditionError } from '#rules/subject-condition.ts';
import {
  anyDay,
  anyHistory,
  given,
  historyOf,
  repair,
  riskSignal,
  riskSubject,
  subjectRule,
} from '../support/risk-samples.ts';
import { day } from '../support/samples.ts';

describe('a condition about subjects is checked before it is adopted', () => {
  it.each([
    'subject.complaints(90) >= 3',
    'subject.penalties(365) + subject.failedChecks(365) > 1 && !subject.isSeriousViolator()',
    'subject.creditClass == "D" || subject.downgrades(180) > 0',
    '"危化品" in subject.tags && subject.industry.startsWith("F52")',
    'subject.tags.exists(tag, tag.matches("^危"))',
    'subject.licenceLapsesWithin("成品油零售经营批准证书", 30) || subject.licenceLapsed("成品油零售经营批准证书")',
    '!subject.hasLicence("食品经营许可证") && subject.establishedWithin(365)',
    'subject.passedChecks(730) == 0 && subject.overdueReports(1) + subject.repairs(3660) > 0',
    'subject.isAbnormal() || subject.isReportOverdue() || subject.abnormalListings(365) + subject.seriousViolations(365) > 1',
    'subject.complaints(90) > 0 && 10 / subject.complaints(90) > 2',
    'subject.name.matches(r"^\\d+\\(") || (subject).complaints((1 + 2) * 30) > 2',
  ])('%s is accepted', (condition) => {
    expect(subjectConditionError(condition)).toBeUndefined();
  });

  it.each([
    ['an unknown member', 'subject.nme == "x"', 'No such key: nme'],
    ['a member of the machinery', 'subject.ask(1)', 'found no matching overload'],
    [
      'an unknown function',
      'subject.rumours(90) > 1',
      "found no matching overload for 'Subject.rumours(int)'",
    ],
    ['an unknown variable', 'cohort.subjects > 1', 'Unknown variable: cohort'],
    [
      'a window in words',
      'subject.complaints("90") > 1',
      "found no matching overload for 'Subject.complaints(string)'",
    ],
    [
      'a window with a fraction',
      'subject.complaints(90.0) > 1',
      "found no matching overload for 'Subject.complaints(double)'",
    ],
    ['no window', 'subject.complaints() > 1', "found no matching overload for 'Subject.complaints()'"],
    [
      'a licence that is a number',
      'subject.hasLicence(90)',
      "found no matching overload for 'Subject.hasLicence(int)'",
    ],
    [
      'the time of day',
      'timestamp("2026-01-01T00:00:00Z") < now()',
      "found no matching overload for 'now()'",
    ],
    ['a number', 'subject.complaints(90)', 'gives int, a condition gives bool'],
    ['half an expression', 'subject.complaints(90) >', 'Unexpected token: EOF'],
    ['a division by what may be nothing', '10 / subject.complaints(90) > 2', 'division by zero'],
    [
      'a division by nothing, for one of whom something is known',
      'subject.complaints(90) == 1 && 10 / (subject.penalties(30) - 1) > 2',
      'division by zero',
    ],
    ['the first of no tags', 'subject.tags[0] == "x"', 'index out of bounds'],
    ['a window of no days', 'subject.complaints(0) > 1', '0 days: a window has 1 to 3660'],
    ['a window of 4,000 days', 'subject.complaints(4000) > 1', '4000 days: a window has 1 to 3660'],
    ['a window of a day too many', 'subject.downgrades(3661) > 1', '3661 days: a window has 1 to 3660'],
    ['a window of less than nothing', 'subject.establishedWithin(-1)', '-1 days: a window has 1 to 3660'],
    [
      'a licence’s window of no days',
      'subject.licenceLapsesWithin("x", 0)',
      '0 days: a window has 1 to 3660',
    ],
    ['a pattern that is none', 'subject.name.matches("(")', 'Invalid regular expression'],
  ])('%s is refused: %s', (_, condition, reason) => {
    expect(subjectConditionError(condition)).toContain(reason);
  });

  it.each([
    ['subject.name == "x" && subject.complaints(4000) > 1', '4000 days'],
    ['subject.status == "active" || subject.complaints(0) > 1', '0 days'],
    ['subject.name == "x" ? subject.penalties(12 * 366) > 0 : true', '4392 days'],
    ['subject.tags.exists(tag, tag == "x" && subject.downgrades(-(1)) > 0)', '-1 days'],
    ['subject.name == "x" && subject.name.matches("(")', 'Invalid regular expression: ('],
    ['subject.tags.exists(tag, tag == "x" && tag.matches("["))', 'Invalid regular expression: ['],
  ])('%s is refused though no example gets as far: %s', (condition, reason) => {
    expect(subjectConditionError(condition)).toContain(reason);
  });
});

const on = (history: SubjectHistory, when: string, text = '2026-03-02') =>
  conditionsOn(history, day(text))({ when });

describe('a condition asks of a subject', () => {
  it('what its row says; what is absent is an empty string', () => {
    const bare = historyOf({ subject: riskSubject({ industry: undefined }) });
    const row = riskSubject({
      scale: 'small',
      creditClass: 'D',
      classedOn: '2026-02-01',
      tags: ['危化品'],
      territory: '410381001',
    });
    const empty =
      'subject.industry == "" && subject.scale == "" && subject.creditClass == "" && size(subject.tags) == 0';
    const full =
      'subject.id == "91410381PDY000247B" && subject.name == "示例加油站" && subject.kind == "enterprise" && ' +
      'subject.status == "active" && subject.territory == "410381001" && subject.industry == "F5265" && ' +
      'subject.scale == "small" && subject.creditClass == "D" && subject.tags == ["危化品"]';
    expect(on(bare, empty)).toEqual({ holds: true });
    expect(on(historyOf({ subject: row }), full)).toEqual({ holds: true });
  });

  it.each([
    ['complaints', 'complaint'],
    ['penalties', 'penalty'],
    ['failedChecks', 'failed-check'],
    ['passedChecks', 'passed-check'],
    ['overdueReports', 'overdue-report'],
    ['abnormalListings', 'abnormal-listing'],
    ['seriousViolations', 'serious-violation'],
  ] as const)('by %s how many signals of the kind %s it has', (called, kind) => {
    const signals = [
      riskSignal(kind, '2026-03-01'),
      riskSignal('credit-repair', '2026-02-01', { lifts: ['penalty'] }),
    ];
    expect(on(historyOf({ signals }), `subject.${called}(30) == 1`)).toEqual({
      holds: true,
      until: '2026-03-31',
    });
    expect(on(historyOf({ signals: signals.slice(1) }), `subject.${called}(30) == 0`).until).toBeUndefined();
  });

  it.each([
    ['isAbnormal', 'abnormal-listing'],
    ['isSeriousViolator', 'serious-violation'],
    ['isReportOverdue', 'overdue-report'],
  ] as const)('by %s whether a signal of the kind %s stands', (called, kind) => {
    const history = historyOf({ signals: [riskSignal(kind, '2026-01-10'), repair('2026-03-05', kind)] });
    expect(on(history, `subject.${called}()`)).toEqual({ holds: true, until: '2026-03-05' });
    expect(on(history, `subject.${called}()`, '2026-03-05')).toEqual({ holds: false });
  });

  it('how often it was repaired and downgraded, what its licences say and since when it is there', () => {
    const history = historyOf({
      subject: riskSubject({
        established: '2026-01-01',
        licences: [{ name: '成品油', validThrough: '2026-03-20' }],
      }),
      signals: [repair('2026-03-01', 'penalty')],
      classes: [given('2026-01-01', 'B'), given('2026-02-20', 'C')],
    });
    expect(on(history, 'subject.repairs(10) == 1')).toEqual({ holds: true, until: '2026-03-11' });
    expect(on(history, 'subject.downgrades(30) == 1')).toEqual({ holds: true, until: '2026-03-22' });
    expect(on(history, 'subject.hasLicence("成品油")')).toEqual({ holds: true, until: '2026-03-21' });
    expect(on(history, 'subject.licenceLapsesWithin("成品油", 10)')).toEqual({
      holds: false,
      until: '2026-03-10',
    });
    expect(on(history, 'subject.licenceLapsed("成品油")')).toEqual({ holds: false, until: '2026-03-21' });
    expect(on(history, 'subject.establishedWithin(90)')).toEqual({ holds: true, until: '2026-04-01' });
  });
});

describe('the answer of a condition holds', () => {
  const history = historyOf({
    signals: [riskSignal('complaint', '2026-03-01'), riskSignal('penalty', '2026-02-28')],
  });

  it('until the first day on which something that it asked may be otherwise', () => {
    const both = 'subject.complaints(30) > 0 && subject.penalties(30) > 0';
    expect(on(history, both)).toEqual({ holds: true, until: '2026-03-30' });
  });

  it('without regard to what it never came to ask', () => {
    expect(on(history, 'subject.complaints(30) > 0 || subject.penalties(30) > 0').until).toBe('2026-03-31');
    expect(on(history, 'subject.name == "x" && subject.penalties(30) > 0')).toEqual({ holds: false });
  });

  it('by itself, not with what the rule before it asked', () => {
    const ask = conditionsOn(history, day('2026-03-02'));
    expect(ask({ when: 'subject.penalties(30) > 0' }).until).toBe('2026-03-30');
    expect(ask({ when: 'subject.complaints(30) > 0' }).until).toBe('2026-03-31');
    expect(ask({ when: 'subject.creditClass == ""' })).toEqual({ holds: true });
  });

  it('also where it can not be computed: then until the day on which it may be', () => {
    const ask = conditionsOn(history, day('2026-03-02'));
    expect(ask({ when: '10 / (subject.complaints(30) - 1) > 2' })).toEqual({
      failed: 'division by zero',
      until: '2026-03-31',
    });
    expect(ask({ when: 'true' })).toEqual({ holds: true });
  });

  it('says what is wrong in one line', () => {
    expect(on(history, 'subject.complaints(0) > 1')).toEqual({ failed: '0 days: a window has 1 to 3660' });
    expect(on(history, 'subject.complaints(30) + 1')).toEqual({
      failed: 'the condition subject.complaints(30) + 1 gave bigint, not true or false',
      until: '2026-03-31',
    });
  });
});

describe('any set of rules', () => {
  const window = fc.integer({ min: 1, max: 120 });
  const atom = fc.oneof(
    fc
      .tuple(
        fc.constantFrom('complaints', 'penalties', 'repairs', 'failedChecks', 'downgrades'),
        window,
        fc.nat({ max: 2 }),
      )
      .map(([called, days, count]) => `subject.${called}(${days}) > ${count}`),
    fc
      .constantFrom('isAbnormal', 'isSeriousViolator', 'isReportOverdue')
      .map((called) => `subject.${called}()`),
    window.map((days) => `subject.establishedWithin(${days})`),
    window.map((days) => `subject.licenceLapsesWithin("甲证", ${days})`),
    fc.constantFrom(
      'subject.hasLicence("甲证")',
      'subject.licenceLapsed("乙证")',
      'subject.creditClass == "D"',
    ),
    window.map((days) => `10 / subject.penalties(${days}) > 2`),
  );
  const condition = fc
    .tuple(
      atom,
      atom,
      atom,
      fc.constantFrom('&&', '||'),
      fc.constantFrom('&&', '||'),
      fc.constantFrom('', '!'),
    )
    .map(([a, b, c, first, second, not]) => `(${a} ${first} ${not}(${b})) ${second} ${c}`);
  const ruleSet = fc
    .array(fc.tuple(condition, fc.constantFrom('watch' as const, 'warning' as const, 'severe' as const)), {
      minLength: 1,
      maxLength: 3,
    })
    .map((rules) => rules.map(([when, level], at) => subjectRule(`rule-${at}`, level, { when })));

  it('comes to the same on every day from the one on which it is asked to the one before it is to be asked again', () => {
    let ended = 0;
    fc.assert(
      fc.property(anyHistory, anyDay, ruleSet, (history, first, rules) => {
        const { reviewOn, ...assessment } = assess(rules, conditionsOn(history, first));
        const horizon = addDays(first, 365);
        const end = reviewOn === undefined || reviewOn > horizon ? horizon : reviewOn;
        expect(end > first).toBe(true);
        for (let next = first; next < end; next = addDays(next, 1)) {
          const { reviewOn: _, ...then } = assess(rules, conditionsOn(history, next));
          expect(then).toEqual(assessment);
        }
        const { reviewOn: _, ...after } = assess(rules, conditionsOn(history, end));
        if (JSON.stringify(after) !== JSON.stringify(assessment)) ended += 1;
      }),
      { seed: 12, numRuns: 200 },
    );
    // Often enough it does come to something else on that very day.
    expect(ended).toBeGreaterThan(30);
  });
});
