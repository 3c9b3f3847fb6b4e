import { expect, test } from 'vitest';
import { isWorkingDay } from '#domain/calendar/calendar.ts';
import { addDays, weekday, type CalendarDate } from '#domain/time/time.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { day } from '../../support/samples.ts';

/**
 * The notices of the State Council (国办发明电〔2023〕7号, 〔2024〕12号, 〔2025〕7号), written down by hand: from when to when
 * people are free, and the Saturdays and Sundays that are worked.
 */
const NOTICES: readonly (readonly [
  year: number,
  free: readonly (readonly [string, string])[],
  worked: string,
])[] = [
  [
    2024,
    [
      ['2024-01-01', '2024-01-01'],
      ['2024-02-10', '2024-02-17'],
      ['2024-04-04', '2024-04-06'],
      ['2024-05-01', '2024-05-05'],
      ['2024-06-10', '2024-06-10'],
      ['2024-09-15', '2024-09-17'],
      ['2024-10-01', '2024-10-07'],
    ],
    '2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12',
  ],
  [
    2025,
    [
      ['2025-01-01', '2025-01-01'],
      ['2025-01-28', '2025-02-04'],
      ['2025-04-04', '2025-04-06'],
      ['2025-05-01', '2025-05-05'],
      ['2025-05-31', '2025-06-02'],
      ['2025-10-01', '2025-10-08'],
    ],
    '2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11',
  ],
  [
    2026,
    [
      ['2026-01-01', '2026-01-03'],
      ['2026-02-15', '2026-02-23'],
      ['2026-04-04', '2026-04-06'],
      ['2026-05-01', '2026-05-05'],
      ['2026-06-19', '2026-06-21'],
      ['2026-09-25', '2026-09-27'],
      ['2026-10-01', '2026-10-07'],
    ],
    '2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10',
  ],
];

const calendar = stateCouncilCalendar();

function daysOf(year: number): CalendarDate[] {
  const days: CalendarDate[] = [];
  for (let at = day(`${year}-01-01`); at.startsWith(String(year)); at = addDays(at, 1)) days.push(at);
  return days;
}

test.each(NOTICES)('every day of %i is free or worked as the notice says', (year, free, worked) => {
  const makeUp = new Set<string>(worked.split(' '));
  const expected = daysOf(year).map((at) => {
    const holiday = free.some(([from, through]) => from <= at && at <= through);
    return `${at} ${!holiday && (weekday(at) <= 5 || makeUp.has(at)) ? 'worked' : 'free'}`;
  });
  const found = daysOf(year).map((at) => {
    const { working, provisional } = isWorkingDay(calendar, at);
    expect(provisional).toBe(false);
    return `${at} ${working ? 'worked' : 'free'}`;
  });
  expect(found).toEqual(expected);
});

test.each([
  [2024, 251],
  [2025, 248],
  [2026, 248],
])('%i has %i working days', (year, expected) => {
  expect(daysOf(year).filter((at) => isWorkingDay(calendar, at).working).length).toBe(expected);
});
