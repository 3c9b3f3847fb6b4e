import { sentBefore as sentBeforeTo } from '#commands/once.ts';
import { askedInspection } from '#commands/visible.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import type { Key } from '#store/keys.ts';
import { staffBeside, staffOf, type Staff } from '#store/people.ts';
import { openState, type Found } from '#store/store.ts';
import type { Answer } from '#web/answer.ts';
import type { Idempotency } from '#web/idempotency.ts';
import type { HttpRequest } from '#web/request.ts';

const environment = once(() => environmentOf('inspections'));
export const store = once(() => openState(environment().STATE_TABLE));
export const reference = once(stateCouncilCalendar);

/** The calendar and the deadline rules as they are now. */
export function calendar(): Promise<Counting> {
  return workingDays(store(), reference());
}

/** The person who asks. @throws Refusal `not-staff` */
export function person(request: HttpRequest): Promise<Staff> {
  return staffOf(store(), request.person, environment().ADMINISTRATORS);
}

/** The person who asks, and what is read with them under keys that do not depend on who it is. @throws Refusal `not-staff` */
export function personBeside(
  request: HttpRequest,
  keys: readonly Key[],
): Promise<{ readonly staff: Staff; readonly found: Found }> {
  return staffBeside(store(), request.person, environment().ADMINISTRATORS, keys);
}

/** The person who asks, and the inspection that they ask about. @throws Refusal `not-staff`, `not-found` */
export function visible(request: HttpRequest) {
  return askedInspection(store(), request, environment().ADMINISTRATORS);
}

/** What a request says of being sent again, and the answer that it got the first time. @throws Refusal `idempotency-key-reused` */
export function sentBefore(
  request: HttpRequest,
  staffNo: string,
): Promise<{ readonly idempotency: Idempotency | undefined; readonly answer: Answer | undefined }> {
  return sentBeforeTo({ store: store(), consumer: 'inspections', request, staffNo });
}
