/** Runs inside the worker thread of one function: loads the bundle and answers invocations, one at a time. */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

export interface InvokeMessage {
  event: string;
  requestId: string;
  deadline: number;
  functionName: string;
  functionArn: string;
  memoryMegabytes: number;
  /** Absent: true randomness. */
  entropy: string | undefined;
}
export type WorkerAnswer =
  | { kind: 'loaded' }
  | { kind: 'done'; payload: string }
  | { kind: 'failed'; errorType: string; errorMessage: string; trace: string[] };

const port = parentPort;
if (port === null) throw new Error('functions/worker.ts runs in a worker thread only');
const answer = (message: WorkerAnswer): void => {
  port.postMessage(message);
};
const failed = (thrown: unknown): void => {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  answer({
    kind: 'failed',
    errorType: error.name,
    errorMessage: error.message,
    trace: (error.stack ?? '').split('\n').slice(0, 20),
  });
};

let seed: string | undefined;
let drawn = 0;
if (isText(read(workerData, 'entropy'))) makeRandomBytesRepeatable();

/**
 * randomUUID is left alone: the AWS SDK takes its idempotency tokens from it, and a repeated token for another
 * transaction is refused.
 */
function makeRandomBytesRepeatable(): void {
  crypto.randomBytes = new Proxy(crypto.randomBytes, {
    apply(original, self, [size, callback]: [number, unknown]) {
      if (seed === undefined) return Reflect.apply(original, self, [size, callback]);
      const blocks: Buffer[] = [];
      for (let length = 0; length < size; length += 32) {
        drawn += 1;
        blocks.push(crypto.createHash('sha256').update(`${seed}/${drawn}`).digest());
      }
      const bytes = Buffer.concat(blocks).subarray(0, size);
      if (typeof callback !== 'function') return bytes;
      setImmediate(() => {
        Reflect.apply(callback, undefined, [null, bytes]);
      });
      return undefined;
    },
  });
  syncBuiltinESMExports();
}

async function load(): Promise<(event: unknown, context: unknown) => unknown> {
  const file = String(read(workerData, 'file'));
  const name = String(read(workerData, 'exportName'));
  const handler = read(await import(pathToFileURL(file).href), name);
  if (typeof handler !== 'function') throw new TypeError(`${file} exports no function ${name}`);
  return (event, context) => Reflect.apply(handler, undefined, [event, context]);
}

const loading = load();
loading.then(
  () => {
    answer({ kind: 'loaded' });
  },
  (error: unknown) => {
    failed(error);
  },
);

port.on('message', (message: InvokeMessage) => {
  void invoke(message);
});

async function invoke(message: InvokeMessage): Promise<void> {
  try {
    const handler = await loading;
    seed = message.entropy;
    drawn = 0;
    const result = await handler(JSON.parse(message.event), {
      awsRequestId: message.requestId,
      functionName: message.functionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: message.functionArn,
      memoryLimitInMB: String(message.memoryMegabytes),
      logGroupName: `/aws/lambda/${message.functionName}`,
      logStreamName: 'local',
      callbackWaitsForEmptyEventLoop: false,
      getRemainingTimeInMillis: () =>
        Math.max(0, Math.round(message.deadline - performance.timeOrigin - performance.now())),
    });
    answer({ kind: 'done', payload: JSON.stringify(result ?? null) });
  } catch (error) {
    failed(error);
  }
}

function read(from: unknown, key: string): unknown {
  return typeof from === 'object' && from !== null ? Reflect.get(from, key) : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
