import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { LOCAL_CHAIN } from '../../infra/local/beacon/chain.ts';
import { at, calls, putItems, start } from './fixture/harness.ts';
import { synthesizeFixture } from './fixture/stack.ts';

const Ready = z.object({
  url: z.string(),
  tables: z.record(z.string(), z.string()),
  dynamodb: z.object({
    endpoint: z.string(),
    region: z.string(),
    credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  }),
});

let assembly: string;
let folder: string;
beforeAll(async () => {
  assembly = await synthesizeFixture();
});
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'runner-data-'));
});

test('a killed runner comes back with its rows, clock and secrets, and delivers again what it had not finished', async () => {
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'fixture', 'child.ts'), assembly, folder],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const line = await new Promise<string>((resolve) =>
    createInterface({ input: child.stdout }).once('line', resolve),
  );
  const ready = Ready.parse(JSON.parse(line));
  const secrets = readFileSync(path.join(folder, 'issuer.json'), 'utf8');
  const post = async (id: string, kind: string) => putItems({ ...stub, url: ready.url }, [{ id, kind }]);
  const seen = async () => calls({ ...stub, ...ready }, 'consumer');
  await post('done', 'plain');
  await fetch(`${ready.url}/_local/settle`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  await post('open', 'stall');
  await expect.poll(seen, { timeout: 5000, interval: 20 }).toEqual(['done', 'open']);
  // Long enough for the runner to write its progress down, were it to do so while the event is under way.
  await sleep(400);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;

  const runner = await start(assembly, { dataFolder: folder });
  try {
    expect(runner.now()).toBe('2026-03-02T03:30:00.000Z');
    await runner.settle();
    // Once before the kill and once after it; what was settled is not delivered again.
    expect(await calls(runner, 'consumer')).toEqual(['done', 'open', 'open']);
    expect(readFileSync(path.join(folder, 'issuer.json'), 'utf8')).toBe(secrets);
    expect(runner.dynamodb.credentials).toEqual(ready.dynamodb.credentials);
    const client = new DynamoDB(runner.dynamodb);
    expect(
      (await client.scan({ TableName: Object.values(runner.tables).find((name) => name.startsWith('Main')) }))
        .Count,
    ).toBe(2);
    client.destroy();
  } finally {
    await runner.stop();
  }
});

test('a runner that was stopped fires a missed schedule once at its latest time, and keeps messages and dead letters', async () => {
  const first = await start(assembly, { dataFolder: folder });
  await putItems(first, [
    { id: 'kept', kind: 'message' },
    { id: 'bad', kind: 'poison' },
  ]);
  await first.settle();
  await first.stop();
  const second = await start(assembly, {
    dataFolder: folder,
    clock: { start: at('2026-03-04T05:10:00.000Z'), frozen: true },
  });
  try {
    await second.settle();
    const ticks = (await calls(second, 'tick')).map((line) => line.replace(/^([A-Z][a-z]+)\w*/, '$1'));
    expect(ticks).toEqual(['Morning 2026-03-04T00:00:00Z', 'Hourly 2026-03-04T05:00:00Z']);
    expect(second.messages().map((message) => message.detailType)).toEqual(['MessageSent']);
    expect(second.deadLetters().map((letter) => letter.reason)).toEqual(['Error: poison bad']);
    expect(await calls(second, 'consumer')).toEqual(['bad', 'bad']);
  } finally {
    await second.stop();
  }
});

test('a data folder that another process uses is refused', async () => {
  writeFileSync(path.join(folder, 'lock'), '1');
  await expect(start(assembly, { dataFolder: folder })).rejects.toThrow(
    /^The data folder .* is in use by process 1\.$/,
  );
});

test('a data folder whose state is broken is one clear line', async () => {
  writeFileSync(path.join(folder, 'state.json'), '{"version":1,');
  await expect(start(assembly, { dataFolder: folder })).rejects.toThrow(
    /state\.json is broken: start with --fresh to begin anew\.$/,
  );
  rmSync(path.join(folder, 'state.json'));
  writeFileSync(path.join(folder, 'messages.jsonl'), '{"half":\n{}\n');
  await expect(start(assembly, { dataFolder: folder })).rejects.toThrow(
    /messages\.jsonl is broken at line 1/,
  );
});

test('a database file that is no database is one clear line', async () => {
  const first = await start(assembly, { dataFolder: folder });
  const { accessKeyId } = first.dynamodb.credentials;
  await first.stop();
  writeFileSync(path.join(folder, 'dynamodb', `${accessKeyId}_cn-north-1.db`), 'this is no database');
  await expect(start(assembly, { dataFolder: folder })).rejects.toThrow(
    /^[^\n]*start with --fresh to begin anew\.$/,
  );
});

test('a data folder that can not be made is one clear line', async () => {
  writeFileSync(path.join(folder, 'file'), '');
  await expect(start(assembly, { dataFolder: path.join(folder, 'file', 'data') })).rejects.toThrow(
    /^The data folder .* can't be used: .*$/,
  );
});

/** The parts of a runner that the helpers don't look at, for a runner in another process. */
const stub = {
  now: () => at('2026-03-02T01:30:00.000Z'),
  advance: async () => Promise.resolve(),
  settle: async () => Promise.resolve(),
  invoke: async () => Promise.resolve(null),
  deadLetters: () => [],
  messages: () => [],
  stop: async () => Promise.resolve(),
  functions: [],
  issuer: undefined,
  beacon: { url: '', chain: LOCAL_CHAIN, answer: () => {} },
  sinks: { smtpPort: 0, robots: '', taken: () => [] },
  tables: {},
  dynamodb: { endpoint: '', region: '', credentials: { accessKeyId: '', secretAccessKey: '' } },
};
