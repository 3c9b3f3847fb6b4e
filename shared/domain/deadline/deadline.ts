import * as z from 'zod';
import { addWorkingDays, workingDaysBetween } from '#domain/calendar/calendar.ts';
import { deriveId } from '#domain/ids/derive.ts';
import { CalendarDate, dateInShanghai, Instant } from '#domain/time/time.ts';
import { DeadlineKind } from './kind.ts';
import {
  reachedBy,
  rulesVersionOn,
  tableOf,
  type CountedKind,
  type Counting,
  type DeadlineRule,
  type Reached,
} from './rules.ts';

export { deadlineEnglish, DeadlineKind, deadlineLabels } from './kind.ts';
export type { CountedKind } from './rules.ts';

/** One deadline of a kind for one record. */
export function deadlineId(kind: DeadlineKind, of: string): string {
  return deriveId('L', kind, of);
}

/** How far a rung is escalated: 0 before and on the day, then as the rule of the kind says (`Reached`). */
export const EscalationLevel = z.int().min(0).max(2);

/** A month of Asia/Shanghai, `YYYY-MM`. */
export const Month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, '月份格式为 2026-03 a month is written 2026-03');

/** What a version of a deadline adds to the figures of the month of its day. */
const Tally = z.object({ version: z.int().positive(), month: Month, onTime: z.int(), late: z.int() });

/** A longer day or a pause that somebody asks for and somebody else has to approve. */
export const DeadlineRequest = z.object({
  what: z.enum(['extend', 'pause']),
  /** Of an extension. */
  workingDays: z.int().positive().optional(),
  reason: z.string(),
  by: z.string(),
  at: Instant,
});
export type DeadlineRequest = z.infer<typeof DeadlineRequest>;

export const Deadline = z.object({
  id: z.string(),
  version: z.int().positive(),
  kind: DeadlineKind,
  of: z.object({
    kind: z.enum(['trigger', 'draw', 'inspection', 'correction', 'handover', 'follow-up']),
    id: z.string(),
  }),
  correlation: z.string(),
  /** Who answers for it; absent where the lead section does. */
  units: z.array(z.string()).optional(),
  startedAt: Instant,
  /** The version of the deadline rules that it was started by, and is reminded of by (article 17); 0 is the default table. */
  rules: z.int().nonnegative().default(0),
  due: CalendarDate,
  /** How the day was counted; absent where it was set, and no calendar moves it. */
  count: z.object({ from: CalendarDate, workingDays: z.int().nonnegative() }).optional(),
  /** True while the State Council has not announced a year that the count passes through. */
  provisional: z.boolean(),
  /** `withdrawn`: what it asked for is not asked for at present; it may be started again. `paused`: its days are not counted. */
  status: z.enum(['open', 'paused', 'met', 'withdrawn']),
  /** The next day on which the sweep has something to say; absent unless it is open. */
  nextRung: CalendarDate.optional(),
  /** When its day was moved last. */
  movedAt: Instant.optional(),
  /** Waits for an approval. */
  request: DeadlineRequest.optional(),
  /** The first day that is not counted, while it is paused. */
  pausedOn: CalendarDate.optional(),
  metAt: Instant.optional(),
  /** Met after the due day. */
  late: z.boolean().optional(),
  /** The month in whose figures it is late, from the first sweep past its day on. */
  lateIn: Month.optional(),
  tally: Tally.optional(),
});
export type Deadline = z.infer<typeof Deadline>;

/** What a deadline is of, when it starts, and which units answer for it. */
type Start<Kind extends DeadlineKind> = Pick<
  Deadline,
  'id' | 'of' | 'correlation' | 'startedAt' | 'units'
> & {
  readonly kind: Kind;
};

/**
 * Starts a deadline. Its day ends the count of working days from the event, whose own day is not counted
 * (民法典 201条, 行政处罚法 85条); it is over with that day in Asia/Shanghai.
 */
export function startDeadline(counting: Counting, fields: Start<CountedKind>): Deadline {
  const from = dateInShanghai(fields.startedAt);
  const { workingDays } = tableOf(counting, rulesVersionOn(counting, from))[fields.kind];
  const { date: due, provisional } = addWorkingDays(counting, from, workingDays);
  return { ...opened(counting, fields, { due, provisional }), count: { from, workingDays } };
}

/** Starts a deadline whose day is set by whoever orders what is to be done (限期): it is that day, whatever becomes of the calendar. */
export function startDeadlineDue(
  counting: Counting,
  fields: Start<DeadlineKind>,
  due: CalendarDate,
): Deadline {
  return opened(counting, fields, { due, provisional: false });
}

function opened(
  counting: Counting,
  { id, kind, of, correlation, units, startedAt }: Start<DeadlineKind>,
  day: Pick<Deadline, 'due' | 'provisional'>,
): Deadline {
  const today = dateInShanghai(startedAt);
  const rules = rulesVersionOn(counting, today);
  return {
    id,
    version: 1,
    kind,
    of,
    correlation,
    ...(units === undefined ? {} : { units }),
    startedAt,
    rules,
    ...day,
    status: 'open',
    nextRung: rungAfter(counting, tableOf(counting, rules)[kind], day.due, today),
  };
}

/** The deadline once what it asked for was done. While it was paused no day of it passed: it is not late. */
export function meetDeadline(deadline: Deadline, at: Instant): Deadline {
  const { due, status, lateIn } = deadline;
  const version = deadline.version + 1;
  const late = status !== 'paused' && dateInShanghai(at) > due;
  const tally = { version, month: monthOf(due), onTime: late ? 0 : 1, late: late ? 1 : 0 };
  return {
    ...atRest(deadline),
    version,
    status: 'met',
    metAt: at,
    late,
    ...(lateIn === undefined ? { tally } : {}),
    ...(late ? { lateIn: lateIn ?? tally.month } : {}),
  };
}

/** The deadline started again: a new person has the whole time, whatever became of it before. */
export function restartDeadline(
  counting: Counting,
  deadline: Deadline,
  at: Instant,
  units: readonly string[] = deadline.units ?? [],
): Deadline {
  const { id, kind, of, correlation, version } = deadline;
  if (kind === 'follow-up') {
    throw new TypeError(`${id} has a day that was set: it is not counted from another event`);
  }
  const answering = units.length === 0 ? {} : { units: [...new Set([...(deadline.units ?? []), ...units])] };
  return {
    ...startDeadline(counting, { id, kind, of, correlation, ...answering, startedAt: at }),
    version: version + 1,
  };
}

/** The deadline while nobody can be asked to keep it: an inspection whose team changed is not to be finished before it is accepted anew. */
export function withdrawDeadline(deadline: Deadline): Deadline {
  const { metAt: _, late: __, ...rest } = atRest(deadline);
  return { ...rest, version: deadline.version + 1, status: 'withdrawn' };
}

/** Without what only an open or paused one has. */
export function atRest(deadline: Deadline): Deadline {
  const { nextRung: _, request: __, pausedOn: ___, tally: ____, ...rest } = deadline;
  return rest;
}

/** The days on which whoever is sent may have to act: from today until the visit has to be finished, acceptance included. */
export function workWindow(
  counting: Counting,
  at: Instant,
): { readonly from: CalendarDate; readonly through: CalendarDate } {
  const from = dateInShanghai(at);
  const { accept, finish } = tableOf(counting, rulesVersionOn(counting, from));
  return { from, through: addWorkingDays(counting, from, accept.workingDays + finish.workingDays).date };
}

/** A deadline that is to be somewhere else. `remaining`: working days to go from the day on which it was counted; 0 on the due day, negative once past. */
export interface Recount {
  readonly next: Deadline;
  readonly remaining: number;
  readonly reaches: readonly Reached[];
}

/**
 * An open deadline counted by another calendar than before: a year's arrangement was announced or corrected. Undefined when
 * it is not open or nothing changes for it, neither its day nor whether that day is provisional. The rules stay those that it
 * was started by.
 *
 * A rung that was not spoken yet is still spoken. A deadline whose new day has come or gone already is spoken of by the next
 * sweep, whatever its ladder said: a day that moves to before today must not pass in silence (article 14).
 * @param today in Asia/Shanghai
 */
export function recount(counting: Counting, deadline: Deadline, today: CalendarDate): Recount | undefined {
  const { count, status, nextRung } = deadline;
  if (count === undefined || status !== 'open' || nextRung === undefined) return undefined;
  const { date: due, provisional } = addWorkingDays(counting, count.from, count.workingDays);
  if (due === deadline.due && provisional === deadline.provisional) return undefined;
  return movedTo(counting, deadline, { count, due, provisional }, today);
}

/** An open deadline at another day. One that was late and is not any more is taken out of the late ones. */
export function movedTo(
  counting: Counting,
  deadline: Deadline,
  day: Pick<Deadline, 'count' | 'due' | 'provisional'>,
  today: CalendarDate,
): Recount {
  const { due } = day;
  const { nextRung, lateIn, ...rest } = deadline;
  const version = deadline.version + 1;
  const rule = ruleOf(counting, deadline);
  const unspoken = nextRung !== undefined && nextRung <= today;
  const rung = unspoken ? nextRung : due <= today ? today : rungAfter(counting, rule, due, today);
  const remaining = workingDaysBetween(counting, today, due);
  const pardoned = lateIn !== undefined && due >= today;
  return {
    next: {
      ...rest,
      ...day,
      version,
      nextRung: rung,
      ...(pardoned ? { tally: { version, month: lateIn, onTime: 0, late: -1 } } : {}),
      ...(lateIn === undefined || pardoned ? {} : { lateIn }),
    },
    remaining,
    reaches: reachedBy(rule, remaining).reaches,
  };
}

/** What the sweep of a working day says about a deadline that is due for attention. */
export interface Reminder {
  /** Working days to go: 0 on the due day, negative once past. */
  readonly remaining: number;
  readonly level: number;
  readonly reaches: readonly Reached[];
  readonly next: Deadline;
}

/**
 * The rung that falls on `today`, or the latest one missed since (a sweep that did not run for a week speaks once, not
 * five times). Undefined when the deadline is not open or its next rung lies ahead. `today` is a working day in Asia/Shanghai.
 * The first one past due counts the deadline among the late ones of its month.
 */
export function remind(counting: Counting, deadline: Deadline, today: CalendarDate): Reminder | undefined {
  const { status, nextRung, due, lateIn } = deadline;
  if (status !== 'open' || nextRung === undefined || nextRung > today) {
    return undefined;
  }
  const remaining =
    today <= due ? workingDaysBetween(counting, today, due) : -workingDaysBetween(counting, due, today);
  const rule = ruleOf(counting, deadline);
  const version = deadline.version + 1;
  const month = monthOf(due);
  return {
    remaining,
    ...reachedBy(rule, remaining),
    next: {
      ...deadline,
      version,
      nextRung: rungAfter(counting, rule, due, today),
      ...(remaining < 0 && lateIn === undefined
        ? { lateIn: month, tally: { version, month, onTime: 0, late: 1 } }
        : {}),
    },
  };
}

/** The rule that a deadline was started by. */
function ruleOf(counting: Counting, { rules, kind }: Pick<Deadline, 'rules' | 'kind'>): DeadlineRule {
  return tableOf(counting, rules)[kind];
}

/** The month in whose figures a day stands. */
function monthOf(day: CalendarDate): string {
  return day.slice(0, 7);
}

/** The first day after `day` on which the ladder has a rung. */
function rungAfter(
  counting: Counting,
  { ladder }: Pick<DeadlineRule, 'ladder'>,
  due: CalendarDate,
  day: CalendarDate,
): CalendarDate {
  const ahead = ladder
    .map((before) => addWorkingDays(counting, due, -before).date)
    .find((rung) => rung > day);
  return ahead ?? addWorkingDays(counting, day > due ? day : due, 1).date;
}
