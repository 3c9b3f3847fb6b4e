import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { bundleFolder } from '#infra/bundle.ts';
import { epochMilliseconds, type Instant } from '#domain/time/time.ts';
import { fitting } from '../support/fitting.ts';

Object.assign(process.env, { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' });

/** What Lambda gives a handler beside the event. */
export const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'test',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'test',
  memoryLimitInMB: '128',
  awsRequestId: 'request-77',
  logGroupName: 'test',
  logStreamName: 'test',
  getRemainingTimeInMillis: () => 60_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

interface Gateway {
  readonly route: string;
  readonly path?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly base64?: boolean;
  readonly person?: string;
  /** As the browser sends them: `name=value`. */
  readonly cookies?: readonly string[];
  readonly at?: Instant;
}

/** An event of API Gateway's HTTP API, payload format 2.0, with the members that AWS sends. */
export function gatewayEvent({
  route,
  path,
  params,
  query,
  headers,
  body,
  base64,
  person,
  cookies,
  at,
}: Gateway): unknown {
  const [method = 'GET', template = '/'] = route.split(' ');
  return {
    version: '2.0',
    routeKey: route,
    rawPath: path ?? template,
    rawQueryString: query ?? '',
    headers: { Host: 'api.example.org', 'Content-Type': 'application/json', ...headers },
    ...(params === undefined ? {} : { pathParameters: params }),
    ...(body === undefined ? {} : { body }),
    ...(cookies === undefined ? {} : { cookies }),
    isBase64Encoded: base64 ?? false,
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'api.example.org',
      http: {
        method: route === '$default' ? 'GET' : method,
        path: path ?? template,
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.1',
        userAgent: 'test',
      },
      requestId: 'gateway-1',
      routeKey: route,
      stage: '$default',
      time: '02/Mar/2026:01:30:00 +0000',
      timeEpoch: at === undefined ? 1_772_415_000_000 : epochMilliseconds(at),
      ...(person === undefined
        ? {}
        : {
            authorizer: { jwt: { claims: { sub: person, iss: 'https://login.example.org/' }, scopes: null } },
          }),
    },
  };
}

/** An event as EventBridge hands it to a function. */
export function busEvent(detail: { readonly type: string; readonly time: string }): unknown {
  return {
    version: '0',
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': detail.type,
    source: 'mingchou',
    account: '123456789012',
    time: detail.time,
    region: 'cn-north-1',
    resources: [],
    detail,
  };
}

/** An event of a schedule as EventBridge hands it to a function. */
export function scheduledEvent(time: string): unknown {
  return {
    version: '0',
    id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '123456789012',
    time,
    region: 'cn-north-1',
    resources: [],
    detail: {},
  };
}

const Gateways = z.object({
  statusCode: z.int(),
  headers: z.record(z.string(), z.string()),
  cookies: z.array(z.string()).optional(),
  body: z.string(),
  isBase64Encoded: z.boolean(),
});

/** The answer of an HTTP function, as API Gateway reads it. */
export const answerOf = (result: unknown): z.infer<typeof Gateways> => Gateways.parse(result);

/** The body as a client reads it. */
function textOf({ headers, body, isBase64Encoded }: z.infer<typeof Gateways>): string {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  return (headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
}

const Handler = z.object({
  handler: z.custom<(event: unknown, context: Context) => unknown>((value) => typeof value === 'function'),
});

const Routed = z.object({ routeKey: z.string() });

/** Functions beside whose bundle the scripts of their pages stand. */
const WITH_SCRIPTS = new Set(['portal', 'console']);

/**
 * Loads a function of functions/ and gives its handler; from its bundle where its pages' scripts stand beside that. What it
 * answers over HTTP is held against the operation of the route.
 */
export async function handlerOf(name: string): Promise<(event: unknown) => Promise<unknown>> {
  const loaded: unknown = await (WITH_SCRIPTS.has(name)
    ? import(pathToFileURL(`${bundleFolder(name)}/index.mjs`).href)
    : import(`../../functions/${name}/handler.ts`));
  const { handler } = Handler.parse(loaded);
  return async (event) => {
    const result = await handler(event, context);
    const routed = Routed.safeParse(event);
    if (routed.success) {
      const answer = answerOf(result);
      fitting(routed.data.routeKey, {
        status: answer.statusCode,
        type: answer.headers['content-type'],
        text: textOf(answer),
      });
    }
    return result;
  };
}
