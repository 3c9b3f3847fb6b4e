import type { MingchouEvent } from '#contracts/events.ts';
import type { Words } from './wording.ts';

type DeliveryEvent = Extract<
  MingchouEvent,
  { type: `delivery.${string}` | `channel.${string}` | `preferences.${string}` | `dead-letters.${string}` }
>;

/** What became of messages on their channels, in one line. */
export function deliveryWords(event: DeliveryEvent): Words {
  switch (event.type) {
    case 'delivery.delivered':
    case 'delivery.dead':
    case 'delivery.doubtful': {
      const { channel, to, attempts, messages } = event.data;
      return {
        zh: `${to}，${channel}，${messages} 条，尝试 ${attempts} 次`,
        en: `${messages} message(s) to ${to} by ${channel}, ${attempts} attempt(s)`,
      };
    }
    case 'delivery.resent':
    case 'delivery.accepted': {
      const { channel, to, reason } = event.data;
      return { zh: `${to}，${channel}，${reason}`, en: `${to} by ${channel}: ${reason}` };
    }
    case 'dead-letters.redriven':
    case 'dead-letters.discarded': {
      const { letters, reason } = event.data;
      const [path, many] = [event.about.id, letters.length];
      return { zh: `${path}，${many} 封，${reason}`, en: `${many} letter(s) of ${path}: ${reason}` };
    }
    case 'channel.set':
      return { zh: event.data.name, en: `channel ${event.about.id}` };
    case 'preferences.set':
      return { zh: event.about.id, en: `preferences of ${event.about.id}` };
  }
}
