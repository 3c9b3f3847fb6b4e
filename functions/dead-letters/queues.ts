import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { LETTERS_AT_ONCE } from '#contracts/api/dead-letters.ts';
import { QUEUE_SUFFIX, type LetterPathName } from '#contracts/dead-letters.ts';
import { instantOf } from '#domain/time/time.ts';
import { once } from '#lambda/environment.ts';
import { environment } from './asking.ts';

/** Longer than a request of ours lasts: nobody else gets a letter that is being sent. It comes back by itself when we die. */
const HELD_SECONDS = 60;

/** What is read of a message of SQS. */
const Message = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  Attributes: z.object({
    SentTimestamp: z.coerce.number().transform((milliseconds) => instantOf(milliseconds)),
  }),
  MessageAttributes: z.record(z.string(), z.object({ StringValue: z.string().optional() })).default({}),
});

/** A letter in our hands: hidden from others until it is given back, deleted, or a minute has gone by. */
export type Held = z.infer<typeof Message>;

// Without this the client calls the address in `QueueUrl`, and on one machine that would be the real service's.
const sqs = once(() => new SQSClient({ useQueueUrlAsEndpoint: false }));

function urlOf(path: LetterPathName): string {
  return `${environment().DEAD_LETTER_QUEUES}${path}${QUEUE_SUFFIX}`;
}

const Counts = z.object({
  ApproximateNumberOfMessages: z.coerce.number(),
  ApproximateNumberOfMessagesNotVisible: z.coerce.number(),
});

/** How many letters there are, about: those in somebody's hands too. */
export async function waitingIn(path: LetterPathName): Promise<number> {
  const { Attributes } = await sqs().send(
    new GetQueueAttributesCommand({
      QueueUrl: urlOf(path),
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  const counts = Counts.parse(Attributes);
  return counts.ApproximateNumberOfMessages + counts.ApproximateNumberOfMessagesNotVisible;
}

/** Takes letters into our hands, in whatever order the queue gives them; the oldest stand first in what is given. */
export async function hold(path: LetterPathName, most: number): Promise<Held[]> {
  const held = new Map<string, Held>();
  while (held.size < most) {
    const { Messages = [] } = await sqs().send(
      new ReceiveMessageCommand({
        QueueUrl: urlOf(path),
        MaxNumberOfMessages: Math.min(LETTERS_AT_ONCE, most - held.size),
        VisibilityTimeout: HELD_SECONDS,
        // A queue that is asked without patience looks at some of its servers only, and seems empty.
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['SentTimestamp'],
        MessageAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) break;
    for (const message of Messages) {
      const one = Message.parse(message);
      held.set(one.MessageId, one);
    }
  }
  return [...held.values()].toSorted((a, b) =>
    a.Attributes.SentTimestamp < b.Attributes.SentTimestamp ? -1 : 1,
  );
}

/** Lets others see the letters again. One that can't be given back comes back by itself after a minute. */
export async function giveBack(path: LetterPathName, letters: readonly Held[]): Promise<void> {
  for (let from = 0; from < letters.length; from += LETTERS_AT_ONCE) {
    await sqs().send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: urlOf(path),
        Entries: letters.slice(from, from + LETTERS_AT_ONCE).map(({ ReceiptHandle }, at) => ({
          Id: String(at),
          ReceiptHandle,
          VisibilityTimeout: 0,
        })),
      }),
    );
  }
}

/** Takes a letter out of its queue for good. */
export async function remove(path: LetterPathName, { ReceiptHandle }: Held): Promise<void> {
  await sqs().send(new DeleteMessageCommand({ QueueUrl: urlOf(path), ReceiptHandle }));
}
