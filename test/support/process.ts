import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  /** The folder that the program is called in; this process's own when absent. */
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs one of the project's programs in a process of its own, with nothing of this process's settings, to its end. */
export async function runProgram(
  entry: string,
  args: readonly string[],
  { folder, environment }: Surroundings,
): Promise<Outcome> {
  const child = spawn(process.execPath, [entry, ...args], {
    ...(folder === undefined ? {} : { cwd: folder }),
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
