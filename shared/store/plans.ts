import { Plan } from '#domain/plan/plan.ts';
import { stateKey } from './keys.ts';
import { loadMany, type StateTable } from './store.ts';

/** The plans of these ids that there are, by id. */
export async function plansOf(store: StateTable, ids: readonly string[]): Promise<ReadonlyMap<string, Plan>> {
  const found = await loadMany(
    store,
    Plan,
    [...new Set(ids)].map((id) => stateKey('PLAN', id)),
  );
  return new Map(found.map((plan) => [plan.id, plan]));
}
