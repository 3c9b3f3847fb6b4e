import { describe, expect, test } from 'vitest';
import {
  arrange,
  ArrangedDay,
  changedDays,
  daysOfDocument,
  documentOf,
  ArrangementDocument,
} from '#domain/calendar/arrangement.ts';
import { addWorkingDays, announceYear, isWorkingDay } from '#domain/calendar/calendar.ts';
import { arrangedDays, stateCouncilCalendar } from '#reference/working-days.ts';
import { ARRANGEMENT_2027, ARRANGEMENT_FROM_DECEMBER, given, YEAR_2027 } from '../../support/arrangements.ts';
import { refusalOf } from '../../support/refusals.ts';
import { day } from '../../support/samples.ts';

const reference = stateCouncilCalendar();
const with2027 = announceYear(reference, 2027, YEAR_2027);
const without = (...dates: string[]) => ARRANGEMENT_2027.filter(({ date }) => !dates.includes(date));
const plus = (date: string, kind: 'off' | 'work', name = '春节') => [
  ...given(ARRANGEMENT_2027),
  { date: day(date), kind, name, at: '第 99 行' },
];
const faults = (days: Parameters<typeof arrange>[2], year = 2027) =>
  refusalOf(() => arrange(reference, year, days)).fields;

describe('an imported arrangement', () => {
  test('is the days of the file in their order, each with its name', () => {
    const { year, days } = arrange(reference, 2027, given(ARRANGEMENT_2027).toReversed());
    expect(year).toBe(2027);
    expect(days).toEqual(ARRANGEMENT_2027);
    expect(days[3]).toEqual({ date: '2027-01-10', kind: 'work', name: '春节' });
  });

  test('makes days across New Year certain: a Sunday that is worked brings the 20th working day forward', () => {
    expect(addWorkingDays(reference, day('2026-12-14'), 20)).toEqual({
      date: '2027-01-12',
      provisional: true,
    });
    expect(addWorkingDays(with2027, day('2026-12-14'), 20)).toEqual({
      date: '2027-01-11',
      provisional: false,
    });
    expect(isWorkingDay(with2027, day('2027-01-10'))).toEqual({ working: true, provisional: false });
  });

  test('leaves 2024 to 2026 as they were announced', () => {
    expect(addWorkingDays(with2027, day('2024-01-31'), 5).date).toBe('2024-02-06');
    expect(addWorkingDays(with2027, day('2025-09-26'), 5).date).toBe('2025-10-10');
    expect(addWorkingDays(with2027, day('2026-02-06'), 20).date).toBe('2026-03-12');
  });

  test('may reach into the December before, and moves what is due there', () => {
    const { days } = arrange(reference, 2027, given(ARRANGEMENT_FROM_DECEMBER));
    expect(days[0]).toEqual({ date: '2026-12-27', kind: 'work', name: '元旦' });
    expect(days[1]).toEqual({ date: '2026-12-31', kind: 'off', name: '元旦' });
  });

  test('may stand for a corrected year that the reference has', () => {
    const days = given(arrangedDays(2026));
    expect(arrange(reference, 2026, days).days).toEqual(arrangedDays(2026));
  });

  test.each([2023, 2028, 2036])('is refused for %i, which no unbroken run of years reaches', (year) => {
    expect(refusalOf(() => arrange(reference, year, given(ARRANGEMENT_2027))).reason).toBe('calendar-year');
  });

  test('is refused without a day', () => {
    expect(refusalOf(() => arrange(reference, 2027, [])).reason).toBe('calendar-empty');
  });

  test.each([
    ['a holiday by law is missing', given(without('2027-02-06')), '/days', '缺少 2027-02-06，'],
    ['a make-up day is a plain working day', plus('2027-01-12', 'work'), '第 99 行', '2027-01-12 是星期一至'],
    ['a day is off and worked', plus('2027-02-07', 'work'), '/days/6、第 99 行', '2027-02-07 既是休又是班'],
    ['a day is there twice', plus('2027-02-08', 'off'), '/days/7、第 99 行', '2027-02-08 出现两次'],
    ['a day is of another year', plus('2026-11-30', 'off'), '第 99 行', '2026-11-30 不属于 2027 年'],
    [
      'a day off of the year before is worked',
      plus('2026-10-03', 'work'),
      '第 99 行',
      '2026-10-03 不属于 2027',
    ],
  ])('is refused when %s, with the day and its place', (_, days, pointer, detail) => {
    expect(faults(days)).toContainEqual({ pointer, detail: expect.stringContaining(detail) });
  });

  test('of a wrong year is told day by day', () => {
    const found = faults(given(ARRANGEMENT_2027), 2026);
    expect(found[0]).toEqual({
      pointer: '/days/4',
      detail:
        '2027-02-05 不属于 2026 年的安排（2025-12-01 至 2027-01-31） is not between 2025-12-01 and 2027-01-31',
    });
    expect(found.map(({ detail }) => detail)).toContain(
      '缺少 2026-10-01，这一天是法定节假日 2026-10-01, a holiday by law, is missing',
    );
  });

  test('takes a plain Saturday as a day off, which it is', () => {
    expect(arrange(reference, 2027, plus('2027-03-06', 'off')).days).toHaveLength(
      ARRANGEMENT_2027.length + 1,
    );
  });
});

describe('a day of an arrangement', () => {
  test('that is off has a name, and one that is worked may have none', () => {
    expect(ArrangedDay.safeParse({ date: '2027-01-01', kind: 'off', name: ' ' }).success).toBe(false);
    expect(ArrangedDay.safeParse({ date: '2027-01-10', kind: 'work', name: '' }).success).toBe(true);
  });
});

describe('the days that an arrangement changes', () => {
  test('are those on which people work by one calendar and not by the other', () => {
    expect(changedDays(reference, with2027, 2027).slice(0, 4)).toEqual([
      { date: '2027-01-10', kind: 'work' },
      { date: '2027-02-09', kind: 'off' },
      { date: '2027-02-10', kind: 'off' },
      { date: '2027-02-11', kind: 'off' },
    ]);
    expect(changedDays(with2027, with2027, 2027)).toEqual([]);
    expect(changedDays(with2027, reference, 2027)[0]).toEqual({ date: '2027-01-10', kind: 'off' });
  });
});

describe('an arrangement as JSON', () => {
  test('is read again as it was written', () => {
    const document = documentOf({ year: 2027, days: [...ARRANGEMENT_2027] });
    expect(document.days[0]).toEqual({ name: '元旦', date: '2027-01-01', isOffDay: true });
    expect(daysOfDocument(ArrangementDocument.parse(document), 2027)).toEqual(given(ARRANGEMENT_2027));
  });

  test('of another year is refused', () => {
    const document = ArrangementDocument.parse({ year: 2026, days: [] });
    expect(refusalOf(() => daysOfDocument(document, 2027)).fields).toEqual([
      { pointer: '/year', detail: '应为 2027 must be 2027' },
    ]);
  });
});
