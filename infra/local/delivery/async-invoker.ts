import { createHash } from 'node:crypto';
import type { FunctionHost, Outcome } from '../functions/function-host.ts';
import { messageOf } from '../failure.ts';
import type { Json } from '../json.ts';
import type { DeadLetter, Delivery } from '../options.ts';
import type { Instant } from '#domain/time/time.ts';
import type { Activity } from './activity.ts';
import { pauseBeforeRetry } from './retry.ts';

export interface DeliveryHooks {
  now(): Instant;
  onDeliver: ((delivery: Delivery & { function: string }) => 1 | 2) | undefined;
  deadLetter(letter: DeadLetter): void;
  onLog(text: string): void;
}

/** What is handed over without waiting: by the bus, by the clock, or by another function. */
type AsyncKind = 'event' | 'schedule' | 'direct';

/** What may be repeated of an invocation's randomness: the same content draws the same bytes in every run. */
export function contentOf(value: Json): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/** Lambda's asynchronous invocation: queue, retries, and the on-failure queue at the end. */
export class AsyncInvoker {
  readonly #activity: Activity;
  readonly #hooks: DeliveryHooks;

  constructor(activity: Activity, hooks: DeliveryHooks) {
    this.#activity = activity;
    this.#hooks = hooks;
  }

  /** Takes an event over and returns at once. `content` says what makes this event itself, without ids and times. */
  enqueue(host: FunctionHost, event: Json, kind: AsyncKind, id: string, content: Json): void {
    const copies = this.#hooks.onDeliver?.({ function: host.plan.id, id, attempt: 1, kind }) ?? 1;
    for (let copy = 1; copy <= copies; copy += 1) {
      const end = this.#activity.begin(`${kind} ${id} to ${host.plan.id}`);
      this.#run(host, event, kind, copy === 1 ? id : `${id}#${copy}`, contentOf(content))
        .catch((error: unknown) => {
          this.#hooks.onLog(`${kind} ${id} to ${host.plan.id} broke the runner: ${messageOf(error)}`);
        })
        .finally(end);
    }
  }

  async #run(host: FunctionHost, event: Json, kind: AsyncKind, id: string, content: string): Promise<void> {
    const attempts = host.plan.retries + 1;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await host.invoke(event, { id, attempt, kind }, content);
      if (outcome.ok || outcome.error.errorType === 'Runtime.Stopped') return;
      if (attempt >= attempts) {
        this.#giveUp(host, event, kind, id, attempt, outcome);
        return;
      }
      await pauseBeforeRetry(attempt);
    }
  }

  #giveUp(
    host: FunctionHost,
    event: Json,
    kind: AsyncKind,
    id: string,
    attempts: number,
    outcome: Extract<Outcome, { ok: false }>,
  ): void {
    const destination = host.plan.onFailure;
    const reason = `${outcome.error.errorType}: ${outcome.error.errorMessage}`;
    if (destination === undefined) {
      this.#hooks.onLog(
        `${kind} ${id} to ${host.plan.id} is lost: ${attempts} attempts failed and the function has no queue for failures.`,
      );
      return;
    }
    const at = this.#hooks.now();
    const body: Json = destination.wrapped
      ? {
          version: '1.0',
          timestamp: at,
          requestContext: {
            requestId: id,
            functionArn: `${host.plan.arn}:$LATEST`,
            condition: 'RetriesExhausted',
            approximateInvokeCount: attempts,
          },
          requestPayload: event,
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          responsePayload: {
            errorType: outcome.error.errorType,
            errorMessage: outcome.error.errorMessage,
            trace: outcome.error.trace ?? [],
          },
        }
      : event;
    this.#hooks.deadLetter({
      queue: destination.queue,
      function: host.plan.id,
      kind,
      at,
      reason,
      attempts,
      body,
      payload: event,
    });
  }
}
