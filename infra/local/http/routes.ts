import { LocalRunnerError } from '../failure.ts';

type Segment =
  | { kind: 'static'; text: string }
  | { kind: 'parameter'; name: string }
  | { kind: 'greedy'; name: string };

export type CompiledRoute<T> = T & {
  /** `ANY` for every method; undefined for `$default`. */
  method: string | undefined;
  segments: Segment[] | undefined;
};

const METHODS = new Set(['ANY', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** Paths that the runner answers itself; a product route there would work in the cloud and be hidden here. */
const RESERVED = '_local';

/** Parses route keys (`GET /draws/{id}`, `$default`) and puts them into the order in which API Gateway tries them. */
export function compileRoutes<T extends { id: string; routeKey: string }>(
  routes: readonly T[],
): CompiledRoute<T>[] {
  return routes.map((route) => ({ ...route, ...parseKey(route) })).toSorted(compare);
}

function parseKey(route: {
  id: string;
  routeKey: string;
}): Pick<CompiledRoute<unknown>, 'method' | 'segments'> {
  if (route.routeKey === '$default') return { method: undefined, segments: undefined };
  const [method = '', path = ''] = route.routeKey.split(' ');
  const where = `Resource ${route.id} (AWS::ApiGatewayV2::Route): RouteKey ${route.routeKey}`;
  if (!METHODS.has(method) || !path.startsWith('/')) throw new LocalRunnerError(`${where} is no route key.`);
  const segments = split(path).map((text): Segment => {
    const [, name, plus] = /^\{([\w.:-]+)(\+?)\}$/.exec(text) ?? [];
    if (name === undefined) return { kind: 'static', text };
    return plus === '+' ? { kind: 'greedy', name } : { kind: 'parameter', name };
  });
  const [first] = segments;
  if (first?.kind === 'static' && first.text === RESERVED) {
    throw new LocalRunnerError(`${where} lies under /${RESERVED}, which the local runner keeps for itself.`);
  }
  return { method, segments };
}

const rank = { static: 0, parameter: 1, greedy: 2 } as const;

/** Static before {parameter} before {greedy+} before $default; a method of its own before ANY. */
function compare(a: CompiledRoute<unknown>, b: CompiledRoute<unknown>): number {
  if (a.segments === undefined || b.segments === undefined) {
    return Number(a.segments === undefined) - Number(b.segments === undefined);
  }
  for (let index = 0; index < Math.max(a.segments.length, b.segments.length); index += 1) {
    const left = a.segments[index];
    const right = b.segments[index];
    if (left === undefined || right === undefined)
      return Number(right !== undefined) - Number(left !== undefined);
    if (rank[left.kind] !== rank[right.kind]) return rank[left.kind] - rank[right.kind];
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
}

export interface RouteMatch<T> {
  route: CompiledRoute<T>;
  parameters: Record<string, string>;
}

/** The route for a request, with its path parameters decoded; undefined when there is none (404). */
export function matchRoute<T>(
  routes: readonly CompiledRoute<T>[],
  method: string,
  path: string,
): RouteMatch<T> | undefined {
  const parts = split(path);
  for (const route of routes) {
    if (route.segments === undefined) return { route, parameters: {} };
    if (route.method !== 'ANY' && route.method !== method) continue;
    const parameters = matchSegments(route.segments, parts);
    if (parameters !== undefined) return { route, parameters };
  }
  return undefined;
}

function matchSegments(
  segments: readonly Segment[],
  parts: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index];
    if (part === undefined) return undefined;
    if (segment.kind === 'greedy') {
      parameters[segment.name] = decodeURIComponent(parts.slice(index).join('/'));
      return parameters;
    }
    if (segment.kind === 'static') {
      if (decodeURIComponent(part) !== segment.text) return undefined;
    } else {
      if (part === '') return undefined;
      parameters[segment.name] = decodeURIComponent(part);
    }
  }
  return parts.length === segments.length ? parameters : undefined;
}

function split(path: string): string[] {
  return path.slice(1).split('/');
}
