import { setTimeout as sleep } from 'node:timers/promises';
import { BatchWriteCommand, type BatchWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { StateTable } from './store.ts';

/** BatchWriteItem takes 25 items a call. */
const BATCH_WRITE_LIMIT = 25;
const ATTEMPTS = 8;

type Requests = NonNullable<BatchWriteCommandInput['RequestItems']>[string];

/**
 * Puts items that nobody reads until a commit names them (pages with derived ids), or whose every put is the whole truth
 * of one library row. Running it again puts the same items again. Items that the engine hands back are put again after a pause.
 */
export async function putPages(
  store: StateTable,
  items: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  for (let from = 0; from < items.length; from += BATCH_WRITE_LIMIT) {
    let open: Requests = items
      .slice(from, from + BATCH_WRITE_LIMIT)
      .map((Item) => ({ PutRequest: { Item } }));
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
}
