import * as z from 'zod';
import type { WorkingDayCalendar } from '#domain/calendar/calendar.ts';
import { CalendarDate } from '#domain/time/time.ts';
import { DeadlineKind } from './kind.ts';

/** A kind whose day is counted; that of a follow-up is set when it is ordered. */
export type CountedKind = Exclude<DeadlineKind, 'follow-up'>;

/** Whom a rung reaches. `actor` is whoever has to act: the team of an inspection, the lead section for a trigger or a draw, else the unit. */
export const Reached = z.enum(['actor', 'unit', 'lead-section', 'supervisor']);
export type Reached = z.infer<typeof Reached>;

/** The statutory count of article 14 (第十四条: 自检查结束之日起20个工作日). */
const STATUTORY_WORKING_DAYS = 20;

const ladder = z
  .array(z.int().min(0).max(60))
  .min(1)
  .max(20)
  .refine(
    (days) => days.every((day, at) => at === 0 || day < (days[at - 1] ?? 0)),
    '提醒天数须从大到小且不重复 from many days to few, none twice',
  );

/** Levels are added up: who is reached once is reached by every later rung. */
const escalation = z
  .array(z.strictObject({ pastDue: z.int().min(0).max(60), reaches: z.array(Reached).min(1) }))
  .min(1)
  .max(3)
  .refine(
    (levels) =>
      levels.every((level, at) =>
        at === 0 ? level.pastDue === 0 : level.pastDue > (levels[at - 1]?.pastDue ?? 0),
      ),
    '第一级 pastDue 为 0，其后逐级增大 the first level is at pastDue 0, each later one after more days',
  );

/** How a deadline of a kind is reminded of: the working days before its day, and whom each level reaches from so many working days past due on. */
const SetRule = z.strictObject({ ladder, escalation });
export type DeadlineRule = z.infer<typeof SetRule>;

const CountedRule = SetRule.extend({ workingDays: z.int().min(1).max(250) });

/** Every kind of deadline with its rule. */
export const DeadlineTable = z.strictObject({
  triage: CountedRule,
  approve: CountedRule,
  reveal: CountedRule,
  match: CountedRule,
  accept: CountedRule,
  finish: CountedRule,
  publish: CountedRule,
  correct: CountedRule,
  handover: CountedRule,
  'follow-up': SetRule,
  archive: CountedRule,
});
export type DeadlineTable = z.infer<typeof DeadlineTable>;

/** A version of the table with the day from which deadlines are started by it (article 17). Version 0 is `defaultTable`. */
export const DeadlineRules = z.object({
  version: z.int().positive(),
  effectiveFrom: CalendarDate,
  rules: DeadlineTable,
});
export type DeadlineRules = z.infer<typeof DeadlineRules>;

/** What deadlines are counted by: the working days, and every version of the rules that was adopted. */
export interface Counting extends WorkingDayCalendar {
  readonly deadlineRules: readonly DeadlineRules[];
}

const LADDER = [10, 5, 3, 1, 0];

/** One level more for each working day past due. */
function rising(...levels: Reached[][]): DeadlineRule {
  return { ladder: LADDER, escalation: levels.map((reaches, pastDue) => ({ pastDue, reaches })) };
}

const byLeadSection = rising(['lead-section'], ['supervisor']);
const byTeam = rising(['actor'], ['unit'], ['supervisor']);
const byUnit = rising(['unit'], ['supervisor']);
const byUnitThenLeadSection = rising(['unit'], ['lead-section'], ['supervisor']);

/** The table that holds until another one is adopted. */
export const defaultTable: DeadlineTable = {
  triage: { workingDays: 2, ...byLeadSection },
  approve: { workingDays: 2, ...byLeadSection },
  reveal: { workingDays: 1, ...byLeadSection },
  match: { workingDays: 3, ...byUnitThenLeadSection },
  accept: { workingDays: 2, ...byTeam },
  finish: { workingDays: 20, ...byTeam },
  publish: { workingDays: STATUTORY_WORKING_DAYS, ...byTeam },
  correct: { workingDays: 5, ...byUnit },
  handover: { workingDays: 3, ...byUnitThenLeadSection },
  'follow-up': byUnitThenLeadSection,
  archive: { workingDays: 30, ...byTeam },
};

/** Something that article 14 does not let a table say, at a path under the kind. */
interface StatutoryFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/**
 * The statutory deadline may be made shorter, and spoken of more often and to more people, never the other way round: a
 * bureau's own table must not weaken what the regulation promises the public (article 14).
 */
function statutoryFaults(rule: DeadlineTable['publish']): StatutoryFault[] {
  const { ladder: rungs, escalation: levels } = defaultTable.publish;
  const missing = rungs.filter((rung) => !rule.ladder.includes(rung));
  return [
    ...(rule.workingDays > STATUTORY_WORKING_DAYS
      ? [
          {
            path: ['workingDays'],
            message: `第十四条规定 ${STATUTORY_WORKING_DAYS} 个工作日，只可缩短 article 14 sets ${STATUTORY_WORKING_DAYS} working days; fewer are allowed, more are not`,
          },
        ]
      : []),
    ...(missing.length > 0
      ? [
          {
            path: ['ladder'],
            message: `法定期限的提醒只可增加，缺少 ${missing.join('、')} the statutory ladder may only gain rungs; missing: ${missing.join(', ')}`,
          },
        ]
      : []),
    ...levels.flatMap(({ pastDue, reaches }) => {
      const reached = reachedBy(rule, -pastDue).reaches;
      const lost = reaches.filter((role) => !reached.includes(role));
      return lost.length > 0
        ? [
            {
              path: ['escalation'],
              message: `逾期 ${pastDue} 个工作日须提醒 ${lost.join('、')} ${pastDue} working day(s) past due the statutory deadline has to reach ${lost.join(', ')}`,
            },
          ]
        : [];
    }),
  ];
}

/** What is adopted: the day from which it holds, and the kinds whose rule is not the default. */
export const DeadlineRulesDraft = z.strictObject({
  effectiveFrom: CalendarDate,
  rules: DeadlineTable.partial().superRefine(({ publish }, context) => {
    for (const { path, message } of publish === undefined ? [] : statutoryFaults(publish)) {
      context.addIssue({ code: 'custom', path: ['publish', ...path], message });
    }
  }),
});
export type DeadlineRulesDraft = z.infer<typeof DeadlineRulesDraft>;

/** The next version, whole: a kind that the draft does not name has the default, and keeps it when the software's defaults change. */
export function nextRules(known: readonly DeadlineRules[], draft: DeadlineRulesDraft): DeadlineRules {
  const { effectiveFrom, rules } = draft;
  return {
    version: known.length + 1,
    effectiveFrom,
    rules: DeadlineTable.parse({ ...defaultTable, ...rules }),
  };
}

/** The version that deadlines are started by on a day: the newest whose day has come; 0 for the default table. */
export function rulesVersionOn({ deadlineRules }: Counting, day: CalendarDate): number {
  return Math.max(
    0,
    ...deadlineRules.filter(({ effectiveFrom }) => effectiveFrom <= day).map(({ version }) => version),
  );
}

/** The table of a version. @throws TypeError for one that was never adopted: the rules of a deadline were not read with it */
export function tableOf({ deadlineRules }: Counting, version: number): DeadlineTable {
  if (version === 0) return defaultTable;
  const known = deadlineRules.find((one) => one.version === version);
  if (known === undefined) {
    throw new TypeError(`version ${version} of the deadline rules is not among those that were read`);
  }
  return known.rules;
}

/** A calendar with the default table alone. */
export function countedByDefault(calendar: WorkingDayCalendar): Counting {
  return { ...calendar, deadlineRules: [] };
}

/** The level that is reached so many working days before or after the day, and everybody whom it reaches. */
export function reachedBy(
  { escalation: levels }: Pick<DeadlineRule, 'escalation'>,
  remaining: number,
): { readonly level: number; readonly reaches: readonly Reached[] } {
  const climbed = levels.filter(({ pastDue }, at) => at === 0 || pastDue <= -remaining);
  return {
    level: climbed.length - 1,
    reaches: [...new Set(climbed.flatMap(({ reaches }) => reaches))],
  };
}
