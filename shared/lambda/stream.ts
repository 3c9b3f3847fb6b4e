import { unmarshall } from '@aws-sdk/util-dynamodb';
import middy from '@middy/core';
import type { DynamoDBBatchResponse } from 'aws-lambda';
import * as z from 'zod';
import type { FunctionName } from '#contracts/environment.ts';
import { MingchouEvent } from '#contracts/events.ts';
import { invocation } from './invocation.ts';
import { telemetryOf, type Telemetry } from './telemetry.ts';

/** What is read of a stream record of the state table: an outbox item that was put. The mapping's filter lets nothing else through. */
const OutboxRecord = z.object({
  dynamodb: z.object({
    SequenceNumber: z.string(),
    NewImage: z.custom<Parameters<typeof unmarshall>[0]>(
      (value) => typeof value === 'object' && value !== null,
    ),
  }),
});
const StreamBatch = z.object({ Records: z.array(OutboxRecord) });
const OutboxItem = z.object({ event: MingchouEvent });

export interface OutboxEntry {
  readonly event: MingchouEvent;
  readonly sequenceNumber: string;
}

/**
 * Handles the batch's events in their order and answers with the first that did not go through (or undefined):
 * the stream is delivered again from there, so that nothing is overtaken and nothing is skipped.
 */
export type BatchHandler = (
  entries: readonly OutboxEntry[],
  telemetry: Telemetry,
) => Promise<OutboxEntry | undefined>;

/** A Lambda function on the state table's stream, with partial batch answers (ReportBatchItemFailures). */
export function streamFunction(name: FunctionName, handler: BatchHandler) {
  const telemetry = telemetryOf(name);

  async function handle(raw: unknown): Promise<DynamoDBBatchResponse> {
    const entries = StreamBatch.parse(raw).Records.map(({ dynamodb }) => ({
      event: OutboxItem.parse(unmarshall(dynamodb.NewImage)).event,
      sequenceNumber: dynamodb.SequenceNumber,
    }));
    const failed = await handler(entries, telemetry);
    return { batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed.sequenceNumber }] };
  }

  return middy<unknown, DynamoDBBatchResponse>().use(invocation(telemetry)).handler(handle);
}
