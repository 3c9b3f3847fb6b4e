import type { CorrectionView, ListedCorrection, PublicState } from '#contracts/api/corrections.ts';
import type { Correction, Requester } from '#domain/correction/correction.ts';
import { maskedContact, maskedName } from '#domain/correction/masking.ts';
import type { Deadline } from '#domain/deadline/deadline.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import type { Staff } from '#store/people.ts';
import { mayDecide } from './asking.ts';

/** What staff see of a request. Who asked is shown to those who answer, and to others only so far that two can be told apart. */
export function viewOf(
  correction: Correction,
  { due, provisional }: Pick<Deadline, 'due' | 'provisional'>,
  staff: Staff,
): CorrectionView {
  return { ...summaryOf(correction, staff), answerBy: { date: due, provisional } };
}

/** A request in a list. */
export function summaryOf(correction: Correction, staff: Staff): ListedCorrection {
  const { id, version, status, inspection, subject, units, of, wrong, right } = correction;
  const { requester, receivedAt, decision } = correction;
  return {
    id,
    version,
    status,
    inspection,
    subject,
    units,
    of,
    requester: mayDecide(staff, correction) ? requester : masked(requester),
    wrong,
    right,
    receivedAt,
    decision,
  };
}

function masked(requester: Requester): Requester {
  return requester.kind === 'staff'
    ? requester
    : { kind: 'public', name: maskedName(requester.name), contact: maskedContact(requester.contact) };
}

export function publicStateOf(
  { id, status, receivedAt, decision }: Correction,
  { due }: Pick<Deadline, 'due'>,
): PublicState {
  return {
    receipt: id,
    status,
    receivedOn: dateInShanghai(receivedAt),
    answerBy: due,
    ...(decision === undefined ? {} : { decidedOn: dateInShanghai(decision.at) }),
    ...(decision?.outcome === 'refused' ? { reason: decision.reason } : {}),
  };
}
