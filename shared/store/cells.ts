import { Cell } from '#domain/risk/cohort.ts';
import { cellPartition } from './keys.ts';
import { queryAll, type StateTable } from './store.ts';

/** The cells of one county, in order of territory and industry; none where nothing was counted yet. */
export function cellsOf(store: StateTable, territory6: string): Promise<Cell[]> {
  return queryAll(store, Cell, { partition: cellPartition(territory6) });
}
