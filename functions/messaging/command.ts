import type { AggregateKind, EventFacts } from '#contracts/catalogue.ts';
import type { MingchouEvent } from '#contracts/events.ts';
import { answeredBefore, commit, settled, type StateWrite } from '#store/commit.ts';
import { json, type Answer } from '#web/answer.ts';
import { answerTo, firstAnswer, idempotencyOf } from '#web/idempotency.ts';
import type { HttpRequest } from '#web/request.ts';
import { store } from './asking.ts';

/** What a command comes to; without writes when it was so already. */
export interface Decided {
  readonly answer: object;
  readonly writes: readonly StateWrite[];
  readonly events: readonly MingchouEvent[];
}

/**
 * Carries a person's command out, once however often its request is sent: with an Idempotency-Key the first answer is given
 * again. Decided anew when somebody else was faster.
 */
export function carryOut(
  request: HttpRequest,
  staffNo: string,
  decide: () => Promise<Decided>,
): Promise<Answer> {
  return settled(async () => {
    const idempotency = idempotencyOf(request, staffNo);
    const before = idempotency && (await answeredBefore(store(), 'messaging', idempotency.key));
    if (idempotency !== undefined && before !== undefined) {
      return firstAnswer(idempotency, before, 200);
    }
    const { answer, writes, events } = await decide();
    const text = JSON.stringify(answer);
    if (writes.length === 0 && idempotency === undefined) return json(200, answer);
    const outcome = await commit(store(), {
      at: request.at,
      once: idempotency && { consumer: 'messaging', ...idempotency, answer: text },
      writes,
      events,
    });
    return answerTo(outcome, idempotency, text);
  });
}

/** What the event of a person's command says. */
export function factsOf(
  kind: AggregateKind,
  record: { readonly id: string; readonly version: number },
  correlation: string,
  request: HttpRequest,
  staffNo: string,
): EventFacts {
  return {
    time: request.at,
    about: { kind, id: record.id, version: record.version },
    correlation,
    causation: idempotencyOf(request, staffNo)?.key ?? request.id,
    actor: { kind: 'person', id: staffNo },
  };
}
