import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  downgradesWithin,
  establishedWithin,
  hasLicence,
  licenceLapsed,
  licenceLapsesWithin,
  signalsWithin,
  stands,
  type Fact,
  type SubjectHistory,
} from '#domain/risk/facts.ts';
import { LiftableKind, SignalKind, type GivenClass, type Signal } from '#domain/signal/signal.ts';
import { addDays, type CalendarDate } from '#domain/time/time.ts';
import {
  anyDay,
  anyHistory,
  given,
  historyOf,
  repair,
  riskSignal,
  riskSubject,
} from '../../support/risk-samples.ts';
import { day } from '../../support/samples.ts';

const complaints = (days: number, on: string, ...signals: readonly Signal[]) =>
  signalsWithin(historyOf({ signals }), 'complaint', days, day(on));
const penalties = (days: number, on: string, ...signals: readonly Signal[]) =>
  signalsWithin(historyOf({ signals }), 'penalty', days, day(on));

describe('signals within a window of days', () => {
  const first = riskSignal('complaint', '2026-01-01');

  it('count from their own day through the last of the window: 90 days from 1 January are through 31 March', () => {
    expect(complaints(90, '2026-01-01', first)).toEqual({ value: 1, until: '2026-04-01' });
    expect(complaints(90, '2026-03-31', first)).toEqual({ value: 1, until: '2026-04-01' });
    expect(complaints(90, '2026-04-01', first)).toEqual({ value: 0 });
  });

  it('count on their own day alone in a window of one day', () => {
    expect(complaints(1, '2026-01-01', first)).toEqual({ value: 1, until: '2026-01-02' });
    expect(complaints(1, '2026-01-02', first)).toEqual({ value: 0 });
  });

  it('do not count before their day has come, which is the day to look again', () => {
    const coming = riskSignal('complaint', '2026-03-10');
    expect(complaints(90, '2026-03-02', coming)).toEqual({ value: 0, until: '2026-03-10' });
    expect(complaints(90, '2026-03-09', first, coming)).toEqual({ value: 1, until: '2026-03-10' });
    expect(complaints(90, '2026-03-10', first, coming)).toEqual({ value: 2, until: '2026-04-01' });
  });

  it('are counted across 29 February where there is one', () => {
    const january = (year: number) => riskSignal('complaint', `${year}-01-31`);
    expect(complaints(30, '2028-02-29', january(2028))).toEqual({ value: 1, until: '2028-03-01' });
    expect(complaints(30, '2027-03-01', january(2027))).toEqual({ value: 1, until: '2027-03-02' });
    expect(complaints(366, '2029-01-31', riskSignal('complaint', '2028-02-01'))).toEqual({
      value: 1,
      until: '2029-02-01',
    });
  });

  it('are of the kind that is asked for, two of one day being two', () => {
    const twice = [
      first,
      riskSignal('complaint', '2026-01-01', { id: 'G-2' }),
      riskSignal('penalty', '2026-01-01'),
    ];
    expect(complaints(90, '2026-01-05', ...twice)).toEqual({ value: 2, until: '2026-04-01' });
    expect(complaints(90, '2026-01-05')).toEqual({ value: 0 });
  });

  it('end, one by one, with the oldest first', () => {
    const days = ['2026-02-10', '2026-01-10', '2026-01-20'].map((on) => riskSignal('complaint', on));
    expect(complaints(60, '2026-02-15', ...days)).toEqual({ value: 3, until: '2026-03-11' });
    expect(complaints(60, '2026-03-11', ...days)).toEqual({ value: 2, until: '2026-03-21' });
  });
});

describe('a credit repair', () => {
  const fined = riskSignal('penalty', '2026-01-10');

  it('lifts what was there before, from its own day on', () => {
    const lifted = [fined, repair('2026-02-01', 'penalty')];
    expect(penalties(365, '2026-01-31', ...lifted)).toEqual({ value: 1, until: '2026-02-01' });
    expect(penalties(365, '2026-02-01', ...lifted)).toEqual({ value: 0 });
  });

  it('lifts what came on its own day', () => {
    expect(penalties(365, '2026-01-10', fined, repair('2026-01-10', 'penalty'))).toEqual({ value: 0 });
  });

  it('does not lift what came after it', () => {
    expect(penalties(365, '2026-01-10', fined, repair('2026-01-09', 'penalty'))).toEqual({
      value: 1,
      until: '2027-01-10',
    });
  });

  it('lifts the kinds that it names and no others', () => {
    const other = repair('2026-02-01', 'abnormal-listing', 'overdue-report');
    expect(penalties(365, '2026-03-02', fined, other).value).toBe(1);
    expect(penalties(365, '2026-03-02', fined, repair('2026-02-01', 'overdue-report', 'penalty')).value).toBe(
      0,
    );
  });

  it('is a signal of its own, which nothing lifts', () => {
    const signals = [repair('2026-02-01', 'penalty'), repair('2026-02-02', 'penalty')];
    expect(signalsWithin(historyOf({ signals }), 'credit-repair', 30, day('2026-02-10'))).toEqual({
      value: 2,
      until: '2026-03-03',
    });
  });
});

describe('a listing', () => {
  const standing = (on: string, ...signals: readonly Signal[]) =>
    stands(historyOf({ signals }), 'abnormal-listing', day(on));
  const listed = riskSignal('abnormal-listing', '2026-01-10');

  it('stands from its day on without an end', () => {
    expect(standing('2026-01-09', listed)).toEqual({ value: false, until: '2026-01-10' });
    expect(standing('2026-01-10', listed)).toEqual({ value: true });
    expect(standing('2036-01-10', listed)).toEqual({ value: true });
    expect(standing('2026-01-10')).toEqual({ value: false });
  });

  it('ends with the repair, on that day already', () => {
    const repaired = [listed, repair('2026-02-01', 'abnormal-listing')];
    expect(standing('2026-01-31', ...repaired)).toEqual({ value: true, until: '2026-02-01' });
    expect(standing('2026-02-01', ...repaired)).toEqual({ value: false });
    expect(standing('2026-01-10', listed, repair('2026-01-10', 'abnormal-listing'))).toEqual({
      value: false,
    });
  });

  it('is not ended by a repair of an earlier one, nor by one of another list', () => {
    expect(standing('2026-03-02', repair('2026-01-09', 'abnormal-listing'), listed).value).toBe(true);
    expect(standing('2026-03-02', listed, repair('2026-02-01', 'serious-violation')).value).toBe(true);
  });

  it('stands again when the subject is listed again', () => {
    const again = [
      listed,
      repair('2026-02-01', 'abnormal-listing'),
      riskSignal('abnormal-listing', '2026-02-02'),
    ];
    expect(standing('2026-02-01', ...again)).toEqual({ value: false, until: '2026-02-02' });
    expect(standing('2026-02-02', ...again)).toEqual({ value: true });
  });
});

describe('downgrades', () => {
  const within = (days: number, on: string, classes: readonly GivenClass[], subject = riskSubject()) =>
    downgradesWithin(historyOf({ subject, classes }), days, day(on));

  it('are classes of more risk than the one before, in the order of their days', () => {
    const classes = [given('2026-02-01', 'D'), given('2025-12-01', 'A'), given('2026-01-01', 'C')];
    expect(within(90, '2026-03-02', classes)).toEqual({ value: 2, until: '2026-04-01' });
    expect(within(90, '2026-04-01', classes)).toEqual({ value: 1, until: '2026-05-02' });
    expect(within(90, '2026-05-02', classes)).toEqual({ value: 0 });
  });

  it('are neither the first class, nor the same, nor a better one', () => {
    expect(within(90, '2026-03-02', [given('2026-02-01', 'D')]).value).toBe(0);
    expect(within(90, '2026-03-02', [given('2026-01-01', 'C'), given('2026-02-01', 'C')]).value).toBe(0);
    expect(within(90, '2026-03-02', [given('2026-01-01', 'D'), given('2026-02-01', 'A')]).value).toBe(0);
  });

  it('are told by the class before, however long ago that was given', () => {
    expect(within(30, '2026-03-02', [given('2019-01-01', 'B'), given('2026-03-02', 'C')])).toEqual({
      value: 1,
      until: '2026-04-01',
    });
  });

  it('of a day to come do not count yet', () => {
    expect(within(30, '2026-03-02', [given('2026-01-01', 'A'), given('2026-03-05', 'B')])).toEqual({
      value: 0,
      until: '2026-03-05',
    });
  });

  it('know the class that stands on the subject, whether or not it is among those given', () => {
    const classed = riskSubject({ creditClass: 'D', classedOn: '2026-02-20' });
    expect(within(30, '2026-03-02', [given('2026-01-01', 'B')], classed)).toEqual({
      value: 1,
      until: '2026-03-22',
    });
    const both = [given('2026-01-01', 'B'), given('2026-02-20', 'D')];
    expect(within(30, '2026-03-02', both, classed).value).toBe(1);
    expect(within(30, '2026-03-02', [], classed)).toEqual({ value: 0 });
  });
});

describe('a licence', () => {
  const holding = (...ends: readonly string[]) =>
    historyOf({
      subject: riskSubject({ licences: ends.map((validThrough) => ({ name: '成品油', validThrough })) }),
    });
  const asked = (history: SubjectHistory, on: string) => [
    hasLicence(history, '成品油', day(on)),
    licenceLapsesWithin(history, '成品油', 30, day(on)),
    licenceLapsed(history, '成品油', day(on)),
  ];

  it('is valid through its last day, lapses within 30 days from the 30th before, and has lapsed on the day after', () => {
    const until = '2026-04-01';
    const history = holding('2026-03-31');
    expect(asked(history, '2026-02-28')).toEqual([
      { value: true, until },
      { value: false, until: '2026-03-01' },
      { value: false, until },
    ]);
    for (const on of ['2026-03-01', '2026-03-31']) {
      expect(asked(history, on)).toEqual([
        { value: true, until },
        { value: true, until },
        { value: false, until },
      ]);
    }
    expect(asked(history, '2026-04-01')).toEqual([{ value: false }, { value: false }, { value: true }]);
  });

  it('ends on a leap day where the year has one', () => {
    expect(hasLicence(holding('2028-02-29'), '成品油', day('2028-02-29'))).toEqual({
      value: true,
      until: '2028-03-01',
    });
    expect(licenceLapsed(holding('2028-02-28'), '成品油', day('2028-02-29'))).toEqual({ value: true });
  });

  it('counts by the one that lasts longest, in whatever order they stand', () => {
    expect(asked(holding('2027-01-31', '2026-03-31', '2026-01-31'), '2026-03-20')).toEqual([
      { value: true, until: '2027-02-01' },
      { value: false, until: '2027-01-01' },
      { value: false, until: '2027-02-01' },
    ]);
  });

  it('without an end (长期有效) is written as 9999-09-09', () => {
    expect(asked(holding('9999-09-09'), '2026-03-02')).toEqual([
      { value: true, until: '9999-09-10' },
      { value: false, until: '9999-08-10' },
      { value: false, until: '9999-09-10' },
    ]);
  });

  it('may also end with the last day that there is, and then has no day after', () => {
    expect(asked(holding('9999-12-31'), '2026-03-02')).toEqual([
      { value: true },
      { value: false, until: '9999-12-01' },
      { value: false },
    ]);
    expect(licenceLapsesWithin(holding('9999-12-31'), '成品油', 30, day('9999-12-31'))).toEqual({
      value: true,
    });
  });

  it('of another name says nothing: it is neither valid nor lapsed', () => {
    const other = historyOf({
      subject: riskSubject({ licences: [{ name: '食品经营许可证', validThrough: '2026-01-31' }] }),
    });
    expect(asked(other, '2026-03-02')).toEqual([{ value: false }, { value: false }, { value: false }]);
  });
});

describe('a subject established on 2026-03-02', () => {
  const young = historyOf({ subject: riskSubject({ established: '2026-03-02' }) });

  it('was established within 90 days through the 90th, and not before it was', () => {
    const within = (on: string) => establishedWithin(young, 90, day(on));
    expect(within('2026-03-01')).toEqual({ value: false, until: '2026-03-02' });
    expect(within('2026-03-02')).toEqual({ value: true, until: '2026-05-31' });
    expect(within('2026-05-30')).toEqual({ value: true, until: '2026-05-31' });
    expect(within('2026-05-31')).toEqual({ value: false });
  });

  it('is one of whom the day is known: without it the answer is no', () => {
    expect(establishedWithin(historyOf(), 90, day('2026-03-02'))).toEqual({ value: false });
  });
});

describe('any history', () => {
  type Question = (history: SubjectHistory, on: CalendarDate, days: number) => Fact<number | boolean>;
  const questions: readonly (readonly [string, Question])[] = [
    ...SignalKind.options.map((kind): readonly [string, Question] => [
      `signals of ${kind}`,
      (history, on, days) => signalsWithin(history, kind, days, on),
    ]),
    ...LiftableKind.options.map((kind): readonly [string, Question] => [
      `standing of ${kind}`,
      (history, on) => stands(history, kind, on),
    ]),
    ['downgrades', (history, on, days) => downgradesWithin(history, days, on)],
    ['licence valid', (history, on) => hasLicence(history, '甲证', on)],
    ['licence lapsing', (history, on, days) => licenceLapsesWithin(history, '甲证', days, on)],
    ['licence lapsed', (history, on) => licenceLapsed(history, '甲证', on)],
    ['establishment', (history, on, days) => establishedWithin(history, days, on)],
  ];
  /** Nothing in a history is further from its middle than 120 days, and no window is longer. */
  const HORIZON = 365;

  it.each(questions)('gives the same answer about %s on every day before the one it names', (_, question) => {
    fc.assert(
      fc.property(anyHistory, anyDay, fc.integer({ min: 1, max: 120 }), (history, on, days) => {
        const { value, until } = question(history, on, days);
        expect(until === undefined || until > on).toBe(true);
        const horizon = addDays(on, HORIZON);
        const end = until === undefined || until > horizon ? horizon : until;
        for (let next = on; next < end; next = addDays(next, 1)) {
          expect(question(history, next, days).value).toBe(value);
        }
      }),
      { seed: 5, numRuns: 40 },
    );
  });

  it('counts the signals that a reader would count day by day', () => {
    fc.assert(
      fc.property(
        anyHistory,
        anyDay,
        fc.integer({ min: 1, max: 120 }),
        fc.constantFrom(...SignalKind.options),
        (history, on, days, kind) => {
          let count = 0;
          for (let back = 0; back < days; back += 1) {
            const that = addDays(on, -back);
            for (const signal of history.signals) {
              const lifted = history.signals.some(
                (other) =>
                  (other.lifts ?? []).some((lift) => lift === kind) && that <= other.on && other.on <= on,
              );
              if (signal.kind === kind && signal.on === that && !lifted) count += 1;
            }
          }
          expect(signalsWithin(history, kind, days, on).value).toBe(count);
        },
      ),
      { seed: 6, numRuns: 200 },
    );
  });
});
