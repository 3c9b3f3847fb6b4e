import * as z from 'zod';
import { SubmissionKind } from '#domain/submission/sent.ts';
import { Submission } from '#domain/submission/submission.ts';
import type { StateWrite } from './commit.ts';
import { lists, pageKey, stateKey, submittedPartition, type ListKey } from './keys.ts';
import { pagesOf } from './pages.ts';
import { created, mustLoad, saved, updated } from './records.ts';
import { load, queryPage, type Page, type StateTable } from './store.ts';

type Position = Pick<Submission, 'at' | 'id'>;

function listed({ at, id }: Position): ListKey {
  return { listPk: lists.submissions, listSk: `${at}#${id}` };
}

export function createdSubmission(submission: Submission): StateWrite {
  return created('SUBMISSION', submission, listed(submission));
}

export function updatedSubmission(submission: Submission): StateWrite {
  return updated('SUBMISSION', submission, listed(submission));
}

/** @throws Refusal `not-found` */
export function loadSubmission(store: StateTable, id: string): Promise<Submission> {
  return mustLoad(store, Submission, 'SUBMISSION', id);
}

/** Files for the national system, newest first, from the one after `after`. */
export function submissions(store: StateTable, limit: number, after?: Position): Promise<Page<Submission>> {
  return queryPage(store, Submission, {
    index: 'list',
    partition: lists.submissions,
    newestFirst: true,
    limit,
    ...(after === undefined ? {} : { after: { ...stateKey('SUBMISSION', after.id), ...listed(after) } }),
  });
}

/** The file that is being made: while there is one, no other is, so that no record goes out in two. */
export const Submitting = z.object({
  id: z.literal('national'),
  version: z.int().nonnegative(),
  open: z.string().optional(),
});
export type Submitting = z.infer<typeof Submitting>;

/** The file that is being made, if any; before the first one its version is 0. */
export async function loadSubmitting(store: StateTable): Promise<Submitting> {
  const known = await load(store, Submitting, stateKey('SUBMITTING', 'national'));
  return known ?? { id: 'national', version: 0 };
}

/** Opens or closes the making of a file. */
export function nowSubmitting({ version }: Submitting, open?: string): StateWrite {
  const next: Submitting = { id: 'national', version: version + 1, ...(open === undefined ? {} : { open }) };
  return saved('SUBMITTING', next);
}

const version = z.int().positive();

/** One public record that a file looked at. */
export const SubmittedRow = z.object({
  inspection: z.string(),
  /** Of the public record. */
  version,
  kind: SubmissionKind,
  /** What of it did not fit the columns; such a row is not in the file. */
  faults: z.array(
    z.object({
      /** Its place among the records that were looked at, from 1. */
      row: z.int().positive(),
      column: z.string(),
      value: z.string(),
      reason: z.enum(['missing', 'too-long', 'malformed']),
      detail: z.string(),
    }),
  ),
});
export type SubmittedRow = z.infer<typeof SubmittedRow>;

const RowPage = z.object({ rows: z.array(SubmittedRow) });

/** Rows a page: with faults in each of a few columns it stays far below the 400 KB of an item. */
const ROWS_A_PAGE = 25;

/** The rows of a file as pages under their hash: until a commit names it nobody reads them. */
export function rowPages(submission: string, hash: string, rows: readonly SubmittedRow[]) {
  const partition = submittedPartition(submission, hash);
  return Array.from({ length: Math.ceil(rows.length / ROWS_A_PAGE) }, (_, page) => ({
    ...pageKey(partition, page),
    rows: rows.slice(page * ROWS_A_PAGE, (page + 1) * ROWS_A_PAGE),
  }));
}

/** The rows of a file, page after page. */
export async function* submittedRows(
  store: StateTable,
  { id, rowsHash }: Pick<Submission, 'id' | 'rowsHash'>,
): AsyncGenerator<readonly SubmittedRow[]> {
  for await (const { rows } of pagesOf(store, submittedPartition(id, rowsHash), RowPage)) yield rows;
}
