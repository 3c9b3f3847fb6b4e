import * as z from 'zod';
import type { RehearsalWindow } from '#domain/policy/rehearsal.ts';
import type { GivenClass } from '#domain/signal/signal.ts';
import { CreditClass, type Subject } from '#domain/subject/subject.ts';
import { addDays, CalendarDate, daysBetween, earliest } from '#domain/time/time.ts';
import type { RuleOutcome } from './assessment.ts';
import type { SubjectHistory } from './facts.ts';

const count = z.int().nonnegative();

/** A class, or that there is none. */
export const ClassOrNone = z.enum([...CreditClass.options, 'none']);
export type ClassOrNone = z.infer<typeof ClassOrNone>;

/** What a rule about subjects would have come to. */
export const RehearsedSubjects = z.object({
  /** Subjects of the library. */
  looked: count,
  /** Those of them that operate: nobody else is warned of. */
  operating: count,
  /** Subjects for which the rule held on a day of the window, or several. */
  warned: count,
  /** … and for which it holds on the last day. */
  holding: count,
  /** Subjects for which it could not be computed on a day of the window. */
  failed: count,
  /** The warned, by the class that the library has now, and by the 6 digits of their territory. */
  byClass: z.partialRecord(ClassOrNone, count),
  byTerritory: z.record(z.string(), count),
});
export type RehearsedSubjects = z.infer<typeof RehearsedSubjects>;

export const NO_SUBJECTS: RehearsedSubjects = {
  looked: 0,
  operating: 0,
  warned: 0,
  holding: 0,
  failed: 0,
  byClass: {},
  byTerritory: {},
};

/** The part of the operating subjects for which a rule holds on the last day, in basis points, rounded down. */
export function shareHolding({ operating, holding }: RehearsedSubjects): number {
  return operating === 0 ? 0 : Math.floor((holding * 10_000) / operating);
}

/** Half of everybody, or more: a rule that warns of that many tells nobody apart. */
export function isTooBroad(counts: RehearsedSubjects): boolean {
  return counts.operating > 0 && counts.holding * 2 >= counts.operating;
}

/** A subject that would have been warned of. */
export const SubjectFinding = z.object({
  subject: z.string(),
  name: z.string(),
  territory: z.string(),
  industry: z.string().optional(),
  creditClass: CreditClass.optional(),
  /** The first day on which the rule held, and on how many it did. */
  first: CalendarDate,
  days: z.int().positive(),
  /** Whether it holds on the last day of the window. */
  holds: z.boolean(),
});
export type SubjectFinding = z.infer<typeof SubjectFinding>;

/** Something for which a condition could not be computed. */
export const RehearsalFailure = z.object({
  /** The subject, trigger or cohort. */
  of: z.string(),
  on: CalendarDate.optional(),
  why: z.string(),
});
export type RehearsalFailure = z.infer<typeof RehearsalFailure>;

/** How a rule would have gone for one subject. */
export interface SubjectRehearsed {
  /** Absent when it held on no day. */
  readonly first?: CalendarDate;
  /** Days on which it held. */
  readonly days: number;
  /** Whether it holds on the last day. */
  readonly holds: boolean;
  /** The first day on which it could not be computed; it counts as not holding then. */
  readonly failed?: { readonly on: CalendarDate; readonly why: string };
}

/**
 * How a rule would have gone for a subject, as of each day of a window: signals count from their day on, the class is the one
 * that stood on the day, and the rest is as it is now. Looks only at days on which something may change: what was asked says
 * until when it holds, and a class holds until the next one is given.
 * @param outcomeOn computes the condition
 */
export function rehearseSubject(
  history: SubjectHistory,
  { from, through }: RehearsalWindow,
  outcomeOn: (history: SubjectHistory, day: CalendarDate) => RuleOutcome,
): SubjectRehearsed {
  const end = addDays(through, 1);
  let rehearsed: SubjectRehearsed = { days: 0, holds: false };
  for (let day = from; day < end;) {
    const outcome = outcomeOn(asOf(history, day), day);
    const next = earliest(end, earliest(outcome.until, nextClass(history.classes, day))) ?? end;
    rehearsed = withOutcome(rehearsed, outcome, { on: day, days: daysBetween(day, next) });
    day = next;
  }
  return rehearsed;
}

function withOutcome(
  { first, days, failed }: SubjectRehearsed,
  outcome: RuleOutcome,
  span: { readonly on: CalendarDate; readonly days: number },
): SubjectRehearsed {
  const holds = !('failed' in outcome) && outcome.holds;
  const since = first ?? (holds ? span.on : undefined);
  const fault = failed ?? ('failed' in outcome ? { on: span.on, why: outcome.failed } : undefined);
  return {
    ...(since === undefined ? {} : { first: since }),
    days: days + (holds ? span.days : 0),
    holds,
    ...(fault === undefined ? {} : { failed: fault }),
  };
}

/** A subject's history with the class that stood on a day; before the first that is known, it had none. */
export function asOf(history: SubjectHistory, day: CalendarDate): SubjectHistory {
  const { creditClass: _, classedOn: __, ...rest } = history.subject;
  const given = history.classes.filter(({ on }) => on <= day).toSorted((a, b) => (a.on < b.on ? 1 : -1))[0];
  const subject: Subject =
    given === undefined ? rest : { ...rest, creditClass: given.creditClass, classedOn: given.on };
  return { ...history, subject };
}

function nextClass(classes: readonly GivenClass[], day: CalendarDate): CalendarDate | undefined {
  return classes
    .map(({ on }) => on)
    .filter((on) => on > day)
    .toSorted()[0];
}

/** The counts with one subject more. */
export function addSubject(
  counts: RehearsedSubjects,
  { territory, creditClass }: Pick<Subject, 'territory' | 'creditClass'>,
  { first, holds, failed }: SubjectRehearsed,
): RehearsedSubjects {
  const county = territory.slice(0, 6);
  const ofClass = creditClass ?? 'none';
  const warned = first !== undefined;
  return {
    ...counts,
    operating: counts.operating + 1,
    warned: counts.warned + (warned ? 1 : 0),
    holding: counts.holding + (holds ? 1 : 0),
    failed: counts.failed + (failed === undefined ? 0 : 1),
    byClass: warned ? { ...counts.byClass, [ofClass]: (counts.byClass[ofClass] ?? 0) + 1 } : counts.byClass,
    byTerritory: warned
      ? { ...counts.byTerritory, [county]: (counts.byTerritory[county] ?? 0) + 1 }
      : counts.byTerritory,
  };
}

/** What a rule about cohorts would come to on the counts of now. */
export const RehearsedCohorts = z.object({
  /** Cohorts with operating subjects. */
  looked: count,
  fired: count,
  failed: count,
});
export type RehearsedCohorts = z.infer<typeof RehearsedCohorts>;

export const NO_COHORTS: RehearsedCohorts = { looked: 0, fired: 0, failed: 0 };

/** A cohort for which the rule would fire. */
export const CohortFinding = z.object({
  territory: z.string(),
  industry: z.string(),
  subjects: count,
  watch: count,
  warning: count,
  severe: count,
});
export type CohortFinding = z.infer<typeof CohortFinding>;
