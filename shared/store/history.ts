import * as z from 'zod';
import type { AggregateKind } from '#contracts/catalogue.ts';
import { MingchouEvent } from '#contracts/events.ts';
import { EVENT_PREFIX, recordPartition } from './keys.ts';
import { queryAll, type StateTable } from './store.ts';

/** A row of the outbox, as it stands beside the record that it tells of. */
export const Outbox = z.object({ event: MingchouEvent });

/** Every event of one record, in the order of its versions: the outbox items stay and are the audit trail. */
export async function historyOf(
  store: StateTable,
  kind: AggregateKind,
  id: string,
): Promise<MingchouEvent[]> {
  const items = await queryAll(store, Outbox, {
    partition: recordPartition(kind, id),
    prefix: EVENT_PREFIX,
  });
  return items.map((item) => item.event);
}
