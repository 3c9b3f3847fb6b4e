import {
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { EVENT_PREFIX } from './keys.ts';

/** Opens the streams of tables. */
export function openStreams(): DynamoDBStreamsClient {
  return new DynamoDBStreamsClient();
}

/** Where in a stream records stand, by their numbers, both ends included. */
export interface StreamRange {
  readonly stream: string;
  readonly shard: string;
  readonly first: string;
  readonly last: string;
}

/** Pages of the stream that are read for one range at most; a page may be empty where nothing is. */
const PAGES = 100;

/**
 * The events that were put into the outbox within a range of the table's stream, as the stream hands them to a function;
 * undefined when it has forgotten where the range begins, which it does after 24 hours.
 * @throws Error when the range has no end within reach; the engine's error for whatever else
 */
export async function outboxRecords(
  streams: DynamoDBStreamsClient,
  { stream, shard, first, last }: StreamRange,
): Promise<StreamRecord[] | undefined> {
  try {
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({
        StreamArn: stream,
        ShardId: shard,
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        SequenceNumber: first,
      }),
    );
    const end = BigInt(last);
    const found: StreamRecord[] = [];
    let iterator = ShardIterator;
    for (let page = 0; page < PAGES && iterator !== undefined; page += 1) {
      const { Records = [], NextShardIterator } = await streams.send(
        new GetRecordsCommand({ ShardIterator: iterator }),
      );
      found.push(...Records.filter((record) => numberOf(record) <= end));
      if (Records.some((record) => numberOf(record) >= end)) return found.filter(isOutboxItem);
      iterator = NextShardIterator;
    }
    throw new Error(`the stream does not come to record ${last} of ${shard}`);
  } catch (error) {
    if (error instanceof TrimmedDataAccessException) return undefined;
    throw error;
  }
}

function numberOf({ dynamodb }: StreamRecord): bigint {
  return BigInt(dynamodb?.SequenceNumber ?? 0);
}

/** The same as the filter of the functions on the stream: nothing else is an event. */
function isOutboxItem({ eventName, dynamodb }: StreamRecord): boolean {
  return eventName === 'INSERT' && dynamodb?.Keys?.['sk']?.S?.startsWith(EVENT_PREFIX) === true;
}
