import * as z from 'zod';
import { CorrectionStatus } from '#domain/correction/correction.ts';
import { deadlineId } from '#domain/deadline/deadline.ts';
import { PersonRole } from '#domain/person/person.ts';
import { Instant } from '#domain/time/time.ts';
import { correctionsOf, loadCorrection } from '#store/corrections.ts';
import { loadDeadline } from '#store/deadlines.ts';
import { requireRole } from '#store/people.ts';
import { json, type Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { fieldErrors, param, type HttpRequest } from '#web/request.ts';
import { mayRead, person, store, visible } from './asking.ts';
import { publicStateOf, summaryOf, viewOf, type PublicState } from './view.ts';

const LIST_LENGTH = 50;
const READING: readonly PersonRole[] = ['lead-section', 'unit', 'supervisor', 'administrator'];

const ListQuery = z.object({
  status: CorrectionStatus.default('received'),
  after: z
    .string()
    .regex(
      /^[^_]+_C-[0-9a-f]{24}$/,
      '本列表给出的位置 a position that this list gave, e.g. 2026-03-02T01:30:00.000Z_C-…',
    )
    .transform((text) => text.split('_'))
    .pipe(z.tuple([Instant, z.string()]))
    .transform(([receivedAt, id]) => ({ receivedAt, id }))
    .optional(),
});

/** Requests of a status, oldest first. A unit sees its own: what is another's is left out of the page, which is then shorter. */
export async function corrections(request: HttpRequest): Promise<Answer> {
  const staff = await person(request);
  requireRole(staff, READING);
  const query = ListQuery.safeParse(request.query);
  if (!query.success) {
    return refuse(
      'query-invalid',
      '查询参数无效 The query does not fit; see errors.',
      fieldErrors(query.error),
    );
  }
  const { status, after } = query.data;
  const { items, next } = await correctionsOf(store(), status, LIST_LENGTH, after);
  const last = items.at(-1);
  return json(200, {
    corrections: items.filter((one) => mayRead(staff, one)).map((one) => summaryOf(one, staff)),
    ...(next === undefined || last === undefined ? {} : { next: `${last.receivedAt}_${last.id}` }),
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
