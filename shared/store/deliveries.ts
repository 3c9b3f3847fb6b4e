import { Delivery, type DeliveryStatus } from '#domain/delivery/delivery.ts';
import type { Instant } from '#domain/time/time.ts';
import type { StateWrite } from './commit.ts';
import {
  lists,
  outgoingKey,
  outgoingPartitions,
  outgoingThrough,
  stateKey,
  type DueKey,
  type ListKey,
} from './keys.ts';
import { mustLoad, saved } from './records.ts';
import { load, queryPage, type Page, type StateTable } from './store.ts';

type Position = Pick<Delivery, 'status' | 'createdAt' | 'id'>;

function listed({ status, createdAt, id }: Position): ListKey {
  return { listPk: lists.deliveriesOf(status), listSk: `${createdAt}#${id}` };
}

/** Only what is still to be sent, or is being sent, has a place on the due index. */
function indexed(delivery: Delivery): ListKey & Partial<DueKey> {
  const due = delivery.next === undefined ? {} : outgoingKey(delivery.channel, delivery.next, delivery.id);
  return { ...listed(delivery), ...due };
}

/** Stores a delivery in its first version or a later one. */
export function savedDelivery(delivery: Delivery): StateWrite {
  return saved('DELIVERY', delivery, indexed(delivery));
}

/** @throws Refusal `not-found` */
export function loadDelivery(store: StateTable, id: string): Promise<Delivery> {
  return mustLoad(store, Delivery, 'DELIVERY', id);
}

export function knownDelivery(store: StateTable, id: string): Promise<Delivery | undefined> {
  return load(store, Delivery, stateKey('DELIVERY', id));
}

/** Deliveries of a status, the oldest first, from the one after `after`. */
export function deliveriesOf(
  store: StateTable,
  status: DeliveryStatus,
  limit: number,
  after?: Omit<Position, 'status'>,
): Promise<Page<Delivery>> {
  const position = after && { ...stateKey('DELIVERY', after.id), ...listed({ status, ...after }) };
  return queryPage(store, Delivery, {
    index: 'list',
    partition: lists.deliveriesOf(status),
    limit,
    ...(position === undefined ? {} : { after: position }),
  });
}

/**
 * What is to be sent on a channel by the moment, or was being sent by somebody who has died by then, the longest due first.
 * @param limit how many at most of each partition of the index
 */
export async function deliveriesDue(
  store: StateTable,
  channel: string,
  at: Instant,
  limit: number,
): Promise<Delivery[]> {
  const pages = await Promise.all(
    outgoingPartitions(channel).map((partition) =>
      queryPage(store, Delivery, { index: 'due', partition, through: outgoingThrough(at), limit }),
    ),
  );
  const moment = ({ next = at }: Delivery) => next;
  return pages
    .flatMap(({ items }) => items)
    .toSorted((a, b) => (moment(a) < moment(b) ? -1 : moment(a) > moment(b) ? 1 : 0));
}
