import { deriveId } from '#domain/ids/derive.ts';
import type { Instant } from '#domain/time/time.ts';
import type { Trigger } from '#domain/trigger/trigger.ts';
import type { Cohort } from './cohort.ts';
import type { CohortRule } from './rule.ts';

/** The source of triggers that a scan makes; no sender can be registered under it. */
export const SCAN_SOURCE = 'scan';

/** The trigger that a cohort becomes: from here on it is dealt with like one that somebody has sent (article 2, 风险防控). */
export function triggerOf(
  rule: CohortRule,
  { territory, industry, subjects, watch, warning, severe }: Cohort,
  { run, at }: { readonly run: string; readonly at: Instant },
): Trigger {
  const senderId = `${run}/${rule.id}/${territory}/${industry}`;
  const warned = watch + warning + severe;
  return {
    id: deriveId('T', SCAN_SOURCE, senderId),
    version: 1,
    status: 'received',
    source: SCAN_SOURCE,
    senderId,
    receivedAt: at,
    report: {
      category: 'risk',
      ...(rule.severity === undefined ? {} : { severity: rule.severity }),
      title: `${rule.name}：${territory} ${industry} 预警 ${warned}/${subjects} 户`,
      text: `规则 ${rule.id} 第 ${rule.version} 版：在营 ${subjects} 户，其中关注 ${watch} 户、预警 ${warning} 户、严重 ${severe} 户。`,
      cohort: { territory, industry },
    },
  };
}
