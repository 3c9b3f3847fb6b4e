import middy from '@middy/core';
import * as z from 'zod';
import type { FunctionName } from '#contracts/environment.ts';
import { instantOf, type Instant } from '#domain/time/time.ts';
import { invocation } from './invocation.ts';
import { telemetryOf, type Telemetry } from './telemetry.ts';

const ScheduledEvent = z.object({ 'detail-type': z.literal('Scheduled Event'), time: z.string() });

/** A Lambda function on a schedule. Its time is the event's: a run that starts late still does the work of its hour. */
export function scheduleFunction(
  name: FunctionName,
  run: (at: Instant, telemetry: Telemetry) => Promise<void>,
) {
  const telemetry = telemetryOf(name);

  return middy<unknown, void>()
    .use(invocation(telemetry))
    .handler(async (raw) => run(instantOf(Date.parse(ScheduledEvent.parse(raw).time)), telemetry));
}
