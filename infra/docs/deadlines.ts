import type { WorkingDayCalendar } from '#domain/calendar/calendar.ts';
import {
  DeadlineKind,
  deadlineLabels,
  type CountedKind,
  defaultWorkingDays,
  remind,
  startDeadline,
} from '#domain/deadline/deadline.ts';
import { instantOf } from '#domain/time/time.ts';
import { code, page, table } from './markdown.ts';

const STARTS: Readonly<Record<DeadlineKind, string>> = {
  triage: 'the trigger is received 收到触发, when no rule fires it',
  approve: 'the draw is proposed 拟定抽查, when its rule leaves the approval to the lead section',
  reveal: 'the value of an announced or drand beacon 随机信标 can be there',
  match: 'the units are asked to choose their teams 直接选派',
  accept: 'the inspection is assigned 派出检查任务',
  finish: 'the whole team accepted 接受任务',
  publish: 'the inspection ended 检查结束',
  correct: 'the request for a correction is received 收到更正申请',
  handover: 'a clue 线索 is handed over',
  'follow-up': 'its day is set with the order 限期',
  archive: 'the result was published 公示',
};

const LEVELS = ['the person who acts', 'the unit 承担单位 too', 'the supervisor 分管领导 too'] as const;

/** A calendar of weekends alone: the ladder is counted in working days, whichever those are. */
const WEEKENDS_ONLY: WorkingDayCalendar = {
  years: { '2026': { holidays: [], makeUpWorkdays: [] } },
  statutoryHolidays: {},
};
/** Monday noon in Asia/Shanghai. */
const A_MONDAY = instantOf(Date.UTC(2026, 2, 2, 4));

/** docs/deadlines.md: every kind of deadline with its length and its reminders. */
export function deadlinesPage(): string {
  return page(
    'Deadlines 期限',
    'shared/domain/deadline/deadline.ts',
    `Deadlines count Chinese working days (工作日) in Asia/Shanghai. The day of the event is not counted (民法典 201条, 行政处罚法 85条), and a
deadline is over with the end of its day: an inspection that ends on a Monday, with no holiday in between, has its 20th working
day on the Monday four weeks later. A deadline that passes through a year that the State Council has not announced is *provisional*.`,
    table(
      ['deadline', '中文', 'counted from', 'working days', 'reminders, in working days to go'],
      DeadlineKind.options.map((kind) => [
        code(kind),
        deadlineLabels[kind],
        STARTS[kind],
        ...daysAndReminders(kind),
      ]),
    ),
    `\`publish\` is the statutory deadline of article 14 (第十四条).

## The ladder

A reminder goes out on each of the days above and, past the due day, on every working day until the deadline is met. A sweep that did
not run for some days speaks once for the rungs it missed. Who is reached rises by one level for each working day past due (for a trigger 触发: the lead section 牵头科室, from the first day past due the
supervisor too; for a correction 更正: the unit 承担单位 that answers it, from the first day past due the supervisor too):`,
    table(
      ['working days to go', 'reaches'],
      [
        ['0 or more', LEVELS[0]],
        ['−1', LEVELS[1]],
        ['−2 and below', LEVELS[2]],
      ],
    ),
  );
}

/** Days that are counted, or that the day is set. */
function daysAndReminders(kind: DeadlineKind): readonly [string, string] {
  return kind === 'follow-up'
    ? ['as set', 'the rungs that its day leaves room for']
    : [String(defaultWorkingDays[kind]), remindersOf(kind)];
}

/** The rungs as the deadline itself gives them when a sweep runs on each day that it asks for. */
function remindersOf(kind: CountedKind): string {
  const rungs: string[] = [];
  let deadline = startDeadline(WEEKENDS_ONLY, {
    id: 'L-0',
    kind,
    of: { kind: 'inspection', id: 'I-0' },
    correlation: 'T-0',
    startedAt: A_MONDAY,
  });
  for (let remaining = 1; remaining > -2;) {
    const rung =
      deadline.nextRung === undefined ? undefined : remind(WEEKENDS_ONLY, deadline, deadline.nextRung);
    if (rung === undefined) {
      throw new Error(`the deadline ${kind} has no next rung while it is open`);
    }
    ({ remaining, next: deadline } = rung);
    rungs.push(remaining < 0 ? `−${-remaining}` : String(remaining));
  }
  return `${rungs.join(', ')}, …`;
}
