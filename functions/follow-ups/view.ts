import type { FollowUpView, HandoverView } from '#contracts/api/follow-ups.ts';
import type { FollowUpCase } from '#domain/follow-up/follow-up.ts';
import type { Handover } from '#domain/handover/handover.ts';

/** What staff see of a follow-up. */
export function followUpView(followUp: FollowUpCase): FollowUpView {
  const { id, version, status, kind, inspection, subject, unit, foundBy, raisedAt, due, dueSet } = followUp;
  const { documents, evidence, notes, offer, moves, outcome } = followUp;
  return {
    id,
    version,
    status,
    kind,
    inspection,
    subject,
    unit,
    foundBy,
    raisedAt,
    due,
    dueSet,
    documents,
    evidence,
    notes,
    offer,
    moves,
    outcome,
  };
}

/** What both sides see of a handover. */
export function handoverView(handover: Handover): HandoverView {
  const { id, version, status, inspection, subject, clue, field, receiver, evidence, from } = handover;
  const { raised, receiptBy, sent, receipt, returned, closed } = handover;
  return {
    id,
    version,
    status,
    inspection,
    subject,
    clue,
    field,
    receiver,
    evidence,
    from,
    raised,
    receiptBy,
    sent,
    receipt,
    returned,
    closed,
  };
}
