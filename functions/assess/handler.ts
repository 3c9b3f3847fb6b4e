import { busFunction, type Handled } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { openMeteredState } from '#store/metering.ts';
import type { Surroundings } from './batch.ts';
import { continuePart } from './part.ts';
import { weighCohorts } from './weigh.ts';

const environment = once(() => environmentOf('assess'));

/** Carries a scan out (article 4): its parts look at subjects, then the cohorts are weighed. */
export const handler = busFunction('assess', {
  'scan.continued': (event, telemetry) => metered(telemetry, (around) => continuePart(around, event)),
  'scan.weighing': (event, telemetry) => metered(telemetry, (around) => weighCohorts(around, event)),
});

async function metered(
  telemetry: Telemetry,
  work: (around: Surroundings) => Promise<Handled>,
): Promise<Handled> {
  const { STATE_TABLE, SCAN_STEP, PASS_PER_DAY } = environment();
  const state = openMeteredState(STATE_TABLE);
  try {
    return await work({ state, step: SCAN_STEP, passPerDay: PASS_PER_DAY, telemetry });
  } finally {
    state.close();
  }
}
