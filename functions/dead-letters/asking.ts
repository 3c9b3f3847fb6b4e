import { isLetterPath, type LetterPathName } from '#contracts/dead-letters.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { requireRole, staffOf, type Staff } from '#store/people.ts';
import { openState } from '#store/store.ts';
import { refuse } from '#web/problem.ts';
import { param, type HttpRequest } from '#web/request.ts';

export const environment = once(() => environmentOf('dead-letters'));
export const store = once(() => openState(environment().STATE_TABLE));

/** Who looks after what could not be done. @throws Refusal `not-staff`, `role-forbidden` */
export async function administrator(request: HttpRequest): Promise<Staff> {
  const staff = await staffOf(store(), request.person, environment().ADMINISTRATORS);
  requireRole(staff, ['administrator']);
  return staff;
}

/** The path whose queue the address names. @throws Refusal `not-found` */
export function pathOf(request: HttpRequest): LetterPathName {
  const name = param(request, 'queue');
  return isLetterPath(name) ? name : refuse('not-found', `没有死信队列 ${name} There is no queue ${name}.`);
}
