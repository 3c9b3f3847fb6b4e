import { askedInspection } from '#commands/visible.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import type { Key } from '#store/keys.ts';
import { staffBeside, type Staff } from '#store/people.ts';
import { openState, type Found } from '#store/store.ts';
import type { HttpRequest } from '#web/request.ts';

const environment = once(() => environmentOf('forms'));
export const store = once(() => openState(environment().STATE_TABLE));

/** The person who asks, and what is read with them. @throws Refusal `not-staff` */
export function person(
  request: HttpRequest,
  keys: readonly Key[],
): Promise<{ readonly staff: Staff; readonly found: Found }> {
  return staffBeside(store(), request.person, environment().ADMINISTRATORS, keys);
}

/** The person who asks, and the inspection that they ask about. @throws Refusal `not-staff`, `not-found` */
export function visible(request: HttpRequest) {
  return askedInspection(store(), request, environment().ADMINISTRATORS);
}
