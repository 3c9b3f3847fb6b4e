import { setTimeout as sleep } from 'node:timers/promises';
import { Transmitter } from '#channels/transmit.ts';
import type { Channel } from '#domain/channel/channel.ts';
import { mostAMinute } from '#domain/channel/rate.ts';
import { isLost } from '#domain/delivery/delivery.ts';
import { sendableFrom } from '#domain/delivery/hours.ts';
import { epochMilliseconds, later, type Instant } from '#domain/time/time.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { scheduleFunction } from '#lambda/schedule.ts';
import type { Telemetry } from '#lambda/telemetry.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { allChannels } from '#store/channels.ts';
import { deliveriesDue } from '#store/deliveries.ts';
import { countDelivered, deliver, deliverLost, type Dispatcher } from '#store/delivering.ts';
import { openState } from '#store/store.ts';

const store = once(() => openState(environmentOf('delivery').STATE_TABLE));
const reference = once(stateCouncilCalendar);

/** Deliveries of one run from each partition of a channel: as many as it can send before its time is up. */
const DUE_A_RUN = 250;
/** A channel that failed so often without a break is left alone until the next run. */
const FAILURES_A_RUN = 5;
/** A robot that may be told more within that time is waited for. */
const PATIENCE_MS = 1_000;

export const handler = scheduleFunction('delivery', sendDue);

/**
 * Sends what is due, and ends the attempts over which a sender has died. It looks only at what is due; each channel is told one
 * thing after another, and a slow one keeps no other waiting.
 */
async function sendDue(at: Instant, telemetry: Telemetry): Promise<void> {
  const calendar = await workingDays(store(), reference());
  if (sendableFrom(calendar, at) > at) return;
  const channels = await allChannels(store());
  if (channels.length === 0) return;
  const transmitter = new Transmitter();
  const dispatcher = {
    store: store(),
    calendar,
    by: 'delivery',
    send: transmitter.send.bind(transmitter),
  } as const;
  try {
    await Promise.all(channels.map((channel) => sendOn(dispatcher, channel, at, telemetry)));
  } finally {
    transmitter.close();
  }
}

/** What is due on one channel, as much of it as the channel may be told. The rest stays due, and is met by the next run. */
async function sendOn(
  dispatcher: Dispatcher,
  { id, settings }: Channel,
  at: Instant,
  telemetry: Telemetry,
): Promise<void> {
  const due = await deliveriesDue(store(), id, at, mostAMinute(settings.kind) ?? DUE_A_RUN);
  let failures = 0;
  let now = at;
  for (const delivery of due) {
    if (isLost(delivery, at)) {
      countDelivered(await deliverLost(dispatcher, delivery.id, at), delivery.id, telemetry);
      continue;
    }
    let delivered = await deliver(dispatcher, delivery.id, now);
    if (delivered.kind === 'full') {
      const wait = epochMilliseconds(delivered.until) - epochMilliseconds(now);
      if (wait > PATIENCE_MS) return;
      // Time that has been slept through has passed, whatever the event's own time was.
      await sleep(wait);
      now = later(now, wait);
      delivered = await deliver(dispatcher, delivery.id, now);
    }
    countDelivered(delivered, delivery.id, telemetry);
    const failed = delivered.kind === 'waiting' || delivered.kind === 'doubtful';
    failures = failed ? failures + 1 : 0;
    if (failures === FAILURES_A_RUN) return;
  }
}
