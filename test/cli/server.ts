import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll } from 'vitest';

export interface Received {
  readonly route: string;
  readonly search: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Reply {
  readonly status?: number;
  /** An object is sent as JSON. */
  readonly body: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler = (request: Received) => Reply;

/** A real server on a port of its own that answers by `METHOD /path`, and with 404 to everything else. */
export function testServer(routes: Readonly<Record<string, Handler>>) {
  const received: Received[] = [];
  let overrides: Readonly<Record<string, Handler>> = {};
  let url = '';
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    request.on('end', () => {
      const asked = new URL(request.url ?? '/', 'http://here');
      const route = `${request.method} ${asked.pathname}`;
      const one = {
        route,
        search: asked.searchParams,
        headers: request.headers,
        body: Buffer.concat(chunks),
      };
      received.push(one);
      const handler = overrides[route] ?? routes[route] ?? notFound;
      const { status = 200, body, headers = {} } = handler(one);
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
    });
  });
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return {
    get url() {
      return url;
    },
    /** Forgets what came before and answers these routes in this way from now on. */
    begin(others: Readonly<Record<string, Handler>> = {}): void {
      overrides = others;
      received.length = 0;
    },
    /** The requests to a route since `begin`. */
    to: (route: string): readonly Received[] => received.filter((one) => one.route === route),
  };
}

function notFound({ route }: Received): Reply {
  return {
    status: 404,
    body: {
      type: 'urn:mingchou:problem:route-unknown',
      title: '没有这个地址 No such address',
      status: 404,
      detail: `no ${route}`,
    },
  };
}
