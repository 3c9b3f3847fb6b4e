import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { rate, type Figure } from '../measure.ts';

const CHILD = fileURLToPath(new URL('../intake-child.ts', import.meta.url));
export const REQUESTS = 200;
export const IN_FLIGHT = 16;

const Rounds = z.object({ baseline: z.number(), measured: z.number(), ratio: z.number() });

/**
 * Signed reports through the webhook function as it would be deployed, against writing the same three items in the same
 * transaction and nothing else: what signature, validation, looking up the source and telemetry cost.
 */
export async function intake(): Promise<Figure[]> {
  const child = fork(CHILD, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let message: unknown;
  child.once('message', (sent) => {
    message = sent;
  });
  await once(child, 'exit');
  const rounds = Rounds.safeParse(message);
  if (!rounds.success) {
    throw new Error(`the process that measures the intake ended with code ${child.exitCode}`);
  }
  const { measured, baseline, ratio } = rounds.data;
  return [
    {
      name: `intake, ${IN_FLIGHT} in flight`,
      measured: `${rate(REQUESTS, measured)} reports`,
      baseline: `${rate(REQUESTS, baseline)} bare transactions`,
      ratio: 1 / ratio,
    },
  ];
}
