import * as z from 'zod';
import type { Operation } from '#contracts/api/operation.ts';
import { type Route, routes } from '#contracts/routes.ts';
import { operationId, operationObject, parameterComponents, shapesOf } from './operation-object.ts';
import { problemSchemas } from './problems.ts';
import { jsonSchemas, referredTo, type Schema } from './schemas.ts';
import { isTag, tags } from './tags.ts';

const AT = '#/components/schemas/';

/** What a document is made of. */
export interface Described {
  /** Of the installation's software: `0.1.0`. */
  readonly version: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** Schemas that have a name of their own; those that the operations use become components. */
  readonly named: ReadonlyMap<string, z.ZodType>;
}

/** One route with what it takes and answers. */
interface Line {
  readonly method: string;
  readonly path: string;
  readonly route: Route;
  readonly operation: Operation;
}

/**
 * The HTTP API as an OpenAPI 3.1 document, made of the schemas that requests are parsed by and tests hold answers against.
 * @throws Error naming an operation that is of no route
 */
export function openApiDocument({ version, operations, named }: Described): Schema {
  const lines = Object.entries(operations).flatMap(([key, operation]) => lineOf(key, operation));
  const shapes = lines.flatMap(({ method, path, operation }) =>
    shapesOf(operationId(method, path), operation),
  );
  const all = withNames(named, shapes);
  const names = new Map(Array.from(all, ([name, schema]) => [schema, name]));
  const said = jsonSchemas(all, AT);
  const nameOf = (schema: z.ZodType): string => names.get(schema) ?? '';
  const use = (schema: z.ZodType): Schema =>
    named.has(nameOf(schema)) ? { $ref: AT + nameOf(schema) } : (said.get(nameOf(schema)) ?? {});
  const fields = (schema: z.ZodType) => fieldsOf(said.get(nameOf(schema)) ?? {});

  const paths: Record<string, Schema> = {};
  for (const line of lines) {
    const { method, path } = line;
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: operationObject({ ...line, use, fields }),
    };
  }
  return {
    openapi: '3.1.1',
    info: { ...INFO, version },
    // Relative to where the document is: `/public/openapi.json` of the installation itself.
    servers: [{ url: '/', description: '本系统 This installation' }],
    tags: tagsOf(lines),
    paths,
    components: {
      schemas: Object.fromEntries([...referredTo(paths, said, AT), ...problemSchemas()]),
      parameters: parameterComponents,
      responses: RESPONSES,
      securitySchemes: SECURITY,
    },
  };
}

const INFO = {
  title: '明抽 Mingchou',
  summary: '触发式“双随机、一公开”监管 Trigger-based double-random, one-public supervision',
  description:
    '被拒绝的请求一律以问题文档（RFC 9457）答复，且不改变任何内容。 A request that is refused is answered with a problem document (RFC 9457), and changes nothing. ' +
    '事件的格式见 /public/events.json。 The shapes of events are at /public/events.json.',
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
};

const SECURITY = {
  staff: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      '本系统所用 OpenID Connect 签发方的访问令牌，其 sub 为工号；可办事项由职责决定。 An access token of the installation’s OpenID Connect issuer, whose sub is the staff number; what a person may do follows from the role.',
  },
};

const RESPONSES = {
  Refused: {
    description: '未予办理，未作任何更改 Refused; nothing was changed',
    content: { 'application/problem+json': { schema: { $ref: `${AT}Problem` } } },
  },
  Unauthorized: {
    description: '令牌缺失或无效，由网关答复 Token missing or invalid; answered by the gateway',
    content: { 'application/json': { schema: { $ref: `${AT}Unauthorized` } } },
  },
};

function lineOf(key: string, operation: Operation): Line[] {
  const all: Readonly<Record<string, Route>> = routes;
  const route = all[key];
  if (route === undefined) {
    throw new Error(`${key} is no route of shared/contracts/routes.ts`);
  }
  const [method = '', path] = key.split(' ');
  // What no route takes has no address to describe.
  return path === undefined ? [] : [{ method, path, route, operation }];
}

/** Shapes without a name of their own get that of the first place where they are used. */
function withNames(
  named: ReadonlyMap<string, z.ZodType>,
  shapes: readonly (readonly [string, z.ZodType])[],
): Map<string, z.ZodType> {
  const all = new Map(named);
  const known = new Set(named.values());
  for (const [name, schema] of shapes) {
    if (!known.has(schema)) {
      known.add(schema);
      all.set(name, schema);
    }
  }
  return all;
}

function fieldsOf({ properties = {}, required = [] }: Schema) {
  return Fields.parse({ properties, required });
}

const Fields = z.object({
  properties: z.record(z.string(), z.record(z.string(), z.unknown())),
  required: z.array(z.string()),
});

/** Those that have a route, in the order of the routes. */
function tagsOf(lines: readonly Line[]) {
  const names = [...new Set(lines.map(({ route }) => route.function))];
  return names.map((name) => {
    if (!isTag(name)) {
      throw new Error(`the function ${name} has no description in infra/docs/openapi/tags.ts`);
    }
    return { name, description: tags[name].join(' ') };
  });
}
