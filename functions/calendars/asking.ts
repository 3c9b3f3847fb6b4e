import { environmentOf, once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { staffOf, type Staff } from '#store/people.ts';
import { openState } from '#store/store.ts';
import { refuse } from '#web/problem.ts';
import { param, type HttpRequest } from '#web/request.ts';

const environment = once(() => environmentOf('calendars'));
export const store = once(() => openState(environment().STATE_TABLE));
export const reference = once(stateCouncilCalendar);

/** Who asks: anybody of the staff may read what deadlines are counted by. @throws Refusal `not-staff` */
export function staff(request: HttpRequest): Promise<Staff> {
  return staffOf(store(), request.person, environment().ADMINISTRATORS);
}

/** The year that the address names. @throws Refusal `not-found` */
export function yearOf(request: HttpRequest): number {
  const year = param(request, 'year');
  return /^\d{4}$/.test(year)
    ? Number(year)
    : refuse(
        'not-found',
        `地址中的年份须为四位数字 The year in the address must have four digits, e.g. 2027.`,
      );
}
