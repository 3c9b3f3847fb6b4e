import type { Draw } from '#domain/draw/lifecycle.ts';
import { dateInShanghai, minuteOfDayInShanghai, type Instant } from '#domain/time/time.ts';

export const statusLabels: Readonly<Record<Draw['status'], string>> = {
  proposed: '拟定 proposed',
  approved: '已批准 approved',
  gathering: '名单汇集中 gathering',
  committed: '已公布承诺 committed',
  drawn: '已抽取 drawn',
  matched: '已匹配人员 matched',
  dispatched: '已派发 dispatched',
  closed: '已办结 closed',
  voided: '已作废 voided',
};

/** The moment on a clock in Asia/Shanghai, to the minute: `2026-03-02 09:30`. */
export function Moment({ at }: { readonly at: Instant }) {
  const minutes = minuteOfDayInShanghai(at);
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return <time dateTime={at}>{`${dateInShanghai(at)} ${hour}:${minute}`}</time>;
}
