import * as z from 'zod';
import { operationOf } from '#contracts/api/operations.ts';
import type { Content, Media } from '#contracts/api/operation.ts';
import { routes } from '#contracts/routes.ts';
import { differences } from '#domain/difference/difference.ts';
import { compileRoutes, matchRoute } from '#infra/local/http/routes.ts';

const compiled = compileRoutes(Object.keys(routes).map((routeKey) => ({ id: routeKey, routeKey })));

/** The route that a request goes to; `$default` when there is none of its own. */
export function routeOf(method: string, url: string): string | undefined {
  return matchRoute(compiled, method, new URL(url).pathname)?.route.routeKey;
}

interface Answered {
  readonly status: number;
  /** Of the header `content-type`. */
  readonly type: string | undefined;
  readonly text: string;
}

/**
 * Holds an answer of success against the operation of its route. A field that no schema names is a fault as much as one that
 * is missing: what was parsed has to be all that came.
 * @throws Error naming the route and what does not fit
 */
export function fitting(route: string | undefined, { status, type, text }: Answered): void {
  const operation = route === undefined ? undefined : operationOf(route);
  if (operation === undefined || (status >= 300 && status !== 303)) return;
  const content = new Map<string, Content>(Object.entries(operation.answers)).get(String(status));
  const { json, media } = content === undefined ? {} : waysOf(content);
  const [essence = ''] = (type ?? '').split(';');
  const fits =
    text === '' ? media !== undefined : essence === 'application/json' ? json : media?.includes(essence);
  if (fits === undefined || fits === false) {
    throw new Error(`${route} answers ${status} as “${essence}”, which its operation does not name`);
  }
  if (essence === 'application/json' && json !== undefined) {
    refuseOtherShape(`${route} answers ${status}`, json, JSON.parse(text));
  }
}

/** How content can be sent: as JSON of a shape, or as one of the media types. */
function waysOf(content: Content): { readonly json?: z.ZodType; readonly media?: Media } {
  if (content instanceof z.ZodType) return { json: content };
  return 'json' in content ? content : { media: content };
}

function refuseOtherShape(what: string, schema: z.ZodType, body: unknown): void {
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    throw new Error(`${what} otherwise than its operation says: ${parsed.error.message}`);
  }
  const unnamed = differences(body, JSON.parse(JSON.stringify(parsed.data)));
  if (unnamed.length > 0) {
    const places = JSON.stringify(unnamed.map(({ pointer, yours }) => [pointer, yours]));
    throw new Error(`${what} with what its operation does not name: ${places}`);
  }
}
