import type { Lifecycle } from '#domain/lifecycle/lifecycle.ts';
import type { InspectionCommandKind, InspectionStatus } from './inspection.ts';

/** The states of a visit that has not begun: its team and its items can still change. */
const NOT_BEGUN: readonly InspectionStatus[] = ['assigned', 'accepted'];

/** One visit from its assignment to its publication (articles 3, 7(3) to 7(6), 10, 14): 谁检查、谁录入、谁公示. */
export const inspectionLifecycle: Lifecycle<InspectionStatus, InspectionCommandKind> = {
  name: 'inspection',
  zh: '检查',
  statuses: {
    assigned: '待接受',
    accepted: '待检查',
    begun: '检查中',
    ended: '待录入',
    recorded: '待公示',
    published: '已公示',
    closed: '已办结',
    archived: '已归档',
  },
  begins: { zh: '派发', in: ['assigned'], by: ['system'] },
  steps: {
    accept: {
      zh: '接受任务',
      article: '7(4)',
      by: ['team'],
      from: ['assigned'],
      to: ['assigned', 'accepted'],
    },
    recuse: { zh: '回避', article: '5', by: ['team'], from: NOT_BEGUN, to: NOT_BEGUN },
    replace: { zh: '递补', article: '5', by: ['unit', 'lead-section'], from: NOT_BEGUN, to: NOT_BEGUN },
    succeed: {
      zh: '逾期未接受，依次递补',
      article: '5',
      by: ['system'],
      from: ['assigned'],
      to: ['assigned'],
    },
    assign: { zh: '直接选派', article: '7(4)', by: ['unit', 'lead-section'], from: NOT_BEGUN, to: NOT_BEGUN },
    join: { zh: '并入联合检查', article: '3', by: ['system'], from: NOT_BEGUN, to: NOT_BEGUN },
    begin: { zh: '开始检查', article: '7(5)', by: ['team'], from: ['accepted'], to: ['begun'] },
    invite: {
      zh: '邀请专业人员',
      article: '9',
      by: ['team', 'unit'],
      from: ['assigned', 'accepted', 'begun', 'ended'],
      to: 'unchanged',
    },
    end: { zh: '结束检查', article: '14', by: ['team'], from: ['begun'], to: ['ended'] },
    // Entered again until it is published: what is public is corrected, not overwritten (article 16).
    record: {
      zh: '录入结果',
      article: '7(6)',
      by: ['team'],
      from: ['ended', 'recorded'],
      to: ['recorded'],
    },
    publish: { zh: '公示结果', article: '14', by: ['team'], from: ['recorded'], to: ['published'] },
    close: { zh: '办结', article: '15', by: ['system'], from: ['published'], to: ['closed'] },
    archive: { zh: '归档', article: '13', by: ['team', 'unit'], from: ['closed'], to: ['archived'] },
  },
};
