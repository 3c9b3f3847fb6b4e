import type { Counting } from '#domain/deadline/rules.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { mayRead } from '#domain/inspection/readers.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import type { CaseStores } from '#store/case-files.ts';
import { loadInspection } from '#store/inspections.ts';
import { openLedger } from '#store/ledger.ts';
import { openObjects } from '#store/objects.ts';
import { staffOf, type Staff } from '#store/people.ts';
import { openState } from '#store/store.ts';
import { refuse } from '#web/problem.ts';
import { param, type HttpRequest } from '#web/request.ts';

const environment = once(() => environmentOf('archive'));
const reference = once(stateCouncilCalendar);
export const stores = once((): CaseStores => ({
  state: openState(environment().STATE_TABLE),
  ledger: openLedger(environment().LEDGER_TABLE),
  objects: openObjects(environment().EVIDENCE_BUCKET),
}));

/** The calendar as it is now. */
export function calendar(): Promise<Counting> {
  return workingDays(stores().state, reference());
}

/** The inspection, if it is this person's to see: another unit's gets the same 404 as one that does not exist. */
export async function visible(
  request: HttpRequest,
): Promise<{ readonly staff: Staff; readonly inspection: Inspection }> {
  const staff = await staffOf(stores().state, request.person, environment().ADMINISTRATORS);
  const id = param(request, 'id');
  const inspection = await loadInspection(stores().state, id);
  return mayRead(staff, inspection)
    ? { staff, inspection }
    : refuse('not-found', `没有找到 inspection ${id} was not found.`);
}
