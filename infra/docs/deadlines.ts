import {
  DeadlineKind,
  deadlineLabels,
  type CountedKind,
  remind,
  startDeadline,
} from '#domain/deadline/deadline.ts';
import { countedByDefault, defaultTable, type Counting, type Reached } from '#domain/deadline/rules.ts';
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

const ROLES: Readonly<Record<Reached, string>> = {
  actor: 'who acts 经办人',
  unit: 'the unit 承担单位',
  'lead-section': 'the lead section 牵头科室',
  supervisor: 'the supervisor 分管领导',
};

/** A calendar of weekends alone: the ladder is counted in working days, whichever those are. */
const WEEKENDS_ONLY: Counting = countedByDefault({
  years: { '2026': { holidays: [], makeUpWorkdays: [] } },
  statutoryHolidays: {},
});
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
not run for some days speaks once for the rungs it missed. Whoever was reached is reached by every later rung as well:`,
    table(
      ['deadline', 'before and on the day', 'then, by working days past due'],
      DeadlineKind.options.map((kind) => [code(kind), ...reachedOf(kind)]),
    ),
    `Who acts is the team of an inspection, the lead section for a trigger or a draw, and else the unit. A unit without a head is the lead section's.

## The table is data

These are the defaults. The lead section or an administrator adopts another table by \`PUT /deadline-rules\` with the day from which it
holds (第十七条): working days, ladder and escalation of any kind; a kind that is not named has the default. \`GET /deadline-rules\` shows the
one in force and every version before. A deadline keeps the version that it was started by: one that runs is not counted anew, and one that
is started again goes by the version of that day.
The statutory deadline may be made shorter and be spoken of more often and to more people; a table that makes it longer, takes a rung away
or reaches somebody later is refused.

## Longer days and pauses

The unit, the team or the lead section asks with a reason (\`POST /deadlines/{id}/extend\` with working days, \`POST /deadlines/{id}/pause\`) while the
day is not over; somebody of the lead section who did not ask approves or refuses (\`/approve\`, \`/refuse\`). A pause holds from the
day on which it was asked for, and its days are not counted: \`/resume\` counts the days that were left from its own day on. The statutory
deadline can be neither extended nor paused (第十四条).

## Figures

A deadline counts in the month of its day, for each unit that answers for it: as kept when it was met in time, as late from the first sweep
past its day on, whether or not it is met later. A late one whose day is moved to today or later, by a corrected calendar or an extension, is
taken out again. \`GET /figures/deadlines\` shows them.`,
  );
}

function names(roles: readonly Reached[]): string {
  return roles.map((role) => ROLES[role]).join(', ');
}

/** Whom the default rule of a kind reaches, level by level. */
function reachedOf(kind: DeadlineKind): readonly [string, string] {
  const [first, ...later] = defaultTable[kind].escalation;
  return [
    names(first?.reaches ?? []),
    later.map(({ pastDue, reaches }) => `−${pastDue}: ${names(reaches)} too`).join('; '),
  ];
}

/** Days that are counted, or that the day is set. */
function daysAndReminders(kind: DeadlineKind): readonly [string, string] {
  return kind === 'follow-up'
    ? ['as set', 'the rungs that its day leaves room for']
    : [String(defaultTable[kind].workingDays), remindersOf(kind)];
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
