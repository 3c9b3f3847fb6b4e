import { dateInShanghai, minuteOfDayInShanghai, type Instant } from '#domain/time/time.ts';
import { Badge } from './list.tsx';

/** An instant as the clock of Shanghai shows it. */
export function clockTime(at: Instant): string {
  const minutes = minuteOfDayInShanghai(at);
  return `${dateInShanghai(at)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** An instant for people and for programs. */
export function Time({ at }: { readonly at: Instant }) {
  return <time dateTime={at}>{clockTime(at)}</time>;
}

/** What is left until a deadline's day, in working days. */
export function Remaining({
  days,
  overdue = false,
}: {
  readonly days: number | undefined;
  readonly overdue?: boolean;
}) {
  if (overdue || (days !== undefined && days < 0)) {
    return (
      <Badge tone="bad">已逾期 Overdue{days === undefined || days === 0 ? '' : ` ${Math.abs(days)}`}</Badge>
    );
  }
  if (days === undefined) {
    return null;
  }
  return (
    <Badge tone={days <= 3 ? 'soon' : 'plain'}>{days === 0 ? '今日到期 Today' : `余 ${days} 个工作日`}</Badge>
  );
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
