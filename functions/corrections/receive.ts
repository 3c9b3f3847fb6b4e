import * as z from 'zod';
import { sha256 } from '#sha256';
import { Receipt } from '#contracts/api/corrections.ts';
import type { Actor } from '#contracts/catalogue.ts';
import { newEvent } from '#contracts/events.ts';
import { receive, type Correction, type Requester } from '#domain/correction/correction.ts';
import { refuseFlood } from '#domain/correction/limits.ts';
import type { PublicRequest, StaffRequest } from '#domain/correction/request.ts';
import { deadlineId, startDeadline, type Deadline } from '#domain/deadline/deadline.ts';
import { deriveId } from '#domain/ids/derive.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { JsonText } from '#domain/canonical/json-text.ts';
import { answeredBefore, commit, settled, type StateWrite } from '#store/commit.ts';
import { asked, createdCorrection } from '#store/corrections.ts';
import { createdDeadline } from '#store/deadlines.ts';
import { loadInspection } from '#store/inspections.ts';
import { loadPublicRecord, publicRecordOf } from '#store/publications.ts';
import { idempotencyOf, sameRequest, type Idempotency } from '#web/idempotency.ts';
import { param, type HttpRequest } from '#web/request.ts';
import { calendar, environment, ownInspection, person, store } from './asking.ts';

/** What a request that was made before is remembered by. */
interface Once extends Idempotency {
  readonly id: string;
}

/** A request by somebody of the public (article 16), once however often it is sent. @throws Refusal `not-found`, `wrong-state`, `too-many-requests` */
export function receivePublic(request: HttpRequest, said: PublicRequest): Promise<Receipt> {
  const { name, contact, wrong, right } = said;
  const inspection = param(request, 'id');
  const once = onceFor(request, `public#${inspection}`, [inspection, name, contact, wrong, right]);
  return received(once, async () => {
    const record = await loadPublicRecord(store(), inspection);
    const { asked: counts, oneMore } = await asked(store(), inspection, request.at);
    const correction = receive(await loadInspection(store(), inspection), record, {
      id: once.id,
      at: request.at,
      requester: { kind: 'public', name, contact },
      said: { wrong, right },
    });
    refuseFlood(counts, environment().CORRECTIONS_PER_DAY);
    return { correction, beside: oneMore };
  });
}

/** A request by staff who saw for themselves that something is wrong. @throws Refusal `not-staff`, `not-found`, `wrong-state` */
export async function receiveFromStaff(
  request: HttpRequest,
  read: (request: HttpRequest) => StaffRequest,
): Promise<Receipt> {
  const staff = await person(request);
  const inspection: Inspection = await ownInspection(request, staff);
  const said = read(request);
  const once = onceFor(request, staff.staffNo, [inspection.id, staff.staffNo, said.wrong, said.right]);
  return received(once, async () => {
    const record = await publicRecordOf(store(), inspection.id);
    const requester: Requester = { kind: 'staff', staffNo: staff.staffNo };
    const correction = receive(inspection, record, { id: once.id, at: request.at, requester, said });
    return { correction, beside: [] };
  });
}

/** The same words by the same person about the same record are one request: a form that is sent twice has no key of its own. */
function onceFor(request: HttpRequest, who: string, words: readonly string[]): Once {
  const said = sha256(JSON.stringify(words));
  const { key, fingerprint } = idempotencyOf(request, who) ?? { key: `said#${said}`, fingerprint: said };
  return { key, fingerprint, id: deriveId('C', key, fingerprint) };
}

const Remembered = z.object({
  answer: JsonText.pipe(Receipt),
  fingerprint: z.string().optional(),
});

async function received(
  once: Once,
  prepare: () => Promise<{ readonly correction: Correction; readonly beside: readonly StateWrite[] }>,
): Promise<Receipt> {
  const { id, ...idempotency } = once;
  const firstAnswer = (marker: unknown): Receipt => {
    const { answer, fingerprint } = Remembered.parse(marker);
    sameRequest(idempotency, fingerprint);
    return answer;
  };
  return settled(async () => {
    const before = await answeredBefore(store(), 'corrections', idempotency.key);
    if (before !== undefined) {
      return firstAnswer(before);
    }
    const { correction, beside } = await prepare();
    const deadline = startDeadline(await calendar(), {
      id: deadlineId('correct', id),
      kind: 'correct',
      of: { kind: 'correction', id },
      correlation: correction.correlation,
      units: correction.units,
      startedAt: correction.receivedAt,
    });
    const receipt = receiptOf(correction, deadline);
    const outcome = await commit(store(), {
      at: correction.receivedAt,
      once: { consumer: 'corrections', ...idempotency, answer: JSON.stringify(receipt) },
      writes: [createdCorrection(correction), createdDeadline(deadline), ...beside],
      events: [receivedEvent(correction, deadline, idempotency.key)],
    });
    return outcome.kind === 'done' ? receipt : firstAnswer(outcome);
  });
}

function receiptOf({ id, receivedAt, requester }: Correction, { due }: Deadline): Receipt {
  return {
    receipt: id,
    status: 'received',
    receivedOn: dateInShanghai(receivedAt),
    answerBy: due,
    link: requester.kind === 'public' ? `/public/corrections/${id}` : `/corrections/${id}`,
  };
}

function receivedEvent(correction: Correction, { due }: Deadline, causation: string) {
  const { id, version, correlation, inspection, subject, units, requester, receivedAt } = correction;
  const actor: Actor =
    requester.kind === 'staff' ? { kind: 'person', id: requester.staffNo } : { kind: 'public', id: 'anyone' };
  return newEvent('correction.received', {
    time: receivedAt,
    about: { kind: 'correction', id, version },
    correlation,
    causation,
    actor,
    data: {
      inspection,
      subjectId: subject.id,
      subjectName: subject.name,
      units,
      from: requester.kind,
      answerBy: due,
    },
  });
}
