import { placeText } from '#contracts/api/place.ts';
import { CorrectionsQuery, type PublicState } from '#contracts/api/corrections.ts';
import { deadlineId } from '#domain/deadline/deadline.ts';
import type { PersonRole } from '#domain/person/person.ts';
import { correctionsOf, loadCorrection } from '#store/corrections.ts';
import { loadDeadline } from '#store/deadlines.ts';
import { requireRole } from '#store/people.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { param, queryOf, type HttpRequest } from '#web/request.ts';
import { mayRead, person, store, visible } from './asking.ts';
import { publicStateOf, summaryOf, viewOf } from './view.ts';

const LIST_LENGTH = 50;
const READING: readonly PersonRole[] = ['lead-section', 'unit', 'supervisor', 'administrator'];

/** Requests of a status, oldest first. A unit sees its own: what is another's is left out of the page, which is then shorter. */
export async function corrections(request: HttpRequest): Promise<Answer> {
  const staff = await person(request);
  requireRole(staff, READING);
  const { status, after } = queryOf(request, CorrectionsQuery);
  const { items, next } = await correctionsOf(store(), status, LIST_LENGTH, after);
  const last = items.at(-1);
  return json(200, {
    corrections: items.filter((one) => mayRead(staff, one)).map((one) => summaryOf(one, staff)),
    ...(next === undefined || last === undefined
      ? {}
      : { next: placeText({ at: last.receivedAt, id: last.id }) }),
  });
}

export async function correctionById(request: HttpRequest): Promise<Answer> {
  const { staff, correction } = await visible(request);
  return json(
    200,
    viewOf(correction, await loadDeadline(store(), deadlineId('correct', correction.id)), staff),
  );
}

/** What became of a request of the public. @throws Refusal `not-found`, also for one that staff made */
export async function stateByReceipt(request: HttpRequest): Promise<PublicState> {
  const receipt = param(request, 'receipt');
  const correction = await loadCorrection(store(), receipt);
  return correction.requester.kind === 'public'
    ? publicStateOf(correction, await loadDeadline(store(), deadlineId('correct', receipt)))
    : refuse('not-found', `没有找到 correction ${receipt} was not found.`);
}
