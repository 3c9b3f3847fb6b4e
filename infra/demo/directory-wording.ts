import type { MingchouEvent } from '#contracts/events.ts';
import { credentialLabels } from '#domain/inspector/warning.ts';
import type { Words } from './wording.ts';

/** What happens in the directory of inspectors (名录库, article 5). */
export function directoryWords(event: Extract<MingchouEvent, { type: `inspector.${string}` }>): Words {
  const { id } = event.about;
  switch (event.type) {
    case 'inspector.warned': {
      const { of, through, daysLeft } = event.data;
      const [zh, en] = credentialLabels[of];
      return {
        zh: `${id} 的${zh}有效期至 ${through}`,
        en: `${id}: ${en} valid through ${through}, ${daysLeft} day(s) left`,
      };
    }
    case 'inspector.leave-set':
      return {
        zh: `${id} 休假 ${event.data.leave.length} 段`,
        en: `${event.data.leave.length} period(s) of leave of ${id}`,
      };
    case 'inspector.trained':
      return {
        zh: `${id} 参加 ${event.data.title}`,
        en: `${id} was trained, which counts through ${event.data.validThrough}`,
      };
  }
}
