import * as z from 'zod';
import { operationOf } from '#contracts/api/operations.ts';
import type { Content } from '#contracts/api/operation.ts';
import { routes } from '#contracts/routes.ts';
import { differences } from '#domain/difference/difference.ts';
import { compileRoutes, matchRoute } from '#infra/local/http/routes.ts';

const compiled = compileRoutes(Object.keys(routes).map((routeKey) => ({ id: routeKey, routeKey })));

interface Answered {
  readonly method: string;
  /** With or without a query. */
  readonly path: string;
  readonly status: number;
  /** Parsed JSON; undefined for an answer without a body. */
  readonly body: unknown;
}

/**
 * Holds an answer of success against the operation of its route. A field that no schema names is a fault as much as one that
 * is missing: what was parsed has to be all that came.
 * @throws Error naming the route and what does not fit
 */
export function fitting({ method, path, status, body }: Answered): void {
  const [pathname = ''] = path.split('?');
  const route = matchRoute(compiled, method, pathname)?.route.routeKey;
  const operation = route === undefined ? undefined : operationOf(route);
  if (operation === undefined || status >= 300) return;
  const content = new Map<string, Content>(Object.entries(operation.answers)).get(String(status));
  if (content === undefined) {
    throw new Error(`${route} answers ${status}, which its operation does not name`);
  }
  const schema = schemaOf(content);
  if (schema === undefined) {
    if (body === undefined) return;
    throw new Error(`${route} answers ${status} with JSON, which its operation does not name`);
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    throw new Error(`${route} answers ${status} otherwise than its operation says: ${parsed.error.message}`);
  }
  const unnamed = differences(body, JSON.parse(JSON.stringify(parsed.data)));
  if (unnamed.length > 0) {
    const places = JSON.stringify(unnamed.map(({ pointer, yours }) => [pointer, yours]));
    throw new Error(`${route} answers ${status} with what its operation does not name: ${places}`);
  }
}

function schemaOf(content: Content): z.ZodType | undefined {
  if (content instanceof z.ZodType) return content;
  return 'json' in content ? content.json : undefined;
}
