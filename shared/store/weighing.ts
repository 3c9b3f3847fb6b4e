import type { ToWeigh } from '#domain/risk/scan.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import { cooledDown } from './cooldowns.ts';
import { duePasses } from './scans.ts';
import type { StateTable } from './store.ts';
import { knownTerritories } from './territories.ts';

/** Days whose rules one weighing answers for: their records are taken off in its last transaction. */
const PASSES_A_RUN = 30;

/**
 * The 6-digit territories whose cohorts are to be weighed, in order: where a count changed, a cool-down is over, or, when a
 * rule about cohorts has changed, all of them; and the passes that this answers for.
 */
export async function whatToWeigh(
  store: StateTable,
  day: CalendarDate,
  touched: readonly string[],
): Promise<ToWeigh> {
  const [cooled, passes] = await Promise.all([cooledDown(store, day), duePasses(store, 'cohort', day)]);
  const all = passes.length === 0 ? [] : await knownTerritories(store);
  const rested = cooled.map(({ territory }) => territory.slice(0, 6));
  return {
    toWeigh: [...new Set([...touched, ...rested, ...all])].toSorted(),
    passes: passes.slice(0, PASSES_A_RUN).map(({ id, digest }) => ({ id, digest })),
  };
}
