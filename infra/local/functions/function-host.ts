import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { type Json, Json as JsonSchema, parseJson } from '../json.ts';
import type { Delivery, LogLine } from '../options.ts';
import type { FunctionPlan } from '../template/plan.ts';
import type { InvokeMessage, WorkerAnswer } from './worker.ts';

export interface InvocationError {
  errorType: string;
  errorMessage: string;
  trace?: string[] | undefined;
}
export type Outcome = { ok: true; payload: Json } | { ok: false; error: InvocationError };

/** Lambda gives a function ten seconds to load, beside its timeout. */
const LOAD_LIMIT_MS = 10_000;
const WORKER = new URL('./worker.ts', import.meta.url);

interface Running {
  delivery: Delivery;
  calls: number;
  /** Ends the attempt at once and drops the worker: the thread dies wherever it stands. */
  end(error: InvocationError): void;
}

/** One function: its worker thread, made when first needed, and the queue before it. */
export class FunctionHost {
  readonly plan: FunctionPlan;
  readonly #environment: (generation: number) => Record<string, string>;
  #generation = 0;
  readonly #entropy: string | undefined;
  readonly #onLog: (line: LogLine) => void;
  #worker: Worker | undefined;
  #loaded = false;
  #running: Running | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(
    plan: FunctionPlan,
    environment: (generation: number) => Record<string, string>,
    entropy: string | undefined,
    onLog: (line: LogLine) => void,
  ) {
    this.plan = plan;
    this.#environment = environment;
    this.#entropy = entropy;
    this.#onLog = onLog;
  }

  /** What the function is doing now, for the interceptor of its AWS calls. */
  get running(): Running | undefined {
    return this.#running;
  }

  /** Counts the threads that this function had: a call that carries an older number comes from a dead one. */
  get generation(): number {
    return this.#generation;
  }

  /** Runs one attempt, after those that came before it. Never rejects: a failed function is an outcome. */
  async invoke(event: Json, delivery: Delivery, entropyOf: string): Promise<Outcome> {
    const turn = this.#tail.then(() => this.#attempt(event, delivery, entropyOf));
    // The queue goes on after a turn that broke; its own caller hears of it.
    this.#tail = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  /** Kills the thread in the middle of what it does. */
  kill(): void {
    this.#running?.end({ errorType: 'Runtime.Killed', errorMessage: `${this.plan.id} was killed` });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#running?.end({ errorType: 'Runtime.Stopped', errorMessage: 'the runner stops' });
    await this.#drop();
  }

  async #attempt(event: Json, delivery: Delivery, entropyOf: string): Promise<Outcome> {
    if (this.#stopped)
      return { ok: false, error: { errorType: 'Runtime.Stopped', errorMessage: 'the runner stops' } };
    const worker = this.#worker ?? this.#spawn();
    return new Promise<Outcome>((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const finish = (outcome: Outcome, drop: boolean): void => {
        clearTimeout(timer);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        this.#running = undefined;
        if (!outcome.ok) this.#log(`${outcome.error.errorType}: ${outcome.error.errorMessage}`);
        if (!drop) resolve(outcome);
        // Nothing may follow before the thread is dead: it could still write.
        else
          this.#drop().then(() => {
            resolve(outcome);
          }, reject);
      };
      const startTimer = (): void => {
        const seconds = this.plan.timeoutSeconds;
        timer = setTimeout(() => {
          finish(
            {
              ok: false,
              error: {
                errorType: 'Sandbox.Timedout',
                errorMessage: `Task timed out after ${seconds} seconds`,
              },
            },
            true,
          );
        }, seconds * 1000);
      };
      const begin = (): void => {
        clearTimeout(timer);
        startTimer();
        const message: InvokeMessage = {
          event: JSON.stringify(event),
          requestId: delivery.id,
          deadline: performance.timeOrigin + performance.now() + this.plan.timeoutSeconds * 1000,
          functionName: this.plan.name,
          functionArn: this.plan.arn,
          memoryMegabytes: this.plan.memoryMegabytes,
          entropy: this.#entropy === undefined ? undefined : `${this.#entropy}/${this.plan.id}/${entropyOf}`,
        };
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
        worker.postMessage(message);
      };
      const onMessage = (answer: WorkerAnswer): void => {
        if (answer.kind === 'loaded') {
          this.#loaded = true;
          begin();
        } else if (answer.kind === 'done') {
          finish({ ok: true, payload: JsonSchema.parse(parseJson(answer.payload)) }, false);
        } else {
          const { errorType, errorMessage, trace } = answer;
          // A bundle that does not load stays broken in this thread; the next attempt gets a fresh one, as in Lambda.
          finish({ ok: false, error: { errorType, errorMessage, trace } }, !this.#loaded);
        }
      };
      const onError = (error: Error): void => {
        finish({ ok: false, error: { errorType: error.name, errorMessage: error.message } }, true);
      };
      const onExit = (code: number): void => {
        finish(
          {
            ok: false,
            error: { errorType: 'Runtime.ExitError', errorMessage: `the function exited with code ${code}` },
          },
          true,
        );
      };
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      this.#running = {
        delivery,
        calls: 0,
        end: (error) => {
          finish({ ok: false, error }, true);
        },
      };
      if (this.#loaded) begin();
      else {
        timer = setTimeout(() => {
          finish(
            {
              ok: false,
              error: {
                errorType: 'Sandbox.Timedout',
                errorMessage: 'the function did not load in 10 seconds',
              },
            },
            true,
          );
        }, LOAD_LIMIT_MS);
      }
    });
  }

  #spawn(): Worker {
    this.#generation += 1;
    const worker = new Worker(WORKER, {
      // Its own environment and nothing of the parent's: a variable of the developer's shell would hide a missing one.
      env: this.#environment(this.#generation),
      execArgv: [],
      workerData: { file: this.plan.file, exportName: this.plan.exportName, entropy: this.#entropy },
      stdout: true,
      stderr: true,
    });
    for (const stream of [worker.stdout, worker.stderr]) {
      createInterface({ input: stream }).on('line', (text) => {
        this.#log(text);
      });
    }
    // An error between two invocations must not end the runner.
    worker.on('error', (error) => {
      this.#log(`${error.name}: ${error.message}`);
      if (this.#worker === worker) this.#forget();
    });
    worker.on('exit', () => {
      if (this.#worker === worker) this.#forget();
    });
    this.#worker = worker;
    return worker;
  }

  #forget(): void {
    this.#worker = undefined;
    this.#loaded = false;
  }

  async #drop(): Promise<void> {
    const worker = this.#worker;
    this.#forget();
    await worker?.terminate();
  }

  #log(text: string): void {
    this.#onLog({ source: this.plan.id, text });
  }
}
