import { Environment } from '@marcbachmann/cel-js';
import { assess } from '#domain/risk/assessment.ts';
import type { SubjectHistory } from '#domain/risk/facts.ts';
import { Signal, SignalKind } from '#domain/signal/signal.ts';
import { addDays } from '#domain/time/time.ts';
import { conditionsOn } from '#rules/subject-condition.ts';
import { duration, interleaved, rate, type Figure } from '../measure.ts';
import { FIRST_DAY, RULES, subjectOf } from '../scanning.ts';

const SUBJECTS = 5_000;
const ROUNDS = 15;
/** A scan looks at thousands: what counts is the code as the engine has compiled it by then. */
const WARM_UP = 15;

/** Twenty rules on a subject with a dozen signals, against the same conditions where every question has its answer ready. */
export async function rules(): Promise<Figure[]> {
  const histories = Array.from({ length: SUBJECTS }, (_, n) => historyOf(n));
  const bare = bareConditions();
  const plain = () => histories.reduce((held, history) => held + bare(history), 0);
  const real = () =>
    histories.reduce(
      (held, history) => held + assess(RULES, conditionsOn(history, FIRST_DAY)).reasons.length,
      0,
    );
  for (let round = 0; round < WARM_UP; round += 1) {
    plain();
    real();
  }
  const { baseline, measured, ratio } = await interleaved(plain, real, ROUNDS);
  return [
    {
      name: 'twenty rules on a subject',
      measured: `${duration(measured)} for ${SUBJECTS} (${rate(SUBJECTS, measured)})`,
      baseline: `${duration(baseline)} for twenty bare evaluations each`,
      ratio,
      target: { bound: 'at most', ratio: 3 },
    },
  ];
}

function historyOf(n: number): SubjectHistory {
  const subject = subjectOf(n);
  return {
    subject,
    signals: Array.from({ length: 12 }, (_, at) => {
      const kind = SignalKind.options[(n + at) % 7] ?? 'complaint';
      return Signal.parse({
        id: `G-${at}`,
        subject: subject.id,
        kind,
        on: addDays(FIRST_DAY, -17 * at - (n % 30)),
        source: 'import',
      });
    }),
    classes: [],
  };
}

class Answers {
  readonly kind: string;
  readonly industry: string;
  readonly creditClass: string;
  readonly tags: readonly string[];
  constructor({ subject }: SubjectHistory) {
    this.kind = subject.kind;
    this.industry = subject.industry ?? '';
    this.creditClass = subject.creditClass ?? '';
    this.tags = subject.tags;
  }
}

/** The twenty conditions with nothing behind the functions: what the engine itself takes. Gives how many hold. */
function bareConditions(): (history: SubjectHistory) => number {
  const fields = { kind: 'string', industry: 'string', creditClass: 'string', tags: 'list<string>' };
  const environment = new Environment()
    .registerType('Subject', { ctor: Answers, fields })
    .registerVariable('subject', 'Subject');
  const days = { name: 'days', type: 'int' };
  const name = { name: 'name', type: 'string' };
  const counts = [
    'complaints',
    'penalties',
    'failedChecks',
    'passedChecks',
    'overdueReports',
    'abnormalListings',
    'seriousViolations',
    'repairs',
    'downgrades',
  ];
  for (const called of counts)
    environment.registerFunction({
      name: called,
      receiverType: 'Subject',
      returnType: 'int',
      params: [days],
      handler: () => 1n,
    });
  for (const [called, params] of [
    ['isAbnormal', []],
    ['isSeriousViolator', []],
    ['isReportOverdue', []],
    ['licenceLapsed', [name]],
    ['licenceLapsesWithin', [name, days]],
    ['establishedWithin', [days]],
  ] as const) {
    environment.registerFunction({
      name: called,
      receiverType: 'Subject',
      returnType: 'bool',
      params: [...params],
      handler: () => false,
    });
  }
  const parsed = RULES.map(({ when }) => environment.parse(when));
  return (history) => {
    const subject = new Answers(history);
    return parsed.reduce((held, condition) => held + (condition({ subject }) === true ? 1 : 0), 0);
  };
}
