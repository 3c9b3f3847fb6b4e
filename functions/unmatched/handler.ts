import { routes } from '#contracts/routes.ts';
import { httpFunction } from '#lambda/http.ts';
import type { Answer } from '#web/answer.ts';
import { problemOf } from '#web/problem.ts';
import type { HttpRequest } from '#web/request.ts';

/** Answers what no route takes: API Gateway's own 404 is no problem document and does not tell a wrong method from a wrong address. */
export const handler = httpFunction('unmatched', {
  $default: (request) => Promise.resolve(refusal(request)),
});

function refusal({ method, path }: HttpRequest): Answer {
  const allowed = Object.keys(routes)
    .map((route) => route.split(' '))
    .flatMap(([verb, template]) =>
      verb !== undefined && template !== undefined && pathFits(template, path) ? [verb] : [],
    )
    .join(', ');
  if (allowed === '') {
    return problemOf('route-unknown', `没有地址 ${path} There is nothing at ${path}.`);
  }
  const answer = problemOf(
    'method-not-allowed',
    `${path} 不支持 ${method}，支持 ${allowed} ${path} does not take ${method}; it takes ${allowed}.`,
  );
  return { ...answer, headers: { ...answer.headers, allow: allowed } };
}

/** Whether a path has the shape of a template: as many segments, the fixed ones equal, the others not empty. */
function pathFits(template: string, path: string): boolean {
  const expected = template.split('/');
  const given = path.split('/');
  return (
    expected.length === given.length &&
    expected.every((segment, at) => (segment.startsWith('{') ? given[at] !== '' : given[at] === segment))
  );
}
