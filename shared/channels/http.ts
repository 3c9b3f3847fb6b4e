/**
 * One POST of JSON: `answered` with whatever; `unreached` when nothing can have arrived; `silent` when the request may have
 * arrived and no answer came back.
 */
export type Posted =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly text: string;
      readonly retryAfter?: number | undefined;
    }
  | { readonly kind: 'unreached' | 'silent'; readonly why: string };

const TIMEOUT_MS = 10_000;
/** What a robot or a webhook answers has some hundred bytes. */
const ANSWER_LIMIT_BYTES = 16 * 1024;
/** Longer waits than that are somebody's mistake. */
const LONGEST_WAIT_SECONDS = 24 * 3600;

/** Failures before the first byte of the request can have been sent. */
const UNREACHED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Posts JSON to a channel's own address, and nowhere else: a redirection is an answer like any other. Never throws for a bad receiver. */
export async function postJson(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
  timeoutMs = TIMEOUT_MS,
): Promise<Posted> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const retryAfter = secondsIn(response.headers.get('retry-after'));
    return { kind: 'answered', status: response.status, text: await boundedText(response), retryAfter };
  } catch (error) {
    return failure(error);
  }
}

/** The beginning of the answer; what is longer than the limit is not read. */
async function boundedText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    text += decoder.decode(chunk, { stream: true });
    // Leaving the loop cancels what is still to come.
    if (size > ANSWER_LIMIT_BYTES) return text.slice(0, ANSWER_LIMIT_BYTES);
  }
  return text + decoder.decode();
}

function secondsIn(header: string | null): number | undefined {
  return header !== null && /^\d{1,9}$/.test(header)
    ? Math.min(Number(header), LONGEST_WAIT_SECONDS)
    : undefined;
}

function failure(error: unknown): Posted {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = cause instanceof Error ? cause.message : String(cause);
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return { kind: UNREACHED.has(code) ? 'unreached' : 'silent', why: code === '' ? why : `${code}: ${why}` };
}
