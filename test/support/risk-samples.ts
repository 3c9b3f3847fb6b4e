import * as fc from 'fast-check';
import type * as z from 'zod';
import type { Assessment, RiskReason } from '#domain/risk/assessment.ts';
import type { SubjectHistory } from '#domain/risk/facts.ts';
import { SubjectRule } from '#domain/risk/rule.ts';
import { RiskWarning } from '#domain/risk/warning.ts';
import { GivenClass, LiftableKind, Signal, SignalKind } from '#domain/signal/signal.ts';
import { CreditClass, Subject } from '#domain/subject/subject.ts';
import { addDays, type CalendarDate } from '#domain/time/time.ts';
import { day, MONDAY } from './samples.ts';

export const STATION = '91410381PDY000247B';

/** An operating filling station of a town, without class, licences or a day of its establishment. */
export const riskSubject = (change: Partial<z.input<typeof Subject>> = {}): Subject =>
  Subject.parse({
    id: STATION,
    name: '示例加油站',
    kind: 'enterprise',
    status: 'active',
    territory: '410381001',
    industry: 'F5265',
    tags: [],
    ...change,
  });

export const riskSignal = (
  kind: SignalKind,
  on: string,
  more: { readonly id?: string; readonly lifts?: readonly LiftableKind[] } = {},
): Signal => Signal.parse({ id: `G-${kind}-${on}`, subject: STATION, kind, on, source: 'import', ...more });

/** A credit repair on a day. */
export const repair = (on: string, ...lifts: readonly LiftableKind[]): Signal =>
  riskSignal('credit-repair', on, { lifts });

export const given = (on: string, creditClass: CreditClass): GivenClass => ({
  subject: STATION,
  on: day(on),
  creditClass,
});

export const historyOf = (facts: Partial<SubjectHistory> = {}): SubjectHistory => ({
  subject: riskSubject(),
  signals: [],
  classes: [],
  ...facts,
});

/** A rule about subjects whose condition always holds. */
export const subjectRule = (
  id: string,
  level: SubjectRule['level'],
  more: Partial<z.input<typeof SubjectRule>> = {},
): SubjectRule =>
  SubjectRule.parse({
    id,
    version: 1,
    name: id,
    effectiveFrom: '2026-01-01',
    about: 'subject',
    when: 'true',
    level,
    reason: `${id} 的理由`,
    ...more,
  });

export const reasonOf = (policy: string, level: RiskReason['level'], version = 1): RiskReason => ({
  policy,
  version,
  level,
  reason: `${policy} 的理由`,
});

/** What rules say of a subject, the gravest first, as `assess` puts them. */
export const saying = (...reasons: readonly RiskReason[]): Assessment => {
  const [gravest] = reasons;
  return { ...(gravest === undefined ? {} : { level: gravest.level }), reasons, failed: [] };
};

export const riskWarning = (change: Partial<RiskWarning> = {}): RiskWarning => ({
  ...RiskWarning.parse({
    id: 'W-1',
    version: 3,
    status: 'open',
    subject: { id: STATION, name: '示例加油站' },
    territory: '410381001',
    industry: 'F5265',
    level: 'warning',
    reasons: [reasonOf('complaints', 'warning')],
    raisedOn: '2026-03-02',
    raisedAt: MONDAY,
  }),
  ...change,
});

/** The day around which arbitrary histories lie. */
export const MIDDLE = day('2026-03-02');
const around = fc.integer({ min: -120, max: 120 }).map((days) => addDays(MIDDLE, days));
/** A day on which an arbitrary history is looked at. */
export const anyDay: fc.Arbitrary<CalendarDate> = around;

const anySignal: fc.Arbitrary<Signal> = fc
  .record({
    kind: fc.constantFrom(...SignalKind.options, 'credit-repair' as const),
    on: around,
    lifts: fc.uniqueArray(fc.constantFrom(...LiftableKind.options), { minLength: 1, maxLength: 3 }),
    id: fc.uuid(),
  })
  .map(({ kind, on, lifts, id }) => riskSignal(kind, on, kind === 'credit-repair' ? { id, lifts } : { id }));

const anyClass: fc.Arbitrary<GivenClass> = fc.record({
  subject: fc.constant(STATION),
  on: around,
  creditClass: fc.constantFrom(...CreditClass.options),
});

const anyLicence = fc.record({
  name: fc.constantFrom('甲证', '乙证'),
  validThrough: fc.oneof(
    { weight: 6, arbitrary: around },
    { weight: 1, arbitrary: fc.constantFrom(day('9999-09-09'), day('9999-12-31')) },
  ),
});

/** Signals, repairs, classes, licences and an establishment within 120 days of `MIDDLE`, before and after it. */
export const anyHistory: fc.Arbitrary<SubjectHistory> = fc.record({
  subject: fc
    .record({
      licences: fc.array(anyLicence, { maxLength: 3 }),
      established: fc.option(around, { nil: undefined }),
      classed: fc.option(anyClass, { nil: undefined }),
    })
    .map(({ licences, established, classed }) =>
      riskSubject({ licences, established, creditClass: classed?.creditClass, classedOn: classed?.on }),
    ),
  signals: fc.array(anySignal, { maxLength: 8 }),
  // One a day, as they are kept.
  classes: fc.uniqueArray(anyClass, { maxLength: 5, selector: ({ on }) => on }),
});
