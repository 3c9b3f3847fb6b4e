import * as z from 'zod';
import { addWorkingDays, workingDaysBetween } from '#domain/calendar/calendar.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { dateInShanghai, type Instant } from '#domain/time/time.ts';
import { atRest, movedTo, type Deadline, type DeadlineRequest, type Recount } from './deadline.ts';
import { deadlineLabels } from './kind.ts';
import type { Counting } from './rules.ts';

/** What is done to a deadline beside keeping it. */
export const DeadlineChange = z.enum(['extend', 'pause', 'approve', 'refuse', 'resume']);
export type DeadlineChange = z.infer<typeof DeadlineChange>;

/** From which states each change is taken. The refusal prints this table, so it can't disagree with what is done. */
const allowedFrom: Readonly<Record<DeadlineChange, readonly Deadline['status'][]>> = {
  extend: ['open'],
  pause: ['open'],
  approve: ['open'],
  refuse: ['open'],
  resume: ['paused'],
};

/**
 * Which changes the deadline takes as it stands on a day, whoever asks.
 * @param day in Asia/Shanghai
 */
export function possibleChanges(deadline: Deadline, day: string): DeadlineChange[] {
  const { kind, status, request, due } = deadline;
  if (kind === 'publish') return [];
  if (status === 'paused') return ['resume'];
  if (status !== 'open') return [];
  if (request !== undefined) return ['approve', 'refuse'];
  return day <= due ? ['extend', 'pause'] : [];
}

/**
 * A longer day or a pause is asked for. The statutory deadline takes neither; any other only until its day is over, and one
 * request at a time.
 * @throws Refusal `statutory-deadline`, `wrong-state`, `request-pending`, `deadline-past`
 */
export function requestChange(deadline: Deadline, request: DeadlineRequest): Deadline {
  refuseStatutory(deadline);
  refuseOtherState(deadline, request.what);
  if (deadline.request !== undefined) {
    const { what, by } = deadline.request;
    throw new Refusal(
      'request-pending',
      `${deadline.id} 已有 ${by} 的申请（${what}）待批准 A request by ${by} (${what}) waits for its approval already.`,
    );
  }
  if (dateInShanghai(request.at) > deadline.due) {
    throw new Refusal(
      'deadline-past',
      `${deadline.id} 已于 ${deadline.due} 到期，逾期后不得延期或中止 was due on ${deadline.due}: past its day it is late, and can be neither extended nor paused.`,
    );
  }
  return { ...deadline, version: deadline.version + 1, request };
}

/** A request that was approved: the deadline after it, and what was asked for. */
export interface Granted {
  readonly next: Deadline;
  readonly request: DeadlineRequest;
}

/**
 * Approves what was asked for; never the person who asked. An extension adds working days to the count. A pause holds from
 * the day on which it was asked for: a slow approval costs nobody days, and who was found late meanwhile is not.
 * @throws Refusal `wrong-state`, `own-request`
 */
export function grantRequest(
  counting: Counting,
  deadline: Deadline,
  { by, at }: { readonly by: string; readonly at: Instant },
): Granted {
  const request = pendingOf(deadline, 'approve');
  if (request.by === by) {
    throw new Refusal(
      'own-request',
      `${by} 不得批准自己的申请，须由另一人批准 can't approve an own request: it takes somebody else.`,
    );
  }
  const { request: _, ...rest } = deadline;
  const next = request.what === 'pause' ? paused(rest, request) : extended(counting, rest, request, at);
  return { next: { ...next, movedAt: at }, request };
}

/** What was asked for is not granted: the day stands. @throws Refusal `wrong-state` */
export function refuseRequest(deadline: Deadline): Granted {
  const request = pendingOf(deadline, 'refuse');
  const { request: _, ...rest } = deadline;
  return { next: { ...rest, version: deadline.version + 1 }, request };
}

/** The deadline goes on: the working days that were left when it was paused are counted from today, whose own day is not. @throws Refusal `wrong-state` */
export function resumeDeadline(counting: Counting, deadline: Deadline, at: Instant): Recount {
  refuseOtherState(deadline, 'resume');
  const { count, due: known, pausedOn } = deadline;
  if (pausedOn === undefined) {
    throw new TypeError(`${deadline.id} is paused since no day`);
  }
  // By the calendar as it is now: a year may have been announced meanwhile.
  const due = count === undefined ? known : addWorkingDays(counting, count.from, count.workingDays).date;
  const from = dateInShanghai(at);
  const workingDays = Math.max(0, workingDaysBetween(counting, pausedOn, due));
  const { date, provisional } = addWorkingDays(counting, from, workingDays);
  const day = { count: { from, workingDays }, due: date, provisional };
  const moved = movedTo(counting, { ...atRest(deadline), status: 'open' }, day, from);
  return { ...moved, next: { ...moved.next, movedAt: at } };
}

function extended(counting: Counting, deadline: Deadline, request: DeadlineRequest, at: Instant): Deadline {
  const { count = { from: deadline.due, workingDays: 0 } } = deadline;
  const { from } = count;
  const workingDays = count.workingDays + (request.workingDays ?? 0);
  const { date: due, provisional } = addWorkingDays(counting, from, workingDays);
  const day = { count: { from, workingDays }, due, provisional };
  return movedTo(counting, deadline, day, dateInShanghai(at)).next;
}

function paused(deadline: Deadline, { at }: DeadlineRequest): Deadline {
  const { lateIn, ...rest } = atRest(deadline);
  const version = deadline.version + 1;
  return {
    ...rest,
    version,
    status: 'paused',
    pausedOn: dateInShanghai(at),
    ...(lateIn === undefined ? {} : { tally: { version, month: lateIn, onTime: 0, late: -1 } }),
  };
}

function pendingOf(deadline: Deadline, change: DeadlineChange): DeadlineRequest {
  refuseOtherState(deadline, change);
  if (deadline.request === undefined) {
    throw new Refusal(
      'wrong-state',
      `${deadline.id} 没有待批准的申请 has no request that waits for an approval.`,
    );
  }
  return deadline.request;
}

/** Article 14 sets the day of publication: no reason and no approval moves it. */
function refuseStatutory({ id, kind }: Deadline): void {
  if (kind === 'publish') {
    throw new Refusal(
      'statutory-deadline',
      `${deadlineLabels.publish} ${id} 由第十四条规定，不得延期或中止 Article 14 sets the day of publication: it can be neither extended nor paused.`,
    );
  }
}

function refuseOtherState({ id, status }: Deadline, change: DeadlineChange): void {
  const allowed = allowedFrom[change];
  if (!allowed.includes(status)) {
    throw new Refusal(
      'wrong-state',
      `${id} 的状态为 ${status}，${change} 只能在 ${allowed.join('、')} 状态进行 is ${status}; ${change} is possible from ${allowed.join(' or ')} only.`,
    );
  }
}
