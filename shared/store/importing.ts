import * as z from 'zod';
import type { LibraryName, WholeLibraryName } from '#domain/library/library.ts';
import type { Instant } from '#domain/time/time.ts';
import { planAmendments } from './import-amendments.ts';
import { NO_ROWS, type ImportPlan, type ImportRow } from './import-plan.ts';
import { planSignals } from './import-signals.ts';
import { planSubjects } from './import-subjects.ts';
import { directoryItems, libraryItem, type LibraryItem } from './libraries.ts';
import { putPages } from './pages.ts';
import { loadMany, type StateTable } from './store.ts';

export { addCounts, ImportCounts, NO_ROWS, type ImportPlan, type ImportRow } from './import-plan.ts';

/** Rows that are planned and written at a time: what is in memory of them, and is done again after a crash. */
export const IMPORT_BATCH = 1_000;

type Planner<Name extends LibraryName> = (
  store: StateTable,
  rows: readonly ImportRow<Name>[],
  at: Instant,
) => Promise<ImportPlan>;

const planners: { readonly [Name in LibraryName]: Planner<Name> } = {
  subjects: planSubjects,
  inspectors: (store, rows) => planRecords(store, 'inspectors', rows),
  items: (store, rows) => planRecords(store, 'items', rows),
  people: (store, rows) => planRecords(store, 'people', rows),
  licences: (store, rows, at) => planAmendments(store, 'licences', rows, at),
  classings: (store, rows, at) => planAmendments(store, 'classings', rows, at),
  signals: planSignals,
};

/**
 * Compares rows with the library as it stands. The rows of a file are planned and applied `IMPORT_BATCH` at a time, in their
 * order. `at` is when the file came: on its day the subjects that change are to be looked at.
 */
export function planRows<Name extends LibraryName>(
  store: StateTable,
  library: Name,
  rows: readonly ImportRow<Name>[],
  at: Instant,
): Promise<ImportPlan> {
  const plan: Planner<Name> = planners[library];
  return plan(store, rows, at);
}

const StoredDigest = z.object({ pk: z.string(), digest: z.string().optional() });

/** Rows that are the whole truth of their record: what stands there is compared by its digest and put anew. */
async function planRecords<Name extends Exclude<WholeLibraryName, 'subjects'>>(
  store: StateTable,
  library: Name,
  rows: readonly ImportRow<Name>[],
): Promise<ImportPlan> {
  const items = rows.map(({ record }) => libraryItem<Name>(library, record));
  const stored = await loadMany(
    store,
    StoredDigest,
    items.map(({ pk, sk }) => ({ pk, sk })),
    ['pk', 'digest'],
  );
  const digests = new Map(stored.map(({ pk, digest }) => [pk, digest]));
  const counts = { ...NO_ROWS };
  const open: LibraryItem[] = [];
  for (const item of items) {
    const effect = effectOf(item, digests);
    counts[effect] += 1;
    if (effect !== 'unchanged') open.push(item);
  }
  return {
    counts,
    faults: [],
    // The directories last: who finds a unit finds who is in it.
    apply: async () => {
      await putPages(store, open);
      await putPages(store, directoryItems(open));
    },
  };
}

function effectOf(
  { pk, digest }: LibraryItem,
  stored: ReadonlyMap<string, string | undefined>,
): 'added' | 'changed' | 'unchanged' {
  if (!stored.has(pk)) return 'added';
  return stored.get(pk) === digest ? 'unchanged' : 'changed';
}
