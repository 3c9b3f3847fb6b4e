import { describe, expect, it } from 'vitest';
import { digestAfter, QuietHours, sendableFrom } from '#domain/delivery/hours.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { at } from '../../support/samples.ts';

const calendar = stateCouncilCalendar();
/** A moment by a clock in Shanghai. */
const clock = (text: string) => at(new Date(`${text}:00.000+08:00`).toISOString());

describe('messages go out 08:30 to 18:00 on working days', () => {
  it.each([
    ['at once within the hours', '2026-09-01T09:15', '2026-09-01T09:15'],
    ['at 08:30 of the same day before them', '2026-09-01T06:00', '2026-09-01T08:30'],
    ['at 08:30 of the next day from 18:00 on', '2026-09-01T18:00', '2026-09-02T08:30'],
    ['at the last minute before 18:00', '2026-09-01T17:59', '2026-09-01T17:59'],
    ['on Monday after a Friday evening', '2026-09-04T20:00', '2026-09-07T08:30'],
    ['after the National Day holiday, which ends on Wednesday', '2026-09-30T19:00', '2026-10-08T08:30'],
    ['on a Sunday that people work for it', '2026-09-20T10:00', '2026-09-20T10:00'],
    ['on the first working day of the Spring Festival arrangement', '2026-02-15T10:00', '2026-02-24T08:30'],
  ])('%s', (_, from, expected) => {
    expect(sendableFrom(calendar, clock(from))).toBe(clock(expected));
  });

  it.each([
    ['outside somebody’s quiet hours at once', '2026-09-01T11:59', '2026-09-01T11:59'],
    ['within them when they end', '2026-09-01T12:00', '2026-09-01T14:00'],
    ['at their end at once', '2026-09-01T14:00', '2026-09-01T14:00'],
  ])('%s', (_, from, expected) => {
    expect(sendableFrom(calendar, clock(from), { from: '12:00', to: '14:00' })).toBe(clock(expected));
  });

  it('on the next working day when the quiet hours last until the evening', () => {
    const quiet = { from: '16:00', to: '18:00' };
    expect(sendableFrom(calendar, clock('2026-09-04T16:30'), quiet)).toBe(clock('2026-09-07T08:30'));
  });

  it('after quiet hours that begin with the day', () => {
    const quiet = { from: '08:30', to: '10:00' };
    expect(sendableFrom(calendar, clock('2026-09-05T12:00'), quiet)).toBe(clock('2026-09-07T10:00'));
  });
});

describe('the one message of a morning', () => {
  it.each([
    ['holds what was written at 08:30 of that morning', '2026-09-01T08:30', '2026-09-01T08:40'],
    ['does not hold what is written once it has gone out', '2026-09-01T08:40', '2026-09-02T08:40'],
    ['holds what was written the day before', '2026-09-01T15:00', '2026-09-02T08:40'],
    ['after a holiday holds all of the holiday', '2026-10-01T08:00', '2026-10-08T08:40'],
    ['holds what was written on the evening before the holiday', '2026-09-30T17:00', '2026-10-08T08:40'],
    ['comes on a Sunday that people work', '2026-09-19T12:00', '2026-09-20T08:40'],
  ])('%s', (_, written, expected) => {
    expect(digestAfter(calendar, clock(written))).toBe(clock(expected));
  });
});

describe('quiet hours', () => {
  it.each([
    [{ from: '12:00', to: '12:00' }],
    [{ from: '14:00', to: '12:00' }],
    [{ from: '08:00', to: '09:00' }],
    [{ from: '17:00', to: '18:30' }],
    [{ from: '08:30', to: '18:00' }],
    [{ from: '08:30', to: '17:01' }],
    [{ from: '8:30', to: '09:00' }],
    [{ from: '24:00', to: '25:00' }],
  ])('that leave no time, or are none, are refused: %j', (hours) => {
    expect(QuietHours.safeParse(hours).success).toBe(false);
  });

  it('leave an hour of the working day', () => {
    expect(QuietHours.safeParse({ from: '08:30', to: '17:00' }).success).toBe(true);
  });
});
