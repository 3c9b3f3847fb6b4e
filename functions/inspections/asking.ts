import type { WorkingDayCalendar } from '#domain/calendar/calendar.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { answeredBefore } from '#store/commit.ts';
import { loadInspection } from '#store/inspections.ts';
import { staffOf, type Staff } from '#store/people.ts';
import { openState } from '#store/store.ts';
import type { Answer } from '#web/answer.ts';
import { firstAnswer, idempotencyOf, type Idempotency } from '#web/idempotency.ts';
import { refuse } from '#web/problem.ts';
import { param, type HttpRequest } from '#web/request.ts';
import { mayRead } from './view.ts';

const environment = once(() => environmentOf('inspections'));
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

/** The inspection, if it is this person's to see: another unit's gets the same 404 as one that does not exist. */
export async function visible(request: HttpRequest) {
  const staff = await person(request);
  const id = param(request, 'id');
  const inspection = await loadInspection(store(), id);
  if (!mayRead(staff, inspection)) {
    refuse('not-found', `没有找到 inspection ${id} was not found.`);
  }
  return { staff, inspection };
}

/** What a request says of being sent again, and the answer that it got the first time. @throws Refusal `idempotency-key-reused` */
export async function sentBefore(
  request: HttpRequest,
  staffNo: string,
): Promise<{ readonly idempotency: Idempotency | undefined; readonly answer: Answer | undefined }> {
  const idempotency = idempotencyOf(request, staffNo);
  const before = idempotency && (await answeredBefore(store(), 'inspections', idempotency.key));
  if (idempotency === undefined || before === undefined) {
    return { idempotency, answer: undefined };
  }
  return { idempotency, answer: firstAnswer(idempotency, before, 200) };
}
