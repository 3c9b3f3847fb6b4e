import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Instant } from '#domain/time/time.ts';
import type { Activity } from '../delivery/activity.ts';
import { contentOf } from '../delivery/async-invoker.ts';
import type { FunctionHost } from '../functions/function-host.ts';
import type { HttpPlan } from '../template/http-plan.ts';
import { JwtAuthorizer, type Verification } from './authorizer.ts';
import { readBody } from './body.ts';
import { eventOf, sendAnswer, sendMessage } from './payload.ts';
import { matchRoute } from './routes.ts';

/** API Gateway's limit for a request, and Lambda's for what a function is handed or answers. */
const REQUEST_LIMIT_BYTES = 10 * 1024 * 1024;
const PAYLOAD_LIMIT_BYTES = 6 * 1024 * 1024;

interface ApiSettings {
  plan: HttpPlan;
  hosts: ReadonlyMap<string, FunctionHost>;
  activity: Activity;
  now(): Instant;
  nextId(): string;
  onLog(text: string): void;
}

/** The stack's HTTP API. */
export class HttpApi {
  readonly #settings: ApiSettings;
  readonly #authorizer = new JwtAuthorizer();

  constructor(settings: ApiSettings) {
    this.#settings = settings;
  }

  async answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const end = this.#settings.activity.begin(`request ${request.method} ${url.pathname}`);
    try {
      await this.#answer(request, response, url);
    } finally {
      end();
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const { plan, hosts } = this.#settings;
    const body = await readBody(request, REQUEST_LIMIT_BYTES);
    if (body === undefined) return sendMessage(response, 413, 'Request Entity Too Large');
    if (!isDecodable(url.pathname)) return sendMessage(response, 400, 'Bad Request');
    const match = matchRoute(plan.routes, request.method ?? 'GET', url.pathname);
    if (match === undefined) return sendMessage(response, 404, 'Not Found');
    const { route, parameters } = match;
    let verified: Extract<Verification, { kind: 'allowed' }> | undefined;
    if (route.authorizer !== undefined) {
      const answer = await this.#authorizer.verify(
        route.authorizer,
        request.headers.authorization,
        route.scopes,
      );
      if (answer.kind === 'unauthorized') {
        response.setHeader('www-authenticate', 'Bearer');
        return sendMessage(response, 401, 'Unauthorized');
      }
      if (answer.kind === 'forbidden') return sendMessage(response, 403, 'Forbidden');
      if (answer.kind === 'broken') {
        this.#settings.onLog(answer.reason);
        return sendMessage(response, 500, 'Internal Server Error');
      }
      verified = answer;
    }
    const host = hosts.get(route.functionId);
    if (host === undefined) throw new Error(`route ${route.id} names a function that has no host`);
    const requestId = this.#settings.nextId();
    const event = eventOf({
      request,
      url,
      body,
      routeKey: route.routeKey,
      parameters,
      claims: verified?.claims,
      scopes: verified?.scopes,
      apiId: plan.apiId,
      requestId,
      now: this.#settings.now(),
    });
    if (Buffer.byteLength(JSON.stringify(event)) > PAYLOAD_LIMIT_BYTES) {
      return sendMessage(response, 413, 'Request Entity Too Large');
    }
    const content = contentOf([request.method ?? '', url.pathname, url.search, body.toString('base64')]);
    const invoked = host.invoke(event, { id: requestId, attempt: 1, kind: 'http' }, content);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, route.timeoutMilliseconds, 'late');
    });
    const outcome = await Promise.race([invoked, late]);
    clearTimeout(timer);
    if (outcome === 'late') {
      sendMessage(response, 503, 'Service Unavailable');
      // The function goes on, as in the cloud; the request counts as under way until it ends.
      await invoked;
      return undefined;
    }
    const tooLong = outcome.ok && Buffer.byteLength(JSON.stringify(outcome.payload)) > PAYLOAD_LIMIT_BYTES;
    if (tooLong) this.#settings.onLog(`${route.functionId} answered more than 6 MB`);
    if (!outcome.ok || tooLong || !sendAnswer(response, outcome.payload)) {
      sendMessage(response, 500, 'Internal Server Error');
    }
    return undefined;
  }
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}
