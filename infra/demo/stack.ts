import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '#domain/time/time.ts';
import { synthesize } from '../assembly.ts';
import { bundleFunctions } from '../bundle.ts';
import { localStage } from '../local-stage.ts';
import { readSettings } from '../local/launch.ts';
import { startRunner, type Person, type Runner } from '../local/runner.ts';

/** A stack of the demo's own: in memory, on a free port, with a clock that moves only when told to. */
export interface DemoStack {
  readonly runner: Runner;
  /** What the stack's functions reported as an error, oldest first. */
  readonly errors: readonly string[];
  stop(): Promise<void>;
}

const ERROR_LINE = /^\{"level":"(ERROR|CRITICAL)"/;

/** Bundles, synthesizes and starts it. Nothing that `npm start` keeps is read or written. */
export async function startDemoStack(start: Instant, people: readonly Person[]): Promise<DemoStack> {
  // Lambda's clock is UTC, and worker threads share the process's time zone.
  process.env['TZ'] = 'UTC';
  const { dynamodb } = readSettings(process.env, [], '');
  const folder = mkdtempSync(join(tmpdir(), 'mingchou-demo-'));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', remove);
  await bundleFunctions();
  const errors: string[] = [];
  const runner = await startRunner({
    assembly: synthesize(localStage(), { outdir: join(folder, 'assembly') }),
    clock: { start, frozen: true },
    // On somebody else's engine a random key is a database of its own: the demo begins with nothing in it.
    dynamodb: dynamodb && { ...dynamodb, accessKeyId: randomBytes(12).toString('hex') },
    issuer: { people },
    messageDetailType: 'message.posted',
    onLog: ({ source, text }) => {
      if (ERROR_LINE.test(text)) {
        errors.push(`[${source}] ${text}`);
      }
    },
  });
  return { runner, errors, stop: async () => runner.stop() };
}
