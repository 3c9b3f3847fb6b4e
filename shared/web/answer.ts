/** What a function answers over HTTP, before API Gateway's shape is put around it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Lines of `set-cookie`, each whole (RFC 6265). */
  readonly cookies?: readonly string[];
  readonly body: string | Uint8Array;
}

/** A JSON answer that nobody may store. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}
