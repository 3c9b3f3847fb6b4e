import * as z from 'zod';
import { RowError } from '#domain/library/column.ts';

const count = z.int().nonnegative();

/** Asks what a file would change, and writes nothing. */
export const DryRunQuery = z.strictObject({ dryRun: z.enum(['true', 'false']).default('false') });

/** Rows that are no records: blank ones, notes, totals. */
export const SkippedRow = z.strictObject({ row: z.int(), reason: z.string() });

/** What came of the rows of a file that was read in one request. */
export const ImportReport = z.strictObject({
  /** The library, or `policies`. */
  library: z.string(),
  /** Of a CSV file its encoding; `xlsx`, or `json`. */
  encoding: z.string(),
  dryRun: z.boolean(),
  rows: count,
  added: count,
  updated: count,
  unchanged: count,
  rejected: count,
  errors: z.array(RowError),
  skipped: z.array(SkippedRow),
  /** Rows with fewer cells than the header, by their number. */
  shortRows: z.array(z.int()),
  unknownColumns: z.array(z.string()),
  /** Whether anything is other than before; of a dry run, whether it would be. */
  changed: z.boolean(),
});
export type ImportReport = z.infer<typeof ImportReport>;
