import * as z from 'zod';

import { addDays, dateInShanghai, later, startOfDay, weekday, type Instant } from '#domain/time/time.ts';

/** `HH:MM` of a day in Asia/Shanghai. */
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM, e.g. 21:15');

/**
 * A beacon as a policy asks for it, before there is a commitment that could name its round or day. `announced` names a
 * public source (RFC 3797) and when it publishes: ISO weekdays (Monday 1 to Sunday 7) and a time of day in Asia/Shanghai.
 */
export const WantedBeacon = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('drand') }),
  z.strictObject({
    kind: z.literal('announced'),
    source: z.string().trim().min(1).max(200),
    weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
    time: TimeOfDay,
  }),
  z.strictObject({ kind: z.literal('sealed') }),
]);
export type WantedBeacon = z.infer<typeof WantedBeacon>;

/**
 * Where a draw's randomness is to come from. The fallback is taken only before the commitment is made, when the preferred
 * kind can't be had; without one the draw waits. After the commitment nothing is ever taken instead.
 */
export const BeaconPlan = z.strictObject({ preferred: WantedBeacon, fallback: WantedBeacon.optional() });
export type BeaconPlan = z.infer<typeof BeaconPlan>;

/** Between a commitment and the announcement that decides it: an event that was held up for a while must not name one that is out. */
const ANNOUNCEMENT_LEAD_MS = 3_600_000;

/** When the source publishes next, at least an hour after the instant. */
export function nextAnnouncement(
  { weekdays, time }: Pick<Extract<WantedBeacon, { kind: 'announced' }>, 'weekdays' | 'time'>,
  at: Instant,
): Instant {
  const earliest = later(at, ANNOUNCEMENT_LEAD_MS);
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  for (let day = dateInShanghai(earliest); ; day = addDays(day, 1)) {
    const announced = later(startOfDay(day), (hours * 60 + minutes) * 60_000);
    if (announced >= earliest && weekdays.includes(weekday(day))) {
      return announced;
    }
  }
}
