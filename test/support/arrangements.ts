import { yearArrangement, type ArrangedDay, type GivenDay } from '#domain/calendar/arrangement.ts';
import { addDays, type CalendarDate } from '#domain/time/time.ts';
import { day } from './samples.ts';

/** The days from one to another, both included. */
function days(from: string, through: string): CalendarDate[] {
  const found: CalendarDate[] = [];
  for (let date = day(from); date <= day(through); date = addDays(date, 1)) found.push(date);
  return found;
}

const off = (name: string, from: string, through = from): ArrangedDay[] =>
  days(from, through).map((date) => ({ date, kind: 'off', name }));
const work = (name: string, date: string): ArrangedDay => ({ date: day(date), kind: 'work', name });

/**
 * An invented arrangement for 2027, which had not been announced when this was written, in the manner of the real ones: on
 * Sunday 10 January people work for the Spring Festival.
 */
export const ARRANGEMENT_2027: readonly ArrangedDay[] = [
  ...off('元旦', '2027-01-01', '2027-01-03'),
  work('春节', '2027-01-10'),
  ...off('春节', '2027-02-05', '2027-02-11'),
  ...off('清明节', '2027-04-03', '2027-04-05'),
  ...off('劳动节', '2027-05-01', '2027-05-05'),
  work('劳动节', '2027-05-08'),
  ...off('端午节', '2027-06-09'),
  ...off('中秋节', '2027-09-15'),
  work('国庆节', '2027-09-26'),
  ...off('国庆节', '2027-10-01', '2027-10-07'),
  work('国庆节', '2027-10-09'),
];

/** The same, with New Year's Eve free and the Sunday before it worked: it reaches into the December before, as that of 2019 did. */
export const ARRANGEMENT_FROM_DECEMBER: readonly ArrangedDay[] = [
  work('元旦', '2026-12-27'),
  ...off('元旦', '2026-12-31'),
  ...ARRANGEMENT_2027,
];

/** A correction: people work on Saturday 9 January too, for Monday 18 January, which is free. */
export const CORRECTED_2027: readonly ArrangedDay[] = [
  ...ARRANGEMENT_2027.slice(0, 3),
  work('春节', '2027-01-09'),
  work('春节', '2027-01-10'),
  ...off('春节', '2027-01-18'),
  ...ARRANGEMENT_2027.slice(4),
];

export const YEAR_2027 = yearArrangement(ARRANGEMENT_2027);

export function given(arranged: readonly ArrangedDay[]): GivenDay[] {
  return arranged.map((one, at) => ({ ...one, at: `/days/${at}` }));
}

/** An arrangement as a CSV with the headers in an order of its own. */
export function arrangementCsv(arranged: readonly ArrangedDay[]): string {
  const rows = arranged.map(({ date, kind, name }) => `${name},${date},${kind === 'off' ? '休' : '班'}`);
  return ['名称,日期,类型', ...rows, ''].join('\r\n');
}
