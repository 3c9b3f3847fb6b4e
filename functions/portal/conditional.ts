import { sha256 } from '#sha256';
import type { Answer } from '#web/answer.ts';
import type { HttpRequest } from '#web/request.ts';

type Route = (request: HttpRequest) => Promise<Answer>;

/** Lets a reader who has an answer already ask whether it still is so (RFC 9110, 13.1.2): then nothing but that is sent. */
export function conditional(route: Route): Route {
  return async (request) => {
    const answer = await route(request);
    if (answer.status !== 200) return answer;
    const etag = `"${sha256(answer.body).slice(0, 32)}"`;
    const headers = { ...answer.headers, etag };
    return matches(request.headers['if-none-match'], etag)
      ? { status: 304, headers: withoutBody(headers), body: '' }
      : { ...answer, headers };
  };
}

function matches(given: string | undefined, etag: string): boolean {
  return (given ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}

function withoutBody({
  'content-type': _type,
  'content-disposition': _name,
  'content-encoding': _coding,
  ...headers
}: Answer['headers']) {
  return headers;
}
