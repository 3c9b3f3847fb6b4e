import { refuseUnpermitted, standingsByRole, type Lifecycle } from '#domain/lifecycle/lifecycle.ts';
import type { PersonRole } from '#domain/person/person.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { requireRole, staffOf, type Staff } from '#store/people.ts';
import { openState } from '#store/store.ts';
import { param, type HttpRequest } from '#web/request.ts';

const environment = once(() => environmentOf('cases'));
export const store = once(() => openState(environment().STATE_TABLE));

/** Who plans and proposes draws (牵头科室, article 7(1)). */
export const PROPOSING: readonly PersonRole[] = ['lead-section'];

/** The person who asks. @throws Refusal `not-staff`, `role-forbidden` */
export async function staff(request: HttpRequest, roles?: readonly PersonRole[]): Promise<Staff> {
  const person = await staffOf(store(), request.person, environment().ADMINISTRATORS);
  if (roles !== undefined) {
    requireRole(person, roles);
  }
  const { staffNo, name, role, unit } = person;
  return { staffNo, name, role, unit };
}

/** The person who gives a command on a record of the path. @throws Refusal `not-staff`, `role-forbidden` */
export async function commanding<Command extends string>(
  request: HttpRequest,
  lifecycle: Lifecycle<string, Command>,
  command: Command,
): Promise<Staff> {
  const person = await staff(request);
  refuseUnpermitted(lifecycle, command, { id: param(request, 'id') }, standingsByRole(person.role));
  return person;
}
