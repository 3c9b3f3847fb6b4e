import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { synthesize } from '#infra/assembly.ts';
import { startEngine } from '#infra/local/engine/dynamodb-local.ts';
import { ensureTables } from '#infra/local/engine/tables.ts';
import { environmentOf } from '#infra/local/functions/environment.ts';
import { loadAssembly } from '#infra/local/template/assembly.ts';
import { makePlan } from '#infra/local/template/plan.ts';
import { localStage } from '#infra/local-stage.ts';
import type { StateTable } from '#store/store.ts';

const CREDENTIALS = { accessKeyId: 'bench', secretAccessKey: 'local' };

/** An engine in memory with the template's tables, and a client that does nothing beyond what the SDK does. */
export interface BenchEngine {
  readonly client: DynamoDB;
  readonly table: string;
  /** Another database of the engine, with the same empty tables. */
  readonly another: (name: string) => Promise<StateTable>;
}

/**
 * Does a piece of work beside an engine of its own, in whose tables nothing stands. This process gets the environment of one
 * function of the stack, so that its code runs as it does when it is deployed.
 * @param name the function's folder
 */
export async function withEngine<T>(name: string, work: (engine: BenchEngine) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mingchou-bench-'));
  const engine = await startEngine(undefined, () => {});
  const { endpoint } = engine;
  try {
    const plan = makePlan(loadAssembly(synthesize(localStage(), { outdir: folder })), 'http://127.0.0.1');
    const made = plan.functions.find(({ id }) => new RegExp(`${name}Function[0-9A-F]{8}$`).test(id));
    const table = made?.variables['STATE_TABLE'];
    if (made === undefined || table === undefined) {
      throw new Error(`the stack has no function ${name} with a table`);
    }
    const endpoints = { aws: endpoint, dynamodb: endpoint, path: process.env['PATH'] ?? '', ...CREDENTIALS };
    Object.assign(process.env, environmentOf(made, endpoints, 0));
    const client = new DynamoDB();
    await ensureTables(client, plan.tables, false);
    const another = async (database: string): Promise<StateTable> => {
      const settings = {
        endpoint,
        region: 'cn-north-1',
        credentials: { accessKeyId: database, secretAccessKey: 'local' },
      };
      const own = new DynamoDB(settings);
      await ensureTables(own, plan.tables, false);
      return {
        client: DynamoDBDocumentClient.from(own, { marshallOptions: { removeUndefinedValues: true } }),
        stateTable: table,
      };
    };
    const done = await work({ client, table, another });
    client.destroy();
    return done;
  } finally {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
