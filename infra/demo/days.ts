import { isWorkingDay } from '#domain/calendar/calendar.ts';
import {
  addDays,
  dateInShanghai,
  instantOf,
  epochMilliseconds,
  startOfDay,
  weekday,
} from '#domain/time/time.ts';
import type { CalendarDate, Instant } from '#domain/time/time.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import type { Line } from './timeline.ts';

const calendar = stateCouncilCalendar();

export function isWorking(date: CalendarDate): boolean {
  return isWorkingDay(calendar, date).working;
}

/** A time of a day of Asia/Shanghai, `HH:MM`. */
export function timeOn(date: CalendarDate, time: string): Instant {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return instantOf(epochMilliseconds(startOfDay(date)) + (hours * 60 + minutes) * 60_000);
}

/** The days that begin after one instant and not after another. */
export function daysBetween(from: Instant, to: Instant): CalendarDate[] {
  const days: CalendarDate[] = [];
  const last = dateInShanghai(to);
  for (let day = addDays(dateInShanghai(from), 1); day <= last; day = addDays(day, 1)) {
    days.push(day);
  }
  return days;
}

/** What a day is that is not what its weekday makes one expect: the first of a holiday, or a make-up working day. */
export function peculiarityOf(date: CalendarDate): Line | undefined {
  const weekend = weekday(date) > 5;
  if (isWorking(date)) {
    return weekend
      ? {
          at: startOfDay(date),
          step: 'day.make-up',
          zh: '调休上班：今天是工作日',
          en: 'a make-up working day: deadlines count it, reminders go out',
        }
      : undefined;
  }
  const through = lastDayOff(date);
  const off = runOfDays(date, through);
  if (isWorking(addDays(date, -1)) && off.some((day) => weekday(day) <= 5)) {
    return {
      at: startOfDay(date),
      step: 'day.holiday',
      zh: `放假至 ${through}，共 ${off.length} 天：不计入期限，不发提醒`,
      en: `${off.length} days off through ${through}: no deadline counts them, nobody is reminded`,
      facts: { through, days: off.length },
    };
  }
  return undefined;
}

function lastDayOff(date: CalendarDate): CalendarDate {
  let last = date;
  while (!isWorking(addDays(last, 1))) {
    last = addDays(last, 1);
  }
  return last;
}

function runOfDays(from: CalendarDate, through: CalendarDate): CalendarDate[] {
  return [from, ...daysBetween(startOfDay(from), startOfDay(through))];
}
