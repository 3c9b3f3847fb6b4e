import { deadlineId } from '#domain/deadline/deadline.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { registrationForm } from '#domain/inspection/registration-form.ts';
import { visitNotice } from '#domain/inspection/visit-notice.ts';
import { dateInShanghai, type Instant } from '#domain/time/time.ts';
import { knownDeadlines } from '#store/deadlines.ts';
import { titlesOf } from '#store/draws.ts';
import { evidenceOf } from '#store/evidence.ts';
import type { StateTable } from '#store/store.ts';
import { registrationFormText } from '#web/registration-form.tsx';
import { visitNoticeText } from '#web/visit-notice.tsx';
import { json, type Text } from './shown.ts';

/**
 * The papers of the visit as they are printed: the registration form with what was recorded, and the notice, dated on the day of
 * the archiving. The notice names nobody's phone: that is for whoever acts, and changes with the library.
 */
export async function papersOf(
  state: StateTable,
  inspection: Inspection,
  at: Instant,
): Promise<readonly Text[]> {
  const { id, draws, team, assignedAt } = inspection;
  const [titles, evidence, [finish]] = await Promise.all([
    titlesOf(
      state,
      draws.map((draw) => draw.id),
    ),
    evidenceOf(state, id),
    knownDeadlines(state, [deadlineId('finish', id)]),
  ]);
  const form = registrationForm(inspection, titles, evidence);
  const first = team.filter(({ unit }, place) => team.findIndex((other) => other.unit === unit) === place);
  const notice = visitNotice(inspection, titles, {
    contacts: first.map(({ unit, name }) => ({ unit, name, phone: undefined })),
    period: {
      from: dateInShanghai(assignedAt),
      through: finish?.due,
      provisional: finish?.provisional ?? false,
    },
    issuedOn: dateInShanghai(at),
  });
  return [
    { name: 'inspection/registration-form.html', text: registrationFormText(form) },
    json('inspection/registration-form.json', form),
    { name: 'inspection/notice.html', text: visitNoticeText(notice) },
    json('inspection/notice.json', notice),
  ];
}
