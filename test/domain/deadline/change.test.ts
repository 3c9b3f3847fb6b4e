import { describe, expect, it } from 'vitest';
import {
  grantRequest,
  possibleChanges,
  refuseRequest,
  requestChange,
  resumeDeadline,
} from '#domain/deadline/change.ts';
import {
  meetDeadline,
  recount,
  remind,
  startDeadline,
  startDeadlineDue,
  type CountedKind,
  type Deadline,
  type DeadlineRequest,
} from '#domain/deadline/deadline.ts';
import { countedByDefault } from '#domain/deadline/rules.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { at, day } from '../../support/samples.ts';

const calendar = countedByDefault(stateCouncilCalendar());
const fields = {
  id: 'L-1',
  of: { kind: 'inspection', id: 'I-1' },
  correlation: 'T-1',
  startedAt: at('2026-03-02T08:00:00.000Z'),
} as const;
const started = (kind: CountedKind): Deadline => startDeadline(calendar, { ...fields, kind });
/** Started on Monday 2 March 2026, due on Monday 30 March. */
const finish = started('finish');
const asked = (what: 'extend' | 'pause', on: string, workingDays?: number): DeadlineRequest => ({
  what,
  reason: '企业停产检修',
  by: 'DW0001',
  at: at(`${on}T02:00:00.000Z`),
  ...(workingDays === undefined ? {} : { workingDays }),
});
const given = (on: string, by = 'QT0001') => ({ by, at: at(`${on}T03:00:00.000Z`) });
const reasonOf = (attempt: () => unknown): string => {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  }
  return 'not refused';
};
const after = (deadline: Deadline, what: 'extend' | 'pause', on: string, workingDays?: number) =>
  grantRequest(calendar, requestChange(deadline, asked(what, on, workingDays)), given(on)).next;

describe('article 14: the statutory deadline', () => {
  it.each(['extend', 'pause'] as const)('can not be moved: %s is refused, and names the article', (what) => {
    const attempt = () => requestChange(started('publish'), asked(what, '2026-03-05', 5));
    expect(reasonOf(attempt)).toBe('statutory-deadline');
    expect(attempt).toThrow('第十四条');
    expect(possibleChanges(started('publish'), '2026-03-05')).toEqual([]);
  });
});

describe('a request for a longer day', () => {
  it('moves nothing before it is granted', () => {
    const pending = requestChange(finish, asked('extend', '2026-03-05', 5));
    expect([pending.due, pending.nextRung, pending.version]).toEqual(['2026-03-30', '2026-03-16', 2]);
    expect(possibleChanges(pending, '2026-03-05')).toEqual(['approve', 'refuse']);
  });

  it('adds working days to the count, across Tomb-Sweeping Day, and the ladder follows', () => {
    const longer = after(finish, 'extend', '2026-03-05', 5);
    expect([longer.due, longer.count, longer.nextRung]).toEqual([
      '2026-04-07',
      { from: '2026-03-02', workingDays: 25 },
      '2026-03-23',
    ]);
  });

  it('is counted from the day itself where that was set', () => {
    const set = startDeadlineDue(
      calendar,
      { ...fields, kind: 'follow-up', of: { kind: 'follow-up', id: 'U-1' } },
      day('2026-03-20'),
    );
    expect(after(set, 'extend', '2026-03-05', 3).due).toBe('2026-03-25');
  });

  it('takes a late deadline out of the late ones when it was asked for in time and granted after', () => {
    const pending = requestChange(finish, asked('extend', '2026-03-30', 5));
    const overdue = remind(calendar, pending, day('2026-03-31'))?.next ?? pending;
    expect(overdue.lateIn).toBe('2026-03');
    const { next } = grantRequest(calendar, overdue, given('2026-03-31'));
    expect([next.due, next.lateIn, next.tally]).toEqual([
      '2026-04-07',
      undefined,
      { version: next.version, month: '2026-03', onTime: 0, late: -1 },
    ]);
    expect(meetDeadline(next, at('2026-04-07T02:00:00.000Z')).tally).toEqual({
      version: next.version + 1,
      month: '2026-04',
      onTime: 1,
      late: 0,
    });
  });

  it.each([
    ['the day is over', () => requestChange(finish, asked('extend', '2026-03-31', 5)), 'deadline-past'],
    [
      'another one waits',
      () =>
        requestChange(requestChange(finish, asked('pause', '2026-03-05')), asked('extend', '2026-03-05', 5)),
      'request-pending',
    ],
    [
      'it is met',
      () => requestChange(meetDeadline(finish, finish.startedAt), asked('extend', '2026-03-05', 5)),
      'wrong-state',
    ],
    [
      'whoever asked approves it',
      () =>
        grantRequest(
          calendar,
          requestChange(finish, asked('extend', '2026-03-05', 5)),
          given('2026-03-05', 'DW0001'),
        ),
      'own-request',
    ],
    ['nobody asked', () => grantRequest(calendar, finish, given('2026-03-05')), 'wrong-state'],
    ['nobody asked what is refused', () => refuseRequest(finish), 'wrong-state'],
    ['it is resumed and runs', () => resumeDeadline(calendar, finish, finish.startedAt), 'wrong-state'],
  ])('is refused when %s', (_, attempt, reason) => {
    expect(reasonOf(attempt)).toBe(reason);
  });

  it('that is refused leaves the day as it was', () => {
    const { next } = refuseRequest(requestChange(finish, asked('extend', '2026-03-05', 5)));
    expect(next).toEqual({ ...finish, version: 3 });
  });
});

describe('a deadline that is paused', () => {
  const paused = after(finish, 'pause', '2026-03-09');

  it('is not reminded of, and moved by no calendar', () => {
    expect([paused.status, paused.pausedOn, paused.nextRung]).toEqual(['paused', '2026-03-09', undefined]);
    expect(remind(calendar, paused, day('2026-03-16'))).toBeUndefined();
    expect(recount(calendar, { ...paused, due: day('2026-03-31') }, day('2026-03-16'))).toBeUndefined();
    expect(possibleChanges(paused, '2026-05-01')).toEqual(['resume']);
  });

  it('goes on with the 15 working days that were left, across Labour Day', () => {
    const { next, remaining } = resumeDeadline(calendar, paused, at('2026-04-20T02:00:00.000Z'));
    expect([next.status, next.due, next.nextRung, remaining]).toEqual([
      'open',
      '2026-05-13',
      '2026-04-27',
      15,
    ]);
    expect([next.pausedOn, next.request]).toEqual([undefined, undefined]);
  });

  it('that is resumed on the day of its pause is due as before', () => {
    expect(resumeDeadline(calendar, paused, at('2026-03-09T09:00:00.000Z')).next.due).toBe('2026-03-30');
  });

  it('holds from the day on which it was asked for, however late it is granted', () => {
    const pending = requestChange(finish, asked('pause', '2026-03-27'));
    const overdue = remind(calendar, pending, day('2026-03-31'))?.next ?? pending;
    const { next } = grantRequest(calendar, overdue, given('2026-04-01'));
    expect([next.pausedOn, next.lateIn, next.tally?.late]).toEqual(['2026-03-27', undefined, -1]);
    expect(resumeDeadline(calendar, next, at('2026-04-07T02:00:00.000Z')).next.due).toBe('2026-04-08');
  });

  it('is not late when it is met, whenever that is', () => {
    const met = meetDeadline(paused, at('2026-06-01T02:00:00.000Z'));
    expect([met.status, met.late, met.pausedOn, met.tally?.onTime]).toEqual(['met', false, undefined, 1]);
  });
});
