import { ApiPageQuery } from '#contracts/api/portal.ts';
import type { Answer } from '#web/answer.ts';
import { htmlPage } from '#web/layout.tsx';
import { refuse } from '#web/problem.ts';
import { queryOf, type HttpRequest } from '#web/request.ts';
import { apiDocument, eventsFile, openApiFile } from './document.ts';
import { ApiIndexPage, ApiTagPage } from './pages.tsx';

const PAGE_SECONDS = 3600;

/** The description of the API for programs. */
export async function openApi(): Promise<Answer> {
  return Promise.resolve(fileAnswer('application/json', openApiFile().gzip));
}

/** The shapes of all events, for those who subscribe to them. */
export async function eventShapes(): Promise<Answer> {
  return Promise.resolve(fileAnswer('application/schema+json', eventsFile().gzip));
}

/** A file that anybody's page may read; compressed always, as every client of such a file unpacks it. */
function fileAnswer(type: string, gzip: Uint8Array): Answer {
  return {
    status: 200,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-encoding': 'gzip',
      'cache-control': `public, max-age=${PAGE_SECONDS}`,
      'access-control-allow-origin': '*',
    },
    body: gzip,
  };
}

/** The same to read: what there is, or one function's routes. */
export async function apiPages(request: HttpRequest): Promise<Answer> {
  const { tag } = queryOf(request, ApiPageQuery);
  const document = apiDocument();
  if (tag === undefined) {
    return Promise.resolve(htmlPage('接口说明', <ApiIndexPage document={document} />, PAGE_SECONDS));
  }
  const found = document.tags.find(({ name }) => name === tag);
  return found === undefined
    ? refuse('not-found', `没有接口 ${tag} There is no part ${tag} of the API.`)
    : htmlPage(
        found.description,
        <ApiTagPage document={document} tag={tag} description={found.description} />,
        PAGE_SECONDS,
      );
}
