import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { synthesize } from '#infra/assembly.ts';
import { startEngine } from '#infra/local/engine/dynamodb-local.ts';
import { ensureTables } from '#infra/local/engine/tables.ts';
import { loadAssembly } from '#infra/local/template/assembly.ts';
import { makePlan, type TablePlan } from '#infra/local/template/plan.ts';
import { localStage } from '#infra/local-stage.ts';
import { duration, median, rate, type Figure } from '../measure.ts';

const CHILD = fileURLToPath(new URL('../import-child.ts', import.meta.url));
const ROWS = 100_000;
const ROUNDS = 1;
/** Less than V8 takes when it may, and as little as a process may have that keeps the file and one batch of rows. */
const HEAP = ['--max-old-space-size=64', '--max-semi-space-size=4'];
const REGION = 'cn-north-1';

const Report = z.object({ milliseconds: z.number(), maxRssKb: z.number() });
type Report = z.infer<typeof Report>;
const run = promisify(execFile);

/**
 * A register of 100,000 subjects, read from its CSV file, compared with the library and written, against batch writes of the
 * same items and nothing else; each in a process of a small heap and a database of its own, on an engine that keeps everything in memory.
 */
export async function importing(): Promise<Figure[]> {
  const rounds: { readonly bare: Report; readonly imported: Report; readonly again: Report }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measuredRound());
  const middle = (of: (one: (typeof rounds)[number]) => number) => median(rounds.map(of));
  const [bare, imported, again] = [
    middle((one) => one.bare.milliseconds),
    middle((one) => one.imported.milliseconds),
    middle((one) => one.again.milliseconds),
  ];
  const peak = Math.max(...rounds.map((one) => one.imported.maxRssKb)) / 1024;
  return [
    {
      name: `import of ${ROWS.toLocaleString('en-US')} subjects`,
      measured: `${duration(imported)} (${rate(ROWS, imported)})`,
      baseline: `${duration(bare)} bare batch writes`,
      ratio: middle((one) => one.imported.milliseconds / one.bare.milliseconds),
      target: { bound: 'at most', ratio: 1.5 },
    },
    {
      name: 'import of the same file again',
      measured: duration(again),
      baseline: `${duration(bare)} bare batch writes`,
      ratio: middle((one) => one.again.milliseconds / one.bare.milliseconds),
    },
    {
      name: 'memory of that import, in a heap of 64 MB',
      measured: `${peak.toFixed(0)} MB`,
      baseline: '300 MB allowed',
      ratio: peak / 300,
      target: { bound: 'at most', ratio: 1 },
    },
  ];
}

/** One engine for one round: what was written before would make the next writes slower. */
async function measuredRound() {
  const folder = mkdtempSync(join(tmpdir(), 'mingchou-bench-'));
  const engine = await startEngine(undefined, () => {});
  try {
    const { tables } = makePlan(
      loadAssembly(synthesize(localStage(), { outdir: folder })),
      'http://127.0.0.1',
    );
    return {
      bare: await child('bare', 'bare', engine.endpoint, tables),
      imported: await child('import', 'imported', engine.endpoint, tables),
      again: await child('import', 'imported', engine.endpoint, tables),
    };
  } finally {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function child(mode: string, database: string, endpoint: string, tables: TablePlan[]): Promise<Report> {
  const credentials = { accessKeyId: database, secretAccessKey: 'local' };
  const client = new DynamoDB({ endpoint, region: REGION, credentials });
  await ensureTables(client, tables, false);
  client.destroy();
  const state = tables.find(({ id }) => id.includes('State'))?.name;
  if (state === undefined) throw new Error('the stack has no state table');
  const { stdout } = await run(process.execPath, [...HEAP, CHILD, mode, String(ROWS), state], {
    env: {
      ...process.env,
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: database,
      AWS_SECRET_ACCESS_KEY: 'local',
    },
  });
  return Report.parse(JSON.parse(stdout));
}
