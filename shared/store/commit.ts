import { setTimeout as sleep } from 'node:timers/promises';
import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { MingchouEvent } from '#contracts/events.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { epochSeconds, later, type Instant } from '#domain/time/time.ts';
import { eventKey, onceKey, type Key } from './keys.ts';
import { load, type StateTable } from './store.ts';
import { pause, transact, type TransactItem } from './transaction.ts';

/**
 * This file alone makes things true. State, the events that tell of it and the marker that keeps it from happening twice
 * go into one transaction: after a crash there is all of it or nothing. The relay carries the events on from the stream.
 */
export interface Commit {
  readonly at: Instant;
  /** The delivery that this answers. A second one with the same key changes nothing and gets the first answer. */
  readonly once?: OnceMarker | undefined;
  readonly writes: readonly StateWrite[];
  /** Added to counters in the same transaction: whoever is late finds a version changed, and adds nothing twice. */
  readonly increments?: readonly Increment[] | undefined;
  readonly events: readonly MingchouEvent[];
}

/** What is added to a counter record, which is made when it is not there. Several for one record are added up. */
export interface Increment {
  readonly key: Key;
  /** What the record is about: the same every time. */
  readonly item: Readonly<Record<string, string>>;
  readonly add: Readonly<Record<string, number>>;
}

export interface OnceMarker extends MarkerFacts {
  /** The function's folder, so that two consumers of one event don't take each other's mark. */
  readonly consumer: string;
  readonly key: string;
}

interface MarkerFacts {
  /** Given again to whoever delivers the same thing again. */
  readonly answer?: string | undefined;
  /** Tells a repeated delivery from another message under a used id. */
  readonly fingerprint?: string | undefined;
}

/** A record to store, and what must be true of the stored one: its version, its digest, or that there is none; nothing of a row that only ever tells the latest. */
export interface StateWrite {
  readonly key: Key;
  readonly item: Readonly<Record<string, unknown>>;
  readonly expect:
    | 'absent'
    | 'anything'
    | { readonly version: number }
    | { readonly digest: string | undefined };
  /** What always goes with it: where else it is listed, and what it counts for. Whoever changes the record can't forget them. */
  readonly beside?: readonly StateWrite[] | undefined;
  readonly increments?: readonly Increment[] | undefined;
}

export type CommitOutcome = { readonly kind: 'done' } | ({ readonly kind: 'done-before' } & MarkerFacts);

/** Longer than any retry of the bus (24 h), of the stream (24 h) and of a patient sender. */
const MARKER_DAYS = 400;
const CONFLICT_ATTEMPTS = 8;

/**
 * Writes all of it or nothing.
 * @throws Refusal `version-conflict` when a record is not as expected: someone else was faster, or it exists already.
 */
export async function commit(store: StateTable, change: Commit): Promise<CommitOutcome> {
  const whole = { ...change, writes: change.writes.flatMap((write) => [write, ...(write.beside ?? [])]) };
  const outcome = await transact(store.client, transactItems(store.stateTable, whole));
  return outcome.kind === 'done' ? outcome : whyRefused(outcome.reasons, whole);
}

/**
 * Runs a step that loads, decides and commits, again from its loading when another writer was faster. For steps that
 * meet on a shared record by nature: a year's counter, a deadline that the sweep looks at in the same second.
 */
export async function settled<T>(step: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await step();
    } catch (error) {
      if (
        !(error instanceof Refusal) ||
        error.reason !== 'version-conflict' ||
        attempt === CONFLICT_ATTEMPTS
      ) {
        throw error;
      }
      await sleep(pause(attempt));
    }
  }
}

const StoredMarker = z.object({ answer: z.string().optional(), fingerprint: z.string().optional() });

/** What was answered to this delivery before, if it was. */
export function answeredBefore(
  store: StateTable,
  consumer: string,
  key: string,
): Promise<MarkerFacts | undefined> {
  return load(store, StoredMarker, onceKey(consumer, key));
}

/** The marker comes first: its place tells it apart among the reasons of a refused transaction. */
function transactItems(table: string, { at, once, writes, increments = [], events }: Commit): TransactItem[] {
  return [
    ...(once === undefined ? [] : [putIfAbsent(table, markerItem(once, at))]),
    ...writes.map((write) => stateItem(table, write)),
    ...summed([...increments, ...writes.flatMap((write) => write.increments ?? [])]).map((increment) =>
      incrementItem(table, increment),
    ),
    ...events.map((event) => putIfAbsent(table, { ...eventKey(event.about, event.id), event })),
  ];
}

function markerItem(
  { consumer, key, answer, fingerprint }: OnceMarker,
  at: Instant,
): Record<string, unknown> {
  return {
    ...onceKey(consumer, key),
    answer,
    fingerprint,
    expires: epochSeconds(later(at, MARKER_DAYS * 86_400_000)),
  };
}

function putIfAbsent(table: string, item: Record<string, unknown>): TransactItem {
  return {
    Put: {
      TableName: table,
      Item: item,
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

function stateItem(table: string, { key, item, expect }: StateWrite): TransactItem {
  return { Put: { TableName: table, Item: { ...item, ...key }, ...conditionOf(expect) } };
}

/** Two records that count in one place: the engine takes an item once in a transaction. */
function summed(increments: readonly Increment[]): Increment[] {
  const sums = new Map<string, { readonly increment: Increment; readonly add: Record<string, number> }>();
  for (const increment of increments) {
    const id = `${increment.key.pk}\n${increment.key.sk}`;
    const sum = sums.get(id) ?? { increment, add: {} };
    for (const [name, value] of Object.entries(increment.add)) sum.add[name] = (sum.add[name] ?? 0) + value;
    sums.set(id, sum);
  }
  return [...sums.values()].map(({ increment, add }) => ({ ...increment, add }));
}

function incrementItem(table: string, { key, item, add }: Increment): TransactItem {
  const set = Object.entries(item);
  const added = Object.entries(add);
  return {
    Update: {
      TableName: table,
      Key: key,
      UpdateExpression: [
        ...(set.length === 0 ? [] : [`SET ${set.map((_, at) => `#s${at} = :s${at}`).join(', ')}`]),
        `ADD ${added.map((_, at) => `#a${at} :a${at}`).join(', ')}`,
      ].join(' '),
      ExpressionAttributeNames: Object.fromEntries([
        ...set.map(([name], at) => [`#s${at}`, name]),
        ...added.map(([name], at) => [`#a${at}`, name]),
      ]),
      ExpressionAttributeValues: Object.fromEntries([
        ...set.map(([, value], at) => [`:s${at}`, value]),
        ...added.map(([, value], at) => [`:a${at}`, value]),
      ]),
    },
  };
}

function conditionOf(expect: StateWrite['expect']) {
  if (expect === 'anything') return {};
  if (expect === 'absent') return { ConditionExpression: 'attribute_not_exists(pk)' };
  if ('version' in expect) return equal('version', expect.version);
  return expect.digest === undefined
    ? { ConditionExpression: 'attribute_not_exists(digest)' }
    : equal('digest', expect.digest);
}

function equal(attribute: string, value: string | number) {
  return {
    ConditionExpression: '#is = :expected',
    ExpressionAttributeNames: { '#is': attribute },
    ExpressionAttributeValues: { ':expected': value },
  };
}

function whyRefused(reasons: readonly CancellationReason[], change: Commit): CommitOutcome {
  const failed = reasons.map((reason) => reason.Code === 'ConditionalCheckFailed');
  if (change.once !== undefined && failed[0] === true) {
    return { kind: 'done-before', ...StoredMarker.parse(unmarshall(reasons[0]?.Item ?? {})) };
  }
  const firstWrite = change.once === undefined ? 0 : 1;
  const conflicting = change.writes.find((_, at) => failed[firstWrite + at] === true);
  const what = conflicting?.key.pk ?? 'This event';
  throw new Refusal(
    'version-conflict',
    `${what} 已被他人更改或已存在，请重新读取后再试 was changed by someone else or exists already; read it again and retry.`,
  );
}
