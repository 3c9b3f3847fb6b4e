import type { Correction } from '#domain/correction/correction.ts';
import { correctionLifecycle, standingsToward } from '#domain/correction/lifecycle.ts';
import { standingsToward as standingsTowardInspection } from '#domain/inspection/standing.ts';
import { isPermitted } from '#domain/lifecycle/lifecycle.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { loadCorrection } from '#store/corrections.ts';
import { loadInspection } from '#store/inspections.ts';
import { staffOf, type Staff } from '#store/people.ts';
import { openState } from '#store/store.ts';
import { refuse } from '#web/problem.ts';
import { param, type HttpRequest } from '#web/request.ts';

export const environment = once(() => environmentOf('corrections'));
export const store = once(() => openState(environment().STATE_TABLE));
const reference = once(stateCouncilCalendar);

/** The calendar and the deadline rules as they are now. */
export function calendar(): Promise<Counting> {
  return workingDays(store(), reference());
}

/** The person who asks. @throws Refusal `not-staff` */
export function person(request: HttpRequest): Promise<Staff> {
  return staffOf(store(), request.person, environment().ADMINISTRATORS);
}

/** Who answers a request: the head of a unit that carried the inspection out, or the lead section. */
export function mayDecide(staff: Staff, correction: Pick<Correction, 'units'>): boolean {
  return isPermitted(correctionLifecycle, 'correct', standingsToward(staff, correction));
}

/** Who may read a request: those who answer it, those who watch all of them, and whoever of the staff made it. */
export function mayRead(staff: Staff, correction: Pick<Correction, 'units' | 'requester'>): boolean {
  const { requester } = correction;
  return (
    mayDecide(staff, correction) ||
    staff.role === 'supervisor' ||
    staff.role === 'administrator' ||
    (requester.kind === 'staff' && requester.staffNo === staff.staffNo)
  );
}

/** The request, if it is this person's to see: another unit's gets the same 404 as one that does not exist. */
export async function visible(
  request: HttpRequest,
): Promise<{ readonly staff: Staff; readonly correction: Correction }> {
  const staff = await person(request);
  const id = param(request, 'id');
  const correction = await loadCorrection(store(), id);
  if (!mayRead(staff, correction)) {
    refuse('not-found', `没有找到 correction ${id} was not found.`);
  }
  return { staff, correction };
}

/** The inspection, if its correction is this person's to ask for: its team's, its units' and that of those who watch all of them. */
export async function ownInspection(request: HttpRequest, staff: Staff): Promise<Inspection> {
  const id = param(request, 'id');
  const inspection = await loadInspection(store(), id);
  const standings = standingsTowardInspection(staff, inspection);
  return correctionLifecycle.begins.by.some((one) => standings.has(one))
    ? inspection
    : refuse('not-found', `没有找到 inspection ${id} was not found.`);
}
