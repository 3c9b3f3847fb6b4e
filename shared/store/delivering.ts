import { newEvent, type MingchouEvent } from '#contracts/events.ts';
import type { FunctionName } from '#contracts/environment.ts';
import type { WorkingDayCalendar } from '#domain/calendar/calendar.ts';
import { deduplicates, type Channel } from '#domain/channel/channel.ts';
import {
  abandoned,
  attempted,
  concluded,
  isDue,
  isLost,
  lost,
  postponed,
  type Delivery,
  type DeliveryStatus,
} from '#domain/delivery/delivery.ts';
import { sendableFrom } from '#domain/delivery/hours.ts';
import type { Outcome } from '#domain/delivery/outcome.ts';
import { parcelOf, type Parcel } from '#domain/delivery/parcel.ts';
import type { Instant } from '#domain/time/time.ts';
import { channelById, slotOf } from './channels.ts';
import { commit, settled, type StateWrite } from './commit.ts';
import { loadDelivery, savedDelivery } from './deliveries.ts';
import { messagesAt } from './messages.ts';
import { personByStaffNo } from './people.ts';
import { preferencesOf } from './preferences.ts';
import type { StateTable } from './store.ts';

/** What whoever sends brings along. */
export interface Dispatcher {
  readonly store: StateTable;
  readonly calendar: WorkingDayCalendar;
  /** The function that sends. */
  readonly by: FunctionName;
  /** Hands a parcel to a channel; whatever goes wrong is an outcome. */
  readonly send: (channel: Channel, parcel: Parcel, at: Instant) => Promise<Outcome>;
}

/** What one look at a delivery came to: its status now, that it was not due, or from when on the channel may be told more. */
type Delivered =
  | { readonly kind: DeliveryStatus }
  | { readonly kind: 'not-due' }
  | { readonly kind: 'full'; readonly until: Instant };

/**
 * Sends a delivery that is due: first the attempt is written down, then the channel is told, then what came of it is written.
 * Whoever dies in between leaves an attempt that nobody ends, and the record says so (see `deliverLost`); whoever comes second
 * finds it begun.
 */
export async function deliver(dispatcher: Dispatcher, id: string, at: Instant): Promise<Delivered> {
  const begun = await settled(() => begin(dispatcher, id, at));
  if (begun.kind !== 'begun') return begun;
  const { delivery, channel, parcel, sendable } = begun;
  const outcome = await dispatcher.send(channel, parcel, at);
  const status = await settled(() =>
    write(dispatcher, id, at, (known) => concluded(known, delivery.attempts, outcome, at, sendable)),
  );
  return { kind: status };
}

/** Ends an attempt of which nobody has heard again, as far as the channel lets it end. */
export async function deliverLost(dispatcher: Dispatcher, id: string, at: Instant): Promise<Delivered> {
  const found = await loadDelivery(dispatcher.store, id);
  if (!isLost(found, at)) return { kind: 'not-due' };
  const channel = await channelById(dispatcher.store, found.channel);
  const sendable = await sendableTo(dispatcher, found.to);
  const safe = channel !== undefined && deduplicates(channel);
  return { kind: await settled(() => write(dispatcher, id, at, (known) => lost(known, at, safe, sendable))) };
}

interface Begun {
  readonly kind: 'begun';
  readonly delivery: Delivery;
  readonly channel: Channel;
  readonly parcel: Parcel;
  readonly sendable: (from: Instant) => Instant;
}

async function begin(dispatcher: Dispatcher, id: string, at: Instant): Promise<Begun | Delivered> {
  const { store } = dispatcher;
  const found = await loadDelivery(store, id);
  if (!isDue(found, at)) return { kind: 'not-due' };
  const [channel, person] = await Promise.all([
    channelById(store, found.channel),
    personByStaffNo(store, found.to),
  ]);
  if (channel?.enabled !== true || person === undefined) {
    const why =
      person === undefined
        ? `${found.to} 不在人员库中 is not in the people library.`
        : `渠道 ${found.channel} 已停用 The channel is switched off.`;
    const status = await write(dispatcher, id, at, (known) =>
      isDue(known, at) ? abandoned(known, at, why) : undefined,
    );
    return { kind: status };
  }
  const sendable = await sendableTo(dispatcher, found.to);
  const moment = sendable(at);
  if (moment > at) {
    const status = await write(dispatcher, id, at, (known) =>
      isDue(known, at) ? postponed(known, moment) : undefined,
    );
    return { kind: status };
  }
  const slot = await slotOf(store, channel.id, channel.settings.kind, at);
  if (slot.kind === 'full') return slot;
  const { language } = await preferencesOf(store, found.to);
  const messages = await messagesAt(store, found.to, found.messages);
  // What can't be put into words fails here, before the attempt: nothing is in doubt.
  const parcel = parcelOf(found, person, messages, language);
  const delivery = attempted(found, at);
  await commit(store, { at, writes: [savedDelivery(delivery), ...slot.writes], events: [] });
  return { kind: 'begun', delivery, channel, parcel, sendable };
}

async function sendableTo({ store, calendar }: Dispatcher, staffNo: string) {
  const { quiet } = await preferencesOf(store, staffNo);
  return (from: Instant): Instant => sendableFrom(calendar, from, quiet);
}

/** Writes what follows from the stored record, with the event that tells of it; its status when nothing follows any more. */
async function write(
  { store, by }: Dispatcher,
  id: string,
  at: Instant,
  follows: (known: Delivery) => Delivery | undefined,
): Promise<DeliveryStatus> {
  const known = await loadDelivery(store, id);
  const next = follows(known);
  if (next === undefined) return known.status;
  const writes: StateWrite[] = [savedDelivery(next)];
  await commit(store, { at, writes, events: toldOf(next, by, at) });
  return next.status;
}

/** An attempt that will be made again is the record's own business. What a channel said stands in the record alone: it may hold somebody's address. */
function toldOf(delivery: Delivery, by: FunctionName, at: Instant): MingchouEvent[] {
  const { id, version, correlation, channel, to, attempts, messages, unlisted } = delivery;
  const facts = {
    time: at,
    about: { kind: 'delivery' as const, id, version },
    correlation,
    causation: `${id}/${attempts}`,
    actor: { kind: 'function' as const, id: by },
    data: { channel, to, attempts, messages: messages.length + unlisted },
  };
  if (delivery.status === 'delivered') return [newEvent('delivery.delivered', facts)];
  if (delivery.status === 'dead') return [newEvent('delivery.dead', facts)];
  return delivery.status === 'doubtful' ? [newEvent('delivery.doubtful', facts)] : [];
}

/** The part of a function's telemetry that tells how deliveries go. */
interface Counting {
  readonly count: (name: 'MessagesDelivered' | 'DeliveriesRepeated' | 'DeliveriesStuck') => void;
  readonly warn: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

/** Counts what a look at a delivery came to. What is stuck is the count that an alarm watches. */
export function countDelivered(delivered: Delivered, id: string, telemetry: Counting): void {
  if (delivered.kind === 'delivered') telemetry.count('MessagesDelivered');
  if (delivered.kind === 'waiting') telemetry.count('DeliveriesRepeated');
  if (delivered.kind === 'dead' || delivered.kind === 'doubtful') {
    telemetry.count('DeliveriesStuck');
    telemetry.warn('a delivery needs a person', { delivery: id, status: delivered.kind });
  }
}
