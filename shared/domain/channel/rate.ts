import { epochMilliseconds, later, type Instant } from '#domain/time/time.ts';
import type { ChannelKind } from './channel.ts';

interface Limit {
  readonly count: number;
  readonly seconds: number;
}

/** What each vendor takes of one robot; whoever says more is not heard for a while. Mail and webhooks have no common limit. */
const RATE_LIMITS: Readonly<Record<ChannelKind, readonly Limit[]>> = {
  mail: [],
  wecom: [{ count: 20, seconds: 60 }],
  dingtalk: [{ count: 20, seconds: 60 }],
  feishu: [
    { count: 100, seconds: 60 },
    { count: 5, seconds: 1 },
  ],
  webhook: [],
};

/** The moment from which one more may be said, as far as what was said lately goes: `at` itself when nothing is in the way. */
export function freeFrom(kind: ChannelKind, said: readonly Instant[], at: Instant): Instant {
  return RATE_LIMITS[kind].reduce((free, { count, seconds }) => {
    const hindering = said.toSorted().at(-count);
    const until = hindering === undefined ? free : later(hindering, seconds * 1000);
    return until > free ? until : free;
  }, at);
}

/** What was said lately with one more; what is too long ago to count is left out. */
export function saidAlso(kind: ChannelKind, said: readonly Instant[], at: Instant): readonly Instant[] {
  const longest = Math.max(0, ...RATE_LIMITS[kind].map(({ seconds }) => seconds));
  const since = epochMilliseconds(at) - longest * 1000;
  return [...said.filter((one) => epochMilliseconds(one) > since), at];
}

export function isLimited(kind: ChannelKind): boolean {
  return RATE_LIMITS[kind].length > 0;
}

/** How many a channel takes within a minute; undefined when nothing limits it. */
export function mostAMinute(kind: ChannelKind): number | undefined {
  const counts = RATE_LIMITS[kind].filter(({ seconds }) => seconds === 60).map(({ count }) => count);
  return counts.length === 0 ? undefined : Math.min(...counts);
}
