import { ProposedPeriod, type Period } from '#domain/item/statutory.ts';
import type { Item } from '#domain/item/item.ts';
import type { StateWrite } from './commit.ts';
import { StoredItem } from './items.ts';
import { lists, stateKey } from './keys.ts';
import { saved } from './records.ts';
import { load, loadMany, queryAll, type StateTable } from './store.ts';

/** The items for which a law sets a frequency, by code. */
export async function statutoryItems(store: StateTable): Promise<Item[]> {
  const items = await queryAll(store, StoredItem, { index: 'list', partition: lists.items });
  return items.filter((item) => item.statutory !== undefined);
}

/** The last periods for which draws of these items were proposed, by item. */
export async function proposedPeriods(
  store: StateTable,
  codes: readonly string[],
): Promise<ReadonlyMap<string, ProposedPeriod>> {
  const found = await loadMany(
    store,
    ProposedPeriod,
    codes.map((code) => stateKey('STATUTORY', code)),
  );
  return new Map(found.map((period) => [period.id, period]));
}

export function proposedPeriod(store: StateTable, code: string): Promise<ProposedPeriod | undefined> {
  return load(store, ProposedPeriod, stateKey('STATUTORY', code));
}

/** Remembers the draw of a period. Committing it fails when another run was faster. */
export function periodProposed(
  last: ProposedPeriod | undefined,
  code: string,
  { from }: Period,
  draw: string,
): StateWrite {
  const next = { id: code, version: (last?.version ?? 0) + 1, from, draw };
  return saved('STATUTORY', next);
}
