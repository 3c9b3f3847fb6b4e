import { Transmitter } from '#channels/transmit.ts';
import type { EventOf } from '#contracts/events.ts';
import type { Channel } from '#domain/channel/channel.ts';
import { deliveryId, newDelivery, withMessage, type Delivery } from '#domain/delivery/delivery.ts';
import { digestAfter, sendableFrom } from '#domain/delivery/hours.ts';
import { channelsFor, type PreferencesBody } from '#domain/delivery/preferences.ts';
import type { WorkingDayCalendar } from '#domain/calendar/calendar.ts';
import type { Message } from '#domain/message/message.ts';
import type { Instant } from '#domain/time/time.ts';
import { busFunction, type Handled } from '#lambda/bus.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { allChannels } from '#store/channels.ts';
import { commit, settled } from '#store/commit.ts';
import { knownDelivery, savedDelivery } from '#store/deliveries.ts';
import { countDelivered, deliver } from '#store/delivering.ts';
import { personByStaffNo } from '#store/people.ts';
import { preferencesOf } from '#store/preferences.ts';
import { openState } from '#store/store.ts';

const store = once(() => openState(environmentOf('outgoing').STATE_TABLE));
const reference = once(stateCouncilCalendar);

/** Puts each message on the channels by which its recipient hears of it, and sends at once what may not wait. */
export const handler = busFunction('outgoing', { 'message.posted': dispatch });

type Posted = Pick<Message, 'id' | 'to' | 'at' | 'urgency' | 'correlation'>;

async function dispatch(event: EventOf<'message.posted'>, telemetry: Telemetry): Promise<Handled> {
  const { to, urgency } = event.data;
  const posted = { id: event.about.id, to, at: event.time, urgency, correlation: event.correlation };
  // An installation without channels has nothing more to do: the inbox is there.
  const channels = await allChannels(store());
  const person = channels.length === 0 ? undefined : await personByStaffNo(store(), to);
  if (person === undefined) return 'done';
  const preferences = await preferencesOf(store(), to);
  const chosen = channelsFor(channels, person, preferences, urgency);
  if (chosen.length === 0) return 'done';
  const calendar = await workingDays(store(), reference());
  const handled = await settled(() => put(event.id, posted, chosen, calendar, preferences));
  if (urgency === 'immediate') {
    const first = sendableFrom(calendar, posted.at, preferences.quiet);
    await sendAtOnce(
      chosen.map(({ id }) => deliveryId(id, posted, first)),
      calendar,
      posted.at,
      telemetry,
    );
  }
  return handled;
}

/** Makes the deliveries of a message, or puts it into those of its morning, once however often its event comes. */
async function put(
  cause: string,
  posted: Posted,
  channels: readonly Channel[],
  calendar: WorkingDayCalendar,
  { quiet }: PreferencesBody,
): Promise<Handled> {
  const deliveries = await Promise.all(
    channels.map(async ({ id }) =>
      posted.urgency === 'immediate'
        ? newDelivery(id, posted, sendableFrom(calendar, posted.at, quiet))
        : ofMorning(id, posted, calendar, quiet),
    ),
  );
  const { kind } = await commit(store(), {
    at: posted.at,
    once: { consumer: 'outgoing', key: cause },
    writes: deliveries.map(savedDelivery),
    events: [],
  });
  return kind;
}

/** The delivery of the next morning that has not gone out yet, with this message in it. */
async function ofMorning(
  channel: string,
  posted: Posted,
  calendar: WorkingDayCalendar,
  quiet: PreferencesBody['quiet'],
): Promise<Delivery> {
  for (let morning = digestAfter(calendar, posted.at); ; morning = digestAfter(calendar, morning)) {
    const next = sendableFrom(calendar, morning, quiet);
    const known = await knownDelivery(store(), deliveryId(channel, posted, next));
    if (known === undefined) return newDelivery(channel, posted, next);
    if (known.status === 'queued' && known.attempts === 0) return withMessage(known, posted);
  }
}

/** What can't be sent now, or was left by a run that died, is sent by the clock. */
async function sendAtOnce(
  ids: readonly string[],
  calendar: WorkingDayCalendar,
  at: Instant,
  telemetry: Telemetry,
): Promise<void> {
  const transmitter = new Transmitter();
  const dispatcher = {
    store: store(),
    calendar,
    by: 'outgoing',
    send: transmitter.send.bind(transmitter),
  } as const;
  try {
    for (const id of ids) {
      countDelivered(await deliver(dispatcher, id, at), id, telemetry);
    }
  } finally {
    transmitter.close();
  }
}
