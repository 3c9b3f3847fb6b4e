import { visibleInspection } from '#commands/visible.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { staffOf, type Staff } from '#store/people.ts';
import { openState } from '#store/store.ts';
import { param, type HttpRequest } from '#web/request.ts';

const environment = once(() => environmentOf('forms'));
export const store = once(() => openState(environment().STATE_TABLE));

/** The person who asks. @throws Refusal `not-staff` */
export function person(request: HttpRequest): Promise<Staff> {
  return staffOf(store(), request.person, environment().ADMINISTRATORS);
}

/** The person who asks, and the inspection that they ask about. @throws Refusal `not-staff`, `not-found` */
export async function visible(request: HttpRequest) {
  const staff = await person(request);
  return { staff, ...(await visibleInspection(store(), staff, param(request, 'id'))) };
}
