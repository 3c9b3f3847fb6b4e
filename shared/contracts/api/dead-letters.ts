import * as z from 'zod';
import { LetterKind } from '#contracts/dead-letters.ts';
import { Instant } from '#domain/time/time.ts';
import type { Operations } from './operation.ts';

const count = z.int().nonnegative();
const both = z.strictObject({ zh: z.string(), en: z.string() });

/** Letters that one request sends or discards, at most: SQS hands out no more at once. */
export const LETTERS_AT_ONCE = 10;

/** A queue of what could not be done, and how many wait in it, about: SQS counts so. */
export const DeadLetterQueue = z.strictObject({
  /** The function that could not do it. */
  queue: z.string(),
  kind: LetterKind,
  missing: both,
  advice: both,
  /** Whether its letters may be sent again; where not, the next run makes it good. */
  sendable: z.boolean(),
  waiting: count,
});
export type DeadLetterQueue = z.infer<typeof DeadLetterQueue>;

/** What could not be done, as far as it has to be known: names, contents and secrets stay in the queue. */
export const DeadLetter = z.strictObject({
  id: z.string(),
  /** When it came into the queue. */
  at: Instant,
  /** How often it was tried; unknown for what never reached the function. */
  attempts: count.optional(),
  /** What was said of the last attempt, with addresses, telephone numbers and secrets masked. */
  error: z.string(),
  event: z
    .strictObject({
      id: z.string(),
      type: z.string(),
      about: z.strictObject({ kind: z.string(), id: z.string() }),
      time: Instant,
    })
    .optional(),
  /** The moment for which a run by the clock was due. */
  due: Instant.optional(),
  /** A range of the stream, of which the letter holds no more than its numbers. */
  records: z
    .strictObject({
      first: z.string(),
      last: z.string(),
      size: count,
      from: Instant,
      through: Instant,
    })
    .optional(),
  /** Why it can't be sent again: Chinese, then English. */
  unsendable: z.string().optional(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;

/** A letter that stays in the queue, and why: Chinese, then English. */
const Kept = z.strictObject({ id: z.string(), why: z.string() });

const reason = z.string().trim().min(1).max(500);
const chosen = z
  .array(z.string().min(1).max(100))
  .min(1, '至少一封 at least one letter')
  .max(LETTERS_AT_ONCE, `至多 ${LETTERS_AT_ONCE} 封 at most ${LETTERS_AT_ONCE} letters`);

/** Which letters are sent again; without any, those that the queue hands out first. */
export const DeadLetterRedrive = z.strictObject({ reason, letters: chosen.optional() });
export const DeadLetterDiscard = z.strictObject({ reason, letters: chosen });

/** What became of the letters: the ids of those that left the queue, those that stay, and how many are still there, about. */
const outcome = { kept: z.array(Kept), remaining: count };

export const deadLettersOperations = {
  'GET /dead-letters': {
    summary: ['死信队列', 'The queues of what could not be done, and how many wait in each'],
    answers: { 200: z.strictObject({ queues: z.array(DeadLetterQueue) }) },
  },
  'GET /dead-letters/{queue}': {
    summary: ['死信', 'The oldest letters of a queue that can be seen, without taking them out'],
    answers: {
      200: DeadLetterQueue.extend({
        /** When somebody last decided about letters of this queue, and who; absent when nobody ever did. */
        decided: z.strictObject({ at: Instant, by: z.string() }).optional(),
        letters: z.array(DeadLetter),
      }).strict(),
    },
  },
  'POST /dead-letters/{queue}/redrive': {
    summary: ['重新发送死信', 'Send letters again to the function that could not do them'],
    body: DeadLetterRedrive,
    once: true,
    answers: { 200: z.strictObject({ sent: z.array(z.string()), ...outcome }) },
  },
  'POST /dead-letters/{queue}/discard': {
    summary: ['死信结案', 'Take letters out of the queue without sending them'],
    body: DeadLetterDiscard,
    once: true,
    answers: { 200: z.strictObject({ discarded: z.array(z.string()), ...outcome }) },
  },
} as const satisfies Operations<'dead-letters'>;
