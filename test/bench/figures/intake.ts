import { fileURLToPath } from 'node:url';
import { measuredIn } from '../child.ts';
import { rate, Rounds, type Figure } from '../measure.ts';

const CHILD = fileURLToPath(new URL('../intake-child.ts', import.meta.url));
export const REQUESTS = 200;
export const IN_FLIGHT = 16;

/**
 * Signed reports through the webhook function as it would be deployed, against writing the same three items in the same
 * transaction and nothing else: what signature, validation, looking up the source and telemetry cost.
 */
export async function intake(): Promise<Figure[]> {
  const { measured, baseline, ratio } = await measuredIn(CHILD, Rounds);
  return [
    {
      name: `intake, ${IN_FLIGHT} in flight`,
      measured: `${rate(REQUESTS, measured)} reports`,
      baseline: `${rate(REQUESTS, baseline)} bare transactions`,
      ratio: 1 / ratio,
    },
  ];
}
