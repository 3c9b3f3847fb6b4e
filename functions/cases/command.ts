import type { EventFacts } from '#contracts/catalogue.ts';
import type { MingchouEvent } from '#contracts/events.ts';
import type { Draw } from '#domain/draw/lifecycle.ts';
import { answeredBefore, commit, settled, type StateWrite } from '#store/commit.ts';
import type { Answer } from '#web/answer.ts';
import { answerTo, firstAnswer, idempotencyOf } from '#web/idempotency.ts';
import type { HttpRequest } from '#web/request.ts';
import { store } from './asking.ts';

/** What a command comes to: what is answered, and what is committed with it. */
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
  status: number,
  decide: () => Promise<Decided>,
): Promise<Answer> {
  return settled(async () => {
    const idempotency = idempotencyOf(request, staffNo);
    const before = idempotency && (await answeredBefore(store(), 'cases', idempotency.key));
    if (idempotency !== undefined && before !== undefined) {
      return firstAnswer(idempotency, before, status);
    }
    const { answer, writes, events } = await decide();
    const text = JSON.stringify(answer);
    const outcome = await commit(store(), {
      at: request.at,
      once: idempotency && { consumer: 'cases', ...idempotency, answer: text },
      writes,
      events,
    });
    return answerTo(outcome, idempotency, text, status);
  });
}

/** What every event of a person's command on a draw says. */
export function factsOf(draw: Draw, request: HttpRequest, staffNo: string): EventFacts {
  return factsAbout('draw', draw, request, staffNo);
}

/** What every event of a person's command says. */
export function factsAbout(
  kind: 'draw' | 'trigger',
  record: { readonly id: string; readonly version: number; readonly correlation: string },
  request: HttpRequest,
  staffNo: string,
): EventFacts {
  return {
    time: request.at,
    about: { kind, id: record.id, version: record.version },
    correlation: record.correlation,
    causation: idempotencyOf(request, staffNo)?.key ?? request.id,
    actor: { kind: 'person', id: staffNo },
  };
}
