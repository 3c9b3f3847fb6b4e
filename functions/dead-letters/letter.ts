import * as z from 'zod';
import type { DeadLetter } from '#contracts/api/dead-letters.ts';
import type { LetterKind } from '#contracts/dead-letters.ts';
import { MingchouEvent } from '#contracts/events.ts';
import { JsonText } from '#domain/canonical/json-text.ts';
import { maskedError } from '#domain/dead-letter/masked.ts';
import { epochMilliseconds, instantOf, later, type Instant } from '#domain/time/time.ts';
import type { StreamRange } from '#store/stream-records.ts';
import type { Held } from './queues.ts';

/** For how long a stream keeps its records. */
const STREAM_KEEPS_MS = 24 * 3_600_000;

/** What a letter carries to a function: an event as the function got it, or a range of the stream. */
export type Parcel =
  | { readonly kind: 'event'; readonly payload: string }
  | { readonly kind: 'records'; readonly range: StreamRange };

/** A letter as people see it, and what of it can be sent again; nothing where it can't. */
export interface Letter {
  readonly held: Held;
  readonly view: DeadLetter;
  readonly parcel?: Parcel;
}

const AwsTime = z.iso.datetime({ offset: true }).transform((text) => instantOf(Date.parse(text)));
const Count = z.int().nonnegative();

/** What Lambda puts into a queue for an event that a function could not handle (its record for a destination). */
const Wrapped = z.object({
  requestContext: z.object({ condition: z.string(), approximateInvokeCount: Count }),
  requestPayload: z.json(),
  responsePayload: z
    .object({ errorType: z.string().optional(), errorMessage: z.string().optional() })
    .nullish()
    .catch(undefined),
});

/** What Lambda puts there for records of a stream: not the records, but where they stand. */
const OfStream = z.object({
  requestContext: z.object({ condition: z.string(), approximateInvokeCount: Count }),
  DDBStreamBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: z.string().regex(/^\d+$/),
    endSequenceNumber: z.string().regex(/^\d+$/),
    approximateArrivalOfFirstRecord: AwsTime,
    approximateArrivalOfLastRecord: AwsTime,
    batchSize: Count,
    streamArn: z.string(),
  }),
});

const BusEvent = z.object({ 'detail-type': z.string(), detail: MingchouEvent });
const ScheduledEvent = z.object({ 'detail-type': z.literal('Scheduled Event'), time: AwsTime });

/** Reads a letter of a path. What it can't read is shown as far as it can, and can't be sent. */
export function readLetter(held: Held, kind: LetterKind, now: Instant): Letter {
  const body = JsonText.safeParse(held.Body);
  if (!body.success) {
    return unreadable(held, '内容不是 JSON The letter is not JSON.');
  }
  return kind === 'stream' ? ofStream(held, body.data, now) : ofFunction(held, body.data, kind);
}

function ofFunction(held: Held, body: unknown, kind: 'event' | 'schedule'): Letter {
  const wrapped = Wrapped.safeParse(body);
  // What the bus could not hand to the function stands in the queue as it is, with the reason beside it.
  const payload = wrapped.success ? wrapped.data.requestPayload : body;
  const facts = {
    ...factsOf(held),
    ...(wrapped.success
      ? {
          attempts: wrapped.data.requestContext.approximateInvokeCount,
          error: errorOf(wrapped.data),
        }
      : undelivered(held)),
  };
  const parcel: Parcel = { kind: 'event', payload: JSON.stringify(payload) };
  if (kind === 'schedule') {
    const run = ScheduledEvent.safeParse(payload);
    return run.success
      ? { held, view: { ...facts, due: run.data.time }, parcel }
      : { held, view: { ...facts, unsendable: '不是定时运行 The letter is no run by the clock.' } };
  }
  const event = BusEvent.safeParse(payload);
  if (!event.success) {
    return {
      held,
      view: { ...facts, unsendable: '不是本系统的事件 The letter holds no event of the catalogue.' },
    };
  }
  const { id, type, about, time } = event.data.detail;
  return {
    held,
    view: { ...facts, event: { id, type, about: { kind: about.kind, id: about.id }, time } },
    parcel,
  };
}

function ofStream(held: Held, body: unknown, now: Instant): Letter {
  const parsed = OfStream.safeParse(body);
  if (!parsed.success) {
    return unreadable(held, '不是流记录的范围 The letter names no range of the stream.');
  }
  const { requestContext, DDBStreamBatchInfo: batch } = parsed.data;
  const view: DeadLetter = {
    ...factsOf(held),
    attempts: requestContext.approximateInvokeCount,
    error: maskedError(requestContext.condition),
    records: {
      first: batch.startSequenceNumber,
      last: batch.endSequenceNumber,
      size: batch.batchSize,
      from: batch.approximateArrivalOfFirstRecord,
      through: batch.approximateArrivalOfLastRecord,
    },
  };
  const forgotten = later(batch.approximateArrivalOfFirstRecord, STREAM_KEEPS_MS);
  if (epochMilliseconds(now) >= epochMilliseconds(forgotten)) {
    return { held, view: { ...view, unsendable: FORGOTTEN } };
  }
  const range = {
    stream: batch.streamArn,
    shard: batch.shardId,
    first: batch.startSequenceNumber,
    last: batch.endSequenceNumber,
  };
  return { held, view, parcel: { kind: 'records', range } };
}

/** Said of records that the stream no longer has. */
export const FORGOTTEN =
  '流中记录已过 24 小时，须按运行手册从状态表手工补发后结案 The stream has forgotten the records after 24 hours: carry the events on by hand from the state table as docs/operations.md says, then close the letter.';

function unreadable(held: Held, unsendable: string): Letter {
  return { held, view: { ...factsOf(held), ...undelivered(held), unsendable } };
}

function factsOf({ MessageId, Attributes }: Held) {
  return { id: MessageId, at: Attributes.SentTimestamp };
}

function errorOf({ requestContext, responsePayload }: z.infer<typeof Wrapped>): string {
  const said = [responsePayload?.errorType, responsePayload?.errorMessage].filter(
    (part) => part !== undefined,
  );
  return maskedError(said.length === 0 ? requestContext.condition : said.join(': '));
}

/** What EventBridge says beside an event that it could not hand over. */
function undelivered({ MessageAttributes }: Held): Pick<DeadLetter, 'error' | 'attempts'> {
  const said = [MessageAttributes['ERROR_CODE'], MessageAttributes['ERROR_MESSAGE']].flatMap(
    (attribute) => attribute?.StringValue ?? [],
  );
  const attempts = Count.safeParse(Number(MessageAttributes['RETRY_ATTEMPTS']?.StringValue));
  return {
    error: maskedError(said.length === 0 ? '没有说明 nothing was said' : said.join(': ')),
    ...(attempts.success ? { attempts: attempts.data } : {}),
  };
}
