import type { EventOf } from '#contracts/events.ts';
import { credentialLabels } from '#domain/inspector/warning.ts';
import type { Wording } from './wording.ts';

/** To the inspector, who has to renew what runs out. */
export function ownCredential({ data }: EventOf<'inspector.warned'>): Wording {
  const { of, through, rung, daysLeft } = data;
  const [zh, en] = credentialLabels[of];
  return rung === 'lapsed'
    ? {
        urgency: 'digest',
        zh: {
          subject: `您的${zh}已过期`,
          text: `您的${zh}有效期已于 ${through} 届满，续期前不再被抽取、不得参加检查。`,
        },
        en: {
          subject: `Your ${en} lapsed`,
          text: `Your ${en} lapsed with ${through}: you are not drawn until it is renewed.`,
        },
      }
    : {
        urgency: 'digest',
        zh: {
          subject: `您的${zh}还有 ${daysLeft} 天到期`,
          text: `您的${zh}有效期至 ${through}，还有 ${daysLeft} 天，请及时续期。`,
        },
        en: {
          subject: `Your ${en} runs out in ${daysLeft} day(s)`,
          text: `Your ${en} is valid through ${through}, ${daysLeft} day(s) from now; renew it in time.`,
        },
      };
}

/** To the unit, which answers for having people to send (article 5), and to the lead section once it is too late. */
export function credentialOf({ about, data }: EventOf<'inspector.warned'>): Wording {
  const { name, unit, of, through, rung, daysLeft } = data;
  const [zh, en] = credentialLabels[of];
  return rung === 'lapsed'
    ? {
        urgency: 'digest',
        zh: {
          subject: `${zh}已过期：${name}`,
          text: `${unit} ${name}（${about.id}）的${zh}有效期已于 ${through} 届满，续期前不再被抽取、不得参加检查。`,
        },
        en: {
          subject: `Lapsed: the ${en} of ${name}`,
          text: `The ${en} of ${name} lapsed with ${through}: not drawn until it is renewed.`,
        },
      }
    : {
        urgency: 'digest',
        zh: {
          subject: `${zh}还有 ${daysLeft} 天到期：${name}`,
          text: `${unit} ${name}（${about.id}）的${zh}有效期至 ${through}，还有 ${daysLeft} 天，请安排续期。`,
        },
        en: {
          subject: `The ${en} of ${name} runs out in ${daysLeft} day(s)`,
          text: `The ${en} of ${name} is valid through ${through}, ${daysLeft} day(s) from now.`,
        },
      };
}
