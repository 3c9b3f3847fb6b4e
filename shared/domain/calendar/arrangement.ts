import * as z from 'zod';
import { Refusal, type FieldError } from '#domain/refusal/refusal.ts';
import { addDays, CalendarDate } from '#domain/time/time.ts';
import {
  calendarFaults,
  isWorkingDay,
  lastAnnouncedYear,
  type WorkingDayCalendar,
  type YearArrangement,
} from './calendar.ts';

/** What an arrangement makes of a day: nobody works (休), or people work although it is a Saturday or Sunday (班). */
export const ArrangedKind = z.enum(['off', 'work']);
export type ArrangedKind = z.infer<typeof ArrangedKind>;

export const arrangedLabels: Readonly<Record<ArrangedKind, string>> = { off: '休', work: '班' };

const NAME = z
  .string()
  .trim()
  .max(40)
  .refine((name) => name.isWellFormed(), '含不完整的字符 holds half of a surrogate pair');
const NAMELESS = { path: ['name'], message: '休息日须写节日名称 a day off needs the name of its holiday' };

/** One day of an arrangement. A day off has the name of its holiday (春节); a make-up working day may have the one that it makes up for. */
export const ArrangedDay = z
  .strictObject({
    date: CalendarDate,
    kind: ArrangedKind,
    name: NAME,
  })
  .refine(({ kind, name }) => kind === 'work' || name !== '', NAMELESS);
export type ArrangedDay = z.infer<typeof ArrangedDay>;

/** A year's arrangement (放假安排) as the installation keeps it: its days in order, each once. */
export const Arrangement = z.object({ year: z.int(), days: z.array(ArrangedDay) });
export type Arrangement = z.infer<typeof Arrangement>;

/** A day as a file gives it, with the place in the file where it stands: `/days/4`, `第 6 行`. */
export interface GivenDay extends ArrangedDay {
  readonly at: string;
}

/** The form in which arrangements are exchanged as JSON, that of the public collection holiday-cn; ours gives no other members. */
export const ArrangementDocument = z.object({
  year: z.int(),
  days: z
    .array(
      z
        .object({ name: NAME, date: CalendarDate, isOffDay: z.boolean() })
        .refine(({ isOffDay, name }) => !isOffDay || name !== '', NAMELESS)
        .transform(({ name, date, isOffDay }): ArrangedDay => ({
          name,
          date,
          kind: isOffDay ? 'off' : 'work',
        })),
    )
    .max(400),
});

/** The days of a JSON document, with their places. @throws Refusal `calendar-invalid` for the document of another year */
export function daysOfDocument(document: z.infer<typeof ArrangementDocument>, year: number): GivenDay[] {
  if (document.year !== year) {
    throw new Refusal(
      'calendar-invalid',
      `文件是 ${document.year} 年的安排，不是 ${year} 年 The file is the arrangement for ${document.year}, not for ${year}.`,
      [{ pointer: '/year', detail: `应为 ${year} must be ${year}` }],
    );
  }
  return document.days.map((day, at) => ({ ...day, at: `/days/${at}` }));
}

/** An arrangement as the JSON that daysOfDocument reads. */
export function documentOf({ year, days }: Arrangement): z.input<typeof ArrangementDocument> {
  return { year, days: days.map(({ name, date, kind }) => ({ name, date, isOffDay: kind === 'off' })) };
}

/** The same days without their names, as a calendar counts by them. */
export function yearArrangement(days: readonly ArrangedDay[]): YearArrangement {
  const dates = (kind: ArrangedKind) => days.filter((day) => day.kind === kind).map(({ date }) => date);
  return { holidays: dates('off'), makeUpWorkdays: dates('work') };
}

/**
 * A year's arrangement out of the days of a file, checked beside the years that are known. A year that is known may be
 * replaced, since the State Council corrects arrangements; a new one has to be the next. Days may reach into the December
 * before and the January after, where a holiday begins or ends (2018-12-29 belonged to the arrangement for 2019).
 * A day off that is a Saturday or Sunday anyway is harmless.
 * @throws Refusal `calendar-year`, `calendar-empty`, `calendar-invalid` with every day that can't be right and its place in the file
 */
export function arrange(known: WorkingDayCalendar, year: number, given: readonly GivenDay[]): Arrangement {
  refuseYear(known, year);
  if (given.length === 0) {
    throw new Refusal(
      'calendar-empty',
      `文件中没有 ${year} 年的放假或补班日 There is no day off and no make-up working day of ${year} in the file.`,
    );
  }
  const faults = faultsOf(known, year, given);
  if (faults.length > 0) {
    throw new Refusal(
      'calendar-invalid',
      `${year} 年的放假安排有误，没有导入 The arrangement for ${year} can't be right; nothing was imported.`,
      faults,
    );
  }
  const days = given.map(({ date, kind, name }) => ({ date, kind, name }));
  return { year, days: days.toSorted((a, b) => (a.date < b.date ? -1 : 1)) };
}

/** Years are announced one after the other; a gap would be counted as plain weeks between two certain years. */
function refuseYear(known: WorkingDayCalendar, year: number): void {
  const announced = Object.keys(known.years).map(Number);
  const [first, last] = [Math.min(...announced), lastAnnouncedYear(known) ?? Number.NaN];
  const lawful = known.statutoryHolidays[String(year)] !== undefined;
  if (year >= first && year <= last + 1 && lawful) return;
  throw new Refusal(
    'calendar-year',
    lawful
      ? `已知 ${first} 至 ${last} 年的安排，只能更正其中一年或导入 ${last + 1} 年 The years ${first} to ${last} are known: one of them can be corrected, or ${last + 1} imported.`
      : `本系统不知道 ${year} 年的法定节假日，无法核对 The holidays by law of ${year} are not known here, so its arrangement can't be checked.`,
  );
}

function faultsOf(known: WorkingDayCalendar, year: number, given: readonly GivenDay[]): FieldError[] {
  // Of a day that is there twice both places are named: either may be the wrong one.
  const places = Map.groupBy(given, ({ date }) => date);
  const faults = calendarFaults({
    ...known,
    years: { ...known.years, [String(year)]: yearArrangement(given) },
  });
  return faults.map(({ date, message }) => {
    const at = places.get(date)?.map((one) => one.at) ?? ['/days'];
    return { pointer: at.join('、'), detail: message };
  });
}

/** A day on which an arrangement changes whether people work. */
export interface ChangedDay {
  readonly date: CalendarDate;
  readonly kind: ArrangedKind;
}

/** The days on which people work by one calendar and not by the other, of the year and the months beside it that its arrangement may reach into. */
export function changedDays(
  before: WorkingDayCalendar,
  after: WorkingDayCalendar,
  year: number,
): ChangedDay[] {
  const changed: ChangedDay[] = [];
  const end = CalendarDate.parse(`${year + 1}-01-31`);
  const known = (date: CalendarDate) => after.statutoryHolidays[date.slice(0, 4)] !== undefined;
  for (
    let date = CalendarDate.parse(`${year - 1}-12-01`);
    date <= end && known(date);
    date = addDays(date, 1)
  ) {
    const { working } = isWorkingDay(after, date);
    if (working !== isWorkingDay(before, date).working)
      changed.push({ date, kind: working ? 'work' : 'off' });
  }
  return changed;
}
