import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Key } from './keys.ts';
import { pause } from './transaction.ts';

/** The state table: records, their events (the outbox), once-markers, pages. Made once per function, at its first invocation. */
export interface StateTable {
  readonly client: DynamoDBDocumentClient;
  readonly stateTable: string;
}

/** Opens the table with the SDK's own settings: region, credentials and endpoint come from its environment variables. */
export function openState(stateTable: string): StateTable {
  return { client: documents(), stateTable };
}

/** A client that reads and writes plain values. Members that are undefined are left out, as JSON does. */
export function documents(): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient(), {
    marshallOptions: { removeUndefinedValues: true },
  });
}

/** One record by its key, read consistently, parsed; undefined when there is none. */
export async function load<T extends z.ZodType>(
  store: StateTable,
  schema: T,
  key: Key,
): Promise<z.infer<T> | undefined> {
  const { Item } = await store.client.send(
    new GetCommand({ TableName: store.stateTable, Key: key, ConsistentRead: true }),
  );
  return Item === undefined ? undefined : schema.parse(Item);
}

/** Attempts until the pause between two reads stops growing, at about half a second. */
const LONGEST_PAUSE = 6;

/** BatchGetItem takes 100 keys a call. */
const BATCH_GET_LIMIT = 100;

/** Calls of one `loadMany` in flight. */
const GETS_IN_FLIGHT = 4;

/**
 * Many records by their keys, parsed, in no order; those that do not exist are absent.
 * @param fields the attributes to read; all of them when absent
 */
export async function loadMany<T extends z.ZodType>(
  store: StateTable,
  schema: T,
  keys: readonly Key[],
  fields?: readonly string[],
): Promise<z.infer<T>[]> {
  const found: z.infer<T>[][] = [];
  const batches = Array.from({ length: Math.ceil(keys.length / BATCH_GET_LIMIT) }, (_, at) =>
    keys.slice(at * BATCH_GET_LIMIT, (at + 1) * BATCH_GET_LIMIT),
  );
  for (let from = 0; from < batches.length; from += GETS_IN_FLIGHT) {
    found.push(
      ...(await Promise.all(
        batches.slice(from, from + GETS_IN_FLIGHT).map((batch) => loadBatch(store, schema, batch, fields)),
      )),
    );
  }
  return found.flat();
}

/** Keys that the engine hands back unprocessed are asked for again. */
async function loadBatch<T extends z.ZodType>(
  store: StateTable,
  schema: T,
  keys: readonly Key[],
  fields: readonly string[] = [],
): Promise<z.infer<T>[]> {
  const found: z.infer<T>[] = [];
  const projection =
    fields.length === 0
      ? {}
      : {
          ProjectionExpression: fields.map((_, place) => `#f${place}`).join(', '),
          ExpressionAttributeNames: Object.fromEntries(fields.map((field, place) => [`#f${place}`, field])),
        };
  let open = keys;
  for (let attempt = 1; open.length > 0;) {
    const answer = await store.client.send(
      new BatchGetCommand({
        RequestItems: { [store.stateTable]: { Keys: [...open], ConsistentRead: true, ...projection } },
      }),
    );
    found.push(...z.array(schema).parse(answer.Responses?.[store.stateTable] ?? []));
    const unprocessed = z.array(KeyShape).parse(answer.UnprocessedKeys?.[store.stateTable]?.Keys ?? []);
    open = unprocessed;
    if (open.length > 0) {
      await sleep(pause(attempt));
      attempt = Math.min(attempt + 1, LONGEST_PAUSE);
    }
  }
  return found;
}

const KeyShape = z.object({ pk: z.string(), sk: z.string() });

/** What one reading found of records of several kinds; each is parsed by whoever knows of which kind it is. */
export interface Found {
  /** The record of a key that was read, parsed; undefined when there is none. */
  readonly one: <T extends z.ZodType>(schema: T, key: Key) => z.infer<T> | undefined;
  /** Those of the keys that there are, in their order. */
  readonly all: <T extends z.ZodType>(schema: T, keys: readonly Key[]) => z.infer<T>[];
}

/** Records of several kinds by their keys, each read once, however often it is named: a request for each hundred, whatever their kinds. */
export async function loadTogether(store: StateTable, keys: readonly Key[]): Promise<Found> {
  const distinct = [...new Map(keys.map((key) => [nameOf(key), key])).values()];
  const rows = await loadMany(store, z.looseObject(KeyShape.shape), distinct);
  const found = new Map(rows.map((row) => [nameOf(row), row]));
  const one: Found['one'] = (schema, key) => {
    const row = found.get(nameOf(key));
    return row === undefined ? undefined : schema.parse(row);
  };
  return {
    one,
    all: (schema, wanted) =>
      wanted.filter((key) => found.has(nameOf(key))).map((key) => schema.parse(found.get(nameOf(key)))),
  };
}

function nameOf({ pk, sk }: Key): string {
  return `${pk}\n${sk}`;
}

/** A query by key on the table or an index. The sort key is bounded by `prefix`, or by `from` and `through`, both of which are included. */
export interface KeyQuery {
  readonly index?: 'list' | 'cohort' | 'due';
  readonly partition: string;
  readonly prefix?: string;
  readonly from?: string;
  readonly through?: string;
  /** The attributes to read; all of them when absent. */
  readonly fields?: readonly string[];
  readonly newestFirst?: boolean;
  readonly limit?: number;
  /** Continue after this position, as the page before gave it. */
  readonly after?: Record<string, unknown>;
}

const keyNames = {
  table: { pk: 'pk', sk: 'sk' },
  list: { pk: 'listPk', sk: 'listSk' },
  cohort: { pk: 'cohortPk', sk: 'cohortSk' },
  due: { pk: 'duePk', sk: 'dueSk' },
} as const;

export interface Page<T> {
  readonly items: T[];
  readonly next?: Record<string, unknown>;
}

/** One page of a query, parsed. `next` is there when more may follow. */
export async function queryPage<T extends z.ZodType>(
  store: StateTable,
  schema: T,
  query: KeyQuery,
): Promise<Page<z.infer<T>>> {
  const names = keyNames[query.index ?? 'table'];
  const { condition, bounds } = rangeOf(query);
  const fields = query.fields ?? [];
  const answer = await store.client.send(
    new QueryCommand({
      TableName: store.stateTable,
      ...(query.index === undefined ? { ConsistentRead: true } : { IndexName: query.index }),
      KeyConditionExpression: `#pk = :pk${condition}`,
      ExpressionAttributeNames: {
        '#pk': names.pk,
        ...(condition === '' ? {} : { '#sk': names.sk }),
        ...Object.fromEntries(fields.map((field, place) => [`#f${place}`, field])),
      },
      ExpressionAttributeValues: {
        ':pk': query.partition,
        ...bounds,
      },
      ...(fields.length === 0
        ? {}
        : { ProjectionExpression: fields.map((_, place) => `#f${place}`).join(', ') }),
      ScanIndexForward: query.newestFirst !== true,
      Limit: query.limit,
      ExclusiveStartKey: query.after,
    }),
  );
  return {
    items: z.array(schema).parse(answer.Items ?? []),
    ...(answer.LastEvaluatedKey === undefined ? {} : { next: answer.LastEvaluatedKey }),
  };
}

function rangeOf({ prefix, from, through }: KeyQuery): {
  readonly condition: string;
  readonly bounds: Readonly<Record<string, string>>;
} {
  if (prefix !== undefined) return { condition: ' AND begins_with(#sk, :sk)', bounds: { ':sk': prefix } };
  if (from !== undefined && through !== undefined) {
    return { condition: ' AND #sk BETWEEN :sk AND :through', bounds: { ':sk': from, ':through': through } };
  }
  if (from !== undefined) return { condition: ' AND #sk >= :sk', bounds: { ':sk': from } };
  if (through !== undefined) return { condition: ' AND #sk <= :sk', bounds: { ':sk': through } };
  return { condition: '', bounds: {} };
}

/** Every record of a query, page after page. For what is bounded by nature: a unit's inspectors, a draw's pages. */
export async function queryAll<T extends z.ZodType>(
  store: StateTable,
  schema: T,
  query: KeyQuery,
): Promise<z.infer<T>[]> {
  const items: z.infer<T>[] = [];
  let after = query.after;
  do {
    const page = await queryPage(store, schema, { ...query, ...(after === undefined ? {} : { after }) });
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}
