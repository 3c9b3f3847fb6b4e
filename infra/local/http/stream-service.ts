import * as z from 'zod';
import { epochMilliseconds, type Instant } from '#domain/time/time.ts';
import type { DeadLetterQueues } from '../delivery/dead-letter-queues.ts';
import { JsonObject } from '../json.ts';
import type { Rights } from '../template/rights.ts';
import { type AwsAnswer, type AwsCall, awsError } from './aws-service.ts';

const KEPT_SECONDS = 24 * 3600;

const GetShardIterator = z.object({
  StreamArn: z.string(),
  ShardIteratorType: z.literal('AT_SEQUENCE_NUMBER'),
  SequenceNumber: z.string(),
});
const GetRecords = z.object({ ShardIterator: z.string().regex(/^\S+\|\d+$/) });

const StreamLetter = z.object({ DDBStreamBatchInfo: z.object({ streamArn: z.string() }) });
const StreamedRecord = z.object({
  dynamodb: z.object({ SequenceNumber: z.string(), ApproximateCreationDateTime: z.number() }),
});

/**
 * What of DynamoDB's streams a function needs that reads again what a letter tells of. The runner kept the records of each
 * letter beside it, so it answers from those: the engine's own stream begins anew with each start, and by another clock. What
 * is older than a day of the virtual clock is forgotten, as it is in the cloud.
 */
export class StreamService {
  readonly #letters: DeadLetterQueues;
  readonly #rights: Rights;
  readonly #now: () => Instant;

  constructor(letters: DeadLetterQueues, rights: Rights, now: () => Instant) {
    this.#letters = letters;
    this.#rights = rights;
    this.#now = now;
  }

  answer({ functionId, action, body }: AwsCall): AwsAnswer {
    if (action === 'GetShardIterator') {
      const asked = GetShardIterator.safeParse(body);
      if (!asked.success) return invalid(asked.error);
      const { StreamArn, SequenceNumber } = asked.data;
      return (
        this.#refused(functionId, action, StreamArn) ??
        this.#forgotten(StreamArn, SequenceNumber) ?? {
          status: 200,
          body: { ShardIterator: `${StreamArn}|${SequenceNumber}` },
        }
      );
    }
    if (action === 'GetRecords') {
      const asked = GetRecords.safeParse(body);
      if (!asked.success) return invalid(asked.error);
      const [stream = '', first = ''] = asked.data.ShardIterator.split('|');
      return (
        this.#refused(functionId, action, stream) ?? {
          status: 200,
          body: { Records: this.#recordsFrom(stream, first) },
        }
      );
    }
    return awsError('UnknownOperationException', `The local runner has no ${action} of streams.`);
  }

  #refused(functionId: string, action: string, stream: string): AwsAnswer | undefined {
    const refused = this.#rights.refusal(functionId, `dynamodb:${action}`, stream);
    return refused === undefined ? undefined : awsError('AccessDeniedException', refused);
  }

  #forgotten(stream: string, first: string): AwsAnswer | undefined {
    const [oldest] = this.#recordsFrom(stream, first);
    const made = oldest && StreamedRecord.parse(oldest).dynamodb.ApproximateCreationDateTime;
    return made === undefined || epochMilliseconds(this.#now()) / 1000 - made >= KEPT_SECONDS
      ? awsError(
          'TrimmedDataAccessException',
          'The operation attempted to read past the oldest stream record.',
        )
      : undefined;
  }

  #recordsFrom(stream: string, first: string): JsonObject[] {
    const records = this.#letters
      .waiting()
      .filter(({ body }) => StreamLetter.safeParse(body).data?.DDBStreamBatchInfo.streamArn === stream)
      .flatMap(({ payload }) => z.array(JsonObject).parse(payload));
    const byNumber = new Map(records.map((record) => [numberOf(record), record]));
    return [...byNumber]
      .filter(([number]) => number >= BigInt(first))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, record]) => record);
  }
}

function numberOf(record: JsonObject): bigint {
  return BigInt(StreamedRecord.parse(record).dynamodb.SequenceNumber);
}

function invalid(error: z.ZodError): AwsAnswer {
  return awsError('ValidationException', error.issues[0]?.message ?? 'not valid');
}
