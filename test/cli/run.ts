import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { runProgram, type Outcome, type Surroundings } from '../support/process.ts';

const ENTRY = fileURLToPath(new URL('../../infra/cli/mingchou.ts', import.meta.url));

/** Calls the real command line in a process of its own, with nothing of this process's settings. */
export async function mingchou(
  args: readonly string[],
  surroundings: Surroundings & { readonly folder: string },
): Promise<Outcome> {
  return runProgram(ENTRY, args, surroundings);
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
