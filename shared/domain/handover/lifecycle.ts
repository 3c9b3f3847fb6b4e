import * as z from 'zod';
import type { Lifecycle } from '#domain/lifecycle/lifecycle.ts';

export const HandoverStatus = z.enum(['raised', 'sent', 'received', 'returned', 'closed']);
export type HandoverStatus = z.infer<typeof HandoverStatus>;

export type HandoverCommandKind = 'send' | 'receive' | 'return' | 'close';

/** A clue of another violation (违法线索), handed over at once: it waits for no record and no publication (article 11). */
export const handoverLifecycle: Lifecycle<HandoverStatus, HandoverCommandKind> = {
  name: 'handover',
  zh: '线索移送',
  statuses: { raised: '已提出', sent: '已移送', received: '已回执', returned: '已退回', closed: '已办结' },
  begins: { zh: '发现线索', in: ['raised'], by: ['team'] },
  steps: {
    send: { zh: '移送', article: '11', by: ['team', 'unit'], from: ['raised'], to: ['sent'] },
    receive: { zh: '回执', article: '11', by: ['receiver'], from: ['sent'], to: ['received'] },
    return: { zh: '退回', article: '11', by: ['receiver'], from: ['sent'], to: ['returned'] },
    close: {
      zh: '办结',
      article: '11',
      by: ['team', 'unit'],
      from: ['received', 'returned'],
      to: ['closed'],
    },
  },
};
