import { Environment } from '@marcbachmann/cel-js';
import type { RuleOutcome } from '#domain/risk/assessment.ts';
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
import { Signal, SignalKind } from '#domain/signal/signal.ts';
import { Subject } from '#domain/subject/subject.ts';
import { earliest, addDays, CalendarDate } from '#domain/time/time.ts';
import { compiler, errorIn, messageOf, truth } from './compiled.ts';

/**
 * A subject on a day, as conditions see it. It remembers until when everything that was asked holds: a condition comes to
 * the same on every day before, since what it did not ask can't change it.
 */
class SubjectOnDay {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly status: string;
  readonly territory: string;
  readonly industry: string;
  readonly scale: string;
  readonly creditClass: string;
  readonly tags: readonly string[];
  readonly #history: SubjectHistory;
  readonly #day: CalendarDate;
  #until: CalendarDate | undefined;

  constructor(history: SubjectHistory, day: CalendarDate) {
    const { subject } = history;
    this.id = subject.id;
    this.name = subject.name;
    this.kind = subject.kind;
    this.status = subject.status;
    this.territory = subject.territory;
    this.industry = subject.industry ?? '';
    this.scale = subject.scale ?? '';
    this.creditClass = subject.creditClass ?? '';
    this.tags = subject.tags;
    this.#history = history;
    this.#day = day;
  }

  ask<T>(question: (history: SubjectHistory, day: CalendarDate) => Fact<T>): T {
    const { value, until } = question(this.#history, this.#day);
    this.#until = earliest(this.#until, until);
    return value;
  }

  /** The question that is asked most; with no function made for it, since a scan asks it by the thousand. */
  count(kind: SignalKind, days: number): number {
    const { value, until } = signalsWithin(this.#history, kind, days, this.#day);
    if (until !== undefined) this.#until = earliest(this.#until, until);
    return value;
  }

  /** The first day on which something that was asked may be otherwise; absent when time alone changes nothing. */
  takeUntil(): CalendarDate | undefined {
    const until = this.#until;
    this.#until = undefined;
    return until;
  }
}

/** Longer than any window that means something: ten years. A condition that asks for more can't be computed. */
const LONGEST_WINDOW = 3_660;

function windowOf(days: bigint): number {
  const window = Number(days);
  if (window < 1 || window > LONGEST_WINDOW) {
    throw new RangeError(`${days} days: a window has 1 to ${LONGEST_WINDOW}`);
  }
  return window;
}

const days = { name: 'days', type: 'int' };
const name = { name: 'name', type: 'string' };

const counts = {
  complaints: 'complaint',
  penalties: 'penalty',
  failedChecks: 'failed-check',
  passedChecks: 'passed-check',
  overdueReports: 'overdue-report',
  abnormalListings: 'abnormal-listing',
  seriousViolations: 'serious-violation',
  repairs: 'credit-repair',
} as const satisfies Readonly<Record<string, SignalKind>>;

const standing = {
  isAbnormal: 'abnormal-listing',
  isSeriousViolator: 'serious-violation',
  isReportOverdue: 'overdue-report',
} as const;

const environment = vocabulary();
const compiled = compiler(environment);

function vocabulary(): Environment {
  const made = new Environment()
    .registerType('Subject', {
      ctor: SubjectOnDay,
      fields: {
        id: 'string',
        name: 'string',
        kind: 'string',
        status: 'string',
        territory: 'string',
        industry: 'string',
        scale: 'string',
        creditClass: 'string',
        tags: 'list<string>',
      },
    })
    .registerVariable('subject', 'Subject');
  for (const [called, kind] of Object.entries(counts)) {
    made.registerFunction({
      name: called,
      receiverType: 'Subject',
      returnType: 'int',
      params: [days],
      handler: (subject: SubjectOnDay, window: bigint) => BigInt(subject.count(kind, windowOf(window))),
    });
  }
  for (const [called, kind] of Object.entries(standing)) {
    made.registerFunction({
      name: called,
      receiverType: 'Subject',
      returnType: 'bool',
      params: [],
      handler: (subject: SubjectOnDay) => subject.ask((history, day) => stands(history, kind, day)),
    });
  }
  return made
    .registerFunction({
      name: 'downgrades',
      receiverType: 'Subject',
      returnType: 'int',
      params: [days],
      handler: (subject: SubjectOnDay, window: bigint) =>
        BigInt(subject.ask((history, day) => downgradesWithin(history, windowOf(window), day))),
    })
    .registerFunction({
      name: 'hasLicence',
      receiverType: 'Subject',
      returnType: 'bool',
      params: [name],
      handler: (subject: SubjectOnDay, licence: string) =>
        subject.ask((history, day) => hasLicence(history, licence, day)),
    })
    .registerFunction({
      name: 'licenceLapsed',
      receiverType: 'Subject',
      returnType: 'bool',
      params: [name],
      handler: (subject: SubjectOnDay, licence: string) =>
        subject.ask((history, day) => licenceLapsed(history, licence, day)),
    })
    .registerFunction({
      name: 'licenceLapsesWithin',
      receiverType: 'Subject',
      returnType: 'bool',
      params: [name, days],
      handler: (subject: SubjectOnDay, licence: string, window: bigint) =>
        subject.ask((history, day) => licenceLapsesWithin(history, licence, windowOf(window), day)),
    })
    .registerFunction({
      name: 'establishedWithin',
      receiverType: 'Subject',
      returnType: 'bool',
      params: [days],
      handler: (subject: SubjectOnDay, window: bigint) =>
        subject.ask((history, day) => establishedWithin(history, windowOf(window), day)),
    });
}

const EXAMPLE_DAY = CalendarDate.parse('2026-03-02');
/** One of whom nothing is known, and one of whom everything is, for trying a condition out. */
const EXAMPLES: readonly SubjectHistory[] = [
  {
    subject: Subject.parse({
      id: '91410381PDY000247B',
      name: '名称',
      kind: 'enterprise',
      status: 'active',
      territory: '410381',
      tags: [],
    }),
    signals: [],
    classes: [],
  },
  {
    subject: Subject.parse({
      id: '91410381PDY000247B',
      name: '名称',
      kind: 'enterprise',
      status: 'active',
      territory: '410381001',
      industry: 'F5265',
      scale: 'small',
      creditClass: 'D',
      classedOn: EXAMPLE_DAY,
      established: '2020-01-01',
      tags: ['危化品'],
      licences: [{ name: '成品油零售经营批准证书', validThrough: '2026-03-20' }],
    }),
    signals: SignalKind.options.map((kind) =>
      Signal.parse({
        id: `G-${kind}`,
        subject: '91410381PDY000247B',
        kind,
        source: 'import',
        // The repair is of an earlier listing, and leaves what is told of here.
        ...(kind === 'credit-repair'
          ? { on: addDays(EXAMPLE_DAY, -1), lifts: ['abnormal-listing'] }
          : { on: EXAMPLE_DAY }),
      }),
    ),
    classes: [
      { subject: '91410381PDY000247B', on: addDays(EXAMPLE_DAY, -30), creditClass: 'A' },
      { subject: '91410381PDY000247B', on: EXAMPLE_DAY, creditClass: 'D' },
    ],
  },
];

/** What is wrong with a condition about subjects, or undefined when it can be adopted. */
export function subjectConditionError(condition: string): string | undefined {
  return errorIn(
    environment,
    condition,
    EXAMPLES.map((history) => ({ subject: new SubjectOnDay(history, EXAMPLE_DAY) })),
  );
}

/** Whether each condition holds for the subject on the day, and until when that can't change by time alone. */
export function conditionsOn(
  history: SubjectHistory,
  day: CalendarDate,
): (rule: { readonly when: string }) => RuleOutcome {
  const subject = new SubjectOnDay(history, day);
  return ({ when }) => {
    try {
      const holds = truth(compiled(when)({ subject }), when);
      return { holds, until: subject.takeUntil() };
    } catch (error) {
      return { failed: messageOf(error), until: subject.takeUntil() };
    }
  };
}
