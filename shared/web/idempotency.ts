import { sha256 } from '#sha256';
import { json, type Answer } from './answer.ts';
import { refuse } from './problem.ts';
import type { HttpRequest } from './request.ts';

/** What a request says of being sent again: its key, and what tells it from another request under the same key. */
export interface Idempotency {
  readonly key: string;
  readonly fingerprint: string;
}

/**
 * Reads the Idempotency-Key header (IETF draft-ietf-httpapi-idempotency-key-header), under which a request that is sent
 * again, because its answer got lost, gets the first answer. Keys of different people never meet.
 * @throws Refusal `query-invalid` for a key of another shape.
 */
export function idempotencyOf(request: HttpRequest, person: string): Idempotency | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) {
    return undefined;
  }
  if (!/^[!-~]{1,128}$/.test(key)) {
    refuse(
      'query-invalid',
      'Idempotency-Key 须为 1 至 128 个可见 ASCII 字符 must be 1 to 128 visible ASCII characters.',
    );
  }
  const body = new TextDecoder().decode(request.body);
  return {
    key: `${person}#${key}`,
    fingerprint: sha256(JSON.stringify([request.method, request.path, body])),
  };
}

/** @throws Refusal `idempotency-key-reused` when the key stood on another request. */
export function sameRequest(idempotency: Idempotency, firstFingerprint: string | undefined): void {
  if (firstFingerprint !== idempotency.fingerprint) {
    refuse(
      'idempotency-key-reused',
      '该 Idempotency-Key 已用于另一请求，请换一个 This Idempotency-Key was used for another request; take a new one.',
    );
  }
}

/** What is remembered of the first request under a key. */
interface Remembered {
  readonly answer?: string | undefined;
  readonly fingerprint?: string | undefined;
}

/** The answer that the first copy of a request got. @throws Refusal `idempotency-key-reused` */
export function firstAnswer(idempotency: Idempotency, remembered: Remembered, status: number): Answer {
  sameRequest(idempotency, remembered.fingerprint);
  return json(status, JSON.parse(remembered.answer ?? '{}'));
}

/**
 * The answer to a request whose commit has an outcome: this one, or what was answered to a copy that was faster.
 * @throws Refusal `idempotency-key-reused` when two different requests came under one key at the same moment: the slower one
 * must not take the other's answer for its own.
 */
export function answerTo(
  outcome: { readonly kind: 'done' } | ({ readonly kind: 'done-before' } & Remembered),
  idempotency: Idempotency | undefined,
  answer: string,
  status = 200,
): Answer {
  if (outcome.kind === 'done') {
    return json(status, JSON.parse(answer));
  }
  if (idempotency !== undefined) {
    sameRequest(idempotency, outcome.fingerprint);
  }
  return json(status, JSON.parse(outcome.answer ?? answer));
}
