import { describe, expect, test } from 'vitest';
import { announceYear } from '#domain/calendar/calendar.ts';
import {
  escalation,
  meetDeadline,
  recount,
  remind,
  startDeadline,
  withdrawDeadline,
  type Deadline,
} from '#domain/deadline/deadline.ts';
import { yearArrangement } from '#domain/calendar/arrangement.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { ARRANGEMENT_FROM_DECEMBER, CORRECTED_2027, YEAR_2027 } from '../../support/arrangements.ts';
import { at, day } from '../../support/samples.ts';

const reference = stateCouncilCalendar();
const announced = announceYear(reference, 2027, YEAR_2027);
const corrected = announceYear(reference, 2027, yearArrangement(CORRECTED_2027));

/** Ended on Monday 14 December 2026: due on 12 January 2027, provisionally. */
const publish: Deadline = startDeadline(reference, {
  id: 'L-1',
  kind: 'publish',
  of: { kind: 'inspection', id: 'I-1' },
  correlation: 'T-1',
  startedAt: at('2026-12-14T02:00:00.000Z'),
});

describe('an open deadline across New Year', () => {
  test('is provisional until the year is announced, and then moves to the true day', () => {
    expect([publish.due, publish.provisional, publish.nextRung]).toEqual(['2027-01-12', true, '2026-12-28']);
    expect(recount(announced, publish, day('2026-12-15'))).toEqual({
      next: { ...publish, version: 2, due: '2027-01-11', provisional: false, nextRung: '2026-12-28' },
      remaining: 19,
    });
  });

  test('of which only the certainty changes keeps its day', () => {
    const short = startDeadline(reference, {
      ...publish,
      kind: 'publish',
      startedAt: at('2026-12-07T02:00:00.000Z'),
    });
    expect(short.due).toBe('2027-01-05');
    const anew = recount(announced, short, day('2026-12-15'));
    expect([anew?.next.due, anew?.next.provisional]).toEqual(['2027-01-05', false]);
  });

  test('moves within December when the arrangement reaches there', () => {
    const december = announceYear(reference, 2027, yearArrangement(ARRANGEMENT_FROM_DECEMBER));
    const triage = startDeadline(reference, {
      ...publish,
      kind: 'triage',
      startedAt: at('2026-12-29T02:00:00.000Z'),
    });
    expect([triage.due, triage.provisional]).toEqual(['2026-12-31', false]);
    expect(recount(december, triage, day('2026-12-29'))?.next.due).toBe('2027-01-04');
  });

  test('is left alone when nothing changes for it, and when it is not open', () => {
    const moved = recount(announced, publish, day('2026-12-15'))?.next;
    expect(moved && recount(announced, moved, day('2026-12-15'))).toBeUndefined();
    expect(recount(announced, meetDeadline(publish, publish.startedAt), day('2026-12-15'))).toBeUndefined();
    expect(recount(announced, withdrawDeadline(publish), day('2026-12-15'))).toBeUndefined();
  });
});

describe('article 14: a day that moves to before today', () => {
  const today = day('2027-01-11');

  test('is told by the next sweep, overdue as it is, whatever its ladder said', () => {
    const known = { ...publish, nextRung: day('2027-01-12') };
    const anew = recount(corrected, known, today);
    // 9 and 10 January are worked: the 20th working day was Sunday the 10th.
    expect([anew?.next.due, anew?.next.nextRung, anew?.remaining]).toEqual(['2027-01-10', '2027-01-11', -1]);
    const reminder = anew && remind(corrected, anew.next, today);
    expect([reminder?.remaining, reminder?.level]).toEqual([-1, 1]);
  });

  test('that is today is told today', () => {
    const known = { ...publish, nextRung: day('2027-01-12') };
    const anew = recount(announced, known, today);
    expect([anew?.next.due, anew?.next.nextRung, anew?.remaining]).toEqual(['2027-01-11', '2027-01-11', 0]);
  });

  test('does not lose a rung that was not spoken yet', () => {
    const waiting = { ...publish, nextRung: day('2027-01-07') };
    const anew = recount(announced, waiting, day('2027-01-07'));
    expect([anew?.next.due, anew?.next.nextRung]).toEqual(['2027-01-11', '2027-01-07']);
  });
});

test('each working day past due reaches one level further', () => {
  expect([5, 0, -1, -2, -9].map(escalation)).toEqual([0, 0, 1, 2, 2]);
});
