import { maskedContact } from '#domain/correction/masking.ts';
import { deadlineId } from '#domain/deadline/deadline.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { actsOn } from '#domain/inspection/readers.ts';
import { visitNotice, type NoticeContact, type VisitPeriod } from '#domain/inspection/visit-notice.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { knownDeadlines } from '#store/deadlines.ts';
import { titlesOf } from '#store/draws.ts';
import { inspectorsByStaffNo, type Staff } from '#store/people.ts';
import { json, type Answer } from '#web/answer.ts';
import { documentAnswer } from '#web/document.tsx';
import { wantsJson, type HttpRequest } from '#web/request.ts';
import { visitNoticeText } from '#web/visit-notice.tsx';
import { store, visible } from './asking.ts';

/** The notice 随机抽查通知书 that the subject gets: what is checked, when, by whom, and what to have ready. */
export async function notice(request: HttpRequest): Promise<Answer> {
  const { staff, inspection } = await visible(request);
  const [titles, contacts, period] = await Promise.all([
    titlesOf(
      store(),
      inspection.draws.map(({ id }) => id),
    ),
    contactsOf(staff, inspection),
    periodOf(inspection),
  ]);
  const issuedOn = dateInShanghai(request.at);
  const issued = visitNotice(inspection, titles, { contacts, period, issuedOn });
  return wantsJson(request) ? json(200, issued) : documentAnswer(visitNoticeText(issued));
}

/** The first of each unit's people, with the phone that the library has of them: for whoever hands the notice out. */
async function contactsOf(staff: Staff, inspection: Inspection): Promise<NoticeContact[]> {
  const { team } = inspection;
  const first = team.filter(({ unit }, at) => team.findIndex((other) => other.unit === unit) === at);
  const known = await inspectorsByStaffNo(
    store(),
    first.map(({ inspector }) => inspector),
  );
  const acts = actsOn(staff, inspection);
  return first.map(({ inspector, name, unit }) => {
    const phone = known.find(({ staffNo }) => staffNo === inspector)?.phone;
    return { unit, name, phone: phone === undefined || acts ? phone : maskedContact(phone) };
  });
}

/** From the assignment to the day by which the visit has to be finished, once the team has accepted. */
async function periodOf({ id, assignedAt }: Inspection): Promise<VisitPeriod> {
  const [finish] = await knownDeadlines(store(), [deadlineId('finish', id)]);
  const counted = finish === undefined || finish.status === 'withdrawn' ? undefined : finish;
  return {
    from: dateInShanghai(assignedAt),
    through: counted?.due,
    provisional: counted?.provisional ?? false,
  };
}
