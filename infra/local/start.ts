import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf } from './failure.ts';
import type { RunnerOptions } from './options.ts';
import { launch, readSettings, requireNode, type Wiring } from './launch.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the stack on this machine until it is interrupted. Every failure is one line and exit code 1. */
export async function main(wiring: Wiring): Promise<void> {
  // Lambda's clock is UTC; worker threads share the process's time zone, so it is set here for all of them.
  process.env['TZ'] = 'UTC';
  try {
    requireNode(process.versions.node);
    const settings = readSettings(process.env, process.argv.slice(2), `${root}.local/data`);
    // Loaded after the version check, so that an old Node hears of it in words.
    const { startRunner } = await import('./runner.ts');
    let stopping: Promise<void> | undefined;
    const runner = await launch(
      settings,
      wiring,
      startRunner,
      (line) => process.stdout.write(`${line}\n`),
      logTo(`${root}.local/log`),
    );
    const stop = (): void => {
      stopping ??= runner.stop().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
  } catch (error) {
    fail(error);
  }
}

/** Every line goes to a file; what is neither information nor a metric is worth a look at once. */
function logTo(file: string): NonNullable<RunnerOptions['onLog']> {
  mkdirSync(dirname(file), { recursive: true });
  const stream = createWriteStream(file, { flags: 'a' });
  return ({ source, text }) => {
    stream.write(`${source} ${text}\n`);
    if (/^\{"level":"(WARN|ERROR|CRITICAL)"/.test(text)) process.stderr.write(`[${source}] ${text}\n`);
  };
}

function fail(error: unknown): never {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}
