import { setTimeout as sleep } from 'node:timers/promises';
import { TransactionCanceledException, type CancellationReason } from '@aws-sdk/client-dynamodb';
import {
  TransactWriteCommand,
  type DynamoDBDocumentClient,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';

/** TransactWriteItems takes 100 items. A bigger step writes pages with derived ids first and ends with one commit. */
export const TRANSACTION_LIMIT = 100;
const ATTEMPTS = 6;

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Done, or which items' conditions did not hold, by their places. */
export type TransactOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'condition-failed'; readonly reasons: readonly CancellationReason[] };

/**
 * Writes all of the items or none; the only place that does. Contention with another transaction and throttling are
 * tried again after a pause, since the same transaction may pass a moment later.
 * @throws RangeError above the limit; the engine's error when it stays contended or fails otherwise.
 */
export async function transact(
  client: DynamoDBDocumentClient,
  items: TransactItem[],
): Promise<TransactOutcome> {
  if (items.length > TRANSACTION_LIMIT) {
    throw new RangeError(
      `a transaction of ${items.length} items is above the ${TRANSACTION_LIMIT} that one takes`,
    );
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: items }));
      return { kind: 'done' };
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) {
        throw error;
      }
      const reasons = error.CancellationReasons ?? [];
      if (reasons.some((reason) => reason.Code === 'ConditionalCheckFailed')) {
        return { kind: 'condition-failed', reasons };
      }
      if (attempt === ATTEMPTS) {
        throw error;
      }
      await sleep(pause(attempt));
    }
  }
}

/** Milliseconds before the next attempt: doubling, with jitter so that two contenders don't meet again. */
export function pause(attempt: number): number {
  return 2 ** attempt * 10 * (0.5 + Math.random() / 2);
}
