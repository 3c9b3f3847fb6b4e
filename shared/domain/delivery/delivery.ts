import * as z from 'zod';
import { sha256 } from '#sha256';
import { ChannelId } from '#domain/channel/channel.ts';
import { deriveId } from '#domain/ids/derive.ts';
import { Urgency, type Message } from '#domain/message/message.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { dateInShanghai, Instant, later } from '#domain/time/time.ts';
import { kept, OutcomeKind, type Outcome } from './outcome.ts';

/**
 * What becomes of a message on one channel. `queued` and `waiting` (after an attempt) go out when their moment comes; `sending` is
 * under way; `delivered` was taken; `dead` will not be tried again; `doubtful` may have been taken: a person decides; `accepted`
 * is a dead or doubtful one that a person closed.
 */
export const DeliveryStatus = z.enum([
  'queued',
  'sending',
  'waiting',
  'delivered',
  'dead',
  'doubtful',
  'accepted',
]);
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

/** Of what one mail can list; whoever has more finds the rest in the inbox. */
export const LISTED_MESSAGES = 500;

export const Delivery = z.object({
  id: z.string(),
  version: z.int().positive(),
  status: DeliveryStatus,
  channel: ChannelId,
  to: z.string(),
  /** One message at once, or all of a morning. */
  urgency: Urgency,
  /** Where the messages stand in the inbox. */
  messages: z.array(z.object({ id: z.string(), at: Instant })).min(1),
  /** Messages beyond those that are listed. */
  unlisted: z.int().nonnegative(),
  correlation: z.string(),
  createdAt: Instant,
  /** When it was to go out when it was made. */
  planned: Instant,
  /** From when it may be sent; while it is being sent, until when that can take. Absent at rest. */
  next: Instant.optional(),
  attempts: z.int().nonnegative(),
  /** Of the attempts those that do not count: before somebody had it sent again, and when the channel wanted to be left alone. */
  forgiven: z.int().nonnegative(),
  /** What the last attempt came to. */
  last: z.object({ at: Instant, kind: OutcomeKind, answer: z.string() }).optional(),
  /** What people decided, oldest first. */
  decisions: z.array(
    z.object({ at: Instant, by: z.string(), what: z.enum(['resend', 'accept']), reason: z.string() }),
  ),
});
export type Delivery = z.infer<typeof Delivery>;

/** Attempts before a delivery is given up: with the pauses in between about four working hours. */
const ATTEMPTS = 8;
/** A channel that wants to be left alone is asked again more often than that, and not for ever. */
const LIMITED_ATTEMPTS = 50;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 4 * 3_600_000;
/** Longer than any function may run and any event be late: an attempt that is still open then has died. */
const LEASE_MS = 30 * 60_000;

/** Gives the first moment at which the recipient may be told anything, not before this one. */
type Sendable = (from: Instant) => Instant;

/** Where a message goes out: alone as soon as it may, or with the others of its morning. The id follows from that, so that the same message makes the same delivery. */
export function deliveryId(
  channel: string,
  { id, to, urgency }: Pick<Message, 'id' | 'to' | 'urgency'>,
  next: Instant,
): string {
  return urgency === 'immediate'
    ? deriveId('V', 'message', channel, id)
    : deriveId('V', 'digest', channel, to, dateInShanghai(next));
}

export function newDelivery(
  channel: string,
  message: Pick<Message, 'id' | 'to' | 'at' | 'urgency' | 'correlation'>,
  next: Instant,
): Delivery {
  return {
    id: deliveryId(channel, message, next),
    version: 1,
    status: 'queued',
    channel,
    to: message.to,
    urgency: message.urgency,
    messages: [{ id: message.id, at: message.at }],
    unlisted: 0,
    correlation: message.urgency === 'immediate' ? message.correlation : message.to,
    createdAt: message.at,
    planned: next,
    next,
    attempts: 0,
    forgiven: 0,
    decisions: [],
  };
}

/** One more message in what goes out together. @throws Refusal `wrong-state` once it is on its way: the message belongs to the next morning then */
export function withMessage(delivery: Delivery, { id, at }: Pick<Message, 'id' | 'at'>): Delivery {
  if (delivery.status !== 'queued' || delivery.attempts > 0) {
    throw wrongState(delivery, ['queued']);
  }
  const full = delivery.messages.length === LISTED_MESSAGES;
  return {
    ...delivery,
    version: delivery.version + 1,
    messages: full ? delivery.messages : [...delivery.messages, { id, at }],
    unlisted: delivery.unlisted + (full ? 1 : 0),
  };
}

/** Whether it is to be sent by this moment. */
export function isDue({ status, next }: Delivery, at: Instant): boolean {
  return (status === 'queued' || status === 'waiting') && next !== undefined && next <= at;
}

/** Whether whoever was sending it has died over it. */
export function isLost({ status, next }: Delivery, at: Instant): boolean {
  return status === 'sending' && next !== undefined && next <= at;
}

/** The next attempt begins: this is written before the channel hears anything, so that nothing is ever sent that no record tells of. */
export function attempted(delivery: Delivery, at: Instant): Delivery {
  if (!isDue(delivery, at)) {
    throw wrongState(delivery, ['queued', 'waiting']);
  }
  return {
    ...delivery,
    version: delivery.version + 1,
    status: 'sending',
    attempts: delivery.attempts + 1,
    next: later(at, LEASE_MS),
  };
}

/**
 * What an attempt came to. Undefined when the delivery has gone on since: somebody else has decided. An attempt that was taken
 * for lost and comes back after all ends the doubt.
 */
export function concluded(
  delivery: Delivery,
  attempt: number,
  outcome: Outcome,
  at: Instant,
  sendable: Sendable,
): Delivery | undefined {
  const open = delivery.status === 'sending' || delivery.status === 'doubtful';
  if (!open || delivery.attempts !== attempt) return undefined;
  const last = { at, kind: outcome.kind, answer: kept(outcome.answer) };
  const next: Delivery = { ...resting(delivery), version: delivery.version + 1, last };
  const patient = attempt < LIMITED_ATTEMPTS * (1 + delivery.decisions.length);
  const forgiven = delivery.forgiven + (outcome.kind === 'limited' && patient ? 1 : 0);
  switch (outcome.kind) {
    case 'delivered':
      return { ...next, status: 'delivered' };
    case 'refused':
      return { ...next, status: 'dead' };
    case 'unsure':
      return { ...next, status: 'doubtful' };
    case 'limited':
    case 'failed': {
      if (attempt - forgiven >= ATTEMPTS) return { ...next, status: 'dead' };
      const pause = Math.max(pauseAfter(delivery.id, attempt), (outcome.retryAfter ?? 0) * 1000);
      return { ...next, status: 'waiting', forgiven, next: sendable(later(at, pause)) };
    }
  }
}

/**
 * An attempt of which nobody has heard again. Where the receiver itself knows a second copy, it is simply sent again; elsewhere it
 * may have been taken or not, and that is what the record says.
 */
export function lost(
  delivery: Delivery,
  at: Instant,
  deduplicates: boolean,
  sendable: Sendable,
): Delivery | undefined {
  if (!isLost(delivery, at)) return undefined;
  const answer = '发送中断，不知是否送达 The attempt broke off; whether it arrived is not known.';
  return concluded(
    delivery,
    delivery.attempts,
    { kind: deduplicates ? 'failed' : 'unsure', answer },
    at,
    sendable,
  );
}

/** It can't go out at all: its channel was switched off, or its recipient has left. @throws Refusal `wrong-state` unless it is due */
export function abandoned(delivery: Delivery, at: Instant, why: string): Delivery {
  if (!isDue(delivery, at)) {
    throw wrongState(delivery, ['queued', 'waiting']);
  }
  const last = { at, kind: 'refused', answer: kept(why) } as const;
  return { ...resting(delivery), version: delivery.version + 1, status: 'dead', last };
}

/** Its recipient is not to be told anything before that moment. */
export function postponed(delivery: Delivery, next: Instant): Delivery {
  return { ...delivery, version: delivery.version + 1, next };
}

interface Decision {
  readonly at: Instant;
  readonly by: string;
  readonly reason: string;
}

/** Somebody has it sent again, with all its attempts before it. @throws Refusal `wrong-state` unless it is dead or doubtful */
export function resent(delivery: Delivery, decision: Decision, sendable: Sendable): Delivery {
  return {
    ...decided(delivery, 'resend', decision),
    status: 'queued',
    forgiven: delivery.attempts,
    next: sendable(decision.at),
  };
}

/** Somebody closes it as it is. @throws Refusal `wrong-state` unless it is dead or doubtful */
export function accepted(delivery: Delivery, decision: Decision): Delivery {
  return { ...decided(delivery, 'accept', decision), status: 'accepted' };
}

function decided(delivery: Delivery, what: 'resend' | 'accept', { at, by, reason }: Decision): Delivery {
  if (delivery.status !== 'dead' && delivery.status !== 'doubtful') {
    throw wrongState(delivery, ['dead', 'doubtful']);
  }
  const decisions = [...delivery.decisions, { at, by, what, reason }];
  return { ...resting(delivery), version: delivery.version + 1, decisions };
}

/** The same without a moment at which anything is to happen. */
function resting(delivery: Delivery): Delivery {
  return { ...delivery, next: undefined };
}

/**
 * Milliseconds until the next attempt: doubling, between half of that and all of it. Which part follows from the id, so that what
 * failed together does not come back together, and a step that is run again says the same.
 */
export function pauseAfter(id: string, attempt: number): number {
  const full = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
  const share = Number.parseInt(sha256(`${id}#${attempt}`).slice(0, 8), 16) / 2 ** 32;
  return Math.round(full * (0.5 + share / 2));
}

function wrongState({ id, status }: Delivery, allowed: readonly DeliveryStatus[]): Refusal {
  return new Refusal(
    'wrong-state',
    `投递 ${id} 当前状态为 ${status}，须为 ${allowed.join(' / ')} The delivery is ${status}; this takes ${allowed.join(' or ')}.`,
  );
}
