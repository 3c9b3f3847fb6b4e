import type { EventOf } from '#contracts/events.ts';
import { deadlineLabels } from '#domain/deadline/deadline.ts';
import type { Words } from './wording.ts';

type Changed = 'deadline.requested' | 'deadline.granted' | 'deadline.request-refused' | 'deadline.resumed';

/** What becomes of a deadline beside being kept or not. */
export function deadlineWords(event: EventOf<Changed>): Words {
  const { deadline, of, reason } = event.data;
  const zh = `${deadlineLabels[deadline]} ${of.id}`;
  switch (event.type) {
    case 'deadline.requested':
    case 'deadline.granted':
    case 'deadline.request-refused': {
      const { what } = event.data;
      return {
        zh: `${zh}，${what === 'pause' ? '中止' : '延期'}：${reason}`,
        en: `${what} of ${deadline} ${of.id}: ${reason}`,
      };
    }
    case 'deadline.resumed':
      return { zh: `${zh}：${reason}`, en: `${deadline} ${of.id} counted on: ${reason}` };
  }
}
