import * as z from 'zod';
import type { Content, Operation } from '#contracts/api/operation.ts';
import type { Route } from '#contracts/routes.ts';
import type { Schema } from './schemas.ts';

/** What a route takes and answers, with its schemas said in JSON. */
export interface Described {
  readonly method: string;
  readonly path: string;
  readonly route: Route;
  readonly operation: Operation;
  /** A schema where it is used: a reference when it has a name of its own, else itself. */
  readonly use: (schema: z.ZodType) => Schema;
  /** The fields of an object, and which of them have to be there. */
  readonly fields: (schema: z.ZodType) => {
    readonly properties: Schema;
    readonly required: readonly string[];
  };
}

/** `GET /triggers/{id}` is `getTriggersById`. */
export function operationId(method: string, path: string): string {
  const words = path.split(/[/.-]/).filter((part) => part !== '');
  return [
    method.toLowerCase(),
    ...words.map((word) => (word.startsWith('{') ? `By${capital(word.slice(1, -1))}` : capital(word))),
  ].join('');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** The Operation Object of a route (OpenAPI 3.1, 4.8.10). */
export function operationObject(described: Described): Schema {
  const { method, path, route, operation } = described;
  const parameters = parametersOf(described);
  return {
    operationId: operationId(method, path),
    tags: [route.function],
    summary: operation.summary.join(' '),
    security: route.access === 'staff' ? [{ staff: [] }] : [],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(operation.body === undefined ? {} : { requestBody: requestBody(operation.body, described) }),
    responses: responsesOf(described),
  };
}

function parametersOf({ path, route, operation, fields }: Described): Schema[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', minLength: 1, maxLength: 256 },
  }));
  const { properties, required } =
    operation.query === undefined ? { properties: {}, required: [] } : fields(operation.query);
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
  return [
    ...inPath,
    ...inQuery,
    ...(operation.once === true ? [parameter('idempotency-key')] : []),
    ...(route.access === 'signature' ? SIGNATURE_HEADERS.map(parameter) : []),
  ];
}

const SIGNATURE_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

function parameter(name: keyof typeof parameterComponents): Schema {
  return { $ref: `#/components/parameters/${name}` };
}

/** The headers that several routes take. */
export const parameterComponents = {
  'idempotency-key': {
    name: 'idempotency-key',
    in: 'header',
    required: false,
    description:
      '同一键的请求只办理一次；重发得到第一次的答复。 Requests under one key are carried out once; one that is sent again gets the first answer.',
    schema: { type: 'string', pattern: '^[!-~]{1,128}$' },
  },
  'webhook-id': {
    name: 'webhook-id',
    in: 'header',
    required: true,
    description:
      '发送方的消息编号，重发时不变。 The sender’s own id of the message, kept when it is sent again (Standard Webhooks).',
    schema: { type: 'string', pattern: '^[!-~]{1,256}$' },
  },
  'webhook-timestamp': {
    name: 'webhook-timestamp',
    in: 'header',
    required: true,
    description:
      '1970 年以来的秒数，相差不超过 5 分钟。 Seconds since 1970, at most 5 minutes from our clock.',
    schema: { type: 'string', pattern: '^[0-9]+$' },
  },
  'webhook-signature': {
    name: 'webhook-signature',
    in: 'header',
    required: true,
    description:
      '`v1,` 和对 `id.timestamp.body` 的 HMAC-SHA-256 的 base64；多个以空格分隔。 `v1,` and base64 of HMAC-SHA-256 over `id.timestamp.body` with the secret of the source; several are separated by spaces.',
    schema: { type: 'string' },
  },
} as const;

function requestBody(body: Content, described: Described): Schema {
  return { required: !mayBeLeftOut(body), content: contentOf(body, described) };
}

function mayBeLeftOut(body: Content): boolean {
  const { json } = partsOf(body);
  return json?.safeParse(undefined).success ?? false;
}

function responsesOf(described: Described): Schema {
  const { route, operation } = described;
  const answers = Object.entries(operation.answers).map(([status, answer]) => [
    status,
    responseOf(status, answer, described),
  ]);
  return {
    ...Object.fromEntries(answers),
    ...(route.access === 'staff' ? { 401: { $ref: '#/components/responses/Unauthorized' } } : {}),
    default: { $ref: '#/components/responses/Refused' },
  };
}

const STATUS_TEXTS: Readonly<Record<string, string>> = {
  200: '成功 Done',
  201: '已新建 Made',
  202: '已收到，随后办理 Taken in, carried out afterwards',
  204: '成功，无内容 Done, nothing to tell',
  303: '见另一地址 See another address',
};

function responseOf(status: string, answer: Content, described: Described): Schema {
  const content = contentOf(answer, described);
  return {
    description: STATUS_TEXTS[status] ?? status,
    ...(status === '303'
      ? { headers: { location: { required: true, schema: { type: 'string', format: 'uri-reference' } } } }
      : {}),
    ...(Object.keys(content).length === 0 ? {} : { content }),
  };
}

/** By media type; of what is no JSON the type alone is known. */
function contentOf(content: Content, { use }: Described): Schema {
  const { json, media } = partsOf(content);
  return {
    ...(json === undefined ? {} : { 'application/json': { schema: use(json) } }),
    ...Object.fromEntries(media.map((type) => [type, {}])),
  };
}

interface Parts {
  readonly json?: z.ZodType;
  readonly media: readonly string[];
}

function partsOf(content: Content): Parts {
  if (content instanceof z.ZodType) {
    return { json: content, media: [] };
  }
  return 'json' in content ? content : { media: content };
}

/** The shapes of a route that need a schema in JSON, each with a name for when it has none of its own. */
export function shapesOf(id: string, { query, body, answers }: Operation): [string, z.ZodType][] {
  const contents: [string, Content][] = [
    ...(body === undefined ? [] : [[`${id}.body`, body] satisfies [string, Content]]),
    ...Object.entries(answers).map(([status, answer]): [string, Content] => [`${id}.${status}`, answer]),
  ];
  return [
    ...(query === undefined ? [] : [[`${id}.query`, query] satisfies [string, z.ZodType]]),
    ...contents.flatMap(([name, content]): [string, z.ZodType][] => {
      const { json } = partsOf(content);
      return json === undefined ? [] : [[name, json]];
    }),
  ];
}
