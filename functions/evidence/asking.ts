import { askedInspection } from '#commands/visible.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { openObjects } from '#store/objects.ts';
import { openState } from '#store/store.ts';
import type { HttpRequest } from '#web/request.ts';

const environment = once(() => environmentOf('evidence'));
export const store = once(() => openState(environment().STATE_TABLE));
export const objects = once(() => openObjects(environment().EVIDENCE_BUCKET));

/** The person who asks, and the inspection that they ask about. @throws Refusal `not-staff`, `not-found` */
export function visible(request: HttpRequest) {
  return askedInspection(store(), request, environment().ADMINISTRATORS);
}
