import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import * as z from 'zod';
import { once } from '#lambda/environment.ts';

/** The part of JSON Schema that our schemas are said in. */
export const Schema = z.looseObject({
  $ref: z.string().optional(),
  type: z.string().optional(),
  const: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  default: z.unknown().optional(),
  required: z.array(z.string()).default([]),
  get properties() {
    return z.record(z.string(), Schema).default({});
  },
  get additionalProperties() {
    return z.union([z.boolean(), Schema]).optional();
  },
  get items() {
    return Schema.optional();
  },
  get anyOf() {
    return z.array(Schema).default([]);
  },
  get oneOf() {
    return z.array(Schema).default([]);
  },
});
export type Schema = z.infer<typeof Schema>;

const Referring = z.object({ $ref: z.string() });
export const Parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean(),
  description: z.string().optional(),
  schema: Schema,
});
export type Parameter = z.infer<typeof Parameter>;

const Content = z.record(z.string(), z.object({ schema: Schema.optional() }));
export type Content = z.infer<typeof Content>;

const Response = z.object({ description: z.string(), content: Content.default({}) });

const Operation = z.object({
  operationId: z.string(),
  tags: z.tuple([z.string()]),
  summary: z.string(),
  security: z.array(z.unknown()),
  parameters: z.array(z.union([Referring, Parameter])).default([]),
  requestBody: z.object({ required: z.boolean(), content: Content }).optional(),
  responses: z.record(z.string(), z.union([Referring, Response])),
});
export type Operation = z.infer<typeof Operation>;

/** Of docs/openapi.json, what the pages show of it. */
export const ApiDocument = z.object({
  info: z.object({ version: z.string() }),
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({
    schemas: z.record(z.string(), Schema),
    parameters: z.record(z.string(), Parameter),
  }),
});
export type ApiDocument = z.infer<typeof ApiDocument>;

/** A file that stands beside this function's bundle, see infra/bundle.ts. */
function fileBeside(name: string) {
  return once(() => {
    const bytes = readFileSync(new URL(name, import.meta.url));
    return { bytes, gzip: gzipSync(bytes) };
  });
}

export const openApiFile = fileBeside('openapi.json');
export const eventsFile = fileBeside('events.json');

export const apiDocument = once(() => ApiDocument.parse(JSON.parse(openApiFile().bytes.toString('utf8'))));

/** A route as the document describes it. */
export interface Described {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The routes of a tag, in the document's order. */
export function routesOf({ paths }: ApiDocument, tag: string): Described[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      operation.tags[0] === tag ? [{ method: method.toUpperCase(), path, operation }] : [],
    ),
  );
}

const COMPONENT = '#/components/schemas/';

/** `Trigger`, of a reference to it. */
export function nameIn(reference: string): string {
  return reference.startsWith(COMPONENT) ? reference.slice(COMPONENT.length) : reference;
}

/** The parameters of a route, with those that several routes share. */
export function parametersOf({ components }: ApiDocument, { parameters }: Operation): Parameter[] {
  return parameters.flatMap((one) => {
    if (!('$ref' in one)) return [one];
    const shared = components.parameters[one.$ref.replace('#/components/parameters/', '')];
    return shared === undefined ? [] : [shared];
  });
}

/** What is taken and answered: the content of the body, and of each answer that is no refusal, by its status. */
export function answersOf({ responses }: Operation): [status: string, content: Content][] {
  return Object.entries(responses).flatMap(([status, response]): [string, Content][] =>
    'content' in response ? [[status, response.content]] : [],
  );
}

/** Whether it is the shape of an event: they are many, and are given out by themselves. */
export function isEvent(name: string): boolean {
  return name.startsWith('event.');
}

/** The named schemas that the routes use, and those that these use, by name; without those of events. */
export function schemasUsedBy({ components }: ApiDocument, routes: readonly Described[]): [string, Schema][] {
  const found = new Map<string, Schema>();
  const open: unknown[] = routes.map(({ operation }) => operation);
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      const schema = components.schemas[name];
      if (schema !== undefined && !found.has(name) && !isEvent(name)) {
        found.set(name, schema);
        open.push(schema);
      }
    }
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
