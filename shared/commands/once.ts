import type { AggregateKind, EventFacts } from '#contracts/catalogue.ts';
import type { FunctionName } from '#contracts/environment.ts';
import type { MingchouEvent } from '#contracts/events.ts';
import { answeredBefore, commit, type Commit } from '#store/commit.ts';
import type { StateTable } from '#store/store.ts';
import { json, type Answer } from '#web/answer.ts';
import { answerTo, firstAnswer, idempotencyOf, type Idempotency } from '#web/idempotency.ts';
import type { HttpRequest } from '#web/request.ts';

/** A person's request for a change. */
export interface Asked {
  readonly store: StateTable;
  /** The function whose command it is: what is remembered of requests is each one's own. */
  readonly consumer: FunctionName;
  readonly request: HttpRequest;
  readonly staffNo: string;
  /** Of the answer; 200 unless another one is named. */
  readonly status?: number;
}

/** What a command comes to: what is answered, and what is committed with it; no writes when it was so already. */
export interface Decided extends Pick<Commit, 'writes' | 'increments'> {
  readonly answer: object;
  readonly events: readonly MingchouEvent[];
}

/** What a request says of being sent again, and the answer that it got the first time. @throws Refusal `idempotency-key-reused` */
export async function sentBefore({
  store,
  consumer,
  request,
  staffNo,
  status = 200,
}: Asked): Promise<{ readonly idempotency: Idempotency | undefined; readonly answer: Answer | undefined }> {
  const idempotency = idempotencyOf(request, staffNo);
  const before = idempotency && (await answeredBefore(store, consumer, idempotency.key));
  return idempotency === undefined || before === undefined
    ? { idempotency, answer: undefined }
    : { idempotency, answer: firstAnswer(idempotency, before, status) };
}

/**
 * Carries a person's command out, once however often its request is sent: with an Idempotency-Key the first answer is given
 * again. To be run in `settled`, which decides anew when somebody else was faster.
 * @throws Refusal `idempotency-key-reused`, and whatever the decision refuses
 */
export async function answerOnce(asked: Asked, decide: () => Promise<Decided> | Decided): Promise<Answer> {
  const { store, consumer, request, status = 200 } = asked;
  const { idempotency, answer: first } = await sentBefore(asked);
  if (first !== undefined) return first;
  const { answer, ...change } = await decide();
  if (change.writes.length === 0 && idempotency === undefined) return json(status, answer);
  const text = JSON.stringify(answer);
  const outcome = await commit(store, {
    at: request.at,
    once: idempotency && { consumer, ...idempotency, answer: text },
    ...change,
  });
  return answerTo(outcome, idempotency, text, status);
}

/** What a person's command follows from: the key under which it can be sent again, or else the request. */
export function causationOf({ request, staffNo }: Pick<Asked, 'request' | 'staffNo'>): string {
  return idempotencyOf(request, staffNo)?.key ?? request.id;
}

/** What every event of a person's command says. */
export function factsOf(
  asked: Pick<Asked, 'request' | 'staffNo'>,
  kind: AggregateKind,
  {
    id,
    version,
    correlation,
  }: { readonly id: string; readonly version: number; readonly correlation: string },
): EventFacts {
  return {
    time: asked.request.at,
    about: { kind, id, version },
    correlation,
    causation: causationOf(asked),
    actor: { kind: 'person', id: asked.staffNo },
  };
}
