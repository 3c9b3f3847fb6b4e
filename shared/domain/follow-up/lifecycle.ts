import * as z from 'zod';
import type { Lifecycle } from '#domain/lifecycle/lifecycle.ts';

/** `offered`: another unit has been asked to take it over, and answers. */
export const FollowUpStatus = z.enum(['open', 'offered', 'closed']);
export type FollowUpStatus = z.infer<typeof FollowUpStatus>;

export type FollowUpCommandKind =
  | 'set-due'
  | 'note'
  | 'document'
  | 'evidence'
  | 'offer'
  | 'accept'
  | 'decline'
  | 'close';

/** A follow-up (后续处置) from the publication that raises it to its outcome: 谁管辖、谁负责 (article 15). */
export const followUpLifecycle: Lifecycle<FollowUpStatus, FollowUpCommandKind> = {
  name: 'follow-up',
  zh: '后续处置',
  statuses: { open: '处置中', offered: '待接收单位确认', closed: '已办结' },
  begins: { zh: '公示后提出', in: ['open'], by: ['system'] },
  steps: {
    'set-due': { zh: '限定期限', article: '15', by: ['team', 'unit'], from: ['open'], to: ['open'] },
    note: {
      zh: '记录进展',
      article: '15',
      by: ['team', 'unit'],
      from: ['open', 'offered'],
      to: 'unchanged',
    },
    // Orders and evidence are filed with the inspection (article 13): one that comes late is entered after the end too.
    document: {
      zh: '登记文书',
      article: '13',
      by: ['team', 'unit'],
      from: ['open', 'offered', 'closed'],
      to: 'unchanged',
    },
    evidence: {
      zh: '登记整改证据',
      article: '13',
      by: ['team', 'unit'],
      from: ['open', 'offered', 'closed'],
      to: 'unchanged',
    },
    offer: {
      zh: '移交其他单位',
      article: '15',
      by: ['unit', 'lead-section'],
      from: ['open'],
      to: ['offered'],
    },
    accept: { zh: '同意接收', article: '15', by: ['receiver'], from: ['offered'], to: ['open'] },
    decline: { zh: '不予接收', article: '15', by: ['receiver'], from: ['offered'], to: ['open'] },
    close: { zh: '办结', article: '15', by: ['team', 'unit'], from: ['open'], to: ['closed'] },
  },
};
