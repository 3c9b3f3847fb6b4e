import type { Receipt } from '#contracts/api/corrections.ts';
import { isProblemReason, problems } from '#contracts/problems.ts';
import { secondsToTomorrow } from '#domain/correction/limits.ts';
import { PublicRequest } from '#domain/correction/request.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import type { RouteHandler } from '#lambda/http.ts';
import { json, type Answer } from '#web/answer.ts';
import { asAnswer, htmlPage } from '#web/layout.tsx';
import { problemAnswer, refuse } from '#web/problem.ts';
import { fieldErrors, formBody, isForm, jsonBody, param, wantsJson, type HttpRequest } from '#web/request.ts';
import { NotTakenPage, ReceiptPage, StatePage } from './pages.tsx';
import { stateByReceipt } from './reading.ts';
import { receivePublic } from './receive.ts';

/** Four short texts, each character of which a form may send as nine bytes. */
const MAX_BODY_BYTES = 32 * 1024;

/** The answer to a request that was received: its number, and where to see what becomes of it. */
export function created(receipt: Receipt): Answer {
  return json(201, receipt, { location: receipt.link });
}

/** Somebody of the public asks for a correction, as a program or by the form of the page. */
export async function ask(request: HttpRequest): Promise<Answer> {
  if (isForm(request)) {
    return askByForm(request);
  }
  return created(await receivePublic(request, jsonBody(request, PublicRequest, MAX_BODY_BYTES)));
}

/** A form is answered with a page, also when it is refused: with every field that is wrong, and what was typed. */
async function askByForm(request: HttpRequest): Promise<Answer> {
  let typed: Readonly<Record<string, string>> = {};
  try {
    typed = formBody(request, MAX_BODY_BYTES);
    const receipt = await receivePublic(request, requestIn(typed));
    const page = asAnswer(201, htmlPage('已受理更正申请', <ReceiptPage receipt={receipt} />, 0));
    return { ...page, headers: { ...page.headers, location: receipt.link } };
  } catch (error) {
    if (!(error instanceof Refusal) || !isProblemReason(error.reason)) {
      throw error;
    }
    const [status, title] = problems[error.reason];
    const shown = { inspection: param(request, 'id'), title, detail: error.message, faults: error.fields };
    const page = htmlPage('更正申请未提交', <NotTakenPage {...shown} typed={typed} />, 0, { forms: true });
    return asAnswer(status, page);
  }
}

/** @throws Refusal `body-invalid` naming all the fields that are wrong */
function requestIn(typed: Readonly<Record<string, string>>): PublicRequest {
  const parsed = PublicRequest.safeParse(typed);
  return parsed.success
    ? parsed.data
    : refuse(
        'body-invalid',
        '填写有误，见各栏 Something is wrong; see the fields.',
        fieldErrors(parsed.error),
      );
}

/** Whoever is told that there are too many requests is told when to come again (RFC 6585). */
export function slowedDown(route: RouteHandler): RouteHandler {
  return async (request, telemetry) => {
    try {
      return withRetryAfter(await route(request, telemetry), request);
    } catch (error) {
      const refused = problemAnswer(error);
      if (refused?.status !== 429) {
        throw error;
      }
      telemetry.count('Refused');
      return withRetryAfter(refused, request);
    }
  };
}

function withRetryAfter(answer: Answer, { at }: HttpRequest): Answer {
  return answer.status === 429
    ? { ...answer, headers: { ...answer.headers, 'retry-after': String(secondsToTomorrow(at)) } }
    : answer;
}

/** What became of a request, for whoever has its number. */
export async function state(request: HttpRequest): Promise<Answer> {
  const found = await stateByReceipt(request);
  return wantsJson(request)
    ? json(200, found, { vary: 'accept' })
    : asAnswer(200, htmlPage('更正申请办理情况', <StatePage state={found} />, 0));
}
