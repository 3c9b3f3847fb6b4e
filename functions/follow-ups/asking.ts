import type { Asked } from '#commands/once.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { mayReadFollowUp, type FollowUpCase } from '#domain/follow-up/follow-up.ts';
import { mayReadHandover, type Handover } from '#domain/handover/handover.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { loadFollowUp, loadHandover } from '#store/follow-ups.ts';
import { staffIn, staffOf, type Staff } from '#store/people.ts';
import { openState } from '#store/store.ts';
import { refuse } from '#web/problem.ts';
import { param, type HttpRequest } from '#web/request.ts';

const environment = once(() => environmentOf('follow-ups'));
export const store = once(() => openState(environment().STATE_TABLE));
const reference = once(stateCouncilCalendar);

/** The calendar as it is now. */
export function calendar(): Promise<Counting> {
  return workingDays(store(), reference());
}

/** The person who asks. @throws Refusal `not-staff` */
export function person(request: HttpRequest): Promise<Staff> {
  return staffOf(store(), request.person, environment().ADMINISTRATORS);
}

/** The follow-up, if it is this person's to see: another unit's gets the same 404 as one that does not exist. */
export async function visibleFollowUp(
  request: HttpRequest,
): Promise<{ readonly staff: Staff; readonly followUp: FollowUpCase }> {
  const staff = await person(request);
  const id = param(request, 'id');
  const followUp = await loadFollowUp(store(), id);
  return mayReadFollowUp(followUp, staff)
    ? { staff, followUp }
    : refuse('not-found', `没有找到 follow-up ${id} was not found.`);
}

/** The handover, if it is this person's to see: another unit's gets the same 404 as one that does not exist. */
export async function visibleHandover(
  request: HttpRequest,
): Promise<{ readonly staff: Staff; readonly handover: Handover }> {
  const staff = await person(request);
  const id = param(request, 'id');
  const handover = await loadHandover(store(), id);
  return mayReadHandover(handover, staff)
    ? { staff, handover }
    : refuse('not-found', `没有找到 handover ${id} was not found.`);
}

/** What a person asks for here, once however often the request is sent. */
export function askedBy(request: HttpRequest, { staffNo }: Staff, status?: number): Asked {
  return {
    store: store(),
    consumer: 'follow-ups',
    request,
    staffNo,
    ...(status === undefined ? {} : { status }),
  };
}

/** @throws Refusal `body-invalid` for a unit that has no head here: nobody would take what is handed to it */
export async function refuseUnknownUnit(unit: string, pointer: string): Promise<void> {
  if ((await staffIn(store(), 'unit', unit)).length === 0) {
    refuse('body-invalid', `${unit} 没有负责人账号 has no head here who could take it.`, [
      { pointer, detail: '有负责人的单位 a unit with a head in the people library' },
    ]);
  }
}
