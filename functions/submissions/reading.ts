import { placeText } from '#contracts/api/place.ts';
import {
  SubmissionFileQuery,
  SubmissionListQuery,
  type SubmissionFault,
} from '#contracts/api/submissions.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { linkToGet, objectKeys } from '#store/objects.ts';
import { submissions, submittedRows, type SubmittedRow } from '#store/submissions.ts';
import { json, type Answer } from '#web/answer.ts';
import { param, queryOf, type HttpRequest } from '#web/request.ts';
import { objects, reader, store } from './asking.ts';
import { submissionOf } from './make.ts';
import { viewOf } from './view.ts';

const LIST_LENGTH = 50;

/** Files for the national system, newest first. */
export async function listSubmissions(request: HttpRequest): Promise<Answer> {
  await reader(request);
  const { after } = queryOf(request, SubmissionListQuery);
  const { items, next } = await submissions(store(), LIST_LENGTH, after);
  const last = items.at(-1);
  return json(200, {
    submissions: items.map(viewOf),
    ...(next === undefined || last === undefined ? {} : { next: placeText(last) }),
  });
}

/** Faults that are told of one file; their number is always whole. */
const FAULTS_SHOWN = 1_000;

/** One file: what became of it, and each row that did not fit with column and reason. */
export async function showSubmission(request: HttpRequest): Promise<Answer> {
  await reader(request);
  const submission = await submissionOf(request, param(request, 'id'));
  const faults: SubmissionFault[] = [];
  for await (const rows of submittedRows(store(), submission)) {
    faults.push(...rows.flatMap(faultsOf));
  }
  return json(200, {
    ...viewOf(submission),
    faults: faults.slice(0, FAULTS_SHOWN),
    faultCount: faults.length,
  });
}

function faultsOf({ inspection, faults }: SubmittedRow): SubmissionFault[] {
  return faults.map(({ row, column, value, reason, detail }) => ({
    row,
    inspection,
    column,
    value,
    reason,
    detail,
  }));
}

/** The file as it was made, by a link that is good for 15 minutes: the same bytes however often it is fetched. */
export async function submissionFile(request: HttpRequest): Promise<Answer> {
  await reader(request);
  const { format } = queryOf(request, SubmissionFileQuery);
  const submission = await submissionOf(request, param(request, 'id'));
  const { hash } = submission[format];
  const name = `national-${dateInShanghai(submission.at)}-${submission.id}.${format}`;
  const location = await linkToGet(objects(), objectKeys.submission(submission.id, hash, format), name);
  return { status: 303, headers: { location, 'cache-control': 'no-store' }, body: '' };
}
