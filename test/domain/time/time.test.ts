import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  CalendarDate,
  dateInShanghai,
  daysBetween,
  endOfDay,
  EpochSeconds,
  epochMilliseconds,
  epochSeconds,
  Instant,
  instantOf,
  later,
  minuteOfDayInShanghai,
  startOfDay,
  weekday,
} from '#domain/time/time.ts';
import { at, day } from '../../support/samples.ts';

describe('an instant', () => {
  it('is UTC with milliseconds and nothing else', () => {
    expect(Instant.parse('2026-03-02T01:30:00.000Z')).toBe('2026-03-02T01:30:00.000Z');
    const others = [
      '2026-03-02T01:30:00Z',
      '2026-03-02T09:30:00.000+08:00',
      '2026-03-02',
      '2026-02-30T00:00:00.000Z',
      '',
    ];
    expect(others.filter((text) => Instant.safeParse(text).success)).toEqual([]);
  });

  it('is converted with literal values both ways', () => {
    expect(instantOf(1_772_415_000_123)).toBe('2026-03-02T01:30:00.123Z');
    expect(epochMilliseconds(at('2026-03-02T01:30:00.123Z'))).toBe(1_772_415_000_123);
    expect(epochSeconds(at('2026-03-02T01:30:00.999Z'))).toBe(1_772_415_000);
    expect(later(at('2026-03-02T01:30:00.000Z'), -90_000)).toBe('2026-03-02T01:28:30.000Z');
    expect(() => instantOf(Number.NaN)).toThrow(RangeError);
  });
});

describe('a day in Shanghai', () => {
  it.each([
    ['2026-03-02T15:59:59.999Z', '2026-03-02', 1439],
    ['2026-03-02T16:00:00.000Z', '2026-03-03', 0],
    ['2026-03-02T00:30:00.000Z', '2026-03-02', 510],
    ['2025-12-31T16:00:00.000Z', '2026-01-01', 0],
    ['2024-02-28T16:00:00.000Z', '2024-02-29', 0],
  ])('at %s is %s, minute %i', (instant, date, minute) => {
    expect(dateInShanghai(at(instant))).toBe(date);
    expect(minuteOfDayInShanghai(at(instant))).toBe(minute);
  });

  it('begins at 16:00 UTC of the day before and ends a millisecond before the next begins', () => {
    expect(startOfDay(day('2026-03-02'))).toBe('2026-03-01T16:00:00.000Z');
    expect(endOfDay(day('2026-03-02'))).toBe('2026-03-02T15:59:59.999Z');
  });

  it('is stepped over months, leap days and years', () => {
    expect(addDays(day('2026-02-28'), 1)).toBe('2026-03-01');
    expect(addDays(day('2024-02-28'), 1)).toBe('2024-02-29');
    expect(addDays(day('2026-01-01'), -1)).toBe('2025-12-31');
  });

  it.each([
    ['2026-08-31', -6, '2026-02-28'],
    ['2024-08-31', -6, '2024-02-29'],
    ['2026-03-02', -24, '2024-03-02'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', -48, '2020-02-29'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-03-02', 0, '2026-03-02'],
    ['2026-11-24', -120, '2016-11-24'],
  ])(
    'is stepped over months, to the last day of a shorter one: %s and %i months is %s',
    (from, months, to) => {
      expect(addMonths(day(from), months)).toBe(to);
    },
  );

  it('has ISO weekdays, Monday 1 to Sunday 7', () => {
    expect(weekday(day('2026-03-02'))).toBe(1);
    expect(weekday(day('2026-03-07'))).toBe(6);
    expect(weekday(day('2026-03-08'))).toBe(7);
  });

  it('holds exactly the instants from its beginning to its end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_500_000_000_000, max: 2_200_000_000_000 }), (milliseconds) => {
        const instant = instantOf(milliseconds);
        const date = dateInShanghai(instant);
        expect(startOfDay(date) <= instant && instant <= endOfDay(date)).toBe(true);
      }),
      { seed: 8 },
    );
  });

  it('exists in the calendar', () => {
    expect(
      ['2026-02-29', '2026-13-01', '2026-3-2', '26-03-02'].filter(
        (text) => CalendarDate.safeParse(text).success,
      ),
    ).toEqual([]);
  });

  it('counts the days from one day to another, over a leap day too', () => {
    expect(daysBetween(day('2026-04-01'), day('2026-05-31'))).toBe(60);
    expect(daysBetween(day('2028-02-28'), day('2028-03-01'))).toBe(2);
    expect(daysBetween(day('2026-06-01'), day('2026-05-31'))).toBe(-1);
    expect(daysBetween(day('2026-06-01'), day('2026-06-01'))).toBe(0);
  });
});

describe('the kinds of time', () => {
  it('do not mix: a number of milliseconds is no epoch second, nor a text an instant', () => {
    const seconds: EpochSeconds = epochSeconds(at('2026-03-02T01:30:00.000Z'));
    // @ts-expect-error a plain number is not epoch seconds
    const mixed: EpochSeconds = 1_772_415_000_000;
    // @ts-expect-error a day is not an instant
    expect(epochMilliseconds(day('2026-03-02'))).toBe(1_772_409_600_000);
    expect(mixed - seconds).toBe(1_770_642_585_000);
  });

  it('epoch seconds are whole and not before 1970', () => {
    expect([1.5, -1, Number.NaN].filter((value) => EpochSeconds.safeParse(value).success)).toEqual([]);
  });
});
