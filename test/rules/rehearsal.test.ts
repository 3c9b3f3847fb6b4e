import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classesOf, type SubjectHistory } from '#domain/risk/facts.ts';
import { asOf, rehearseSubject, type SubjectRehearsed } from '#domain/risk/rehearsal.ts';
import { Signal, SignalKind, type GivenClass } from '#domain/signal/signal.ts';
import { CreditClass, Subject } from '#domain/subject/subject.ts';
import { addDays, CalendarDate, daysBetween } from '#domain/time/time.ts';
import { conditionsOn } from '#rules/subject-condition.ts';

const day = (text: string) => CalendarDate.parse(text);
const ID = '91410381PDY000247B';
const BARE = {
  id: ID,
  name: '示例加油站',
  kind: 'enterprise',
  status: 'active',
  territory: '410381',
  tags: [],
};
const signal = (kind: string, on: string, more: object = {}) =>
  Signal.parse({ id: `${kind} ${on}`, subject: ID, kind, on, source: 'import', ...more });
const given = (creditClass: CreditClass, on: string): GivenClass => ({
  subject: ID,
  creditClass,
  on: day(on),
});
const history = (signals: Signal[], classes: GivenClass[] = [], subject: object = {}): SubjectHistory => ({
  subject: Subject.parse({ ...BARE, ...subject }),
  signals,
  classes,
});
const YEAR = { from: day('2026-01-01'), through: day('2026-10-31') };
/** How a condition would have gone, and the days on which it was computed. */
function rehearsed(of: SubjectHistory, when: string, window = YEAR) {
  const computed: string[] = [];
  const outcome = rehearseSubject(of, window, (then, on) => {
    computed.push(on);
    return conditionsOn(then, on)({ when });
  });
  return { outcome, computed };
}

describe('a rule about a subject, as of each day of a window', () => {
  it('holds from the day of the signal that is one too many until the first of them is too old', () => {
    const complaints = history([
      signal('complaint', '2026-02-01'),
      signal('complaint', '2026-03-01'),
      signal('complaint', '2026-03-10'),
    ]);
    expect(rehearsed(complaints, 'subject.complaints(90) >= 3')).toEqual({
      // 2026-03-10 through 2026-05-01, the 90th day from 2026-02-01 on.
      outcome: { first: '2026-03-10', days: 53, holds: false },
      computed: [
        '2026-01-01',
        '2026-02-01',
        '2026-03-01',
        '2026-03-10',
        '2026-05-02',
        '2026-05-30',
        '2026-06-08',
      ],
    });
  });

  it('sees the class that stood on the day, and none before the first that is known', () => {
    const of = history([], [given('B', '2026-02-01'), given('D', '2026-06-01'), given('C', '2026-06-11')]);
    expect(rehearsed(of, 'subject.creditClass == "D"')).toEqual({
      outcome: { first: '2026-06-01', days: 10, holds: false },
      computed: ['2026-01-01', '2026-02-01', '2026-06-01', '2026-06-11'],
    });
    expect(rehearsed(of, 'subject.creditClass == ""').outcome).toEqual({
      first: '2026-01-01',
      days: 31,
      holds: false,
    });
    expect(asOf(of, day('2026-06-10')).subject).toMatchObject({ creditClass: 'D', classedOn: '2026-06-01' });
    expect(asOf(of, day('2026-01-31')).subject).not.toHaveProperty('creditClass');
  });

  it('is asked once when time changes nothing, and holds on the last day', () => {
    expect(rehearsed(history([]), 'subject.territory.startsWith("410381")')).toEqual({
      outcome: { first: '2026-01-01', days: 304, holds: true },
      computed: ['2026-01-01'],
    });
  });

  it('names the first day on which it could not be computed, and does not hold on such days', () => {
    const of = history([signal('failed-check', '2026-04-01')]);
    const { outcome } = rehearsed(of, '10 / subject.failedChecks(30) > 1 || subject.name == ""');
    expect(outcome).toEqual({
      first: '2026-04-01',
      days: 30,
      holds: false,
      failed: { on: '2026-01-01', why: 'division by zero' },
    });
  });

  it('knows all classes: those of the history and the one that stands, which its own day knows best', () => {
    const { subject } = history([], [], { creditClass: 'D', classedOn: '2026-06-01' });
    expect(classesOf(subject, [given('C', '2026-06-01'), given('B', '2026-02-01')])).toEqual([
      given('B', '2026-02-01'),
      given('D', '2026-06-01'),
    ]);
    expect(classesOf(history([]).subject, [given('B', '2026-02-01')])).toEqual([given('B', '2026-02-01')]);
  });
});

const FIRST = day('2025-11-01');
const someDay = fc.integer({ min: 0, max: 120 }).map((days) => addDays(FIRST, days));
const someSignal = fc
  .record({
    kind: fc.constantFrom(...SignalKind.options),
    on: someDay,
    lifts: fc.constantFrom<string[]>(['penalty'], ['abnormal-listing', 'overdue-report']),
  })
  .map(({ kind, on, lifts }) => signal(kind, on, kind === 'credit-repair' ? { lifts } : {}));
const someHistory = fc
  .record({
    signals: fc.array(someSignal, { maxLength: 6 }),
    classes: fc.uniqueArray(
      fc.record({ creditClass: fc.constantFrom(...CreditClass.options), on: someDay }),
      {
        maxLength: 4,
        selector: ({ on }) => on,
      },
    ),
    established: fc.option(someDay, { nil: undefined }),
    licence: fc.option(someDay, { nil: undefined }),
  })
  .map(({ signals, classes, established, licence }) =>
    history(
      signals,
      classes.map((one) => ({ ...one, subject: ID })),
      {
        ...(established === undefined ? {} : { established }),
        ...(licence === undefined ? {} : { licences: [{ name: '许可证', validThrough: licence }] }),
      },
    ),
  );
const days = fc.integer({ min: 1, max: 60 });
const atom = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('complaints', 'penalties', 'failedChecks', 'overdueReports', 'repairs', 'downgrades'),
      days,
      fc.integer({ min: 1, max: 2 }),
    )
    .map(([called, window, least]) => `subject.${called}(${window}) >= ${least}`),
  fc.constantFrom(
    'subject.isAbnormal()',
    'subject.isReportOverdue()',
    'subject.creditClass in ["C", "D"]',
    'subject.hasLicence("许可证")',
    'subject.licenceLapsed("许可证")',
    '6 / subject.complaints(20) > 2',
  ),
  days.map((window) => `subject.licenceLapsesWithin("许可证", ${window})`),
  days.map((window) => `subject.establishedWithin(${window})`),
);
const someCondition = fc
  .tuple(atom, atom, atom, fc.constantFrom('&&', '||'), fc.constantFrom('&& !', '|| '))
  .map(([a, b, c, one, other]) => `(${a} ${one} ${b}) ${other}(${c})`);

/** The same by trying every day. */
function dayByDay(of: SubjectHistory, when: string, { from, through }: typeof YEAR): SubjectRehearsed {
  const tried = Array.from({ length: daysBetween(from, through) + 1 }, (_, at) => addDays(from, at)).map(
    (on) => ({ on, outcome: conditionsOn(asOf(of, on), on)({ when }) }),
  );
  const held = tried.filter(({ outcome }) => 'holds' in outcome && outcome.holds);
  const [first] = held;
  const [failed] = tried.flatMap(({ on, outcome }) =>
    'failed' in outcome ? [{ on, why: outcome.failed }] : [],
  );
  return {
    ...(first === undefined ? {} : { first: first.on }),
    days: held.length,
    holds: held.at(-1)?.on === through,
    ...(failed === undefined ? {} : { failed }),
  };
}

describe('jumping to the days on which something may change', () => {
  it('finds the same first day, number of days and failures as trying every day', () => {
    const window = { from: day('2025-12-01'), through: day('2026-03-15') };
    let held = 0;
    let computed = 0;
    fc.assert(
      fc.property(someHistory, someCondition, (of, when) => {
        const jumped = rehearsed(of, when, window);
        expect(jumped.outcome).toEqual(dayByDay(of, when, window));
        held += jumped.outcome.first === undefined ? 0 : 1;
        computed += jumped.computed.length;
      }),
      { numRuns: 250, seed: 17 },
    );
    // The property says something: rules hold, and most of the 105 days were not tried.
    expect(held).toBeGreaterThan(100);
    expect(computed).toBeLessThan(250 * 20);
  });
});
