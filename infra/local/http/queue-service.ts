import { createHash } from 'node:crypto';
import * as z from 'zod';
import { epochMilliseconds } from '#domain/time/time.ts';
import type { DeadLetterQueues, Received } from '../delivery/dead-letter-queues.ts';
import type { Json, JsonObject } from '../json.ts';
import type { QueuePlan } from '../template/plan.ts';
import type { Rights } from '../template/rights.ts';
import { type AwsAnswer, type AwsCall, awsError } from './aws-service.ts';

const Visibility = z.int().min(0).max(43_200);
const bodies = {
  GetQueueAttributes: z.object({ AttributeNames: z.array(z.string()).default([]) }),
  ReceiveMessage: z.object({
    MaxNumberOfMessages: z.int().min(1).max(10).default(1),
    VisibilityTimeout: Visibility.optional(),
  }),
  DeleteMessage: z.object({ ReceiptHandle: z.string() }),
  ChangeMessageVisibility: z.object({ ReceiptHandle: z.string(), VisibilityTimeout: Visibility }),
  ChangeMessageVisibilityBatch: z.object({
    Entries: z
      .array(z.object({ Id: z.string(), ReceiptHandle: z.string(), VisibilityTimeout: Visibility }))
      .min(1)
      .max(10),
  }),
} as const;

/** The right that an action needs where it is not called by its own name. */
const RIGHTS: Readonly<Record<string, string>> = {
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
};

const ToQueue = z.object({ QueueUrl: z.url() });

/** What of SQS a stack needs that reads its dead-letter queues (AWS JSON 1.0). Nothing is waited for: what is there is there. */
export class QueueService {
  readonly #queues: readonly QueuePlan[];
  readonly #letters: DeadLetterQueues;
  readonly #rights: Rights;

  constructor(queues: readonly QueuePlan[], letters: DeadLetterQueues, rights: Rights) {
    this.#queues = queues;
    this.#letters = letters;
    this.#rights = rights;
  }

  answer({ functionId, action, body }: AwsCall): AwsAnswer {
    const to = ToQueue.safeParse(body);
    if (!to.success) return awsError('InvalidAddress', 'The request names no queue by its URL.');
    const queue = this.#queues.find(({ url }) => url === to.data.QueueUrl);
    if (queue === undefined) return awsError('QueueDoesNotExist', `There is no queue ${to.data.QueueUrl}.`);
    const refused = this.#rights.refusal(functionId, `sqs:${RIGHTS[action] ?? action}`, queue.arn);
    if (refused !== undefined) return awsError('AccessDenied', refused, 403);
    switch (action) {
      case 'GetQueueAttributes':
        return read(bodies.GetQueueAttributes, body, ({ AttributeNames }) => ({
          Attributes: this.#attributes(queue, AttributeNames),
        }));
      case 'ReceiveMessage':
        return read(bodies.ReceiveMessage, body, (asked) => ({
          Messages: this.#letters
            .receive(queue.id, asked.MaxNumberOfMessages, asked.VisibilityTimeout ?? queue.visibilitySeconds)
            .map(messageOf),
        }));
      case 'DeleteMessage':
        return read(bodies.DeleteMessage, body, ({ ReceiptHandle }) => {
          this.#letters.remove(ReceiptHandle);
          return {};
        });
      case 'ChangeMessageVisibility':
        return read(bodies.ChangeMessageVisibility, body, ({ ReceiptHandle, VisibilityTimeout }) =>
          this.#letters.hide(ReceiptHandle, VisibilityTimeout) ? {} : undefined,
        );
      case 'ChangeMessageVisibilityBatch':
        return read(bodies.ChangeMessageVisibilityBatch, body, ({ Entries }) => this.#hideAll(Entries));
      default:
        return awsError(
          'UnsupportedOperation',
          `${functionId} called SQS ${action}, which the local runner does not have.`,
        );
    }
  }

  #hideAll(entries: z.infer<typeof bodies.ChangeMessageVisibilityBatch>['Entries']): JsonObject {
    const outcomes = entries.map((entry) => ({
      Id: entry.Id,
      done: this.#letters.hide(entry.ReceiptHandle, entry.VisibilityTimeout),
    }));
    return {
      Successful: outcomes.filter(({ done }) => done).map(({ Id }) => ({ Id })),
      Failed: outcomes
        .filter(({ done }) => !done)
        .map(({ Id }) => ({ Id, SenderFault: true, Code: 'MessageNotInflight', Message: NOT_HELD })),
    };
  }

  #attributes({ id, arn }: QueuePlan, names: readonly string[]): JsonObject {
    const { visible, held } = this.#letters.counts(id);
    const all = {
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(held),
      ApproximateNumberOfMessagesDelayed: '0',
      QueueArn: arn,
    };
    return Object.fromEntries(
      Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name)),
    );
  }
}

const NOT_HELD = 'The letter is not in the hands of whom the receipt was given.';

/** Undefined from `make` is a receipt that is good no more. */
function read<T extends z.ZodType>(
  schema: T,
  body: unknown,
  make: (asked: z.output<T>) => Json | undefined,
): AwsAnswer {
  const asked = schema.safeParse(body);
  if (!asked.success) return awsError('InvalidParameterValue', asked.error.issues[0]?.message ?? 'not valid');
  const answer = make(asked.data);
  return answer === undefined ? awsError('MessageNotInflight', NOT_HELD) : { status: 200, body: answer };
}

function messageOf({ id, receipt, letter, times }: Received): JsonObject {
  const body = JSON.stringify(letter.body);
  return {
    MessageId: id,
    ReceiptHandle: receipt,
    Body: body,
    MD5OfBody: createHash('md5').update(body).digest('hex'),
    Attributes: {
      SentTimestamp: String(epochMilliseconds(letter.at)),
      ApproximateReceiveCount: String(times),
    },
  };
}
