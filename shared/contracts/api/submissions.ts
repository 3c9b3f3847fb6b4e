import * as z from 'zod';
import { Submission } from '#domain/submission/submission.ts';
import type { Operations } from './operation.ts';
import { placeOf } from './place.ts';

/** What did not fit a file before is looked at again when it is asked for, since the columns may have changed. */
export const SubmissionBody = z.strictObject({ unfit: z.boolean().default(false) });

export const SubmissionListQuery = z.strictObject({
  /** Where the page before stopped, as its `next` says. */
  after: placeOf('N').optional(),
});

export const SubmissionFileQuery = z.strictObject({ format: z.enum(['csv', 'xlsx']).default('xlsx') });

export const ConfirmationBody = z.strictObject({});
export const RejectionBody = z.strictObject({ reason: z.string().trim().min(1).max(1_000) });

const file = Submission.shape.csv.extend({ link: z.string() }).strict();

/** A file as staff see it. */
export const SubmissionView = z.strictObject({
  id: Submission.shape.id,
  status: Submission.shape.status,
  by: Submission.shape.by,
  at: Submission.shape.at,
  rows: Submission.shape.rows,
  unfit: Submission.shape.unfit,
  answered: Submission.shape.answered,
  files: z.strictObject({ csv: file, xlsx: file }),
});
export type SubmissionView = z.infer<typeof SubmissionView>;

/** A cell that did not fit its column, and of which inspection; its row is not in the file. */
const SubmissionFault = z.strictObject({
  row: z.int().positive(),
  inspection: z.string(),
  column: z.string(),
  value: z.string(),
  reason: z.enum(['missing', 'too-long', 'malformed']),
  detail: z.string(),
});
export type SubmissionFault = z.infer<typeof SubmissionFault>;

export const submissionsOperations = {
  'POST /exports/national': {
    summary: ['生成报送文件', 'Make a file of what is owed to the national system'],
    body: SubmissionBody.optional(),
    once: true,
    answers: {
      /** `more`: another one is due. */
      201: SubmissionView.extend({ more: z.boolean() }),
    },
  },
  'GET /exports/national': {
    summary: ['报送文件', 'Files for the national system, newest first'],
    query: SubmissionListQuery,
    answers: {
      200: z.strictObject({ submissions: z.array(SubmissionView), next: z.string().optional() }),
    },
  },
  'GET /exports/national/{id}': {
    summary: ['报送文件及其错误', 'One file with each row that did not fit'],
    answers: {
      /** The number of faults is whole; of the faults the first are told. */
      200: SubmissionView.extend({
        faults: z.array(SubmissionFault),
        faultCount: z.int().nonnegative(),
      }),
    },
  },
  'GET /exports/national/{id}/file': {
    summary: ['下载报送文件', 'The file as it was made, by a link that is good for 15 minutes'],
    query: SubmissionFileQuery,
    answers: { 303: [] },
  },
  'POST /exports/national/{id}/confirm': {
    summary: ['确认已报送', 'Say that the receiving system has taken a file'],
    body: ConfirmationBody.optional(),
    answers: { 200: SubmissionView },
  },
  'POST /exports/national/{id}/reject': {
    summary: ['登记退回', 'Say that the receiving system has refused a file'],
    body: RejectionBody,
    answers: { 200: SubmissionView },
  },
} as const satisfies Operations<'submissions'>;
