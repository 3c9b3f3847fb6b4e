import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { synthesize } from '#infra/assembly.ts';
import type { Measured, Usage } from '#infra/cost/measured.ts';
import { separated, type Run } from '#infra/cost/usage.ts';
import { startEngine } from '#infra/local/engine/dynamodb-local.ts';
import { ensureTables } from '#infra/local/engine/tables.ts';
import type { InterceptedCall } from '#infra/local/runner.ts';
import { loadAssembly } from '#infra/local/template/assembly.ts';
import { makePlan, type FunctionPlan } from '#infra/local/template/plan.ts';
import { localStage } from '#infra/local-stage.ts';
import type { StateTable } from '#store/store.ts';
import { startWorld, type World } from '../../support/world.ts';
import { startMeter } from './meter.ts';

const RESTAURANTS = 4;
const DATABASE = 'cost';
const SHADOW = 'costshadow';
const MEGABYTES_A_GIGABYTE = 1024;
/** What the service keeps beside each item, in the table and in each index. */
const BYTES_BESIDE_AN_ITEM = 100;

/** A stack on this machine, of which everything that AWS would count is counted. */
export interface Town {
  readonly world: World;
  readonly state: StateTable;
  /** What some work and everything that follows from it use. */
  readonly used: (work: () => Promise<unknown>) => Promise<Usage>;
  /** The events of a type since the beginning. */
  readonly eventsOf: (type: string) => number;
}

/** Does some work beside a running stack, and ends it. */
export async function inTown<T>(work: (town: Town) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mingchou-bench-'));
  const engine = await startEngine(undefined, () => {});
  try {
    const assembly = synthesize(localStage(), { outdir: folder });
    const { functions, tables } = makePlan(loadAssembly(assembly), 'http://127.0.0.1');
    const direct = (database: string) =>
      new DynamoDB({
        endpoint: engine.endpoint,
        region: 'cn-north-1',
        credentials: { accessKeyId: database, secretAccessKey: 'local' },
      });
    const shadow = direct(SHADOW);
    await ensureTables(shadow, tables, false);
    shadow.destroy();
    const meter = await startMeter(engine.endpoint, SHADOW);
    const counter = new Counter(functions);
    const world = await startWorld({
      assembly,
      restaurants: RESTAURANTS,
      runner: {
        dynamodb: { endpoint: meter.endpoint, accessKeyId: DATABASE },
        intercept: (call) => {
          counter.see(call);
          return 'pass';
        },
        onLog: ({ source, text }) => {
          counter.log(source, text);
        },
      },
    });
    const { endpoint, region, credentials } = world.runner.dynamodb;
    const client = new DynamoDB({ endpoint, region, credentials });
    const stateTable = z.string().parse(tables.find(({ id }) => id.includes('State'))?.name);
    try {
      return await work({
        world,
        state: {
          client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
          stateTable,
        },
        used: async (something) => {
          await world.runner.settle();
          meter.take();
          counter.take();
          const before = await storedIn(client, tables);
          await something();
          await world.runner.settle();
          // Log lines come through a pipe of the function's thread.
          await sleep(50);
          const stored = (await storedIn(client, tables)) - before;
          return { ...meter.take(), ...counter.take(), stored };
        },
        eventsOf: (type) => counter.eventsOf(type),
      });
    } finally {
      client.destroy();
      await world.stop();
      await meter.stop();
    }
  } finally {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What one of something uses, from two runs of different numbers. */
export async function perOne(
  { used }: Town,
  [small, large]: readonly [number, number],
  work: (count: number) => Promise<unknown>,
): Promise<Measured> {
  const run = async (count: number): Promise<Run> => ({ count, used: await used(() => work(count)) });
  const first = await run(small);
  return { runs: [small, large], ...separated(first, await run(large)) };
}

/** Bytes of all tables and indexes, with what the service adds to each item. */
async function storedIn(client: DynamoDB, tables: readonly { readonly name: string }[]): Promise<number> {
  let bytes = 0;
  for (const { name } of tables) {
    const { Table } = await client.describeTable({ TableName: name });
    for (const part of [
      { bytes: Table?.TableSizeBytes, items: Table?.ItemCount },
      ...(Table?.GlobalSecondaryIndexes ?? []).map(({ IndexSizeBytes, ItemCount }) => ({
        bytes: IndexSizeBytes,
        items: ItemCount,
      })),
    ]) {
      bytes += (part.bytes ?? 0) + (part.items ?? 0) * BYTES_BESIDE_AN_ITEM;
    }
  }
  return bytes;
}

type Counts = Pick<Usage, 'events' | 'invocations' | 'memory' | 'requests' | 'logs'>;
const Entries = z.object({ Entries: z.array(z.object({ DetailType: z.string() })) });

/** Counts what functions do beside reading and writing. An invocation is counted by its first AWS call; there is none without. */
class Counter {
  readonly #memory: ReadonlyMap<string, number>;
  readonly #events = new Map<string, number>();
  readonly #seen = new Set<string>();
  #counts: Counts = { events: 0, invocations: 0, memory: 0, requests: 0, logs: 0 };

  constructor(functions: readonly FunctionPlan[]) {
    this.#memory = new Map(
      functions.map(({ id, memoryMegabytes }) => [id, memoryMegabytes / MEGABYTES_A_GIGABYTE]),
    );
  }

  see({ function: id, delivery, action, body }: InterceptedCall): void {
    const invocation = `${id} ${delivery.id} ${delivery.attempt}`;
    if (!this.#seen.has(invocation)) {
      this.#seen.add(invocation);
      this.#counts.invocations += 1;
      this.#counts.memory += this.#memory.get(id) ?? 0;
      this.#counts.requests += delivery.kind === 'http' ? 1 : 0;
    }
    if (action !== 'PutEvents') return;
    for (const { DetailType } of Entries.parse(body).Entries) {
      this.#counts.events += 1;
      this.#events.set(DetailType, this.eventsOf(DetailType) + 1);
    }
  }

  log(source: string, text: string): void {
    if (this.#memory.has(source)) this.#counts.logs += Buffer.byteLength(text) + 1;
  }

  eventsOf(type: string): number {
    return this.#events.get(type) ?? 0;
  }

  take(): Counts {
    const taken = this.#counts;
    this.#counts = { events: 0, invocations: 0, memory: 0, requests: 0, logs: 0 };
    return taken;
  }
}
