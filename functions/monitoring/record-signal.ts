import { SignalBody } from '#contracts/api/monitoring.ts';
import { newEvent } from '#contracts/events.ts';
import { saysTheSame, signalOf } from '#domain/signal/signal.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { answeredBefore, commit, settled } from '#store/commit.ts';
import type { Staff } from '#store/people.ts';
import { recordedBefore, recordedSignals } from '#store/signals.ts';
import { json, type Answer } from '#web/answer.ts';
import { answerTo, firstAnswer, idempotencyOf } from '#web/idempotency.ts';
import { refuse } from '#web/problem.ts';
import { jsonBody, type HttpRequest } from '#web/request.ts';
import { RECORDING, staff, store, visibleSubject } from './asking.ts';

/**
 * Records what staff learnt of a subject, and makes it due. What is known under the same kind, day and reference is that signal:
 * told again in the same words it is answered with, in others it is refused, since a signal is never changed.
 */
export async function recordSignal(request: HttpRequest): Promise<Answer> {
  const person = await staff(request, RECORDING);
  return settled(() => record(request, person));
}

async function record(request: HttpRequest, person: Staff): Promise<Answer> {
  const idempotency = idempotencyOf(request, person.staffNo);
  const before = idempotency && (await answeredBefore(store(), 'monitoring', idempotency.key));
  if (idempotency !== undefined && before !== undefined) return firstAnswer(idempotency, before, 201);
  const subject = await visibleSubject(request, person);
  const signal = signalOf(subject.id, 'person', bodyOf(request));
  const known = await recordedBefore(store(), signal);
  if (known !== undefined) {
    return saysTheSame(known, signal)
      ? json(200, known)
      : refuse(
          'signal-differs',
          `信号 ${known.id} 已登记，备注或修复范围不同：请以自己的文书号另行登记 The signal ${known.id} is recorded with other words; record another one under a reference of its own.`,
        );
  }
  const answer = JSON.stringify(signal);
  const outcome = await commit(store(), {
    at: request.at,
    once: idempotency && { consumer: 'monitoring', ...idempotency, answer },
    writes: await recordedSignals(store(), [signal], dateInShanghai(request.at)),
    events: [
      newEvent('signal.recorded', {
        time: request.at,
        about: { kind: 'signal', id: signal.id, version: 1 },
        correlation: signal.id,
        causation: idempotency?.key ?? request.id,
        actor: { kind: 'person', id: person.staffNo },
        data: { subjectId: signal.subject, kind: signal.kind, on: signal.on },
      }),
    ],
  });
  return answerTo(outcome, idempotency, answer, 201);
}

function bodyOf(request: HttpRequest): SignalBody {
  const body = jsonBody(request, SignalBody);
  return body.on > dateInShanghai(request.at)
    ? refuse('body-invalid', '请求体有误，见 errors The body does not fit; see errors.', [
        { pointer: '/on', detail: '尚未发生 a day that has come' },
      ])
    : body;
}
