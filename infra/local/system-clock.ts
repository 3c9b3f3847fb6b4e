import { type Instant, instantOf } from '#domain/time/time.ts';

/** The machine's own clock. The only place of the local runner that asks it. */
export const systemClock = {
  milliseconds(): number {
    return Date.now();
  },
  now(): Instant {
    return instantOf(Date.now());
  },
} as const;
