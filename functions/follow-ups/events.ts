import { sha256 } from '#sha256';
import type { EventFacts } from '#contracts/catalogue.ts';
import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import type { FollowUpCase, FollowUpCommand } from '#domain/follow-up/follow-up.ts';
import type { Handover, HandoverCommand } from '#domain/handover/handover.ts';

/** Who acts, and the request that it was. */
interface Cause {
  readonly by: string;
  readonly at: EventFacts['time'];
  readonly causation: string;
}

function factsOf(
  kind: 'follow-up' | 'handover',
  { id, version, correlation }: Pick<FollowUpCase, 'id' | 'version' | 'correlation'>,
  { by, at, causation }: Cause,
): EventFacts {
  return {
    time: at,
    about: { kind, id, version },
    correlation,
    causation,
    actor: { kind: 'person', id: by },
  };
}

/** What a command on a follow-up tells the world. */
export function followUpEvent(
  before: FollowUpCase,
  after: FollowUpCase,
  command: FollowUpCommand,
  causation: string,
): MingchouEvent {
  const facts = factsOf('follow-up', after, { ...command, causation });
  const { inspection, kind, subject } = after;
  const of = { inspection, kind, subjectId: subject.id, subjectName: subject.name };
  switch (command.kind) {
    case 'set-due':
      return newEvent('follow-up.due-set', { ...facts, data: { due: command.due, reason: command.reason } });
    case 'note':
      return newEvent('follow-up.noted', { ...facts, data: { text: command.text } });
    case 'document': {
      const { document, number, on } = command;
      return newEvent('follow-up.document-entered', { ...facts, data: { document, number, on } });
    }
    case 'evidence':
      return newEvent('follow-up.evidence-entered', { ...facts, data: { reference: command.reference } });
    case 'offer': {
      const { to, reason } = command;
      return newEvent('follow-up.offered', { ...facts, data: { ...of, from: after.unit, to, reason } });
    }
    case 'accept':
      return newEvent('follow-up.accepted', { ...facts, data: { ...of, from: before.unit, to: after.unit } });
    case 'decline': {
      const to = before.offer?.to ?? after.unit;
      const { reason } = command;
      return newEvent('follow-up.declined', { ...facts, data: { ...of, from: after.unit, to, reason } });
    }
    case 'close':
      return newEvent('follow-up.closed', { ...facts, data: { ...of, outcome: command.outcome } });
  }
}

function handoverFacts({ inspection, subject }: Handover) {
  return { inspection, subjectId: subject.id, subjectName: subject.name };
}

/** A clue that was raised. */
export function raisedEvent(handover: Handover, causation: string): MingchouEvent {
  const { from, receiver, field, clue, receiptBy, raised } = handover;
  return newEvent('handover.raised', {
    ...factsOf('handover', handover, { ...raised, causation }),
    data: { ...handoverFacts(handover), from, receiver, field, clueHash: sha256(clue), receiptBy },
  });
}

/** What a command on a handover tells the world. */
export function handoverEvent(after: Handover, command: HandoverCommand, causation: string): MingchouEvent {
  const facts = factsOf('handover', after, { ...command, causation });
  const { inspection, from, receiver, field, receiptBy } = after;
  switch (command.kind) {
    case 'send':
      return newEvent('handover.sent', {
        ...facts,
        data: { ...handoverFacts(after), from, receiver, field, receiptBy },
      });
    case 'receive':
      return newEvent('handover.received', {
        ...facts,
        data: { inspection, number: command.number, on: command.on },
      });
    case 'return':
      return newEvent('handover.returned', {
        ...facts,
        data: { ...handoverFacts(after), from, raisedBy: after.raised.by, reason: command.reason },
      });
    case 'close':
      return newEvent('handover.closed', { ...facts, data: { inspection, note: command.note } });
  }
}
