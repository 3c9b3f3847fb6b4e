import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { EVENT_SOURCE } from '#contracts/events.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { streamFunction, type OutboxEntry } from '#lambda/stream.ts';
import type { Telemetry } from '#lambda/telemetry.ts';

/** PutEvents takes 10 entries a call. */
const PUT_EVENTS_LIMIT = 10;

const bus = once(() => ({ client: new EventBridgeClient(), name: environmentOf('relay').EVENT_BUS }));

/** Carries the outbox to the bus. It is the only caller of PutEvents: what is on the bus was committed before. */
export const handler = streamFunction('relay', relay);

async function relay(
  entries: readonly OutboxEntry[],
  telemetry: Telemetry,
): Promise<OutboxEntry | undefined> {
  for (let from = 0; from < entries.length; from += PUT_EVENTS_LIMIT) {
    const rejected = await put(entries.slice(from, from + PUT_EVENTS_LIMIT), telemetry);
    if (rejected !== undefined) {
      return rejected;
    }
  }
  return undefined;
}

/**
 * The first entry that the bus did not take. PutEvents answers 200 with failures inside: an answer whose entries are
 * not looked at loses events on the first throttling.
 */
async function put(entries: readonly OutboxEntry[], telemetry: Telemetry): Promise<OutboxEntry | undefined> {
  const { client, name } = bus();
  const answer = await client.send(
    new PutEventsCommand({
      Entries: entries.map(({ event }) => ({
        EventBusName: name,
        Source: EVENT_SOURCE,
        DetailType: event.type,
        Time: new Date(event.time),
        Resources: [],
        Detail: JSON.stringify(event),
      })),
    }),
  );
  const failed = entries.findIndex((_, at) => answer.Entries?.[at]?.EventId === undefined);
  telemetry.count('Relayed', failed === -1 ? entries.length : failed);
  if (failed === -1) {
    return undefined;
  }
  telemetry.count('RelayRejected');
  telemetry.warn('the bus rejected an event', {
    event: entries[failed]?.event.id,
    code: answer.Entries?.[failed]?.ErrorCode,
  });
  return entries[failed];
}
