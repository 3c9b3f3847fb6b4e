import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreams, _Record as SdkRecord } from '@aws-sdk/client-dynamodb-streams';
import type { Instant } from '#domain/time/time.ts';
import { LocalRunnerError, messageOf } from '../failure.ts';
import type { TablePlan } from '../template/plan.ts';
import type { StreamMapping } from './mapping.ts';
import { recordOf } from './record.ts';

/** Key of the item that is put and removed to prove that a stream is read to its end. No function sees its records. */
export const PROBE_KEY = 'RUNNER#PROBE';
const PROBE_NUMBER = 'probe';

const IDLE_MS = 100;
/** Above this many undelivered records of a mapping the reader waits, so that a long import doesn't fill the memory. */
const HIGH_WATER = 5000;

export interface ReaderSettings {
  client: DynamoDB;
  streams: DynamoDBStreams;
  table: TablePlan;
  /** The stream in the engine, and the name that the template gives it. */
  streamArn: string;
  publicArn: string;
  mappings: readonly StreamMapping[];
  now: () => Instant;
  onLog: (text: string) => void;
}

/**
 * Reads the stream of one table and offers its records to the mappings. One reader for all of them: the stream of the
 * local engine is one ordered shard.
 */
export class StreamReader {
  readonly #settings: ReaderSettings;
  #iterator: string | undefined;
  #shard: string | undefined;
  #after: string;
  #stopped = false;
  #failure: unknown;
  /** Tells this run's probes from those that an earlier run left in the stream. */
  readonly #id = randomUUID();
  #probes = 0;
  #seenProbe = 0;
  #wake: () => void = () => {};
  #probeSeen: () => void = () => {};
  #cleanup: Promise<unknown> = Promise.resolve();
  #loop: Promise<void> = Promise.resolve();

  constructor(settings: ReaderSettings) {
    this.#settings = settings;
    // The mapping that is furthest behind decides; the others skip what they have seen.
    this.#after = settings.mappings.map((mapping) => mapping.checkpoint).toSorted()[0] ?? '';
  }

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#failure ??= new LocalRunnerError('The runner stopped.');
    this.#wake();
    this.#probeSeen();
    await this.#loop;
    await this.#cleanup;
  }

  /** Looks at once instead of after a pause. */
  poke(): void {
    this.#wake();
  }

  /**
   * Resolves when every record that was written before this call has been offered to the mappings: it writes an item
   * and waits for its record. A pause that is long enough on a quiet machine is too short on a busy one.
   */
  async probe(): Promise<void> {
    await this.#cleanup;
    this.#probes += 1;
    const wanted = this.#probes;
    const { client, table } = this.#settings;
    const key = Object.fromEntries(
      table.properties.KeySchema.map((part) => [part.AttributeName, { S: PROBE_KEY }]),
    );
    await client.putItem({
      TableName: table.name,
      Item: { ...key, [PROBE_NUMBER]: { S: `${this.#id}/${wanted}` } },
    });
    // Removed again at once, so that a test that compares whole tables doesn't meet it.
    this.#cleanup = client.deleteItem({ TableName: table.name, Key: key });
    this.#wake();
    while (this.#seenProbe < wanted) {
      if (this.#failure !== undefined) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#probeSeen = resolve;
      });
    }
    await this.#cleanup;
  }

  async #run(): Promise<void> {
    try {
      while (!this.#stopped) {
        const records = await this.#read();
        if (records.length > 0) {
          this.#offer(records);
          // A long import writes records that no mapping wants: reading each few of them would only slow the engine down.
          if (
            this.#seenProbe >= this.#probes &&
            this.#settings.mappings.every(({ waiting }) => waiting === 0)
          )
            await this.#pause();
        } else if (this.#seenProbe < this.#probes) await sleep(1);
        else await this.#pause();
        while (!this.#stopped && this.#settings.mappings.some((mapping) => mapping.waiting > HIGH_WATER))
          await sleep(10);
      }
    } catch (error) {
      if (this.#stopped) return;
      this.#failure = new LocalRunnerError(
        `The stream of ${this.#settings.table.name} can't be read any more: ${messageOf(error)}`,
      );
      this.#settings.onLog(messageOf(this.#failure));
      this.#probeSeen();
    }
  }

  async #read(): Promise<SdkRecord[]> {
    const { streams } = this.#settings;
    this.#iterator ??= await this.#openIterator();
    try {
      const page = await streams.getRecords({ ShardIterator: this.#iterator, Limit: 1000 });
      // A shard that was closed has no next iterator; its child goes on.
      this.#iterator = page.NextShardIterator;
      return page.Records ?? [];
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      if (name !== 'ExpiredIteratorException' && name !== 'TrimmedDataAccessException') throw error;
      // The engine keeps records for 24 hours. What was trimmed is gone; what is left is read from the start.
      if (name === 'TrimmedDataAccessException') {
        this.#settings.onLog(
          `the stream of ${this.#settings.table.name} no longer has the records after ${this.#after}`,
        );
        this.#after = '';
      }
      this.#shard = undefined;
      this.#iterator = undefined;
      return [];
    }
  }

  async #openIterator(): Promise<string> {
    const { streams, streamArn } = this.#settings;
    const description = (await streams.describeStream({ StreamArn: streamArn })).StreamDescription;
    const shards = description?.Shards ?? [];
    const next =
      shards.find((shard) => this.#shard !== undefined && shard.ParentShardId === this.#shard) ??
      shards.find((shard) => covers(shard.SequenceNumberRange?.EndingSequenceNumber, this.#after));
    const id = next?.ShardId;
    if (id === undefined) throw new LocalRunnerError(`the stream ${streamArn} has no open shard`);
    const inside =
      this.#after !== '' && this.#after >= (next?.SequenceNumberRange?.StartingSequenceNumber ?? '');
    this.#shard = id;
    const answer = await streams.getShardIterator({
      StreamArn: streamArn,
      ShardId: id,
      ...(inside
        ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: this.#after }
        : { ShardIteratorType: 'TRIM_HORIZON' }),
    });
    if (answer.ShardIterator === undefined) throw new LocalRunnerError(`the shard ${id} has no iterator`);
    return answer.ShardIterator;
  }

  #offer(records: readonly SdkRecord[]): void {
    const now = this.#settings.now();
    const offered = records
      .filter((record) => !this.#noteProbe(record))
      .map((record) => recordOf(record, now, this.#settings.publicArn));
    this.#after = records.at(-1)?.dynamodb?.SequenceNumber ?? this.#after;
    for (const mapping of this.#settings.mappings) mapping.offer(offered);
    this.#probeSeen();
  }

  #noteProbe(record: SdkRecord): boolean {
    const partitionKey = this.#settings.table.properties.KeySchema[0]?.AttributeName ?? '';
    if (record.dynamodb?.Keys?.[partitionKey]?.S !== PROBE_KEY) return false;
    const [id, number] = record.dynamodb.NewImage?.[PROBE_NUMBER]?.S?.split('/') ?? [];
    if (id === this.#id) this.#seenProbe = Number(number);
    return true;
  }

  async #pause(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, IDLE_MS);
    });
    clearTimeout(timer);
    this.#wake = () => {};
  }
}

/** A closed shard that ends at or before the last record that was read has nothing more to give. */
function covers(ending: string | undefined, after: string): boolean {
  return ending === undefined || ending > after;
}
