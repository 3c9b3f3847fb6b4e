import middy from '@middy/core';
import * as z from 'zod';
import type { EventType } from '#contracts/catalogue.ts';
import type { FunctionName } from '#contracts/environment.ts';
import { MingchouEvent, type EventOf } from '#contracts/events.ts';
import { invocation } from './invocation.ts';
import { telemetryOf, type Telemetry } from './telemetry.ts';

/** What is read of an EventBridge event: the envelope is the detail. */
const BusEvent = z.object({ 'detail-type': z.string(), detail: MingchouEvent });

/** `done-before` is success: the bus delivers at least once, and the consumer's marker said that this was one more copy. */
export type Handled = 'done' | 'done-before';

export type EventHandlers = {
  readonly [T in EventType]?: (event: EventOf<T>, telemetry: Telemetry) => Promise<Handled>;
};

/** A Lambda function that consumes events of the bus. An error is thrown on, so that Lambda tries again and then puts the event aside. */
export function busFunction(name: FunctionName, handlers: EventHandlers) {
  const telemetry = telemetryOf(name);

  async function handle(raw: unknown): Promise<void> {
    const { detail } = BusEvent.parse(raw);
    telemetry.correlate(detail.correlation);
    const handled = await dispatch(name, handlers, detail, telemetry);
    telemetry.count(handled === 'done' ? 'Handled' : 'HandledBefore');
    telemetry.info(handled, { event: detail.id, type: detail.type, about: detail.about });
  }

  return middy<unknown, void>().use(invocation(telemetry)).handler(handle);
}

async function dispatch<T extends EventType>(
  name: FunctionName,
  handlers: EventHandlers,
  event: EventOf<T>,
  telemetry: Telemetry,
): Promise<Handled> {
  const handler = handlers[event.type];
  if (handler === undefined) {
    throw new TypeError(`${name} is wired to ${event.type}, which it does not handle`);
  }
  return handler(event, telemetry);
}
