import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess, type Assessment } from '#domain/risk/assessment.ts';
import { summedClasses, type ClassChange } from '#domain/risk/classes.ts';
import { placeOf, type CellChange } from '#domain/risk/cohort.ts';
import { decideByHand, weigh, type Found, type Known } from '#domain/risk/standing.ts';
import type { RiskWarningStatus } from '#domain/risk/warning.ts';
import { SubjectStatus } from '#domain/subject/subject.ts';
import { addDays, daysBetween, startOfDay, type CalendarDate } from '#domain/time/time.ts';
import { MIDDLE, riskSubject, subjectRule } from '../../support/risk-samples.ts';

const check = (coolDownDays: number) => ({ directCheck: { items: ['YS-001'], coolDownDays } });
const RULES = [
  subjectRule('late-report', 'watch'),
  subjectRule('complaints', 'warning'),
  subjectRule('fined', 'severe', check(7)),
  subjectRule('listed', 'severe', check(40)),
  subjectRule('violator', 'severe'),
];

const anyAssessment: fc.Arbitrary<Assessment> = fc
  .subarray(RULES)
  .map((held) => assess(RULES, (rule) => ({ holds: held.includes(rule) })));

const anyClass = fc
  .constantFrom('A', 'D', undefined)
  .map((creditClass) => (creditClass === undefined ? {} : { creditClass, classedOn: MIDDLE }));

const anyMove = fc.record({
  territory: fc.constantFrom('410381', '410381001', '410381002001', '410382001'),
  industry: fc.constantFrom('F5265', 'C13', undefined),
  status: fc.oneof(fc.constant('active' as const), fc.constantFrom(...SubjectStatus.options)),
});

/** What happens to one of a few subjects, after some days. Whoever is new, has moved or has changed is looked at. */
const anyStep = fc.record({
  which: fc.nat({ max: 2 }),
  days: fc.oneof(fc.constant(0), fc.nat({ max: 12 })),
  happens: fc.oneof(
    { weight: 5, arbitrary: anyAssessment.map((assessment) => ({ kind: 'assessed' as const, assessment })) },
    {
      weight: 2,
      arbitrary: fc.tuple(anyMove, anyClass, anyAssessment).map(([row, given, assessment]) => ({
        kind: 'changed' as const,
        row: { ...row, ...given },
        assessment,
      })),
    },
    { weight: 1, arbitrary: anyAssessment.map((assessment) => ({ kind: 'gone' as const, assessment })) },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom('acknowledge' as const, 'dismiss' as const)
        .map((command) => ({ kind: 'decided' as const, command })),
    },
  ),
});
type Step = typeof anyStep extends fc.Arbitrary<infer S> ? S : never;

interface Told {
  readonly subjects: readonly Known[];
  readonly cells: readonly CellChange[];
  readonly classes: readonly ClassChange[];
  readonly checks: readonly {
    readonly subject: string;
    readonly on: CalendarDate;
    readonly coolDownDays: number;
  }[];
}

const decidable: Readonly<Record<'acknowledge' | 'dismiss', readonly (RiskWarningStatus | undefined)[]>> = {
  acknowledge: ['open'],
  dismiss: ['open', 'acknowledged'],
};

/** Lets the steps happen one after the other, as scans and people would. `looked` sees each look at a subject. */
function tell(
  steps: readonly Step[],
  looked: (known: Known, assessment: Assessment, on: CalendarDate, found: Found) => void = () => undefined,
): Told {
  const subjects: Known[] = ['A', 'B', 'C'].map((id) => ({ id, subject: riskSubject() }));
  const cells: CellChange[] = [];
  const classes: ClassChange[] = [];
  const checks: Told['checks'][number][] = [];
  let on = MIDDLE;
  for (const { which, days, happens } of steps) {
    on = addDays(on, days);
    const at = startOfDay(on);
    const known: Known = subjects[which] ?? { id: 'none' };
    if (happens.kind === 'decided') {
      const { standing, warning } = known;
      if (standing === undefined || warning === undefined) continue;
      if (!decidable[happens.command].includes(warning.status)) continue;
      const command = { kind: happens.command, by: 'GX-001', at, note: '已核实' };
      const decided = decideByHand(standing, warning, command);
      subjects[which] = { ...known, standing: decided.standing, warning: decided.warning };
      cells.push(...decided.cells);
      continue;
    }
    const subject =
      happens.kind === 'gone'
        ? undefined
        : happens.kind === 'changed'
          ? riskSubject(happens.row)
          : known.subject;
    const found = weigh({ ...known, subject }, happens.assessment, at);
    cells.push(...found.cells);
    classes.push(found.classes);
    if (found.directCheck !== undefined) {
      checks.push({ subject: known.id, on, coolDownDays: found.directCheck.coolDownDays });
    }
    const inForce = found.warning?.how === 'clear' ? undefined : (found.warning?.warning ?? known.warning);
    const after = { id: known.id, subject, standing: found.standing ?? known.standing, warning: inForce };
    subjects[which] = after;
    looked(after, happens.assessment, on, found);
  }
  return { subjects, cells, classes, checks };
}

type Counts = Record<string, number>;

function added(counts: Counts, { territory, industry }: CellChange['place'], add: CellChange['add']): void {
  for (const [name, number] of Object.entries(add)) {
    const key = `${territory} ${industry ?? '-'} ${name}`;
    const sum = (counts[key] ?? 0) + number;
    if (sum === 0) delete counts[key];
    else counts[key] = sum;
  }
}

describe('whatever happens to subjects, in whatever order', () => {
  const anySteps = fc.array(anyStep, { minLength: 5, maxLength: 40, size: 'max' });

  it('looking again on the same day changes nothing, and says the same day to look next', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        tell(steps, (known, assessment, on, { reviewOn }) => {
          expect(weigh(known, assessment, startOfDay(on))).toEqual({
            cells: [],
            classes: {},
            ...(reviewOn === undefined ? {} : { reviewOn }),
          });
        });
      }),
      { seed: 8, numRuns: 150 },
    );
  });

  it('the counts of the cells are what a recount of the subjects gives', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { subjects, cells } = tell(steps);
        const counts: Counts = {};
        for (const { place, add } of cells) added(counts, place, add);
        const recount: Counts = {};
        for (const { standing } of subjects) {
          if (standing?.counted === undefined) continue;
          const { level, territory, industry } = standing.counted;
          const place = { territory, ...(industry === undefined ? {} : { industry }) };
          added(recount, place, { subjects: 1, ...(level === undefined ? {} : { [level]: 1 }) });
        }
        expect(counts).toEqual(recount);
      }),
      { seed: 9, numRuns: 300 },
    );
  });

  it('the counts of the classes are what a recount of the operating subjects gives', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const looked = new Map<string, Known>();
        const { classes } = tell(steps, (known) => looked.set(known.id, known));
        const recount = [...looked.values()].flatMap(({ subject }): ClassChange[] =>
          subject?.status === 'active' ? [{ [subject.creditClass ?? 'unclassed']: 1 }] : [],
        );
        expect(summedClasses(classes)).toEqual(summedClasses(recount));
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  it('a subject is counted where it is, at the level of a warning in force that nobody has dismissed', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        tell(steps, ({ subject, standing, warning }) => {
          const place = subject === undefined ? undefined : placeOf(subject);
          const level = warning?.status === 'dismissed' ? undefined : warning?.level;
          expect(standing?.counted).toEqual(
            place === undefined
              ? undefined
              : {
                  ...place,
                  ...(level === undefined ? {} : { level }),
                  riskClass: subject?.creditClass ?? 'unclassed',
                },
          );
          expect(standing?.warning).toBe(warning?.id);
          expect(place === undefined && warning !== undefined).toBe(false);
        });
      }),
      { seed: 10, numRuns: 150 },
    );
  });

  it('a direct check is never proposed within the cool-down of the one before, nor within its own', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { subjects, checks } = tell(steps);
        for (const { id } of subjects) {
          const own = checks.filter(({ subject }) => subject === id);
          for (const [place, next] of own.entries()) {
            const before = own[place - 1];
            if (before === undefined) continue;
            const rest = Math.max(before.coolDownDays, next.coolDownDays);
            expect(daysBetween(before.on, next.on)).toBeGreaterThanOrEqual(rest);
          }
        }
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('the steps tell of every kind of thing: warnings that are dismissed, raised anew and cleared, and second checks', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anySteps, (steps) => {
        const { checks } = tell(steps, ({ warning }) => seen.add(warning?.status ?? 'none'));
        for (const { id } of [{ id: 'A' }, { id: 'B' }]) {
          if (checks.filter(({ subject }) => subject === id).length > 1) seen.add('second check');
        }
      }),
      { seed: 11, numRuns: 100 },
    );
    expect([...seen].toSorted()).toEqual(['acknowledged', 'dismissed', 'none', 'open', 'second check']);
  });
});
