import { environmentOf, once } from '#lambda/environment.ts';
import { requireRole, staffOf, type Staff } from '#store/people.ts';
import { openState } from '#store/store.ts';
import type { HttpRequest } from '#web/request.ts';

const environment = once(() => environmentOf('administration'));
export const store = once(() => openState(environment().STATE_TABLE));

/** Who asks; only administrators keep policies and sources. @throws Refusal `not-staff`, `role-forbidden` */
export async function administrator(request: HttpRequest): Promise<Staff> {
  const staff = await staffOf(store(), request.person, environment().ADMINISTRATORS);
  requireRole(staff, ['administrator']);
  return staff;
}
