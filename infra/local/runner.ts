import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreams } from '@aws-sdk/client-dynamodb-streams';
import * as z from 'zod';
import { LocalBeacon } from './beacon/beacon.ts';
import { LOCAL_CHAIN, LOCAL_RELAY_PATH } from './beacon/chain.ts';
import { Bus } from './bus/bus.ts';
import { VirtualClock } from './clock.ts';
import { Control } from './control/control.ts';
import { shownMessage } from './control/pages.ts';
import { Activity } from './delivery/activity.ts';
import { AsyncInvoker, contentOf, type DeliveryHooks } from './delivery/async-invoker.ts';
import { DeadLetterQueues } from './delivery/dead-letter-queues.ts';
import { Journal } from './delivery/journal.ts';
import { type Engine, startEngine } from './engine/dynamodb-local.ts';
import { startObjectStorage } from './engine/object-storage.ts';
import { ensureTables } from './engine/tables.ts';
import { LocalRunnerError } from './failure.ts';
import { environmentOf } from './functions/environment.ts';
import { FunctionHost } from './functions/function-host.ts';
import { HttpApi } from './http/api.ts';
import { AwsEndpoint } from './http/aws-endpoint.ts';
import { InvokeService } from './http/invoke-service.ts';
import { QueueService } from './http/queue-service.ts';
import { type Listener, listen } from './http/server.ts';
import { StreamService } from './http/stream-service.ts';
import { type IssuerServer, localIssuerUrl, makeIssuer } from './issuer/issuer.ts';
import { Json } from './json.ts';
import type { BusMessage, Runner, RunnerOptions } from './options.ts';
import { Progress } from './progress.ts';
import { Scheduler } from './schedule/scheduler.ts';
import { Sinks } from './sinks/sinks.ts';
import { DataFolder } from './state.ts';
import { StreamMapping } from './streams/mapping.ts';
import { StreamReader } from './streams/reader.ts';
import { loadAssembly } from './template/assembly.ts';
import type { HttpPlan } from './template/http-plan.ts';
import { withOwnPort } from './template/own-port.ts';
import { type FunctionPlan, makePlan } from './template/plan.ts';
import { place } from './template/references.ts';

export type * from './options.ts';
export { LocalRunnerError } from './failure.ts';

const BusMessageSchema = z.object({
  id: z.string(),
  time: z.string(),
  source: z.string(),
  detailType: z.string(),
  detail: Json,
});

/**
 * Runs a synthesized stack on this machine until it is stopped. What it can't honour stops it with a
 * LocalRunnerError of one line.
 */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const closing: (() => Promise<void> | void)[] = [];
  const closeAll = async (): Promise<void> => {
    for (let close = closing.pop(); close !== undefined; close = closing.pop()) await close();
  };
  try {
    return await assemble(options, closing, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function assemble(
  options: RunnerOptions,
  closing: (() => Promise<void> | void)[],
  closeAll: () => Promise<void>,
): Promise<Runner> {
  const log = (source: string) => (text: string) => options.onLog?.({ source, text });
  const runnerLog = log('runner');
  const listener = await listen(options.port ?? 0, runnerLog);
  closing.push(async () => listener.close());
  const url = `http://127.0.0.1:${listener.port}`;
  const plan = makePlan(loadAssembly(options.assembly), url);
  placeVariables(plan.functions, listener.port);
  const folder = options.dataFolder === undefined ? undefined : new DataFolder(options.dataFolder);
  if (folder !== undefined) closing.push(() => folder.release());
  const state = folder?.load();
  const messages = new Journal<BusMessage>(folder?.file('messages.jsonl'), BusMessageSchema);

  const issuing = serveIssuer(plan.http, listener, options, folder?.file('issuer.json'), closing, runnerLog);
  const given = options.dynamodb;
  const starting =
    given === undefined
      ? startEngine(folder?.databaseFolder, log('engine'))
      : Promise.resolve(givenEngine(given.endpoint));
  const [issuer, engine] = await settleBoth(issuing, starting, closing);

  const accessKeyId = options.dynamodb?.accessKeyId ?? state?.accessKeyId ?? randomBytes(12).toString('hex');
  const credentials = { accessKeyId, secretAccessKey: 'local' };
  const settings = {
    endpoint: engine.endpoint,
    region: options.dynamodb?.region ?? place.region,
    credentials,
  };
  const client = new DynamoDB(settings);
  const streamsClient = new DynamoDBStreams(settings);
  closing.push(() => {
    client.destroy();
    streamsClient.destroy();
  });

  const objects = await storage(plan.buckets, folder?.file('objects'), credentials, closing);
  const clock = new VirtualClock(options.clock, state?.clock);
  const now = () => clock.now();
  const deadLetters = new DeadLetterQueues(
    { letters: folder?.file('dead-letters.jsonl'), gone: folder?.file('dead-letters-gone.jsonl') },
    now,
  );
  const tables = await ensureTables(client, plan.tables, !clock.isBehindMachine());
  const activity = new Activity();
  const nextId = idMaker(options.entropy);
  const hooks: DeliveryHooks = {
    now,
    onDeliver: options.onDeliver,
    deadLetter: (letter) => deadLetters.add(letter),
    onLog: runnerLog,
  };
  const endpoints = {
    aws: `${url}/_local/aws`,
    dynamodb: options.intercept === undefined ? engine.endpoint : undefined,
    objects,
    ...credentials,
    path: '/usr/local/bin:/usr/bin:/bin',
  };
  const hosts = new Map(
    plan.functions.map((one) => [
      one.id,
      new FunctionHost(
        one,
        (generation) => environmentOf(one, endpoints, generation),
        options.entropy,
        (line) => options.onLog?.(line),
      ),
    ]),
  );
  const invoker = new AsyncInvoker(activity, hooks);
  const bus = new Bus(plan.rules, plan.buses, hosts, invoker, {
    now,
    nextId,
    onEvent: (message) => {
      if (message.detailType === options.messageDetailType) messages.add(message);
    },
  });

  const mappings: StreamMapping[] = [];
  const readers: StreamReader[] = [];
  const streamOf = new Map<string, string>();
  for (const table of tables) {
    const own = plan.mappings.filter((mapping) => mapping.table === table.plan.id);
    if (table.streamArn === undefined || own.length === 0) continue;
    const streamArn = table.streamArn;
    const publicArn = table.plan.streamArn;
    const started = own.map((mapping) => {
      const host = hosts.get(mapping.functionId);
      if (host === undefined) throw new Error(`mapping ${mapping.id} names a function that has no host`);
      const kept = state?.checkpoints[mapping.id];
      streamOf.set(mapping.id, streamArn);
      return new StreamMapping(
        mapping,
        host,
        publicArn,
        kept?.stream === streamArn ? kept.sequence : '',
        activity,
        hooks,
      );
    });
    mappings.push(...started);
    readers.push(
      new StreamReader({
        client,
        streams: streamsClient,
        table: table.plan,
        streamArn,
        publicArn,
        mappings: started,
        now,
        onLog: runnerLog,
      }),
    );
  }

  const progress = new Progress({
    clock,
    activity,
    readers,
    scheduler: new Scheduler(plan.rules, state?.clock ?? clock.now()),
    fire: (rule, at) => {
      bus.fire(rule, at);
    },
    save: (settledAt) => {
      folder?.save({
        version: 1,
        accessKeyId,
        clock: settledAt,
        checkpoints: Object.fromEntries(
          mappings.map((mapping) => [
            mapping.plan.id,
            { stream: streamOf.get(mapping.plan.id) ?? '', sequence: mapping.checkpoint },
          ]),
        ),
      });
    },
    onLog: runnerLog,
  });
  // The key of the database must be on disk before the first row is.
  if (state === undefined) progress.saveNow();

  const api = new HttpApi({ plan: plan.http, hosts, activity, now, nextId, onLog: runnerLog });
  const { rights } = plan;
  const aws = new AwsEndpoint({
    hosts,
    bus,
    engine: engine.endpoint,
    queues: new QueueService(plan.queues, deadLetters, rights),
    invocations: new InvokeService({ hosts, invoker, rights, nextId }),
    streams: new StreamService(deadLetters, rights, now),
    intercept: options.intercept,
  });
  const shown = () => messages.all().map((message) => shownMessage(message));
  const sinks = await Sinks.start(now, folder?.file('taken.jsonl'));
  closing.push(async () => sinks.stop());
  const addresses = sinks.addresses(url);
  const beacon = new LocalBeacon(now, options.beacon?.answer ?? 'honest');
  const control = new Control({
    now,
    frozen: clock.frozen,
    advance: async (to) => progress.advance(to),
    settle: async () => progress.settle(),
    messages: shown,
    taken: () => addresses.taken(),
    deadLetters: () => deadLetters.waiting(),
    addWorkingDays: options.addWorkingDays,
    issuer,
    routes: plan.http.routes.map((route) => `${route.routeKey} → ${route.functionId}`),
    schedules: plan.rules
      .filter((rule) => rule.schedule !== undefined)
      .map((rule) => `${rule.id} → ${rule.functions.join(', ')}`),
  });
  listener.handle(async (request, response, target) => {
    if (AwsEndpoint.owns(target.pathname)) return aws.answer(request, response, target.pathname);
    if (LocalBeacon.owns(target.pathname)) return beacon.answer(request, response, target.pathname);
    if (Sinks.owns(target.pathname)) return sinks.answer(request, response, target.pathname);
    if (Control.owns(target.pathname)) return control.answer(request, response, target);
    if (issuer?.onMainPort === true && ownsPath(issuer, target.pathname))
      return issuer.answer(request, response);
    await api.answer(request, response, target);
    // Whatever the request wrote is looked for at once.
    for (const reader of readers) reader.poke();
    return undefined;
  });
  closing.push(async () => {
    progress.stop();
    await Promise.all([...hosts.values()].map(async (host) => host.stop()));
    await Promise.all(readers.map(async (reader) => reader.stop()));
  });
  for (const reader of readers) reader.start();
  progress.start();

  const hostNamed = (name: string): FunctionHost => {
    const host = hosts.get(name) ?? [...hosts.values()].find((candidate) => candidate.plan.name === name);
    if (host === undefined) throw new LocalRunnerError(`No function of the stack is called ${name}.`);
    return host;
  };
  return {
    url,
    now,
    advance: async (to) => progress.advance(to),
    settle: async () => progress.settle(),
    async invoke(functionName, event) {
      const host = hostNamed(functionName);
      const end = activity.begin(`direct call of ${functionName}`);
      try {
        const outcome = await host.invoke(
          event,
          { id: nextId(), attempt: 1, kind: 'direct' },
          contentOf(event),
        );
        if (outcome.ok) return outcome.payload;
        throw new LocalRunnerError(
          `${functionName} failed: ${outcome.error.errorType}: ${outcome.error.errorMessage}`,
        );
      } finally {
        end();
      }
    },
    deadLetters: () => deadLetters.waiting(),
    messages: () => messages.all(),
    stop: closeAll,
    tables: Object.fromEntries(plan.tables.map((table) => [table.id, table.name])),
    functions: plan.functions.map((one) => one.id),
    dynamodb: settings,
    issuer,
    sinks: addresses,
    beacon: {
      url: url + LOCAL_RELAY_PATH,
      chain: LOCAL_CHAIN,
      answer: (how) => {
        beacon.set(how);
      },
    },
  };
}

/** Functions that are told of something at this machine's port 0 find it at the runner's own port. */
function placeVariables(functions: readonly FunctionPlan[], port: number): void {
  for (const one of functions) {
    for (const [name, value] of Object.entries(one.variables)) one.variables[name] = withOwnPort(value, port);
  }
}

/** Starts the object storage of a stack that has buckets, and gives its endpoint. */
async function storage(
  buckets: readonly string[],
  folder: string | undefined,
  credentials: { accessKeyId: string; secretAccessKey: string },
  closing: (() => Promise<void> | void)[],
): Promise<string | undefined> {
  if (buckets.length === 0) return undefined;
  const started = await startObjectStorage(folder, buckets, credentials);
  closing.push(async () => started.stop());
  return started.endpoint;
}

/** An engine of somebody else's: it is used, and not stopped. */
function givenEngine(endpoint: string): Engine {
  return { endpoint, stop: async () => {} };
}

/** Waits for both even when one fails: an engine that came up meanwhile must be stopped. */
async function settleBoth<A>(
  first: Promise<A>,
  second: Promise<Engine>,
  closing: (() => Promise<void> | void)[],
): Promise<[A, Engine]> {
  const [one, two] = await Promise.allSettled([first, second]);
  if (two.status === 'fulfilled') {
    closing.push(async () => {
      await two.value.stop();
    });
  }
  if (one.status === 'rejected') throw one.reason;
  if (two.status === 'rejected') throw two.reason;
  return [one.value, two.value];
}

interface PlacedIssuer extends IssuerServer {
  /** False when its URL names another port, where it then has a listener of its own. */
  onMainPort: boolean;
}

/** Serves the issuer at the URL that the template names. */
async function serveIssuer(
  http: HttpPlan,
  main: Listener,
  options: RunnerOptions,
  file: string | undefined,
  closing: (() => Promise<void> | void)[],
  onLog: (text: string) => void,
): Promise<PlacedIssuer | undefined> {
  for (const authorizer of http.authorizers) {
    authorizer.issuer = withOwnPort(authorizer.issuer, main.port);
  }
  const url = localIssuerUrl(http.authorizers);
  const audience = http.authorizers.find((authorizer) => authorizer.issuer === url)?.audience[0];
  if (url === undefined || audience === undefined) return undefined;
  const issuer = await makeIssuer(url, audience, options.issuer?.people ?? [], file, onLog);
  const port = Number(new URL(url).port || 80);
  if (port === main.port) return Object.assign(issuer, { onMainPort: true });
  const own = await listen(port, onLog);
  closing.push(async () => own.close());
  own.handle(async (request, response) => issuer.answer(request, response));
  return Object.assign(issuer, { onMainPort: false });
}

function ownsPath(issuer: IssuerServer, pathname: string): boolean {
  return pathname === issuer.path || pathname.startsWith(`${issuer.path}/`);
}

/** Ids of events and requests; with an entropy they are the same in the next run. */
function idMaker(entropy: string | undefined): () => string {
  if (entropy === undefined) return randomUUID;
  let made = 0;
  return () => {
    made += 1;
    const hex = createHash('sha256').update(`${entropy}/id/${made}`).digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };
}
