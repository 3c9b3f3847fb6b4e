import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type DynamoDB,
  QueryCommand,
  TransactWriteItemsCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { Webhook } from 'standardwebhooks';
import { bundleFolder } from '#infra/bundle.ts';
import { instantOf } from '#domain/time/time.ts';
import { commit } from '#store/commit.ts';
import { onceKey, recordPartition } from '#store/keys.ts';
import { created } from '#store/records.ts';
import { openState } from '#store/store.ts';
import { withEngine, type BenchEngine } from './engine.ts';
import { IN_FLIGHT, REQUESTS } from './figures/intake.ts';
import { interleaved, type Rounds } from './measure.ts';

const ROUNDS = 5;
const SOURCE = 'bench';
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const NOW = Date.UTC(2026, 8, 1, 1, 30);

/** Registers the source whose reports are measured. */
async function prepare(table: string): Promise<void> {
  const at = instantOf(NOW);
  const source = { id: SOURCE, version: 1, name: 'Bench', secrets: [SECRET], registeredAt: at };
  await commit(openState(table), { at, writes: [created('SOURCE', source)], events: [] });
}

async function measure({ client, table }: BenchEngine): Promise<Rounds> {
  const handler = await webhookHandler();
  const model = await modelItems(handler, client, table);
  let made = 0;
  const next = (): string => {
    made += 1;
    return `msg_${made}`;
  };
  const ids = () => Array.from({ length: REQUESTS }, next);
  // Signing is the sender's work: it is done before the clock runs.
  let reports: ReturnType<typeof eventOf>[] = [];
  return interleaved(
    async () => inFlight(ids(), async (id) => bareWrite(client, table, model, id)),
    async () => inFlight(reports, async (event) => accepted(handler, event)),
    ROUNDS,
    () => {
      reports = ids().map(eventOf);
    },
  );
}

type Handler = (event: unknown) => Promise<unknown>;
type Item = Record<string, AttributeValue>;

/** The bundle that is deployed. */
async function webhookHandler(): Promise<Handler> {
  const file = join(bundleFolder('webhook'), 'index.mjs');
  const bundle: unknown = await import(pathToFileURL(file).href);
  const handler: unknown =
    typeof bundle === 'object' && bundle !== null ? Reflect.get(bundle, 'handler') : undefined;
  if (typeof handler !== 'function') {
    throw new TypeError(`${file} exports no handler`);
  }
  return async (event) => Promise.resolve(Reflect.apply(handler, undefined, [event, CONTEXT]));
}

const CONTEXT = { awsRequestId: 'bench', functionName: 'webhook', getRemainingTimeInMillis: () => 10_000 };

/** What API Gateway hands over for a signed report. */
function eventOf(messageId: string) {
  const body = JSON.stringify({
    category: 'complaint',
    title: '餐饮店未明示最低消费',
    text: '多名群众反映，结账时才告知最低消费。',
    cohort: { territory: '410381003', industry: 'H62' },
  });
  return {
    routeKey: 'POST /webhooks/{source}',
    rawPath: `/webhooks/${SOURCE}`,
    rawQueryString: '',
    headers: {
      'content-type': 'application/json',
      'webhook-id': messageId,
      'webhook-timestamp': String(NOW / 1000),
      'webhook-signature': new Webhook(SECRET).sign(messageId, new Date(NOW), body),
    },
    pathParameters: { source: SOURCE },
    body,
    isBase64Encoded: false,
    requestContext: { requestId: messageId, timeEpoch: NOW, http: { method: 'POST' } },
  };
}

async function accepted(handler: Handler, event: unknown): Promise<string> {
  const answer = await handler(event);
  const status: unknown =
    typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'statusCode') : undefined;
  if (status !== 202) {
    throw new Error(`a report was answered with ${JSON.stringify(answer)}`);
  }
  return JSON.stringify(answer);
}

/** The three items that one report leaves: marker, trigger, event. */
async function modelItems(handler: Handler, client: DynamoDB, table: string): Promise<Item[]> {
  const answer = await accepted(handler, eventOf('msg_model'));
  const trigger = /T-[0-9a-f]+/.exec(answer)?.[0] ?? '';
  const partitions = [onceKey('webhook', trigger).pk, recordPartition('trigger', trigger)];
  const items: Item[] = [];
  for (const partition of partitions) {
    const { Items } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: partition } },
      }),
    );
    items.push(...(Items ?? []));
  }
  if (items.length !== 3) {
    throw new Error(`a report leaves ${items.length} items, not the three that are measured`);
  }
  return items;
}

async function bareWrite(client: DynamoDB, table: string, model: readonly Item[], id: string): Promise<void> {
  await client.send(
    new TransactWriteItemsCommand({
      TransactItems: model.map((item) => ({
        Put: {
          TableName: table,
          Item: { ...item, pk: { S: `${item['pk']?.S ?? ''}#${id}` } },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      })),
    }),
  );
}

/** Keeps that many requests under way until all are answered. */
async function inFlight<T>(all: readonly T[], send: (one: T) => Promise<unknown>): Promise<void> {
  const waiting = all.values();
  const lane = async () => {
    for (const one of waiting) {
      await send(one);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
}

/** What came out goes to the parent as a message. */
process.send?.(
  await withEngine('webhook', async (engine) => {
    await prepare(engine.table);
    return measure(engine);
  }),
);
