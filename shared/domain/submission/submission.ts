import * as z from 'zod';
import { refuseWrongState, type Lifecycle, type Standing } from '#domain/lifecycle/lifecycle.ts';
import { Instant } from '#domain/time/time.ts';

export const SubmissionStatus = z.enum(['marking', 'made', 'confirmed', 'rejecting', 'rejected']);
export type SubmissionStatus = z.infer<typeof SubmissionStatus>;

const count = z.int().nonnegative();
const File = z.object({ hash: z.string(), bytes: z.int().positive() });

/** One file for the national system 报送文件, as CSV and as workbook (article 7(6)). */
export const Submission = z.object({
  id: z.string(),
  version: z.int().positive(),
  status: SubmissionStatus,
  by: z.string(),
  at: Instant,
  rows: count,
  /** Rows that did not fit the columns, and stay owed. */
  unfit: count,
  /** SHA-256 of rows and faults: their pages stand under it. */
  rowsHash: z.string(),
  csv: File,
  xlsx: File,
  /** What the receiving system answered, as staff tell it. */
  answered: z.object({ by: z.string(), at: Instant, reason: z.string().optional() }).optional(),
});
export type Submission = z.infer<typeof Submission>;

const SENDING: readonly Standing[] = ['lead-section', 'administrator'];

export type SubmissionCommandKind = 'finish' | 'confirm' | 'reject' | 'give-back';

/** A file from its making until the receiving system has taken or refused it. */
export const submissionLifecycle: Lifecycle<SubmissionStatus, SubmissionCommandKind> = {
  name: 'submission',
  zh: '报送文件',
  statuses: {
    marking: '正在登记',
    made: '已生成',
    confirmed: '已接收',
    rejecting: '正在退回',
    rejected: '已退回',
  },
  begins: { zh: '生成报送文件', in: ['marking'], by: SENDING },
  steps: {
    finish: { zh: '登记完毕', article: '7(6)', by: ['system'], from: ['marking'], to: ['made'] },
    confirm: { zh: '确认接收', article: '7(6)', by: SENDING, from: ['made'], to: ['confirmed'] },
    reject: { zh: '登记退回', article: '7(6)', by: SENDING, from: ['made'], to: ['rejecting'] },
    'give-back': { zh: '退回完毕', article: '7(6)', by: ['system'], from: ['rejecting'], to: ['rejected'] },
  },
};

interface Given {
  readonly by: string;
  readonly at: Instant;
}

/** What happens to a file. */
type SubmissionCommand =
  | { readonly kind: 'finish' | 'give-back' }
  | (Given & { readonly kind: 'confirm' })
  | (Given & { readonly kind: 'reject'; readonly reason: string });

/** The file after the command. @throws Refusal `wrong-state` naming the state and those that would be accepted */
export function decide(submission: Submission, command: SubmissionCommand): Submission {
  refuseWrongState(submissionLifecycle, command.kind, submission);
  const next = { ...submission, version: submission.version + 1 };
  switch (command.kind) {
    case 'finish':
      return { ...next, status: 'made' };
    case 'confirm':
      return { ...next, status: 'confirmed', answered: { by: command.by, at: command.at } };
    case 'reject': {
      const { by, at, reason } = command;
      return { ...next, status: 'rejecting', answered: { by, at, reason } };
    }
    case 'give-back':
      return { ...next, status: 'rejected' };
  }
}
