import type { EventOf } from '#contracts/events.ts';
import type { Wording } from './wording.ts';

/** The list is out (article 7(3)): what a unit's people have to do, in one message however long the list is. */
export function ownShare(
  { about, data }: EventOf<'draw.dispatched'>,
  { unit, objects }: { readonly unit: string; readonly objects: number },
): Wording {
  const title = data.title ?? about.id;
  return {
    urgency: 'immediate',
    zh: {
      subject: `抽查任务派发：${title}`,
      text: `${title}（${about.id}）已派发，${unit} 承担 ${objects} 个检查对象；名单、登记表和期限见 /draws/${about.id}/summary。`,
    },
    en: {
      subject: `A list is out: ${title}`,
      text: `The list is out: your unit has ${objects} to inspect; see /draws/${about.id}/summary.`,
    },
  };
}
