import type { Inspection } from '#domain/inspection/inspection.ts';
import { mayRead } from '#domain/inspection/readers.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { loadInspection } from '#store/inspections.ts';
import { staffOf, type Staff } from '#store/people.ts';
import { openState } from '#store/store.ts';
import { refuse } from '#web/problem.ts';
import { param, type HttpRequest } from '#web/request.ts';

const environment = once(() => environmentOf('forms'));
export const store = once(() => openState(environment().STATE_TABLE));

/** The person who asks. @throws Refusal `not-staff` */
export function person(request: HttpRequest): Promise<Staff> {
  return staffOf(store(), request.person, environment().ADMINISTRATORS);
}

/** The inspection, if it is this person's to see: another unit's gets the same 404 as one that does not exist. */
export async function visible(
  request: HttpRequest,
): Promise<{ readonly staff: Staff; readonly inspection: Inspection }> {
  const staff = await person(request);
  const id = param(request, 'id');
  const inspection = await loadInspection(store(), id);
  if (!mayRead(staff, inspection)) {
    refuse('not-found', `没有找到 inspection ${id} was not found.`);
  }
  return { staff, inspection };
}
