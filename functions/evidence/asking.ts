import { visibleInspection } from '#commands/visible.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { openObjects } from '#store/objects.ts';
import { staffOf } from '#store/people.ts';
import { openState } from '#store/store.ts';
import { param, type HttpRequest } from '#web/request.ts';

const environment = once(() => environmentOf('evidence'));
export const store = once(() => openState(environment().STATE_TABLE));
export const objects = once(() => openObjects(environment().EVIDENCE_BUCKET));

/** The person who asks, and the inspection that they ask about. @throws Refusal `not-staff`, `not-found` */
export async function visible(request: HttpRequest) {
  const staff = await staffOf(store(), request.person, environment().ADMINISTRATORS);
  return { staff, ...(await visibleInspection(store(), staff, param(request, 'id'))) };
}
