import { isPublic, type Draw } from '#domain/draw/draw.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { loadDraw } from '#store/draws.ts';
import { openState } from '#store/store.ts';
import type { Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import { param, type HttpRequest } from '#web/request.ts';

export const environment = once(() => environmentOf('portal'));
export const store = once(() => openState(environment().STATE_TABLE));

/** The draw of a request, as far as it is for everyone. @throws Refusal `not-found` */
export async function publicDraw(request: HttpRequest): Promise<Draw> {
  const found = await loadDraw(store(), param(request, 'id'));
  return isPublic(found) ? found : refuse('not-found', `没有找到 draw ${found.id} was not found.`);
}

/** A JSON answer that anybody's page may read. */
export function publicJson(body: unknown, cacheControl = 'public, max-age=60'): Answer {
  return {
    status: 200,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': cacheControl,
      vary: 'accept',
      'access-control-allow-origin': '*',
    },
    body: JSON.stringify(body),
  };
}

/** A file for the reader's disk. */
export interface Download {
  readonly name: string;
  readonly type: string;
  readonly gzip: Uint8Array;
}

/** Compressed always: every client that can read a file of this size can unpack it, and a Lambda answer is limited to 6 MB. */
export function download(
  { name, type, gzip }: Download,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status: 200,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-encoding': 'gzip',
      'content-disposition': `inline; filename="${name}"`,
      'cache-control': 'public, max-age=60',
      ...headers,
    },
    body: gzip,
  };
}
