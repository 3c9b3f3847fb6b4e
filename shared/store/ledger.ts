import { setTimeout as sleep } from 'node:timers/promises';
import { BatchGetCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { chain, GENESIS, LedgerEntry, type LedgerFacts } from '#domain/ledger/ledger.ts';
import { LEDGER_CHAIN, ledgerMarkerKey } from './keys.ts';
import { documents } from './store.ts';
import { pause, transact, type TransactItem } from './transaction.ts';

/** Stored rows carry the chain's name; what is parsed of them is the entry alone. */
const StoredEntry = LedgerEntry.strip();

export interface LedgerTable {
  readonly client: DynamoDBDocumentClient;
  readonly ledgerTable: string;
}

export function openLedger(ledgerTable: string): LedgerTable {
  return { client: documents(), ledgerTable };
}

/** Each event takes two items of a transaction: its entry, and the marker that it has one. */
export const APPEND_LIMIT = 50;
const APPEND_ATTEMPTS = 20;

/**
 * Appends what is not in the chain yet, in the order given, and returns how many that were. Items are only ever put where
 * there is none: a copy of this function that runs at the same time makes one of the two begin again at the new head.
 */
export async function append(ledger: LedgerTable, facts: readonly LedgerFacts[]): Promise<number> {
  // A transaction takes no two items of one key: an event that a batch holds twice would be refused for ever.
  const distinct = [...new Map(facts.map((fact) => [fact.event, fact])).values()];
  for (let attempt = 1; attempt <= APPEND_ATTEMPTS; attempt += 1) {
    const fresh = await withoutEntry(ledger, distinct);
    if (fresh.length === 0) {
      return 0;
    }
    const outcome = await transact(
      ledger.client,
      entryItems(ledger.ledgerTable, await headOf(ledger), fresh),
    );
    if (outcome.kind === 'done') {
      return fresh.length;
    }
    await sleep(pause(Math.min(attempt, 4)));
  }
  throw new Error(
    `the head of the ledger moved ${APPEND_ATTEMPTS} times while ${facts.length} entries were appended`,
  );
}

/** A page of the chain, from the entry after `after`. */
export async function entriesAfter(
  ledger: LedgerTable,
  after: number,
  limit: number,
): Promise<LedgerEntry[]> {
  const { Items } = await ledger.client.send(
    new QueryCommand({
      TableName: ledger.ledgerTable,
      KeyConditionExpression: 'chain = :chain AND seq > :after',
      ExpressionAttributeValues: { ':chain': LEDGER_CHAIN, ':after': after },
      Limit: limit,
      ConsistentRead: true,
    }),
  );
  return z.array(StoredEntry).parse(Items ?? []);
}

/** The last entries of the chain, the newest first. */
export async function lastEntries(ledger: LedgerTable, limit: number): Promise<LedgerEntry[]> {
  const { Items } = await ledger.client.send(
    new QueryCommand({
      TableName: ledger.ledgerTable,
      KeyConditionExpression: 'chain = :chain',
      ExpressionAttributeValues: { ':chain': LEDGER_CHAIN },
      ScanIndexForward: false,
      Limit: limit,
      ConsistentRead: true,
    }),
  );
  return z.array(StoredEntry).parse(Items ?? []);
}

const EntryMarker = z.object({ event: z.string(), entry: z.int().positive() });

/** BatchGetItem takes 100 keys a call. */
const BATCH_GET_LIMIT = 100;

/** Those of these events that the chain has an entry of. */
export async function enteredOf(
  ledger: LedgerTable,
  events: readonly string[],
): Promise<ReadonlySet<string>> {
  const markers = await batchGet(ledger, EntryMarker, [...new Set(events)].map(ledgerMarkerKey));
  return new Set(markers.map(({ event }) => event));
}

/** The entries of these events that the chain has, by event. */
export async function entriesOf(
  ledger: LedgerTable,
  events: readonly string[],
): Promise<ReadonlyMap<string, LedgerEntry>> {
  const markers = await batchGet(ledger, EntryMarker, [...new Set(events)].map(ledgerMarkerKey));
  const keys = markers.map(({ entry }) => ({ chain: LEDGER_CHAIN, seq: entry }));
  const entries = await batchGet(ledger, StoredEntry, keys);
  return new Map(entries.map((entry) => [entry.event, entry]));
}

async function batchGet<T extends z.ZodType>(
  ledger: LedgerTable,
  schema: T,
  keys: readonly { readonly chain: string; readonly seq: number }[],
): Promise<z.infer<T>[]> {
  const found: z.infer<T>[] = [];
  for (let from = 0; from < keys.length; from += BATCH_GET_LIMIT) {
    let open: Record<string, unknown>[] = keys.slice(from, from + BATCH_GET_LIMIT);
    while (open.length > 0) {
      const { Responses, UnprocessedKeys } = await ledger.client.send(
        new BatchGetCommand({ RequestItems: { [ledger.ledgerTable]: { Keys: open, ConsistentRead: true } } }),
      );
      found.push(...z.array(schema).parse(Responses?.[ledger.ledgerTable] ?? []));
      open = UnprocessedKeys?.[ledger.ledgerTable]?.Keys ?? [];
    }
  }
  return found;
}

/** The newest entry's number and hash; those before the first where there is none. */
export async function headOf(ledger: LedgerTable): Promise<{ readonly seq: number; readonly hash: string }> {
  const [last] = await lastEntries(ledger, 1);
  return last === undefined ? { seq: 0, hash: GENESIS } : { seq: last.seq, hash: last.hash };
}

const Marker = z.object({ event: z.string() });

async function withoutEntry(ledger: LedgerTable, facts: readonly LedgerFacts[]): Promise<LedgerFacts[]> {
  const known = new Set<string>();
  let open: Record<string, unknown>[] = facts.map((fact) => ledgerMarkerKey(fact.event));
  while (open.length > 0) {
    const { Responses, UnprocessedKeys } = await ledger.client.send(
      new BatchGetCommand({ RequestItems: { [ledger.ledgerTable]: { Keys: open, ConsistentRead: true } } }),
    );
    for (const { event } of z.array(Marker).parse(Responses?.[ledger.ledgerTable] ?? [])) {
      known.add(event);
    }
    open = UnprocessedKeys?.[ledger.ledgerTable]?.Keys ?? [];
  }
  return facts.filter((fact) => !known.has(fact.event));
}

function entryItems(
  table: string,
  after: { readonly seq: number; readonly hash: string },
  facts: readonly LedgerFacts[],
): TransactItem[] {
  let last = after;
  return facts.flatMap((fact) => {
    const entry = chain(last, fact);
    last = entry;
    return [
      putWhereNone(table, { chain: LEDGER_CHAIN, ...entry }),
      putWhereNone(table, { ...ledgerMarkerKey(fact.event), event: fact.event, entry: entry.seq }),
    ];
  });
}

function putWhereNone(table: string, item: Record<string, unknown>): TransactItem {
  return {
    Put: {
      TableName: table,
      Item: item,
      ConditionExpression: 'attribute_not_exists(#chain)',
      ExpressionAttributeNames: { '#chain': 'chain' },
    },
  };
}
