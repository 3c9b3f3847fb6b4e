import { isProblemReason, type ProblemDocument, problems, type ProblemReason } from '#contracts/problems.ts';
import { Refusal, type FieldError } from '#domain/refusal/refusal.ts';
import type { Answer } from './answer.ts';

export { ProblemDocument } from '#contracts/problems.ts';

/** Refuses a request for a reason of the catalogue. */
export function refuse(reason: ProblemReason, detail: string, fields: readonly FieldError[] = []): never {
  throw new Refusal(reason, detail, fields);
}

/** The answer to a refused request, or undefined when the error is no refusal that may be shown outside. */
export function problemAnswer(error: unknown): Answer | undefined {
  return error instanceof Refusal && isProblemReason(error.reason)
    ? problemOf(error.reason, error.message, error.fields)
    : undefined;
}

/** The problem document of a reason of the catalogue. */
export function problemOf(reason: ProblemReason, detail: string, fields: readonly FieldError[] = []): Answer {
  const [status, title] = problems[reason];
  return problemDocument({
    type: `urn:mingchou:problem:${reason}`,
    title,
    status,
    detail,
    ...(fields.length === 0 ? {} : { errors: [...fields] }),
  });
}

/** What everyone sees of a fault of ours: a number to quote, never the inside of it. */
export function faultAnswer(requestId: string): Answer {
  return problemDocument({
    type: 'urn:mingchou:problem:internal',
    title: '系统内部错误 Internal error',
    status: 500,
    detail: `请稍后重试；编号 ${requestId} Please retry later; quote number ${requestId}.`,
  });
}

function problemDocument(document: ProblemDocument): Answer {
  return {
    status: document.status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(document),
  };
}
