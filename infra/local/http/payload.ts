import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { epochMilliseconds, type Instant } from '#domain/time/time.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { place } from '../template/references.ts';

export interface RequestFacts {
  request: IncomingMessage;
  url: URL;
  body: Buffer;
  routeKey: string;
  parameters: Record<string, string>;
  claims: JsonObject | undefined;
  scopes: string[] | undefined;
  apiId: string;
  requestId: string;
  now: Instant;
}

/**
 * The event of payload format 2.0. Headers are lower-cased and joined by commas, cookies stand apart, `rawPath` is
 * decoded, as API Gateway does it.
 */
export function eventOf(facts: RequestFacts): JsonObject {
  const { request, url, body } = facts;
  const { cookie, ...others } = request.headersDistinct;
  const headers = Object.fromEntries(
    Object.entries(others).map(([name, values]) => [name, (values ?? []).join(',')]),
  );
  const sourceIp = request.socket.remoteAddress ?? '127.0.0.1';
  const text = isText(request.headers['content-type']);
  const path = decodeURIComponent(url.pathname);
  const query: Record<string, string> = {};
  for (const [name, value] of url.searchParams)
    query[name] = query[name] === undefined ? value : `${query[name]},${value}`;
  const cookies = (cookie ?? []).flatMap((line) => line.split(/; ?/)).filter((one) => one !== '');
  return {
    version: '2.0',
    routeKey: facts.routeKey,
    rawPath: path,
    rawQueryString: url.search.slice(1),
    ...(cookies.length > 0 ? { cookies } : {}),
    headers: {
      ...headers,
      'x-forwarded-for': sourceIp,
      'x-forwarded-proto': 'http',
      'x-forwarded-port': url.port,
    },
    ...(Object.keys(query).length > 0 ? { queryStringParameters: query } : {}),
    ...(Object.keys(facts.parameters).length > 0 ? { pathParameters: facts.parameters } : {}),
    requestContext: {
      accountId: place.account,
      apiId: facts.apiId,
      ...(facts.claims === undefined
        ? {}
        : { authorizer: { jwt: { claims: claimTexts(facts.claims), scopes: facts.scopes ?? null } } }),
      domainName: url.host,
      domainPrefix: facts.apiId,
      http: {
        method: request.method ?? 'GET',
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: facts.requestId,
      routeKey: facts.routeKey,
      stage: '$default',
      time: requestTime(facts.now),
      timeEpoch: epochMilliseconds(facts.now),
    },
    ...(body.length > 0 ? { body: body.toString(text ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: body.length > 0 && !text,
  };
}

/**
 * Only these reach a function as text. Everything else is base64, forms (`application/x-www-form-urlencoded`), other
 * JSON types and a missing content type included: measured against the service, its manual doesn't say.
 */
function isText(contentType: string | undefined): boolean {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return (
    type.startsWith('text/') ||
    ['application/json', 'application/xml', 'application/javascript'].includes(type)
  );
}

/** API Gateway hands every claim over as a text, and a list as `[a b]`. */
function claimTexts(claims: JsonObject): JsonObject {
  const textOf = (value: Json): string => {
    if (Array.isArray(value)) return `[${value.map(textOf).join(' ')}]`;
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, textOf(value)]));
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `02/Mar/2026:01:30:00 +0000` */
function requestTime(now: Instant): string {
  const [year, month, day] = now.slice(0, 10).split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${now.slice(11, 19)} +0000`;
}

const Answer = z.looseObject({
  statusCode: z.union([z.int().min(100).max(599), z.string().regex(/^[1-5]\d\d$/)]),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** Sends what a function answered. False when API Gateway would not understand it (and answers 500). */
export function sendAnswer(response: ServerResponse, payload: Json): boolean {
  if (!isJsonObject(payload) || !('statusCode' in payload)) {
    // Without a status the whole answer is the body.
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(typeof payload === 'string' ? payload : JSON.stringify(payload));
    return true;
  }
  const parsed = Answer.safeParse(payload);
  if (!parsed.success) return false;
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  response.statusCode = Number(statusCode);
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, String(value));
  if (cookies !== undefined && cookies !== null && cookies.length > 0)
    response.setHeader('set-cookie', cookies);
  const bytes = Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8');
  if (response.statusCode !== 204 && response.statusCode !== 304)
    response.setHeader('content-length', bytes.length);
  else response.removeHeader('content-type');
  response.end(bytes);
  return true;
}

/** One of API Gateway's own answers. */
export function sendMessage(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ message }));
}
