import type { Inspection } from '#domain/inspection/inspection.ts';
import { standingsToward } from '#domain/inspection/standing.ts';
import type { Standing } from '#domain/lifecycle/lifecycle.ts';
import { loadInspection } from '#store/inspections.ts';
import type { Staff } from '#store/people.ts';
import type { StateTable } from '#store/store.ts';
import { refuse } from '#web/problem.ts';

/**
 * An inspection, and what the person who asks is to it.
 * @throws Refusal `not-found` for whoever is nothing to it, as for one that does not exist
 */
export async function visibleInspection(
  store: StateTable,
  staff: Staff,
  id: string,
): Promise<{ readonly inspection: Inspection; readonly standings: ReadonlySet<Standing> }> {
  const inspection = await loadInspection(store, id);
  const standings = standingsToward(staff, inspection);
  return standings.size > 0
    ? { inspection, standings }
    : refuse('not-found', `没有找到 inspection ${id} was not found.`);
}
