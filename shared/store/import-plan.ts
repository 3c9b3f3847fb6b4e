import * as z from 'zod';
import type { RowError } from '#domain/library/column.ts';
import type { LibraryName, LibraryRecord } from '#domain/library/library.ts';

/** How many rows of a file came to what. */
export const ImportCounts = z.object({
  added: z.int().nonnegative(),
  changed: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  rejected: z.int().nonnegative(),
});
export type ImportCounts = z.infer<typeof ImportCounts>;

export const NO_ROWS: ImportCounts = { added: 0, changed: 0, unchanged: 0, rejected: 0 };

export function addCounts(one: ImportCounts, other: ImportCounts): ImportCounts {
  return {
    added: one.added + other.added,
    changed: one.changed + other.changed,
    unchanged: one.unchanged + other.unchanged,
    rejected: one.rejected + other.rejected,
  };
}

/** A row of a file that reads well. */
export interface ImportRow<Name extends LibraryName> {
  readonly row: number;
  readonly record: LibraryRecord[Name];
}

/** What importing rows comes to, as the library stands; nothing is written until `apply`. */
export interface ImportPlan {
  readonly counts: ImportCounts;
  /** Rows that read well and can't be imported all the same. */
  readonly faults: readonly RowError[];
  /** Writes what is added or changed. Applying the same rows again changes nothing. */
  readonly apply: () => Promise<void>;
}

/** Subjects whose rows and reviews go into one transaction of at most 100 items. */
export const SUBJECTS_A_TRANSACTION = 50;

export function* runsOf<Row>(rows: readonly Row[], size: number): Generator<readonly Row[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}
