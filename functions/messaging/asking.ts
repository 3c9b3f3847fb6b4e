import type { WorkingDayCalendar } from '#domain/calendar/calendar.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { requireRole, staffOf, type Staff } from '#store/people.ts';
import { openState } from '#store/store.ts';
import type { HttpRequest } from '#web/request.ts';

const environment = once(() => environmentOf('messaging'));
export const store = once(() => openState(environment().STATE_TABLE));
const reference = once(stateCouncilCalendar);

/** The calendar as it is now. */
export function calendar(): Promise<WorkingDayCalendar> {
  return workingDays(store(), reference());
}

/** The person who asks. @throws Refusal `not-staff` */
export function person(request: HttpRequest): Promise<Staff> {
  return staffOf(store(), request.person, environment().ADMINISTRATORS);
}

/** Who sets channels up and looks after what did not arrive. @throws Refusal `not-staff`, `role-forbidden` */
export async function administrator(request: HttpRequest): Promise<Staff> {
  const staff = await person(request);
  requireRole(staff, ['administrator']);
  return staff;
}
