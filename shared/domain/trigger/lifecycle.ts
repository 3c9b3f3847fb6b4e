import type { Lifecycle } from '#domain/lifecycle/lifecycle.ts';
import type { TriggerStatus } from './trigger.ts';

/** What can be done to a trigger. A rule decides one that was received; a person decides one that is held. */
export type TriggerCommandKind =
  | 'fire-by-rule'
  | 'merge-by-rule'
  | 'hold'
  | 'fire'
  | 'merge'
  | 'dismiss'
  | 'take-in';

/** A report from outside or of a scan, until it is dealt with (article 2). */
export const triggerLifecycle: Lifecycle<TriggerStatus, TriggerCommandKind> = {
  name: 'trigger',
  zh: '触发信息',
  statuses: {
    received: '已接收',
    triaging: '待研判',
    fired: '已触发抽查',
    merged: '已并入',
    dismissed: '已关闭',
  },
  begins: { zh: '接收', in: ['received'], by: ['system'] },
  steps: {
    'fire-by-rule': { zh: '按规则触发抽查', article: '4', by: ['system'], from: ['received'], to: ['fired'] },
    'merge-by-rule': { zh: '按规则并入', article: '2', by: ['system'], from: ['received'], to: ['merged'] },
    hold: { zh: '转人工研判', article: '2', by: ['system'], from: ['received'], to: ['triaging'] },
    fire: { zh: '触发抽查', article: '2', by: ['lead-section'], from: ['triaging'], to: ['fired'] },
    merge: { zh: '并入', article: '2', by: ['lead-section'], from: ['triaging'], to: ['merged'] },
    dismiss: { zh: '关闭', article: '2', by: ['lead-section'], from: ['triaging'], to: ['dismissed'] },
    'take-in': {
      zh: '接纳并入的信息',
      article: '2',
      by: ['system', 'lead-section'],
      from: ['received', 'triaging', 'fired'],
      to: 'unchanged',
    },
  },
};
