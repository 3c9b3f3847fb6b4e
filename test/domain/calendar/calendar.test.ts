import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addWorkingDays,
  announceYear,
  isWorkingDay,
  lastAnnouncedYear,
  nextWorkingDay,
  WorkingDayCalendar,
  workingDayFrom,
  workingDaysBetween,
} from '#domain/calendar/calendar.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { addDays, CalendarDate } from '#domain/time/time.ts';
import { stateCouncilCalendar, statutoryHolidays } from '#reference/working-days.ts';

const calendar = stateCouncilCalendar();
const day = (text: string) => CalendarDate.parse(text);
const dates = (texts: string) => texts.split(' ').map(day);

describe('the State Council calendar', () => {
  test('has exactly the years that were announced', () => {
    expect(Object.keys(calendar.years)).toEqual(['2024', '2025', '2026']);
    expect(lastAnnouncedYear(calendar)).toBe(2026);
  });

  test.each([
    ['2024-02-09', true],
    ['2024-02-10', false],
    ['2024-02-16', false],
    ['2024-02-04', true],
    ['2024-02-18', true],
    ['2024-02-19', true],
    ['2025-01-26', true],
    ['2025-01-27', true],
    ['2025-01-28', false],
    ['2025-02-04', false],
    ['2025-02-05', true],
    ['2025-02-08', true],
    ['2025-02-09', false],
    ['2025-09-28', true],
    ['2025-10-01', false],
    ['2025-10-06', false],
    ['2025-10-08', false],
    ['2025-10-09', true],
    ['2025-10-11', true],
    ['2026-01-02', false],
    ['2026-01-04', true],
    ['2026-02-14', true],
    ['2026-02-15', false],
    ['2026-02-16', false],
    ['2026-02-23', false],
    ['2026-02-24', true],
    ['2026-02-28', true],
    ['2026-05-09', true],
    ['2026-09-20', true],
    ['2026-09-25', false],
    ['2026-10-07', false],
    ['2026-10-08', true],
    ['2026-10-10', true],
    ['2026-11-23', true],
    ['2026-11-28', false],
  ])('%s is a working day: %s, for certain', (date, working) => {
    expect(isWorkingDay(calendar, day(date))).toEqual({ working, provisional: false });
  });

  test.each([
    ['2027-01-01', false],
    ['2027-01-04', true],
    ['2027-02-05', false],
    ['2027-02-08', false],
    ['2027-02-09', true],
    ['2027-04-05', false],
    ['2027-06-09', false],
    ['2027-09-15', false],
    ['2027-10-01', false],
    ['2027-10-04', true],
    ['2027-10-09', false],
    ['2035-10-03', false],
  ])('%s is a working day by law: %s, provisionally', (date, working) => {
    expect(isWorkingDay(calendar, day(date))).toEqual({ working, provisional: true });
  });

  test('knows the statutory holidays of either version of the law', () => {
    expect(statutoryHolidays(2024)).toEqual(
      dates(
        '2024-01-01 2024-02-10 2024-02-11 2024-02-12 2024-04-04 2024-05-01 2024-06-10 2024-09-17 2024-10-01 2024-10-02 2024-10-03',
      ),
    );
    expect(statutoryHolidays(2027)).toEqual(
      dates(
        '2027-01-01 2027-02-05 2027-02-06 2027-02-07 2027-02-08 2027-04-05 2027-05-01 2027-05-02 2027-06-09 2027-09-15 2027-10-01 2027-10-02 2027-10-03',
      ),
    );
  });

  test('takes the right month in 2033, whose leap month old tables have wrong', () => {
    expect(statutoryHolidays(2033)).toEqual(
      expect.arrayContaining(dates('2033-01-30 2033-01-31 2033-09-08')),
    );
    expect(statutoryHolidays(2034)).toEqual(expect.arrayContaining(dates('2034-02-18 2034-02-19')));
  });
});

describe('counting working days', () => {
  test('the 20th working day after a Monday without holidays is the Monday four weeks later', () => {
    expect(addWorkingDays(calendar, day('2026-11-02'), 20)).toEqual({
      date: '2026-11-30',
      provisional: false,
    });
  });

  test.each([
    ['2024-02-01', 20, '2024-03-05', false],
    ['2025-01-20', 20, '2025-02-21', false],
    ['2025-09-22', 20, '2025-10-24', false],
    ['2026-02-02', 20, '2026-03-06', false],
    ['2026-09-14', 20, '2026-10-16', false],
    ['2026-12-03', 20, '2026-12-31', false],
    ['2026-12-04', 20, '2027-01-04', true],
    ['2026-12-14', 20, '2027-01-12', true],
    ['2026-10-08', -5, '2026-09-23', false],
    ['2026-02-24', -1, '2026-02-14', false],
    ['2027-01-04', -1, '2026-12-31', true],
    ['2027-01-01', -1, '2026-12-31', false],
    ['2024-01-02', -1, '2023-12-29', true],
  ])('from %s, %i working days lead to %s (provisional: %s)', (from, n, date, provisional) => {
    expect(addWorkingDays(calendar, day(from), n)).toEqual({ date, provisional });
  });

  test('no working days lead to the day itself, even on a holiday', () => {
    expect(addWorkingDays(calendar, day('2027-01-01'), 0)).toEqual({
      date: '2027-01-01',
      provisional: false,
    });
  });

  test('the next working day is never the day itself; a period that ends on a day off ends on the next one', () => {
    expect(nextWorkingDay(calendar, day('2026-11-23')).date).toBe('2026-11-24');
    expect(nextWorkingDay(calendar, day('2026-02-14')).date).toBe('2026-02-24');
    expect(workingDayFrom(calendar, day('2026-02-14'))).toEqual({ date: '2026-02-14', provisional: false });
    expect(workingDayFrom(calendar, day('2026-02-15'))).toEqual({ date: '2026-02-24', provisional: false });
    expect(workingDayFrom(calendar, day('2027-01-02'))).toEqual({ date: '2027-01-04', provisional: true });
  });

  test('counts the days between in both directions', () => {
    expect(workingDaysBetween(calendar, day('2026-02-13'), day('2026-02-24'))).toBe(2);
    expect(workingDaysBetween(calendar, day('2026-02-24'), day('2026-02-13'))).toBe(-2);
    expect(workingDaysBetween(calendar, day('2026-02-24'), day('2026-02-24'))).toBe(0);
  });

  test('refuses to guess outside the years it knows, and to count parts of days', () => {
    expect(() => isWorkingDay(calendar, day('2036-01-02'))).toThrow(
      expect.objectContaining({ reason: 'calendar-too-short' }),
    );
    expect(() => addWorkingDays(calendar, day('2035-12-31'), 1)).toThrow(Refusal);
    expect(() => addWorkingDays(calendar, day('2026-01-05'), 0.5)).toThrow(RangeError);
  });
});

describe('a new year’s arrangement', () => {
  const holidays2027 = dates(
    '2027-01-01 2027-01-02 2027-01-03 2027-02-05 2027-02-06 2027-02-07 2027-02-08 2027-02-09 2027-02-10 2027-02-11 2027-04-05 2027-05-01 2027-05-02 2027-06-09 2027-09-15 2027-10-01 2027-10-02 2027-10-03',
  );

  test('makes its days certain and moves the deadline', () => {
    const before = addWorkingDays(calendar, day('2027-01-25'), 20);
    const announced = announceYear(calendar, 2027, {
      holidays: holidays2027,
      makeUpWorkdays: dates('2027-01-30 2027-02-20'),
    });
    expect(before).toEqual({ date: '2027-02-24', provisional: true });
    expect(addWorkingDays(announced, day('2027-01-25'), 20)).toEqual({
      date: '2027-02-25',
      provisional: false,
    });
    expect(addWorkingDays(announced, day('2027-02-01'), 20)).toEqual({
      date: '2027-03-05',
      provisional: false,
    });
    expect(addWorkingDays(calendar, day('2027-02-01'), 20)).toEqual({
      date: '2027-03-03',
      provisional: true,
    });
    expect(isWorkingDay(calendar, day('2027-02-09'))).toEqual({ working: true, provisional: true });
  });

  test('may reach into the December before', () => {
    const announced = announceYear(calendar, 2027, {
      holidays: [...holidays2027, day('2026-12-31')],
      makeUpWorkdays: [day('2026-12-27')],
    });
    expect(isWorkingDay(announced, day('2026-12-31')).working).toBe(false);
    expect(isWorkingDay(announced, day('2026-12-27')).working).toBe(true);
  });

  test.each([
    ['a holiday by law is missing', holidays2027.slice(1), '2027-01-30', '/years/2027/holidays'],
    ['a make-up day is a weekday', holidays2027, '2027-01-29', '/years/2027/makeUpWorkdays/0'],
    ['a make-up day is a day off', holidays2027, '2027-02-07', '/years/2027/makeUpWorkdays/0'],
    [
      'a day off lies two years away',
      [...holidays2027, day('2028-02-01')],
      '2027-01-30',
      '/years/2027/holidays/18',
    ],
    [
      'a day off lies before the December before',
      [...holidays2027, day('2026-11-30')],
      '2027-01-30',
      '/years/2027/holidays/18',
    ],
    [
      'a day off is there twice',
      [...holidays2027, day('2027-01-01')],
      '2027-01-30',
      '/years/2027/holidays/18',
    ],
    [
      'a make-up day is a day off of the year before',
      holidays2027,
      '2026-10-03',
      '/years/2027/makeUpWorkdays/0',
    ],
  ])('is refused when %s', (_, holidays, makeUp, pointer) => {
    expect(() => announceYear(calendar, 2027, { holidays, makeUpWorkdays: [day(makeUp)] })).toThrow(
      expect.objectContaining({
        reason: 'calendar-invalid',
        fields: expect.arrayContaining([expect.objectContaining({ pointer })]),
      }),
    );
  });

  test('is refused without any day off, which would read as an announced year of plain weeks', () => {
    expect(
      WorkingDayCalendar.safeParse({
        years: { '2027': { holidays: [], makeUpWorkdays: [] } },
        statutoryHolidays: {},
      }).success,
    ).toBe(false);
  });
});

describe('for any day and number', () => {
  const anyDay = fc.integer({ min: 0, max: 3_600 }).map((offset) => addDays(day('2025-01-01'), offset));
  const steps = fc.integer({ min: -200, max: 200 });

  test('counting back what was added gives the number again, and a working day', () => {
    fc.assert(
      fc.property(anyDay, steps, (from, n) => {
        const { date } = addWorkingDays(calendar, from, n);
        expect(workingDaysBetween(calendar, from, date)).toBe(n);
        expect(n === 0 || isWorkingDay(calendar, date).working).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('a later start or a larger number never gives an earlier day', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(30), steps, (from, shift, n) => {
        const here = addWorkingDays(calendar, from, n).date;
        expect(addWorkingDays(calendar, addDays(from, shift), n).date >= here).toBe(true);
        expect(addWorkingDays(calendar, from, n + 1).date > here).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('an answer is provisional exactly when a day outside 2024 to 2026 was counted', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 200 }), (from, n) => {
        const { date, provisional } = addWorkingDays(calendar, from, n);
        expect(provisional).toBe(date > '2026-12-31');
      }),
      { numRuns: 300 },
    );
  });
});
