import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { synthesize } from '#infra/assembly.ts';
import { bundleFunctions } from '#infra/bundle.ts';
import { localStage } from '#infra/local-stage.ts';
import { startEngine, type Engine } from '#infra/local/engine/dynamodb-local.ts';
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
  /** Assembly of the test stage. */
  readonly assembly: string;
  /** Assembly of the stage that runs on one machine. */
  readonly local: string;
}

let engine: Engine | undefined;
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
export async function teardown(): Promise<void> {
  server?.close();
  await engine?.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function makeWorkshop(): Promise<Workshop> {
  const starting = engineOfThisRun();
  await bundleFunctions();
  const assembly = synthesize(testStage, { outdir: path.join(folder, 'assembly'), context: cdkContext });
  const local = synthesize(localStage(), { outdir: path.join(folder, 'local') });
  return { assembly, local, endpoint: await starting };
}

/** One engine in memory for the whole run; an engine that the environment names is used instead. */
async function engineOfThisRun(): Promise<string> {
  const given = process.env['AWS_ENDPOINT_URL_DYNAMODB'];
  if (given !== undefined) {
    return given;
  }
  engine = await startEngine(undefined, () => undefined);
  return engine.endpoint;
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
