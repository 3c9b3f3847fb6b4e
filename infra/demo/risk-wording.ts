import type { MingchouEvent } from '#contracts/events.ts';
import { riskLevelLabels } from '#domain/risk/rule.ts';
import { signalLabels } from '#domain/signal/signal.ts';
import type { Words } from './wording.ts';

/** What credit-risk monitoring finds (信用风险监测, article 4). */
export function riskWords(
  event: Extract<MingchouEvent, { type: `signal.${string}` | `warning.${string}` | `scan.${string}` }>,
): Words {
  const { id } = event.about;
  switch (event.type) {
    case 'signal.recorded': {
      const { subjectId, kind, on } = event.data;
      return { zh: `${subjectId} ${on} ${signalLabels[kind]}`, en: `${kind} of ${subjectId} on ${on}` };
    }
    case 'warning.raised':
    case 'warning.changed':
    case 'warning.check-due': {
      const { subjectName, level } = event.data;
      return { zh: `${subjectName}，${riskLevelLabels[level]}`, en: `${subjectName} at ${level} (${id})` };
    }
    case 'warning.cleared':
      return { zh: event.data.subjectName, en: `no rule warns of ${event.data.subjectName} any more` };
    case 'warning.acknowledged':
      return { zh: event.data.subjectName, en: `${id} is acknowledged` };
    case 'warning.dismissed':
      return { zh: `${event.data.subjectName}：${event.data.note}`, en: `${id} is dismissed` };
    case 'scan.started':
      return { zh: event.data.day, en: `the scan of ${event.data.day} begins` };
    case 'scan.continued':
      return { zh: `第 ${event.data.part} 部分`, en: `part ${event.data.part} goes on` };
    case 'scan.weighing':
      return {
        zh: `${event.data.territories} 个区划`,
        en: `cohorts of ${event.data.territories} territories`,
      };
    case 'scan.finished': {
      const { counts, cohorts } = event.data;
      return {
        zh: `评估 ${counts.evaluated} 户，新预警 ${counts.raised} 条，触发 ${cohorts.fired} 个群体`,
        en: `${counts.evaluated} subjects looked at, ${counts.raised} warnings, ${cohorts.fired} cohorts fired`,
      };
    }
  }
}
