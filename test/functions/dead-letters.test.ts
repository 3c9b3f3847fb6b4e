import { describe, expect, it } from 'vitest';
import { readLetter } from '#functions/dead-letters/letter.ts';
import { Instant, later } from '#domain/time/time.ts';
import { sampleEvent } from '../support/samples.ts';

const AT = Instant.parse('2026-03-02T01:30:00.000Z');

/** A letter as SQS hands it out. */
function held(body: unknown, attributes: Readonly<Record<string, string>> = {}) {
  return {
    MessageId: 'M-1',
    ReceiptHandle: 'r',
    Body: typeof body === 'string' ? body : JSON.stringify(body),
    Attributes: { SentTimestamp: AT },
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [name, { StringValue }]),
    ),
  };
}

const event = sampleEvent('T-1', 'c-1');
const onBus = { 'detail-type': event.type, source: 'mingchou', time: '2026-03-02T01:00:00Z', detail: event };
const context = { requestId: 'q', condition: 'RetriesExhausted', approximateInvokeCount: 3 };

describe('a letter of a function', () => {
  it('holds the event, the attempts and the error; of the event no more is shown than which it is', () => {
    const failed = {
      version: '1.0',
      timestamp: AT,
      requestContext: context,
      requestPayload: onBus,
      responsePayload: { errorType: 'Error', errorMessage: 'mail to a@example.org failed', trace: [] },
    };
    const letter = readLetter(held(failed), 'event', AT);
    expect(letter.view).toEqual({
      id: 'M-1',
      at: AT,
      attempts: 3,
      error: 'Error: mail to **** failed',
      event: {
        id: event.id,
        type: event.type,
        about: { kind: event.about.kind, id: event.about.id },
        time: event.time,
      },
    });
    expect(letter.parcel).toEqual({ kind: 'event', payload: JSON.stringify(onBus) });
  });

  it('that was too old before it was tried has a condition instead of an error', () => {
    const aged = {
      requestContext: { ...context, condition: 'EventAgeExceeded', approximateInvokeCount: 0 },
      requestPayload: onBus,
    };
    expect(readLetter(held(aged), 'event', AT).view).toMatchObject({
      attempts: 0,
      error: 'EventAgeExceeded',
    });
  });

  it('that the bus could not hand over is the event itself, with the reason beside it', () => {
    const attributes = {
      ERROR_CODE: 'NO_PERMISSIONS',
      ERROR_MESSAGE: 'not allowed to invoke',
      RETRY_ATTEMPTS: '185',
    };
    const letter = readLetter(held(onBus, attributes), 'event', AT);
    expect(letter.view).toMatchObject({ attempts: 185, error: 'NO_PERMISSIONS: not allowed to invoke' });
    expect(letter.parcel).toEqual({ kind: 'event', payload: JSON.stringify(onBus) });
  });

  it.each([
    ['no JSON', '{"detail', '内容不是 JSON The letter is not JSON.'],
    [
      'no event of the catalogue',
      { 'detail-type': 'x', detail: { type: 'x' } },
      '不是本系统的事件 The letter holds no event of the catalogue.',
    ],
    [
      'an event without its data',
      { requestContext: context, requestPayload: { ...onBus, detail: { ...event, data: 1 } } },
      '不是本系统的事件 The letter holds no event of the catalogue.',
    ],
  ])('that is %s can’t be sent, and says why', (_, body, why) => {
    const letter = readLetter(held(body), 'event', AT);
    expect([letter.parcel, letter.view.unsendable]).toEqual([undefined, why]);
  });

  it('of a run by the clock tells when the run was due', () => {
    const run = { 'detail-type': 'Scheduled Event', time: '2026-03-02T00:30:00Z', detail: {} };
    const letter = readLetter(held({ requestContext: context, requestPayload: run }), 'schedule', AT);
    expect(letter.view.due).toBe('2026-03-02T00:30:00.000Z');
    expect(readLetter(held(onBus), 'schedule', AT).view.unsendable).toContain('no run by the clock');
  });
});

describe('a letter of the stream', () => {
  const batch = {
    requestContext: { ...context, condition: 'RetryAttemptsExhausted', approximateInvokeCount: 21 },
    DDBStreamBatchInfo: {
      shardId: 'shardId-1',
      startSequenceNumber: '9007199254740993001',
      endSequenceNumber: '9007199254740993002',
      approximateArrivalOfFirstRecord: '2026-03-02T01:00:00Z',
      approximateArrivalOfLastRecord: '2026-03-02T01:00:01Z',
      batchSize: 2,
      streamArn: 'arn:stream',
    },
  };

  it('holds where its records stand', () => {
    const { view, parcel } = readLetter(held(batch), 'stream', AT);
    expect(view).toEqual({
      id: 'M-1',
      at: AT,
      attempts: 21,
      error: 'RetryAttemptsExhausted',
      records: {
        first: '9007199254740993001',
        last: '9007199254740993002',
        size: 2,
        from: '2026-03-02T01:00:00.000Z',
        through: '2026-03-02T01:00:01.000Z',
      },
    });
    expect(parcel).toEqual({
      kind: 'records',
      range: {
        stream: 'arn:stream',
        shard: 'shardId-1',
        first: '9007199254740993001',
        last: '9007199254740993002',
      },
    });
  });

  it('can be sent for 24 hours after its first record came, to the millisecond', () => {
    const end = later(Instant.parse('2026-03-02T01:00:00.000Z'), 24 * 3_600_000);
    expect(readLetter(held(batch), 'stream', later(end, -1)).parcel).toBeDefined();
    const forgotten = readLetter(held(batch), 'stream', end);
    expect(forgotten.parcel).toBeUndefined();
    expect(forgotten.view.unsendable).toContain('docs/operations.md');
  });
});
