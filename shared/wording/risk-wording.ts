import type { EventOf } from '#contracts/events.ts';
import type { Wording } from './wording.ts';

/** To the lead section, once a morning, when the scan found something. */
export function scanned({ data }: EventOf<'scan.finished'>): Wording {
  const { day, counts, cohorts } = data;
  return {
    urgency: 'digest',
    zh: {
      subject: `风险扫描 ${day}：新预警 ${counts.raised} 条，触发 ${cohorts.fired} 个群体`,
      text: `${day} 风险扫描：评估 ${counts.evaluated} 户，新预警 ${counts.raised} 条，变动 ${counts.changed} 条，解除 ${counts.cleared} 条；提出直接检查 ${counts.checks} 户；${cohorts.fired} 个群体超过阈值并触发，${cohorts.coolingDown} 个在静默期内。`,
    },
    en: {
      subject: `Scan of ${day}: ${counts.raised} new warning(s), ${cohorts.fired} cohort(s) fired`,
      text: `The scan looked at ${counts.evaluated} subjects: ${counts.raised} new warning(s), ${counts.checks} direct check(s) proposed, ${cohorts.fired} cohort(s) fired.`,
    },
  };
}
