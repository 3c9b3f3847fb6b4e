import type { PersonRole } from '#domain/person/person.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { requireRole, staffOf, type Staff } from '#store/people.ts';
import { openState } from '#store/store.ts';
import type { HttpRequest } from '#web/request.ts';

const environment = once(() => environmentOf('cases'));
export const store = once(() => openState(environment().STATE_TABLE));

/** Who watches every trigger and draw. */
export const WATCHING: readonly PersonRole[] = ['lead-section', 'supervisor', 'administrator'];
/** Who decides about them (牵头科室, article 7(1)). */
export const DECIDING: readonly PersonRole[] = ['lead-section'];
/** Who takes down what an announced beacon's source published; two of them have to say the same. */
export const BEACON_ENTERING: readonly PersonRole[] = ['lead-section', 'business-section', 'supervisor'];

/** The person who asks. @throws Refusal `not-staff`, `role-forbidden` */
export async function staff(request: HttpRequest, roles?: readonly PersonRole[]): Promise<Staff> {
  const person = await staffOf(store(), request.person, environment().ADMINISTRATORS);
  if (roles !== undefined) {
    requireRole(person, roles);
  }
  const { staffNo, name, role, unit } = person;
  return { staffNo, name, role, unit };
}
