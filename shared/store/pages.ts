import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { BatchWriteCommand, type BatchWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { PAGE_PREFIX, pageKey } from './keys.ts';
import { queryPage, type StateTable } from './store.ts';

/** BatchWriteItem takes 25 items a call. */
const BATCH_WRITE_LIMIT = 25;
const ATTEMPTS = 8;

type Requests = NonNullable<BatchWriteCommandInput['RequestItems']>[string];

/** Batches in flight: enough to hide the engine's latency, few enough that one import does not throttle everyone else. */
const IN_FLIGHT = 6;

/**
 * Puts items of which each is true by itself: pages with derived ids that nobody reads until a commit names them, and rows
 * of a library that are the whole truth of their records (docs/decisions/0005). Running it again puts the same items again.
 * Items that the engine hands back are put again after a pause.
 */
export async function putPages(
  store: StateTable,
  items: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const batches = Array.from({ length: Math.ceil(items.length / BATCH_WRITE_LIMIT) }, (_, at) =>
    items.slice(at * BATCH_WRITE_LIMIT, (at + 1) * BATCH_WRITE_LIMIT),
  );
  for (let from = 0; from < batches.length; from += IN_FLIGHT) {
    await Promise.all(batches.slice(from, from + IN_FLIGHT).map((batch) => putBatch(store, batch)));
  }
}

async function putBatch(
  store: StateTable,
  items: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  let open: Requests = items.map((Item) => ({ PutRequest: { Item } }));
  for (let attempt = 1; open.length > 0; attempt += 1) {
    if (attempt > ATTEMPTS) {
      throw new Error(`${open.length} items were not taken by the table in ${ATTEMPTS} attempts`);
    }
    const answer = await store.client.send(
      new BatchWriteCommand({ RequestItems: { [store.stateTable]: open } }),
    );
    open = answer.UnprocessedItems?.[store.stateTable] ?? [];
    if (open.length > 0) {
      await sleep(2 ** attempt * 10);
    }
  }
}

/** Pages that one query asks for. */
const PAGES_A_QUERY = 8;

/** The pages of a partition in their order, parsed, from page `first` (from 0) on; never more than `count` or eight in memory. */
export async function* pagesOf<T extends z.ZodType>(
  store: StateTable,
  partition: string,
  schema: T,
  { first, count }: { readonly first: number; readonly count: number } = { first: 0, count: Infinity },
): AsyncGenerator<z.infer<T>> {
  let after: Record<string, unknown> | undefined =
    first === 0 ? undefined : { ...pageKey(partition, first - 1) };
  do {
    const found = await queryPage(store, schema, {
      partition,
      prefix: PAGE_PREFIX,
      limit: Math.min(PAGES_A_QUERY, count),
      ...(after === undefined ? {} : { after }),
    });
    yield* found.items;
    after = found.next;
  } while (after !== undefined);
}
