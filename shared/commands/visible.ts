import { Inspection } from '#domain/inspection/inspection.ts';
import { standingsToward } from '#domain/inspection/standing.ts';
import type { Standing } from '#domain/lifecycle/lifecycle.ts';
import { loadInspection } from '#store/inspections.ts';
import { stateKey, type Key } from '#store/keys.ts';
import { staffBeside, type Staff } from '#store/people.ts';
import type { Found, StateTable } from '#store/store.ts';
import { refuse } from '#web/problem.ts';
import { param, type HttpRequest } from '#web/request.ts';

interface Visible {
  readonly inspection: Inspection;
  readonly standings: ReadonlySet<Standing>;
}

/**
 * An inspection, and what the person who asks is to it.
 * @throws Refusal `not-found` for whoever is nothing to it, as for one that does not exist
 */
export async function visibleInspection(store: StateTable, staff: Staff, id: string): Promise<Visible> {
  return seenBy(staff, await loadInspection(store, id), id);
}

/**
 * The person who asks, the inspection that the address names by `id`, and what stands beside it under the keys of `beside`:
 * one request to the store.
 * @throws Refusal `not-staff`; `not-found` for whoever is nothing to it, as for one that does not exist
 */
export async function askedInspection(
  store: StateTable,
  request: HttpRequest,
  administrators: readonly string[],
  beside: (id: string) => readonly Key[] = () => [],
): Promise<Visible & { readonly staff: Staff; readonly found: Found }> {
  const id = param(request, 'id');
  const own = stateKey('INSPECTION', id);
  const { staff, found } = await staffBeside(store, request.person, administrators, [own, ...beside(id)]);
  return { staff, found, ...seenBy(staff, found.one(Inspection, own), id) };
}

function seenBy(staff: Staff, inspection: Inspection | undefined, id: string): Visible {
  const standings = inspection === undefined ? new Set<Standing>() : standingsToward(staff, inspection);
  return inspection !== undefined && standings.size > 0
    ? { inspection, standings }
    : refuse('not-found', `没有找到 inspection ${id} was not found.`);
}
