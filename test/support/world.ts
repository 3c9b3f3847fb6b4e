import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import * as z from 'zod';
import { epochMilliseconds, Instant } from '#domain/time/time.ts';
import { startRunner, type InterceptedCall, type Runner, type RunnerOptions } from '#infra/local/runner.ts';
import { SAMPLE_POLICIES } from '#infra/sample/policies.ts';
import { fitting, routeOf } from './fitting.ts';
import { smallDistrict } from './small-district.ts';
import { workshop } from './template.ts';

/** The assembly that `npm start` makes, shared by all tests of this run. */
export async function localAssembly(): Promise<string> {
  return (await workshop()).local;
}

const TEMPLATE = 'mingchou-local.template.json';

/**
 * The assembly with a template that has other texts in places; a text that is not there would change nothing unseen. All else
 * is the assembly's own by links: eighty megabytes of bundles take seconds to copy.
 */
export async function assemblyWith(changes: Readonly<Record<string, string>>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mingchou-assembly-'));
  const assembly = await localAssembly();
  for (const name of readdirSync(assembly)) {
    if (name !== TEMPLATE) symlinkSync(join(assembly, name), join(folder, name));
  }
  copyFileSync(join(assembly, TEMPLATE), join(folder, TEMPLATE));
  const file = join(folder, TEMPLATE);
  const changed = Object.entries(changes).reduce(
    (template, [text, other]) => {
      if (!template.includes(text)) {
        throw new Error(`the template has no ${text}`);
      }
      return template.replaceAll(text, other);
    },
    readFileSync(file, 'utf8'),
  );
  writeFileSync(file, changed);
  return folder;
}

/** One sweep, one look for beacons and one for messages to send each morning: idle runs are nothing to be killed in again and again. */
const DAILY = {
  'cron(30 0-9 * * ? *)': 'cron(30 0 * * ? *)',
  'cron(0/30 0-9 * * ? *)': 'cron(0 0 * * ? *)',
  'cron(0/10 0-9 * * ? *)': 'cron(40 0 * * ? *)',
};

/** One look for messages to send each morning, where weeks go by and no channel is set up. */
export const ONE_POST = { 'cron(0/10 0-9 * * ? *)': 'cron(40 0 * * ? *)' };

/** One look for beacons a day besides, where every draw has a sealed one. */
export const FEW_LOOKS = { ...ONE_POST, 'cron(0/30 0-9 * * ? *)': 'cron(0 0 * * ? *)' };

/** Three sweeps a day besides: enough to see that they speak once. */
export const FEW_SWEEPS = { ...FEW_LOOKS, 'cron(30 0-9 * * ? *)': 'cron(30 0,4,8 * * ? *)' };

/** A scan and a sweep each Monday only, and no look for messages to send, where months go by and none of them is looked at. */
export const WEEKLY = {
  'cron(0 23 * * ? *)': 'cron(0 23 ? * SUN *)',
  'cron(30 0-9 * * ? *)': 'cron(30 0 ? * MON *)',
  'cron(0/10 0-9 * * ? *)': 'cron(40 0 * * ? 2099)',
};

/** No scan at all: it has crash tests of its own, and its record says how long its work took. */
export const UNSCANNED = { 'cron(0 23 * * ? *)': 'cron(0 23 * * ? 2099)' };

/** Pools are gathered and lists dispatched in steps so small that a few restaurants take several. */
export const SMALL_STEPS = {
  '"GATHER_LIMIT": "100000"': '"GATHER_LIMIT": "1"',
  '"DISPATCH_BATCH": "500"': '"DISPATCH_BATCH": "1"',
};

export async function assemblySweptDaily(more: Readonly<Record<string, string>> = {}): Promise<string> {
  return assemblyWith({ ...DAILY, ...more });
}

const Answer = z.object({ status: z.int(), body: z.unknown() });
export type Answer = z.infer<typeof Answer>;

/** What a person of the staff does over HTTP. */
export interface Staff {
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
}

/** A running local stack with the small district loaded, and the people and systems that use it. */
export interface World {
  readonly runner: Runner;
  /** The webhook secret of the one source. */
  readonly secret: string;
  token(staffNo: string): Promise<string>;
  as(staffNo: string): Staff;
  /** The text of a file of the small district. */
  file(library: string): Promise<string>;
  importText(library: string, text: string): Promise<void>;
  /** Sends a signed report under a message id of the sender's. */
  report(messageId: string, report: unknown): Promise<Answer>;
  anyone(path: string, headers?: Readonly<Record<string, string>>): Promise<{ status: number; text: string }>;
  /** Sends JSON to a route that is open to everyone. */
  tell(path: string, body: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  readonly assembly: string;
  readonly restaurants: number;
  readonly start?: string;
  readonly runner?: Partial<RunnerOptions>;
  /** Sends every request that changes something a second time; both answers must be the same. */
  readonly doubleRequests?: boolean;
  /** Told before each attempt of each request, the first being 1. */
  readonly onAttempt?: (attempt: number) => void;
}

export const ADMINISTRATOR = 'HP9007';
export const LEAD_SECTION = 'HP9001';
export const SUPERVISOR = 'HP9005';
export const UNIT_HEAD = 'HP1000';
export const INSPECTORS = Array.from({ length: 10 }, (_, at) => `HP${1001 + at}`);
const SOURCE = 'hotline-12345';
/** A client that gets no answer, or a server's fault, tries again; it gives up before it hides a defect. */
const REQUEST_ATTEMPTS = 8;

/** Notes every AWS call of every function, and lets it pass. */
export function noting(calls: InterceptedCall[]): NonNullable<RunnerOptions['intercept']> {
  return (call) => {
    calls.push(call);
    return 'pass';
  };
}

/** Starts the stack with a frozen clock, in a database of its own in which nothing is yet. */
export async function startEmpty(options: Omit<WorldOptions, 'restaurants'>): Promise<Runner> {
  return startRunner({
    assembly: options.assembly,
    clock: { start: Instant.parse(options.start ?? '2026-09-01T01:00:00.000Z'), frozen: true },
    issuer: {
      people: [ADMINISTRATOR, LEAD_SECTION, SUPERVISOR, UNIT_HEAD, ...INSPECTORS].map((id) => ({
        id,
        name: id,
      })),
    },
    messageDetailType: 'message.posted',
    ...options.runner,
    dynamodb: options.runner?.dynamodb ?? {
      endpoint: (await workshop()).endpoint,
      accessKeyId: freshDatabase(),
    },
  });
}

/** Starts the stack with a frozen clock and loads the district through its own HTTP API. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const runner = await startEmpty(options);
  const tokens = new Map<string, Promise<string>>();
  const token = (staffNo: string): Promise<string> => {
    const known = tokens.get(staffNo) ?? tokenOf(runner, staffNo);
    tokens.set(staffNo, known);
    return known;
  };
  let requests = 0;
  const as = (staffNo: string): Staff => {
    const send = async (method: string, path: string, body?: unknown): Promise<Answer> => {
      requests += 1;
      const headers = { ...(await bearer(token(staffNo))), 'idempotency-key': `request-${requests}` };
      return changing(options, runner.url + path, {
        method,
        ...(body === undefined
          ? { headers }
          : { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
    };
    return {
      get: async (path) =>
        answered(runner.url + path, { headers: await bearer(token(staffNo)) }, options.onAttempt),
      post: async (path, body) => send('POST', path, body),
      put: async (path, body) => send('PUT', path, body),
    };
  };
  const secret = await load(runner, await token(ADMINISTRATOR), options.restaurants);
  return {
    runner,
    secret,
    token,
    as,
    report: async (messageId, report) => {
      const body = JSON.stringify(report);
      const sentAt = new Date(epochMilliseconds(runner.now()));
      return changing(options, `${runner.url}/webhooks/${SOURCE}`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'webhook-id': messageId,
          'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
          'webhook-signature': new Webhook(secret).sign(messageId, sentAt, body),
        },
      });
    },
    file: (library) => {
      const found = smallDistrict(options.restaurants).find((file) => file.library === library);
      return found === undefined
        ? Promise.reject(new Error(`the district has no file ${library}`))
        : Promise.resolve(new TextDecoder().decode(found.bytes));
    },
    importText: async (library, text) => {
      const headers = { ...(await bearer(token(ADMINISTRATOR))), 'content-type': 'application/octet-stream' };
      const url = `${runner.url}/libraries/${library}/imports`;
      succeeded(await answered(url, { method: 'POST', headers, body: Buffer.from(text) }));
      await runner.settle();
    },
    anyone: async (path, headers = {}) => {
      const answer = await fetch(runner.url + path, { headers });
      const text = await answer.text();
      fitting(routeOf('GET', runner.url + path), { ...told(answer), text });
      return { status: answer.status, text };
    },
    tell: async (path, body) =>
      changing(options, runner.url + path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    stop: async () => runner.stop(),
  };
}

async function tokenOf(runner: Runner, staffNo: string): Promise<string> {
  if (runner.issuer === undefined) {
    throw new Error('the stack has no local issuer');
  }
  return runner.issuer.token(staffNo);
}

async function bearer(token: Promise<string>): Promise<Record<string, string>> {
  return { authorization: `Bearer ${await token}` };
}

/** Loads the small district and gives the webhook secret. */
async function load(runner: Runner, token: string, restaurants: number): Promise<string> {
  const headers = { authorization: `Bearer ${token}` };
  const put = async (path: string, body: unknown) =>
    succeeded(
      await answered(runner.url + path, {
        method: 'PUT',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
  const source = z
    .object({ secret: z.string() })
    .parse(await put(`/sources/${SOURCE}`, { name: '12345 热线' }));
  for (const { library, bytes } of smallDistrict(restaurants)) {
    succeeded(
      await answered(`${runner.url}/libraries/${library}/imports`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/octet-stream' },
        body: Buffer.from(bytes),
      }),
    );
  }
  const dining = SAMPLE_POLICIES.find((policy) => policy.id === 'complaint-dining');
  if (dining === undefined) {
    throw new Error('the sample has no policy complaint-dining');
  }
  const { id, ...policy } = dining;
  await put(`/policies/${id}`, policy);
  await runner.settle();
  return source.secret;
}

function succeeded({ status, body }: Answer): unknown {
  if (status >= 300) {
    throw new Error(`the district could not be loaded: ${status} ${JSON.stringify(body)}`);
  }
  return body;
}

async function changing(
  { doubleRequests, onAttempt }: WorldOptions,
  url: string,
  init: RequestInit,
): Promise<Answer> {
  const first = await answered(url, init, onAttempt);
  if (doubleRequests === true) {
    const second = await answered(url, init, onAttempt);
    if (JSON.stringify(second) !== JSON.stringify(first)) {
      throw new Error(
        `the second copy of ${url} was answered differently: ${JSON.stringify([first, second])}`,
      );
    }
  }
  return first;
}

async function answered(
  url: string,
  init: RequestInit,
  onAttempt?: (attempt: number) => void,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    onAttempt?.(attempt);
    const answer = await fetch(url, init);
    const text = await answer.text();
    if (answer.status < 500 || attempt === REQUEST_ATTEMPTS) {
      fitting(routeOf(init.method ?? 'GET', url), { ...told(answer), text });
      return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
    }
  }
}

function told({ status, headers }: Response) {
  return { status, type: headers.get('content-type') ?? undefined };
}

/** A database of its own on the shared engine. */
function freshDatabase(): string {
  return randomBytes(8).toString('hex');
}
