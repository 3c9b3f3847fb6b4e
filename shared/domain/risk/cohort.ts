import * as z from 'zod';
import type { Subject } from '#domain/subject/subject.ts';
import { addDays, CalendarDate } from '#domain/time/time.ts';
import { CountedClass } from './classes.ts';
import { RiskLevel, type CohortRule } from './rule.ts';

/** The smallest group that is counted: the subjects of one industry in one town (or county, where no town is known). */
export const CellPlace = z.object({
  /** 6 or 9 digits of GB/T 2260. */
  territory: z.string(),
  /** As the subject has it; absent for those without one. */
  industry: z.string().optional(),
});
export type CellPlace = z.infer<typeof CellPlace>;

/** A cell with its counts: operating subjects, and how many of them stand at each level. */
export const Cell = CellPlace.extend({
  subjects: z.int(),
  watch: z.int().default(0),
  warning: z.int().default(0),
  severe: z.int().default(0),
});
export type Cell = z.infer<typeof Cell>;

/** Where a subject is counted; undefined for one that does not operate: it is not a member of any cohort. */
export function placeOf({ status, territory, industry }: Subject): CellPlace | undefined {
  return status === 'active'
    ? { territory: territory.slice(0, 9), ...(industry === undefined ? {} : { industry }) }
    : undefined;
}

/** A cohort (territory × industry) with the sums of its cells: what a rule about cohorts looks at. */
export interface Cohort {
  readonly territory: string;
  readonly industry: string;
  readonly subjects: number;
  readonly watch: number;
  readonly warning: number;
  readonly severe: number;
}

type Grain = Pick<CohortRule, 'territoryDigits' | 'industryDigits'>;

/**
 * The cohorts of a rule, in order of their codes, out of the cells of one or more whole territories. Cells without an
 * industry, or with a code that is too short to tell the cohort, belong to none; so do those without a town where towns are asked for.
 * A cell stays when its last subject has left; a cohort of no subjects is none, and has no share that could be computed.
 */
export function cohortsOf(cells: readonly Cell[], { territoryDigits, industryDigits }: Grain): Cohort[] {
  const found = new Map<string, Cohort>();
  for (const { territory, industry = '', subjects, watch, warning, severe } of cells) {
    if (territory.length < territoryDigits || industry.length < industryDigits + 1) continue;
    const cohort = {
      territory: territory.slice(0, territoryDigits),
      industry: industry.slice(0, industryDigits + 1),
    };
    const key = `${cohort.territory} ${cohort.industry}`;
    const sum = found.get(key) ?? { ...cohort, subjects: 0, watch: 0, warning: 0, severe: 0 };
    found.set(key, {
      ...cohort,
      subjects: sum.subjects + subjects,
      watch: sum.watch + watch,
      warning: sum.warning + warning,
      severe: sum.severe + severe,
    });
  }
  return [...found.entries()]
    .filter(([, { subjects }]) => subjects > 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, cohort]) => cohort);
}

/** When a rule last fired for a cohort. */
export const CohortFiring = z.object({
  id: z.string(),
  version: z.int().positive(),
  /** As the rule tells cohorts apart. */
  territory: z.string(),
  industry: z.string(),
  on: CalendarDate,
  trigger: z.string(),
  /** The first day on which its cool-down is over; absent once the cohort was looked at after it. */
  restsUntil: CalendarDate.optional(),
});
export type CohortFiring = z.infer<typeof CohortFiring>;

export function cohortFiringId(
  rule: string,
  { territory, industry }: Pick<Cohort, 'territory' | 'industry'>,
): string {
  return `${rule}#${territory}#${industry}`;
}

/** Whether a rule has to leave the cohort alone on a day: it fired less than its cool-down ago. */
export function isCoolingDown(
  last: CohortFiring | undefined,
  { coolDownDays }: Pick<CohortRule, 'coolDownDays'>,
  day: CalendarDate,
): boolean {
  return last !== undefined && day < coolDownEnd(last, { coolDownDays });
}

/** The first day on which the cohort may fire again, as the rule now is. */
export function coolDownEnd(
  { on }: Pick<CohortFiring, 'on'>,
  { coolDownDays }: Pick<CohortRule, 'coolDownDays'>,
): CalendarDate {
  return addDays(on, coolDownDays);
}

/** What is added to the counts of a cell. */
export interface CellChange {
  readonly place: CellPlace;
  readonly add: Partial<Record<'subjects' | RiskLevel, number>>;
}

/** Where, at which level and under which class a subject is counted. */
export const Counted = CellPlace.extend({
  level: RiskLevel.optional(),
  /** Absent for one that was looked at last before classes were counted. */
  riskClass: CountedClass.optional(),
});
export type Counted = z.infer<typeof Counted>;

/** What has to be added to which cells when a subject is counted otherwise than before. */
export function cellChanges(before: Counted | undefined, after: Counted | undefined): CellChange[] {
  if (before?.territory === after?.territory && before?.industry === after?.industry) {
    return before === undefined || after === undefined || before.level === after.level
      ? []
      : [
          {
            place: cellPlace(after),
            add: {
              ...(before.level === undefined ? {} : { [before.level]: -1 }),
              ...(after.level === undefined ? {} : { [after.level]: 1 }),
            },
          },
        ];
  }
  return [
    ...(before === undefined ? [] : [counted(before, -1)]),
    ...(after === undefined ? [] : [counted(after, 1)]),
  ];
}

function counted(one: Counted, sign: 1 | -1): CellChange {
  return {
    place: cellPlace(one),
    add: { subjects: sign, ...(one.level === undefined ? {} : { [one.level]: sign }) },
  };
}

function cellPlace({ territory, industry }: CellPlace): CellPlace {
  return { territory, ...(industry === undefined ? {} : { industry }) };
}
