import type { CalendarDate } from '#domain/time/time.ts';
import { cooledDown } from './cooldowns.ts';
import { duePasses } from './scans.ts';
import type { StateTable } from './store.ts';
import { knownTerritories } from './territories.ts';

/**
 * The 6-digit territories whose cohorts are to be weighed, in order: where a count changed, a cool-down is over, or, when a
 * rule about cohorts has changed, all of them.
 */
export async function territoriesToWeigh(
  store: StateTable,
  day: CalendarDate,
  touched: readonly string[],
): Promise<string[]> {
  const [cooled, passes] = await Promise.all([cooledDown(store, day), duePasses(store, 'cohort', day)]);
  const all = passes.length === 0 ? [] : await knownTerritories(store);
  const rested = cooled.map(({ territory }) => territory.slice(0, 6));
  return [...new Set([...touched, ...rested, ...all])].toSorted();
}
