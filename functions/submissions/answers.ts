import { ConfirmationBody, RejectionBody } from '#contracts/api/submissions.ts';
import { newEvent } from '#contracts/events.ts';
import { decide, type Submission } from '#domain/submission/submission.ts';
import { commit, settled } from '#store/commit.ts';
import { loadSubmission, updatedSubmission } from '#store/submissions.ts';
import { json, type Answer } from '#web/answer.ts';
import { jsonBody, param, type HttpRequest } from '#web/request.ts';
import { commanding, store } from './asking.ts';
import { giveBack } from './marking.ts';
import { viewOf } from './view.ts';

/** The receiving system has taken the file. Told again it stays so. */
export async function confirmSubmission(request: HttpRequest): Promise<Answer> {
  const { staffNo: by } = await commanding(request, 'confirm');
  if (request.body.byteLength > 0) jsonBody(request, ConfirmationBody);
  const id = param(request, 'id');
  const { at } = request;
  const confirmed = await settled(async () => {
    const submission = await loadSubmission(store(), id);
    if (submission.status === 'confirmed') return submission;
    const next = decide(submission, { kind: 'confirm', by, at });
    const event = newEvent('submission.confirmed', {
      time: at,
      about: { kind: 'submission', id, version: next.version },
      correlation: id,
      causation: request.id,
      actor: { kind: 'person', id: by },
      data: {},
    });
    await commit(store(), { at, writes: [updatedSubmission(next)], events: [event] });
    return next;
  });
  return json(200, viewOf(confirmed));
}

/** The receiving system has refused the file: its rows are owed again. Told again it goes on where it was broken off. */
export async function rejectSubmission(request: HttpRequest): Promise<Answer> {
  const { staffNo: by } = await commanding(request, 'reject');
  const { reason } = jsonBody(request, RejectionBody);
  const id = param(request, 'id');
  const { at } = request;
  await settled(async () => {
    const submission = await loadSubmission(store(), id);
    if (isRefused(submission)) return;
    const next = decide(submission, { kind: 'reject', by, at, reason });
    await commit(store(), { at, writes: [updatedSubmission(next)], events: [] });
  });
  return json(200, viewOf(await giveBack(id)));
}

function isRefused({ status }: Submission): boolean {
  return status === 'rejecting' || status === 'rejected';
}
