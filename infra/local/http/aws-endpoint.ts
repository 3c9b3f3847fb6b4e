import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Bus } from '../bus/bus.ts';
import { codeOf, messageOf } from '../failure.ts';
import type { FunctionHost } from '../functions/function-host.ts';
import { Json, parseJson } from '../json.ts';
import type { Interceptor, Verdict } from '../options.ts';
import type { AwsAnswer, AwsCall } from './aws-service.ts';
import { readBody } from './body.ts';
import type { InvokeService } from './invoke-service.ts';
import type { QueueService } from './queue-service.ts';
import type { StreamService } from './stream-service.ts';

const PATH = /^\/_local\/aws\/(\w+)\/(\d+)\/(\w+)(\/.*)?$/;
/** Above DynamoDB's 16 MB for a batch. */
const LIMIT_BYTES = 20 * 1024 * 1024;

interface AwsSettings {
  hosts: ReadonlyMap<string, FunctionHost>;
  bus: Bus;
  engine: string;
  queues: QueueService;
  invocations: InvokeService;
  streams: StreamService;
  intercept: Interceptor | undefined;
}

/** Answers the AWS calls of functions: events, queues, invocations and what letters tell of a stream itself, DynamoDB by the engine when faults are injected. */
export class AwsEndpoint {
  readonly #settings: AwsSettings;

  constructor(settings: AwsSettings) {
    this.#settings = settings;
  }

  /** True when the path belongs to this endpoint. */
  static owns(pathname: string): boolean {
    return pathname.startsWith('/_local/aws/');
  }

  async answer(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
    const [, functionId = '', generation, service = '', path = ''] = PATH.exec(pathname) ?? [];
    const host = this.#settings.hosts.get(functionId);
    const body = await readBody(request, LIMIT_BYTES);
    if (host === undefined || body === undefined) {
      send(response, 400, { __type: 'ValidationException', message: `${pathname} is no call of a function` });
      return;
    }
    const action = actionOf(service, request);
    // A call that a killed thread had put on the wire must not reach the engine after all.
    if (Number(generation) !== host.generation) {
      request.socket.destroy();
      return;
    }
    const verdict = await this.#verdict(host, service, action, body);
    if (verdict === 'kill-before') {
      host.kill();
      request.socket.destroy();
      return;
    }
    if (service === 'dynamodb') {
      await this.#forward(request, response, body, () => {
        if (verdict === 'kill-after') host.kill();
        return verdict !== 'kill-after';
      });
      return;
    }
    const call = {
      functionId,
      action,
      headers: request.headers,
      path,
      body: parseJson(body.toString('utf8')),
    };
    const answer = (await this.#own(service, call)) ?? notHere(functionId, request, action);
    if (verdict === 'kill-after') {
      host.kill();
      request.socket.destroy();
      return;
    }
    send(response, answer.status, answer.body, answer.headers);
  }

  /** What the runner plays itself; undefined when it is none of that. */
  async #own(service: string, call: AwsCall): Promise<AwsAnswer | undefined> {
    const { bus, queues, invocations, streams } = this.#settings;
    switch (service) {
      case 'eventbridge':
        return call.action === 'PutEvents' ? bus.put(call.body) : undefined;
      case 'sqs':
        return queues.answer(call);
      case 'lambda':
        return call.action === 'Invoke' ? invocations.answer(call) : undefined;
      case 'streams':
        return streams.answer(call);
      default:
        return undefined;
    }
  }

  async #verdict(host: FunctionHost, service: string, action: string, body: Buffer): Promise<Verdict> {
    const { intercept } = this.#settings;
    const { running } = host;
    if (intercept === undefined || running === undefined) return 'pass';
    running.calls += 1;
    const parsed = Json.safeParse(parseJson(body.toString('utf8')));
    return intercept({
      function: host.plan.id,
      delivery: running.delivery,
      call: running.calls,
      service,
      action,
      body: parsed.success ? parsed.data : null,
    });
  }

  /** Hands a request to the engine as it is, and its answer back if `wanted` says so after the engine has answered. */
  async #forward(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
    wanted: () => boolean,
  ): Promise<void> {
    const engine = new URL(this.#settings.engine);
    await new Promise<void>((resolve, reject) => {
      const outgoing = httpRequest(
        engine,
        { method: 'POST', headers: { ...request.headers, host: engine.host } },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.once('error', reject);
          incoming.once('end', () => {
            if (wanted()) {
              response.writeHead(incoming.statusCode ?? 502, incoming.headers);
              response.end(Buffer.concat(chunks));
            } else {
              request.socket.destroy();
            }
            resolve();
          });
        },
      );
      outgoing.once('error', reject);
      outgoing.end(body);
    }).catch((error: unknown) => {
      send(response, 500, {
        __type: 'InternalServerError',
        message: `${codeOf(error) ?? ''} ${messageOf(error)}`,
      });
    });
  }
}

/** What is asked: in a header where the service has one address, else by the address. */
function actionOf(service: string, request: IncomingMessage): string {
  if (service === 'lambda') {
    return request.method === 'POST' && request.url?.endsWith('/invocations') === true ? 'Invoke' : '';
  }
  return (
    String(request.headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1) ?? ''
  );
}

/** A service that this machine doesn't have. An error here, because the SDK would otherwise call the real one. */
function notHere(functionId: string, request: IncomingMessage, action: string): AwsAnswer {
  const what = action === '' ? `${request.method} of some AWS service` : action;
  return {
    status: 501,
    body: {
      __type: 'NotImplementedException',
      message: `${functionId} called ${what}, which the local runner does not have.`,
    },
  };
}

function send(
  response: ServerResponse,
  status: number,
  body: Json,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', ...headers });
  response.end(JSON.stringify(body));
}
