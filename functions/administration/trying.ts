import type * as z from 'zod';
import type { SourceTried } from '#contracts/api/administration.ts';
import { isProblemReason, problems } from '#contracts/problems.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { triggerOfMessage, type Source } from '#domain/source/source.ts';
import type { TriggerReport } from '#domain/trigger/trigger.ts';
import type { HttpRequest } from '#web/request.ts';
import { messageText, provenId, reportIn } from '#web/webhook-message.ts';
import { signedHeaders } from '#web/webhook-signature.ts';

type Tried = z.infer<typeof SourceTried>;

/** What is sent when the administrator gives no report of their own. */
const SAMPLE: TriggerReport = {
  category: 'complaint',
  title: '测试消息：加油站计量不准',
  text: '由系统管理员发出的测试，不是真实线索。',
  cohort: { territory: '410381', industry: 'F5265' },
};

/**
 * A message as the sender would make it, and what the webhook would say to it: it is proved and read by the same code, up to
 * and without the transaction that stores a trigger.
 */
export function tried(request: HttpRequest, source: Source, report: unknown = SAMPLE): Tried {
  const body = JSON.stringify(report);
  const id = `test-${request.id}`;
  const [secret] = source.secrets;
  if (secret === undefined) {
    throw new TypeError(`the source ${source.id} has no secret`);
  }
  const headers = {
    'content-type': 'application/json',
    ...signedHeaders(secret, id, request.at, body),
  };
  const message: HttpRequest = { ...request, headers, body: new TextEncoder().encode(body) };
  return {
    message: id,
    body,
    headers,
    outcome: outcomeOf(message, source),
    curl: curlOf(`${addressOf(request)}/webhooks/${source.id}`, headers, body),
  };
}

function outcomeOf(message: HttpRequest, source: Source): Tried['outcome'] {
  try {
    const text = messageText(message);
    const id = provenId(message, text, source);
    reportIn(text);
    return { kind: 'accepted', trigger: triggerOfMessage(source.id, id) };
  } catch (error) {
    if (!(error instanceof Refusal) || !isProblemReason(error.reason)) throw error;
    return {
      kind: 'refused',
      reason: error.reason,
      status: problems[error.reason][0],
      detail: error.message,
      errors: error.fields.map(({ pointer, detail }) => ({ pointer, detail })),
    };
  }
}

function addressOf({ headers }: HttpRequest): string {
  return `${headers['x-forwarded-proto'] ?? 'https'}://${headers['host'] ?? ''}`;
}

/** The same message by hand: its signature holds for five minutes, and tells nothing of the secret. */
function curlOf(url: string, headers: Readonly<Record<string, string>>, body: string): string {
  const given = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  return ['curl', '-X POST', quoted(url), ...given, `--data-raw ${quoted(body)}`].join(' ');
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
