import type { MingchouEvent } from '#contracts/events.ts';
import { deadlineLabels } from '#domain/deadline/deadline.ts';
import type { Words } from './wording.ts';

/** What happens to the working-day calendar, and to the deadlines that are counted by it. */
export function calendarWords(
  event: Extract<MingchouEvent, { type: `calendar.${string}` | 'deadline-rules.adopted' | 'deadline.moved' }>,
): Words {
  switch (event.type) {
    case 'calendar.adopted': {
      const { year, daysOff, makeUpDays } = event.data;
      return {
        zh: `${year} 年：休 ${daysOff.length} 天，班 ${makeUpDays.length} 天`,
        en: `${year}: ${daysOff.length} days off, ${makeUpDays.length} make-up working days`,
      };
    }
    case 'deadline-rules.adopted': {
      const { rulesVersion, effectiveFrom } = event.data;
      return {
        zh: `第 ${rulesVersion} 版，自 ${effectiveFrom} 起`,
        en: `version ${rulesVersion} of the deadline rules, from ${effectiveFrom} on`,
      };
    }
    case 'calendar.recounting':
      return { zh: `第 ${event.data.step} 步`, en: `step ${event.data.step} of counting deadlines anew` };
    case 'calendar.recounted':
      return { zh: `共 ${event.data.steps} 步`, en: `open deadlines counted anew` };
    case 'deadline.moved': {
      const { deadline, of, from, to } = event.data;
      return {
        zh: `${deadlineLabels[deadline]} ${of.id}：${from} → ${to}`,
        en: `${deadline} ${of.id} moved from ${from} to ${to}`,
      };
    }
  }
}
