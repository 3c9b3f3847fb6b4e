import type { MingchouEvent } from '#contracts/events.ts';
import type { Words } from './wording.ts';

/** Events about corrections of what was published. */
export type CorrectionEvent = Extract<
  MingchouEvent,
  { type: `correction.${string}` | 'inspection.republished' | 'inspection.withdrawn' }
>;

/** What happens to corrections of published results (更正, article 16). */
export function correctionWords(event: CorrectionEvent): Words {
  const { id } = event.about;
  switch (event.type) {
    case 'correction.received': {
      const { subjectName, answerBy } = event.data;
      return {
        zh: `${subjectName}（${id}），${answerBy} 前答复`,
        en: `correction ${id} asked for, to be answered by ${answerBy}`,
      };
    }
    case 'correction.granted':
      return { zh: `${id}，第 ${event.data.version} 版`, en: `correction ${id}: ${event.data.outcome}` };
    case 'correction.refused':
      return { zh: `${id}：${event.data.reason}`, en: `correction ${id} refused` };
    case 'inspection.republished':
      return {
        zh: `${id} 第 ${event.data.version} 版：${event.data.reason}`,
        en: `result of ${id} published anew as version ${event.data.version}`,
      };
    case 'inspection.withdrawn':
      return { zh: `${id}：${event.data.legalReason}`, en: `result of ${id} withdrawn by law` };
  }
}
