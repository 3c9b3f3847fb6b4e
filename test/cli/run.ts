import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';

const ENTRY = fileURLToPath(new URL('../../infra/cli/mingchou.ts', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  /** The folder that the command is called in. */
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Calls the real command line in a process of its own, with nothing of this process's settings. */
export async function mingchou(
  args: readonly string[],
  { folder, environment }: Surroundings,
): Promise<Outcome> {
  const child = spawn(process.execPath, [ENTRY, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  }
  await once(child, 'close');
  return { code: child.exitCode, ...written };
}

/** A folder for the tests of a file, gone when they are over. */
export function temporaryFolder(): { readonly path: string; of(name: string): string } {
  let path = '';
  beforeAll(async () => {
    path = await mkdtemp(join(tmpdir(), 'mingchou-cli-'));
  });
  afterAll(async () => {
    await rm(path, { recursive: true, force: true });
  });
  return {
    get path() {
      return path;
    },
    of: (name) => join(path, name),
  };
}

/** What is promised of every command that ends badly: the code, and one line that says why. */
export function oneLine(outcome: Outcome): { readonly code: number | null; readonly line: string } {
  const lines = outcome.stderr.split('\n').filter((line) => line !== '');
  if (lines.length !== 1) {
    throw new Error(`expected one line on standard error, found ${lines.length}:\n${outcome.stderr}`);
  }
  return { code: outcome.code, line: lines[0] ?? '' };
}
