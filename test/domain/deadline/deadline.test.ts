import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWorkingDay } from '#domain/calendar/calendar.ts';
import {
  meetDeadline,
  recount,
  remind,
  restartDeadline,
  startDeadline,
  startDeadlineDue,
  withdrawDeadline,
  workWindow,
  type Deadline,
  type CountedKind,
} from '#domain/deadline/deadline.ts';
import { addDays } from '#domain/time/time.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { at, day } from '../../support/samples.ts';

const calendar = stateCouncilCalendar();
const start = (kind: CountedKind, startedAt: string) =>
  startDeadline(calendar, {
    id: 'L-1',
    kind,
    of: { kind: 'inspection', id: 'I-1' },
    correlation: 'T-1',
    startedAt: at(startedAt),
  });

/** Every day on which the sweep speaks, up to a day, with what it says: a sweep runs on each working day. */
function spoken(deadline: Deadline, through: string): (readonly [string, number, number])[] {
  const said: (readonly [string, number, number])[] = [];
  let current = deadline;
  for (let today = day(deadline.startedAt.slice(0, 10)); today <= through; today = addDays(today, 1)) {
    const reminder = isWorkingDay(calendar, today).working ? remind(calendar, current, today) : undefined;
    if (reminder !== undefined) {
      said.push([today, reminder.remaining, reminder.level]);
      current = reminder.next;
    }
  }
  return said;
}

describe('a deadline', () => {
  it('article 14: of an inspection that ends on a Monday is the 20th working day after it, a Monday four weeks later', () => {
    expect(start('publish', '2026-03-02T08:00:00.000Z')).toEqual({
      id: 'L-1',
      version: 1,
      kind: 'publish',
      of: { kind: 'inspection', id: 'I-1' },
      correlation: 'T-1',
      startedAt: '2026-03-02T08:00:00.000Z',
      due: '2026-03-30',
      count: { from: '2026-03-02', workingDays: 20 },
      provisional: false,
      status: 'open',
      nextRung: '2026-03-16',
    });
  });

  it.each([
    ['2026-03-02T15:59:59.999Z', '2026-03-30'],
    ['2026-03-02T16:00:00.000Z', '2026-03-31'],
  ])(
    'article 14: counts from the day in Shanghai on which the inspection ended: %s gives %s',
    (ended, due) => {
      expect(start('publish', ended).due).toBe(due);
    },
  );

  it.each([
    ['triage', '2026-03-06T02:00:00.000Z', '2026-03-10'],
    ['accept', '2026-03-06T02:00:00.000Z', '2026-03-10'],
    ['finish', '2026-03-06T02:00:00.000Z', '2026-04-03'],
    ['publish', '2026-09-14T02:00:00.000Z', '2026-10-16'],
  ] as const)('%s from %s is %s, holidays and make-up days counted as they are', (kind, from, due) => {
    expect(start(kind, from).due).toBe(due);
  });

  it('is provisional when it passes through a year that has not been announced', () => {
    expect(start('publish', '2034-12-20T02:00:00.000Z').provisional).toBe(true);
  });
});

describe('a deadline whose day is set', () => {
  const set = startDeadlineDue(
    calendar,
    {
      id: 'L-1',
      kind: 'follow-up',
      of: { kind: 'follow-up', id: 'U-1' },
      correlation: 'T-1',
      startedAt: at('2026-03-02T08:00:00.000Z'),
    },
    day('2026-03-20'),
  );

  it('is that day, and is reminded of by the same ladder', () => {
    expect([set.due, set.provisional, set.count]).toEqual(['2026-03-20', false, undefined]);
    expect(spoken(set, '2026-03-23')).toEqual([
      ['2026-03-06', 10, 0],
      ['2026-03-13', 5, 0],
      ['2026-03-17', 3, 0],
      ['2026-03-19', 1, 0],
      ['2026-03-20', 0, 0],
      ['2026-03-23', -1, 1],
    ]);
  });

  it('is moved by no calendar', () => {
    const weekends = { years: { '2026': { holidays: [], makeUpWorkdays: [] } }, statutoryHolidays: {} };
    expect(recount(weekends, set, day('2026-03-05'))).toBeUndefined();
  });
});

describe('the ladder of reminders', () => {
  it('article 14: across Mid-Autumn and National Day 2026 speaks 10, 5, 3, 1 working days before, on the day, and each working day after', () => {
    expect(spoken(start('publish', '2026-09-14T02:00:00.000Z'), '2026-10-22')).toEqual([
      ['2026-09-28', 10, 0],
      ['2026-10-10', 5, 0],
      ['2026-10-13', 3, 0],
      ['2026-10-15', 1, 0],
      ['2026-10-16', 0, 0],
      ['2026-10-19', -1, 1],
      ['2026-10-20', -2, 2],
      ['2026-10-21', -3, 2],
      ['2026-10-22', -4, 2],
    ]);
  });

  it('of a short deadline begins with the first rung after its start', () => {
    expect(spoken(start('accept', '2026-03-06T02:00:00.000Z'), '2026-03-11')).toEqual([
      ['2026-03-09', 1, 0],
      ['2026-03-10', 0, 0],
      ['2026-03-11', -1, 1],
    ]);
  });

  it('speaks once after a sweep that did not run for a week, and then goes on as before', () => {
    const late = remind(calendar, start('publish', '2026-09-14T02:00:00.000Z'), day('2026-10-14'));
    expect([late?.remaining, late?.level, late?.next.nextRung]).toEqual([2, 0, '2026-10-15']);
    expect(late && remind(calendar, late.next, day('2026-10-14'))).toBeUndefined();
    const overdue = remind(calendar, start('publish', '2026-09-14T02:00:00.000Z'), day('2026-10-20'));
    expect([overdue?.remaining, overdue?.level, overdue?.next.nextRung]).toEqual([-2, 2, '2026-10-21']);
  });

  it('is silent before its next rung', () => {
    expect(remind(calendar, start('publish', '2026-09-14T02:00:00.000Z'), day('2026-09-27'))).toBeUndefined();
  });

  it('never speaks twice on a day and never steps back, whenever it started', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.constantFrom('accept', 'finish'), (offset, kind) => {
        const from = addDays(day('2026-01-01'), offset);
        const deadline = start(kind, `${from}T02:00:00.000Z`);
        const days = spoken(deadline, addDays(deadline.due, 5));
        expect(new Set(days.map(([date]) => date)).size).toBe(days.length);
        expect(days.map(([, remaining]) => -remaining)).toEqual(
          days.map(([, remaining]) => -remaining).toSorted((a, b) => a - b),
        );
        expect(days.some(([date, remaining]) => date === deadline.due && remaining === 0)).toBe(true);
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});

describe('a deadline that is met', () => {
  const open = start('publish', '2026-03-02T08:00:00.000Z');

  it.each([
    ['2026-03-30T15:59:59.999Z', false],
    ['2026-03-30T16:00:00.000Z', true],
  ])('article 14: at %s is late: %s', (metAt, late) => {
    const { nextRung: _, ...rest } = open;
    expect(meetDeadline(open, at(metAt))).toEqual({ ...rest, version: 2, status: 'met', metAt, late });
  });

  it('is not reminded of any more', () => {
    expect(
      remind(calendar, meetDeadline(open, at('2026-03-05T02:00:00.000Z')), day('2026-03-30')),
    ).toBeUndefined();
  });
});

describe('a deadline that is started again', () => {
  const again = at('2026-03-06T02:00:00.000Z');
  const open = start('accept', '2026-03-02T08:00:00.000Z');
  const fresh = start('accept', '2026-03-06T02:00:00.000Z');

  it.each([
    ['open', open],
    ['met', meetDeadline(open, at('2026-03-03T02:00:00.000Z'))],
    ['met late', meetDeadline(open, at('2026-03-05T02:00:00.000Z'))],
    ['withdrawn', withdrawDeadline(open)],
  ])('is a new one in all but its version, though it was %s', (_, before) => {
    expect(restartDeadline(calendar, before, again)).toEqual({ ...fresh, version: before.version + 1 });
  });

  it('speaks its whole ladder anew', () => {
    const overdue = remind(calendar, open, day('2026-03-06'))?.next ?? open;
    expect(spoken(restartDeadline(calendar, overdue, again), '2026-03-11')).toEqual([
      ['2026-03-09', 1, 0],
      ['2026-03-10', 0, 0],
      ['2026-03-11', -1, 1],
    ]);
  });
});

describe('a deadline that is withdrawn', () => {
  it('is not reminded of, and is neither met nor late', () => {
    const withdrawn = withdrawDeadline(start('finish', '2026-03-02T08:00:00.000Z'));
    const { nextRung: _, ...rest } = start('finish', '2026-03-02T08:00:00.000Z');
    expect(withdrawn).toEqual({ ...rest, version: 2, status: 'withdrawn' });
    expect(remind(calendar, withdrawn, day('2026-04-30'))).toBeUndefined();
  });
});

describe('the days on which whoever is sent may have to act', () => {
  it('end with the 22nd working day: two to accept and twenty to finish', () => {
    expect(workWindow(calendar, at('2026-03-02T01:30:00.000Z'))).toEqual({
      from: '2026-03-02',
      through: '2026-04-01',
    });
  });
});
