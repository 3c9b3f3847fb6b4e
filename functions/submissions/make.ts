import { SubmissionBody } from '#contracts/api/submissions.ts';
import { deriveId } from '#domain/ids/derive.ts';
import type { Submission } from '#domain/submission/submission.ts';
import { answeredBefore, commit, settled } from '#store/commit.ts';
import { putPages } from '#store/pages.ts';
import type { Staff } from '#store/people.ts';
import { anythingOwed, oldestOwed } from '#store/sent.ts';
import {
  createdSubmission,
  loadSubmission,
  loadSubmitting,
  nowSubmitting,
  rowPages,
  type Submitting,
} from '#store/submissions.ts';
import { json, type Answer } from '#web/answer.ts';
import { idempotencyOf, sameRequest, type Idempotency } from '#web/idempotency.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, type HttpRequest } from '#web/request.ts';
import { environment, sender, store } from './asking.ts';
import { draftOf } from './draft.ts';
import { finish } from './marking.ts';
import { viewOf } from './view.ts';

interface Making {
  readonly id: string;
  readonly staff: Staff;
  readonly request: HttpRequest;
  readonly which: 'OWED' | 'UNFIT';
  readonly idempotency: Idempotency | undefined;
}

/**
 * Makes a file for the national system (国家企业信用信息公示系统, article 7(6)) of what was published, corrected or withdrawn
 * and has not gone out, at most `SUBMISSION_ROWS` records of it, oldest first; `more` says that another one is due. Two at once make one
 * after the other, and no record goes out in both.
 */
export async function makeSubmission(request: HttpRequest): Promise<Answer> {
  const staff = await sender(request);
  const { unfit } = request.body.byteLength === 0 ? { unfit: false } : jsonBody(request, SubmissionBody);
  const idempotency = idempotencyOf(request, staff.staffNo);
  const id = deriveId('N', idempotency?.key ?? request.id);
  const making: Making = { id, staff, request, which: unfit ? 'UNFIT' : 'OWED', idempotency };
  await settled(() => begun(making));
  const made = await finish(id);
  return json(
    201,
    { ...viewOf(made), more: await anythingOwed(store()) },
    { location: `/exports/national/${id}` },
  );
}

/** Writes down what the file holds, unless this request did before. @throws Refusal `nothing-owed` */
async function begun(making: Making): Promise<void> {
  const { id, idempotency, which } = making;
  const before = idempotency && (await answeredBefore(store(), 'submissions', idempotency.key));
  if (idempotency !== undefined && before !== undefined) {
    sameRequest(idempotency, before.fingerprint);
    return;
  }
  const { open } = await loadSubmitting(store());
  // Another one is being made, or was broken off: its records are marked before this one looks for what is owed.
  if (open !== undefined) await finish(open);
  const submitting = await loadSubmitting(store());
  const records = await oldestOwed(store(), which, environment().SUBMISSION_ROWS);
  if (records.length === 0) {
    refuse(
      'nothing-owed',
      '没有待报送的公示信息 Nothing that was published, corrected or withdrawn is owed.',
    );
  }
  const draft = await draftOf(id, records);
  await putPages(store(), rowPages(id, draft.rowsHash, draft.rows));
  await start(making, submitting, draft);
}

async function start(
  { id, staff, request: { at }, idempotency }: Making,
  submitting: Submitting,
  { rows, rowsHash, csv, xlsx }: Awaited<ReturnType<typeof draftOf>>,
): Promise<void> {
  const unfit = rows.filter(({ faults }) => faults.length > 0).length;
  const submission: Submission = {
    id,
    version: 1,
    status: 'marking',
    by: staff.staffNo,
    at,
    rows: rows.length - unfit,
    unfit,
    rowsHash,
    csv,
    xlsx,
  };
  await commit(store(), {
    at,
    once: idempotency && { consumer: 'submissions', ...idempotency },
    writes: [createdSubmission(submission), nowSubmitting(submitting, id)],
    events: [],
  });
}

/** One file for the national system by its address. @throws Refusal `not-found` */
export function submissionOf(request: HttpRequest, id: string): Promise<Submission> {
  return id.startsWith('N-')
    ? loadSubmission(store(), id)
    : refuse('not-found', `没有找到 ${request.path} was not found.`);
}
