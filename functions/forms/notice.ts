import type * as z from 'zod';
import { maskedContact } from '#domain/correction/masking.ts';
import { Deadline, deadlineId } from '#domain/deadline/deadline.ts';
import { Draw } from '#domain/draw/draw.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { actsOn } from '#domain/inspection/readers.ts';
import { visitNotice, type NoticeContact, type VisitPeriod } from '#domain/inspection/visit-notice.ts';
import { Inspector } from '#domain/inspector/inspector.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { stateKey } from '#store/keys.ts';
import { loadTogether } from '#store/store.ts';
import { json, type Answer } from '#web/answer.ts';
import { documentAnswer } from '#web/document.tsx';
import { wantsJson, type HttpRequest } from '#web/request.ts';
import { visitNoticeText } from '#web/visit-notice.tsx';
import { store, visible } from './asking.ts';

/**
 * The notice 随机抽查通知书 that the subject gets: what is checked, when, by whom, and what to have ready. All that it names
 * besides is one reading: the draws, the people to call, and the day by which the visit has to be finished.
 */
export async function notice(request: HttpRequest): Promise<Answer> {
  const { staff, inspection } = await visible(request);
  const { draws, team } = inspection;
  const first = team.filter(({ unit }, at) => team.findIndex((other) => other.unit === unit) === at);
  const called = draws.map(({ id }) => stateKey('DRAW', id));
  const people = first.map(({ inspector }) => stateKey('INSPECTOR', inspector));
  const finish = stateKey('DEADLINE', deadlineId('finish', inspection.id));
  const found = await loadTogether(store(), [...called, ...people, finish]);
  const titles = new Map(found.all(Titled, called).map(({ id, title }) => [id, title]));
  const issued = visitNotice(inspection, titles, {
    contacts: contactsOf(first, found.all(Phoned, people), actsOn(staff, inspection)),
    period: periodOf(inspection, found.one(Deadline, finish)),
    issuedOn: dateInShanghai(request.at),
  });
  return wantsJson(request) ? json(200, issued) : documentAnswer(visitNoticeText(issued));
}

const Titled = Draw.pick({ id: true, title: true });
const Phoned = Inspector.pick({ staffNo: true, phone: true }).strip();

/** The first of each unit's people, with the phone that the library has of them: whole for whoever hands the notice out. */
function contactsOf(
  first: Inspection['team'],
  known: readonly z.infer<typeof Phoned>[],
  acts: boolean,
): NoticeContact[] {
  return first.map(({ inspector, name, unit }) => {
    const phone = known.find(({ staffNo }) => staffNo === inspector)?.phone;
    return { unit, name, phone: phone === undefined || acts ? phone : maskedContact(phone) };
  });
}

/** From the assignment to the day by which the visit has to be finished, once the team has accepted. */
function periodOf({ assignedAt }: Inspection, finish: Deadline | undefined): VisitPeriod {
  const counted = finish === undefined || finish.status === 'withdrawn' ? undefined : finish;
  return {
    from: dateInShanghai(assignedAt),
    through: counted?.due,
    provisional: counted?.provisional ?? false,
  };
}
