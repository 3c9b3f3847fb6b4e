import * as z from 'zod';

/** What has to happen by the day (see the table of docs/deadlines.md). `publish` is the statutory one of article 14. */
export const DeadlineKind = z.enum([
  'triage',
  'approve',
  'reveal',
  'match',
  'accept',
  'finish',
  'publish',
  'correct',
  'handover',
  'follow-up',
  'archive',
]);
export type DeadlineKind = z.infer<typeof DeadlineKind>;

export const deadlineLabels: Readonly<Record<DeadlineKind, string>> = {
  triage: '研判触发信息',
  approve: '批准抽查',
  reveal: '公布随机信标的值',
  match: '选派检查人员',
  accept: '接受检查任务',
  finish: '完成检查',
  publish: '公示检查结果（法定期限）',
  correct: '答复更正申请',
  handover: '接收移送线索',
  'follow-up': '办结后续处置',
  archive: '归档',
};
