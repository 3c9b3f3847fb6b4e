import * as z from 'zod';
import { Declaration } from '#contracts/api/inspections.ts';
import { newEvent } from '#contracts/events.ts';
import type { Recusal } from '#domain/inspector/recusal.ts';
import { commit, settled } from '#store/commit.ts';
import { stateKey } from '#store/keys.ts';
import { inspectorsByStaffNo, type Staff } from '#store/people.ts';
import { loadRecusals, recusalsOf, recusalWrites } from '#store/recusals.ts';
import { load } from '#store/store.ts';
import { json, type Answer } from '#web/answer.ts';
import { answerTo } from '#web/idempotency.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, type HttpRequest } from '#web/request.ts';
import { person, sentBefore, store } from './asking.ts';

/** The person, who has to be in the inspectors' library: nobody else is ever drawn. @throws Refusal `role-forbidden` */
async function inspectorAsking(request: HttpRequest): Promise<Staff> {
  const staff = await person(request);
  const [inspector] = await inspectorsByStaffNo(store(), [staff.staffNo]);
  if (inspector === undefined) {
    refuse(
      'role-forbidden',
      `${staff.staffNo} 不在执法人员库中 is not in the inspectors' library; only inspectors are drawn, and only they recuse.`,
    );
  }
  return staff;
}

/** The subjects that a person declared to avoid, or recused from. */
export async function ownRecusals(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await inspectorAsking(request);
  return json(200, { recusals: await recusalsOf(store(), staffNo) });
}

/** An inspector declares in advance to avoid a subject (回避): no later draw sends them there. */
export async function declareRecusal(request: HttpRequest): Promise<Answer> {
  const { staffNo } = await inspectorAsking(request);
  return settled(async () => {
    const { idempotency, answer: first } = await sentBefore(request, staffNo);
    if (first !== undefined) {
      return first;
    }
    const { subject, kind, reason } = jsonBody(request, Declaration);
    if ((await load(store(), z.object({ id: z.string() }), stateKey('SUBJECT', subject))) === undefined) {
      refuse('body-invalid', `检查对象库中没有 ${subject} is not in the library of subjects.`, [
        { pointer: '/subject', detail: 'a subject of the library' },
      ]);
    }
    const known = await loadRecusals(store(), subject);
    const declared = known?.recusals.find(({ inspector }) => inspector === staffNo);
    if (declared !== undefined) {
      return json(200, { subject, ...declared });
    }
    const recusal: Recusal = { inspector: staffNo, kind, reason, at: request.at };
    const answer = JSON.stringify({ subject, ...recusal });
    const outcome = await commit(store(), {
      at: request.at,
      once: idempotency && { consumer: 'inspections', ...idempotency, answer },
      writes: recusalWrites(known, subject, recusal),
      events: [
        newEvent('recusal.declared', {
          time: request.at,
          about: { kind: 'recusal', id: subject, version: (known?.version ?? 0) + 1 },
          correlation: subject,
          causation: idempotency?.key ?? request.id,
          actor: { kind: 'person', id: staffNo },
          data: { inspector: staffNo, kind, reason },
        }),
      ],
    });
    return answerTo(outcome, idempotency, answer);
  });
}
