import type { Activity } from '../delivery/activity.ts';
import { contentOf, type DeliveryHooks } from '../delivery/async-invoker.ts';
import { pauseBeforeRetry } from '../delivery/retry.ts';
import { messageOf } from '../failure.ts';
import type { FunctionHost, Outcome } from '../functions/function-host.ts';
import { isJsonObject, type Json } from '../json.ts';
import type { Delivery } from '../options.ts';
import type { MappingPlan } from '../template/plan.ts';
import { processBatch } from './batch.ts';
import type { StreamRecord } from './record.ts';

/** One event source mapping: filter, batch, invoke, in the order of the stream. */
export class StreamMapping {
  readonly plan: MappingPlan;
  readonly #host: FunctionHost;
  readonly #activity: Activity;
  readonly #hooks: DeliveryHooks;
  readonly #streamArn: string;
  #queue: StreamRecord[] = [];
  #draining = false;
  #seen: string;
  #checkpoint: string;

  /** `checkpoint` is the sequence number up to which everything was handled, empty at first. */
  constructor(
    plan: MappingPlan,
    host: FunctionHost,
    streamArn: string,
    checkpoint: string,
    activity: Activity,
    hooks: DeliveryHooks,
  ) {
    this.plan = plan;
    this.#host = host;
    this.#streamArn = streamArn;
    this.#activity = activity;
    this.#hooks = hooks;
    this.#seen = checkpoint;
    this.#checkpoint = checkpoint;
  }

  /** Everything up to here is handled, filtered out or given up. */
  get checkpoint(): string {
    return this.#checkpoint;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /** Takes the next records of the stream. Sequence numbers have one length, so they compare as text. */
  offer(records: readonly StreamRecord[]): void {
    for (const record of records) {
      if (record.sequence <= this.#seen) continue;
      this.#seen = record.sequence;
      if (this.plan.matches(record.event)) this.#queue.push(record);
    }
    if (this.#draining) return;
    if (this.#queue.length === 0) {
      this.#checkpoint = this.#seen;
      return;
    }
    this.#draining = true;
    const end = this.#activity.begin(`stream records of ${this.plan.id}`);
    this.#drain()
      .catch((error: unknown) => {
        this.#hooks.onLog(`the mapping ${this.plan.id} broke: ${messageOf(error)}`);
      })
      .finally(() => {
        this.#draining = false;
        end();
      });
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, this.plan.batchSize);
      const last = batch.at(-1)?.sequence ?? this.#checkpoint;
      const id = this.#idOf(batch);
      await this.#process(batch, '');
      if (this.#hooks.onDeliver?.({ function: this.plan.functionId, id, attempt: 1, kind: 'stream' }) === 2) {
        await this.#process(batch, '#2');
      }
      this.#checkpoint = this.#queue.length === 0 ? this.#seen : last;
    }
  }

  async #process(batch: readonly StreamRecord[], suffix: string): Promise<void> {
    await processBatch(batch, this.plan, {
      invoke: async (records, attempt) => this.#invoke(records, attempt, suffix),
      giveUp: (records, attempts, reason) => {
        this.#giveUp(records, attempts, reason);
      },
      pause: pauseBeforeRetry,
    });
  }

  async #invoke(records: readonly StreamRecord[], attempt: number, suffix: string): Promise<Outcome> {
    const delivery: Delivery = { id: `${this.#idOf(records)}${suffix}`, attempt, kind: 'stream' };
    const images = records.map((record) => imagesOf(record.event['dynamodb'] ?? null));
    return this.#host.invoke({ Records: records.map((record) => record.event) }, delivery, contentOf(images));
  }

  #idOf(records: readonly StreamRecord[]): string {
    return `${this.plan.id}/${records[0]?.sequence ?? ''}-${records.at(-1)?.sequence ?? ''}`;
  }

  #giveUp(records: readonly StreamRecord[], attempts: number, reason: string): void {
    const id = this.#idOf(records);
    if (this.plan.onFailure === undefined) {
      this.#hooks.onLog(
        `stream records ${id} are lost: ${attempts} attempts failed and the mapping has no queue for failures.`,
      );
      return;
    }
    const at = this.#hooks.now();
    this.#hooks.deadLetter({
      queue: this.plan.onFailure,
      function: this.plan.functionId,
      kind: 'stream',
      at,
      reason,
      attempts,
      body: {
        version: '1.0',
        timestamp: at,
        requestContext: {
          requestId: id,
          functionArn: this.#host.plan.arn,
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: attempts,
        },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        DDBStreamBatchInfo: {
          shardId: 'shardId-local',
          startSequenceNumber: records[0]?.sequence ?? '',
          endSequenceNumber: records.at(-1)?.sequence ?? '',
          approximateArrivalOfFirstRecord: at,
          approximateArrivalOfLastRecord: at,
          batchSize: records.length,
          streamArn: this.#streamArn,
        },
      },
      payload: records.map((record) => record.event),
    });
  }
}

/** What a record says, without its number and time: equal in two runs that write the same. */
function imagesOf(dynamodb: Json): Json {
  if (!isJsonObject(dynamodb)) return null;
  return [dynamodb['Keys'] ?? null, dynamodb['NewImage'] ?? null];
}
