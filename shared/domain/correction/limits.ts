import { Refusal } from '#domain/refusal/refusal.ts';
import { addDays, dateInShanghai, epochSeconds, startOfDay, type Instant } from '#domain/time/time.ts';

/** Requests of the public about one publication that can wait for an answer at one time. */
export const OPEN_PER_PUBLICATION = 5;

/** How many requests of the public there are. Nobody is counted by name or address: whoever wants to evade that can, and others share one. */
export interface Asked {
  /** About this publication, not answered yet. */
  readonly open: number;
  /** About any publication, today in Asia/Shanghai. */
  readonly today: number;
}

/** @throws Refusal `too-many-requests` when one more is more than can be answered */
export function refuseFlood({ open, today }: Asked, perDay: number): void {
  if (open >= OPEN_PER_PUBLICATION) {
    throw new Refusal(
      'too-many-requests',
      `本条公示信息已有 ${open} 份更正申请待答复，请待答复后再提出 ${open} requests about this record wait for an answer; ask again when they have been answered.`,
    );
  }
  if (today >= perDay) {
    throw new Refusal(
      'too-many-requests',
      `今日更正申请已达 ${perDay} 份上限，请明日再提出 The ${perDay} requests that are taken in a day were made; ask again tomorrow.`,
    );
  }
}

/** Seconds until the next day of Asia/Shanghai begins, for Retry-After (RFC 9110). */
export function secondsToTomorrow(at: Instant): number {
  return epochSeconds(startOfDay(addDays(dateInShanghai(at), 1))) - epochSeconds(at);
}
