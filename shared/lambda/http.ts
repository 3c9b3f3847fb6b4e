import middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import * as z from 'zod';
import type { FunctionName } from '#contracts/environment.ts';
import type { RouteKey } from '#contracts/routes.ts';
import { instantOf } from '#domain/time/time.ts';
import type { Answer } from '#web/answer.ts';
import { faultAnswer, problemAnswer } from '#web/problem.ts';
import type { HttpRequest } from '#web/request.ts';
import { telemetryOf, type Telemetry } from './telemetry.ts';

/** What is read of API Gateway's payload format 2.0. */
const GatewayEvent = z.object({
  routeKey: z.string(),
  rawPath: z.string(),
  rawQueryString: z.string(),
  /** Cookies stand apart from the headers, one by one. */
  cookies: z.array(z.string()).optional(),
  headers: z.record(z.string(), z.string()),
  pathParameters: z.record(z.string(), z.string()).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean(),
  requestContext: z.object({
    requestId: z.string(),
    timeEpoch: z.number(),
    http: z.object({ method: z.string() }),
    authorizer: z.object({ jwt: z.object({ claims: z.object({ sub: z.string() }) }).optional() }).optional(),
  }),
});

interface GatewayResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

export type RouteHandler = (request: HttpRequest, telemetry: Telemetry) => Promise<Answer>;

/**
 * A Lambda function for its routes of the HTTP API. A Refusal becomes a problem document (RFC 9457) with its status;
 * anything else is logged and answered with 500 and a number to quote.
 */
export function httpFunction(name: FunctionName, handlers: Partial<Record<RouteKey, RouteHandler>>) {
  const telemetry = telemetryOf(name);
  const byRoute = new Map<string, RouteHandler>(Object.entries(handlers));

  async function handle(event: unknown): Promise<GatewayResult> {
    const request = readRequest(GatewayEvent.parse(event));
    const handler = byRoute.get(request.route);
    if (handler === undefined) {
      throw new TypeError(`${name} is wired to ${request.route}, which it does not handle`);
    }
    const answer = await handler(request, telemetry);
    telemetry.count('Handled');
    return gatewayResult(answer);
  }

  return middy<unknown, GatewayResult>()
    .use({
      before: ({ context }) => telemetry.begin(context.awsRequestId),
      after: () => telemetry.end(),
      onError: (request) => {
        request.response = gatewayResult(answerFor(request.error, request.context.awsRequestId, telemetry));
        telemetry.end();
      },
    })
    .use(httpHeaderNormalizer())
    .handler(handle);
}

function answerFor(error: unknown, requestId: string, telemetry: Telemetry): Answer {
  const refused = problemAnswer(error);
  if (refused !== undefined) {
    telemetry.count('Refused');
    telemetry.info('refused', {
      status: refused.status,
      reason: error instanceof Error ? error.message : '',
    });
    return refused;
  }
  telemetry.count('Failed');
  telemetry.error('request failed', error);
  return faultAnswer(requestId);
}

function readRequest(event: z.infer<typeof GatewayEvent>): HttpRequest {
  const person = event.requestContext.authorizer?.jwt?.claims.sub;
  return {
    route: event.routeKey,
    method: event.requestContext.http.method,
    path: event.rawPath,
    params: event.pathParameters ?? {},
    query: Object.fromEntries(new URLSearchParams(event.rawQueryString)),
    headers: event.headers,
    cookies: cookiesOf(event.cookies ?? []),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    at: instantOf(event.requestContext.timeEpoch),
    id: event.requestContext.requestId,
    ...(person === undefined ? {} : { person }),
  };
}

/** By name; the first of a name counts, which is the one with the longest path (RFC 6265, 5.4). */
function cookiesOf(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.toReversed().map((line) => {
      const [name = '', ...value] = line.split('=');
      return [name, value.join('=')];
    }),
  );
}

function gatewayResult({ status, headers, cookies, body }: Answer): GatewayResult {
  const text = typeof body === 'string';
  return {
    statusCode: status,
    headers: { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', ...headers },
    ...(cookies === undefined ? {} : { cookies }),
    body: text ? body : Buffer.from(body).toString('base64'),
    isBase64Encoded: !text,
  };
}
