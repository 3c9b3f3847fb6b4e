import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { LocalRunnerError, messageOf } from './failure.ts';
import type { Runner, RunnerOptions } from './options.ts';

/** What there was before this start, and what was asked for. */
export interface Start {
  /** The data folder was empty: sample data may be loaded. */
  isNew: boolean;
  /** Nothing is to be loaded: people begin with an installation as it is deployed. */
  empty: boolean;
}

/** What the stack brings to its start; the runner itself knows nothing of the product. */
export interface Wiring {
  /** Synthesizes the stack and gives the folder of its assembly. */
  build(): Promise<string>;
  people: RunnerOptions['issuer'];
  messageDetailType?: string;
  addWorkingDays?: RunnerOptions['addWorkingDays'];
  /** Called before the stack counts as ready. */
  onReady?(runner: Runner, start: Start): Promise<void>;
}

const Environment = z.object({
  PORT: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be 1 to 65535')
    .max(65_535, 'must be 1 to 65535')
    .default(4510),
  AWS_ENDPOINT_URL_DYNAMODB: z.url('must be a URL').optional(),
  AWS_ACCESS_KEY_ID: z
    .string()
    .regex(/^[A-Za-z0-9]+$/, 'must be letters and digits for a local engine')
    .default('mingchou'),
  AWS_REGION: z.string().optional(),
});
export interface LaunchSettings {
  port: number;
  fresh: boolean;
  empty: boolean;
  dataFolder: string;
  dynamodb: RunnerOptions['dynamodb'];
}

/** Reads what may be set from outside. Throws LocalRunnerError of one line for the first thing that is wrong. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
  dataFolder: string,
): LaunchSettings {
  const unknown = args.find((argument) => argument !== '--fresh' && argument !== '--empty');
  if (unknown !== undefined)
    throw new LocalRunnerError(`Unknown argument ${unknown}; there are --fresh and --empty.`);
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new LocalRunnerError(`The environment variable ${issue?.path.join('.')} ${issue?.message}.`);
  }
  const {
    PORT,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_REGION: region,
  } = parsed.data;
  return {
    port: PORT,
    fresh: args.includes('--fresh'),
    empty: args.includes('--empty'),
    dataFolder,
    dynamodb: endpoint === undefined ? undefined : { endpoint, accessKeyId, region },
  };
}

/** Throws unless this Node can run the stack. */
export function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return;
  throw new LocalRunnerError(`Mingchou needs Node 22.18 or newer; this is Node ${version}.`);
}

/** Removes the data of earlier runs, and nothing else: a folder that doesn't look like the runner's is left alone. */
export function removeData(folder: string): void {
  if (!existsSync(folder)) return;
  const state = path.join(folder, 'state.json');
  if (!existsSync(state) && !existsSync(path.join(folder, 'dynamodb'))) {
    throw new LocalRunnerError(`${folder} is no data folder of the local runner; it was not removed.`);
  }
  rmSync(folder, { recursive: true });
}

/** Starts the stack and says in one line where it is. */
export async function launch(
  settings: LaunchSettings,
  wiring: Wiring,
  start: (options: RunnerOptions) => Promise<Runner>,
  say: (line: string) => void,
  onLog: RunnerOptions['onLog'],
): Promise<Runner> {
  if (settings.fresh) removeData(settings.dataFolder);
  const isNew = !existsSync(path.join(settings.dataFolder, 'state.json'));
  const assembly = await building(wiring);
  const runner = await start({
    assembly,
    port: settings.port,
    dataFolder: settings.dataFolder,
    clock: { frozen: false },
    dynamodb: settings.dynamodb,
    issuer: wiring.people,
    messageDetailType: wiring.messageDetailType,
    addWorkingDays: wiring.addWorkingDays,
    onLog,
  });
  try {
    await wiring.onReady?.(runner, { isNew, empty: settings.empty });
  } catch (error) {
    await runner.stop();
    throw new LocalRunnerError(`The stack runs but could not be made ready: ${messageOf(error)}`);
  }
  // Counted from the start of the process: loading and synthesizing are what one waits for.
  say(`Mingchou ready on ${runner.url} in ${(performance.now() / 1000).toFixed(1)} s`);
  return runner;
}

async function building(wiring: Wiring): Promise<string> {
  try {
    return await wiring.build();
  } catch (error) {
    throw new LocalRunnerError(`The stack could not be synthesized: ${messageOf(error)}`);
  }
}
