import type { AsyncInvoker } from '../delivery/async-invoker.ts';
import { contentOf } from '../delivery/async-invoker.ts';
import type { FunctionHost } from '../functions/function-host.ts';
import { Json } from '../json.ts';
import type { Rights } from '../template/rights.ts';
import { type AwsAnswer, type AwsCall, awsError } from './aws-service.ts';

const INVOCATIONS = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

interface InvokeSettings {
  hosts: ReadonlyMap<string, FunctionHost>;
  invoker: AsyncInvoker;
  rights: Rights;
  nextId: () => string;
}

/** Lambda's Invoke, with an answer or without one. */
export class InvokeService {
  readonly #settings: InvokeSettings;

  constructor(settings: InvokeSettings) {
    this.#settings = settings;
  }

  async answer({ functionId, headers, path, body }: AwsCall): Promise<AwsAnswer> {
    const { hosts, invoker, rights, nextId } = this.#settings;
    const wanted = decodeURIComponent(INVOCATIONS.exec(path)?.[1] ?? '');
    const host = [...hosts.values()].find(({ plan }) => plan.name === wanted || plan.arn === wanted);
    if (host === undefined)
      return awsError('ResourceNotFoundException', `Function not found: ${wanted}`, 404);
    const refused = rights.refusal(functionId, 'lambda:InvokeFunction', host.plan.arn);
    if (refused !== undefined) return awsError('AccessDeniedException', refused, 403);
    const event = Json.safeParse(body);
    if (!event.success) return awsError('InvalidRequestContentException', 'The payload is not JSON.');
    if (headers['x-amz-invocation-type'] === 'Event') {
      invoker.enqueue(host, event.data, 'direct', nextId(), event.data);
      return { status: 202, body: null };
    }
    const delivery = { id: nextId(), attempt: 1, kind: 'direct' } as const;
    const outcome = await host.invoke(event.data, delivery, contentOf(event.data));
    return outcome.ok
      ? { status: 200, body: outcome.payload }
      : {
          status: 200,
          headers: { 'x-amz-function-error': 'Unhandled' },
          body: { ...outcome.error, trace: outcome.error.trace ?? [] },
        };
  }
}
