import { Cell } from '#domain/risk/cohort.ts';
import { cellPartition } from './keys.ts';
import { queryAll, type StateTable } from './store.ts';

/** The cells of a county (6 digits): what its cohorts are summed from. There are no more than industries in its towns, however many subjects. */
export function cellsOf(store: StateTable, territory6: string): Promise<Cell[]> {
  return queryAll(store, Cell, { partition: cellPartition(territory6) });
}
