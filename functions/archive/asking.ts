import { visibleInspection } from '#commands/visible.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import type { CaseStores } from '#store/case-files.ts';
import { openLedger } from '#store/ledger.ts';
import { openObjects } from '#store/objects.ts';
import { staffOf } from '#store/people.ts';
import { openState } from '#store/store.ts';
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

/** The person who asks, and the inspection that they ask about. @throws Refusal `not-staff`, `not-found` */
export async function visible(request: HttpRequest) {
  const staff = await staffOf(stores().state, request.person, environment().ADMINISTRATORS);
  return { staff, ...(await visibleInspection(stores().state, staff, param(request, 'id'))) };
}
