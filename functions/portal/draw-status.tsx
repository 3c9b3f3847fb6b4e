import { drawLifecycle } from '#domain/draw/lifecycle.ts';
import type { DrawStatus } from '#domain/draw/draw.ts';
import { dateInShanghai, minuteOfDayInShanghai, type Instant } from '#domain/time/time.ts';

/** The state of a draw in both languages. */
export function stateOf(status: DrawStatus): string {
  return `${drawLifecycle.statuses[status]} ${status}`;
}

/** The moment on a clock in Asia/Shanghai, to the minute: `2026-03-02 09:30`. */
export function Moment({ at }: { readonly at: Instant }) {
  const minutes = minuteOfDayInShanghai(at);
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return <time dateTime={at}>{`${dateInShanghai(at)} ${hour}:${minute}`}</time>;
}
