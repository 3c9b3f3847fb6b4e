import * as z from 'zod';
import { SourceMessage } from '#domain/source/source.ts';
import { epochSeconds, later } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import { receivedKey, receivedPartition, type Key } from './keys.ts';
import { putPages } from './pages.ts';
import { queryPage, type StateTable } from './store.ts';

const KEPT_DAYS = 90;

const Stored = z.object({ what: SourceMessage });

/** The row of an accepted message, for the transaction that makes its trigger. */
export function acceptedMessage(source: string, message: SourceMessage): StateWrite {
  const { key, item } = rowOf(source, message);
  return { key, item, expect: 'anything' };
}

/**
 * Keeps that a message was refused. Only what was signed by the source may come here: unsigned traffic must not fill the store.
 */
export async function noteRefusedMessage(
  store: StateTable,
  source: string,
  message: SourceMessage,
): Promise<void> {
  const { key, item } = rowOf(source, message);
  await putPages(store, [{ ...item, ...key }]);
}

/** The newest messages of a source, newest first: one query. */
export async function newestMessages(
  store: StateTable,
  source: string,
  limit: number,
): Promise<SourceMessage[]> {
  const partition = receivedPartition(source);
  const { items } = await queryPage(store, Stored, { partition, newestFirst: true, limit });
  return items.map(({ what }) => what);
}

function rowOf(
  source: string,
  what: SourceMessage,
): { readonly key: Key; readonly item: { what: SourceMessage; expires: number } } {
  return {
    key: receivedKey(source, what.at, what.message, what.outcome),
    item: { what, expires: epochSeconds(later(what.at, KEPT_DAYS * 86_400_000)) },
  };
}
