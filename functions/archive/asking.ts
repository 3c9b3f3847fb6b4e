import { askedInspection } from '#commands/visible.ts';
import { Archive } from '#domain/archive/archive.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { Docket, emptyDocket } from '#domain/follow-up/docket.ts';
import { PublicRecord } from '#domain/inspection/publication.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { caseKeys, type CaseStores } from '#store/case-files.ts';
import { stateKey } from '#store/keys.ts';
import { openLedger } from '#store/ledger.ts';
import { openObjects } from '#store/objects.ts';
import { openState } from '#store/store.ts';
import type { HttpRequest } from '#web/request.ts';

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

/** The person who asks, the inspection that they ask about, and what its file is read from. @throws Refusal `not-staff`, `not-found` */
export async function visible(request: HttpRequest) {
  const { found, ...asked } = await askedInspection(
    stores().state,
    request,
    environment().ADMINISTRATORS,
    (id) => [stateKey('ARCHIVE', id), ...Object.values(caseKeys(id))],
  );
  const { id } = asked.inspection;
  const { docket, publication } = caseKeys(id);
  return {
    ...asked,
    archived: found.one(Archive, stateKey('ARCHIVE', id)),
    records: {
      docket: found.one(Docket, docket) ?? emptyDocket(id),
      publication: found.one(PublicRecord, publication),
    },
  };
}
