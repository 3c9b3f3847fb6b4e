import type { Lifecycle } from '#domain/lifecycle/lifecycle.ts';
import type { DrawCommandKind } from './decide.ts';
import type { DrawStatus } from './draw.ts';

/** What follows by itself from what was done before, and what the units do for their own part of a draw. */
type DrawStepKind =
  | 'gather'
  | 'commit'
  | 'receive-beacon'
  | 'reveal'
  | 'staff'
  | 'choose-teams'
  | 'dispatch'
  | 'close';

const UNCOMMITTED: readonly DrawStatus[] = ['approved', 'gathering'];

/**
 * A draw from its proposal to its last publication (articles 5, 7(1), 7(2), 7(4)). A matched one is on its way to its
 * inspectors and can't be voided any more: what people were sent to do is not undone by undoing the draw.
 */
export const drawLifecycle: Lifecycle<DrawStatus, DrawCommandKind | DrawStepKind> = {
  name: 'draw',
  zh: '抽查',
  statuses: {
    proposed: '拟定',
    approved: '已批准',
    gathering: '名单汇集中',
    committed: '已公布承诺',
    drawn: '已抽取',
    matched: '已匹配人员',
    dispatched: '已派发',
    closed: '已办结',
    voided: '已作废',
  },
  begins: { zh: '拟定', in: ['proposed', 'approved'], by: ['system', 'lead-section'] },
  steps: {
    approve: { zh: '批准', article: '7(1)', by: ['lead-section'], from: ['proposed'], to: ['approved'] },
    gather: { zh: '汇集检查对象', article: '7(2)', by: ['system'], from: UNCOMMITTED, to: ['gathering'] },
    freeze: { zh: '重新冻结名单', article: '7(2)', by: ['lead-section'], from: UNCOMMITTED, to: 'unchanged' },
    commit: { zh: '公布承诺', article: '5', by: ['system'], from: UNCOMMITTED, to: ['committed', 'voided'] },
    'enter-beacon': {
      zh: '录入公开信标',
      article: '5',
      by: ['lead-section', 'business-section', 'supervisor'],
      from: ['committed'],
      to: ['committed'],
    },
    'receive-beacon': {
      zh: '取得信标',
      article: '5',
      by: ['system'],
      from: ['committed'],
      to: ['committed'],
    },
    reveal: { zh: '抽出检查对象', article: '7(2)', by: ['system'], from: ['committed'], to: ['drawn'] },
    staff: { zh: '匹配检查人员', article: '7(4)', by: ['system'], from: ['drawn'], to: ['drawn', 'matched'] },
    match: { zh: '重新匹配检查人员', article: '7(4)', by: ['lead-section'], from: ['drawn'], to: ['drawn'] },
    'choose-teams': {
      zh: '直接选派检查人员',
      article: '7(4)',
      by: ['unit'],
      from: ['drawn'],
      to: ['drawn', 'matched'],
    },
    dispatch: {
      zh: '派发名单',
      article: '7(3)',
      by: ['system'],
      from: ['matched'],
      to: ['matched', 'dispatched'],
    },
    close: { zh: '办结', article: '14', by: ['system'], from: ['dispatched'], to: ['closed'] },
    void: {
      zh: '作废',
      article: '5',
      by: ['lead-section'],
      from: ['proposed', 'approved', 'gathering', 'committed', 'drawn'],
      to: ['voided'],
    },
    replace: { zh: '重新抽取', article: '5', by: ['lead-section'], from: ['voided'], to: ['voided'] },
  },
};
