import * as z from 'zod';
import { Language } from '#domain/delivery/preferences.ts';
import { count, entry } from './entry.ts';

/** Which channel, whose messages, how many of them, and how often it was tried. */
const delivery = z.strictObject({ channel: z.string(), to: z.string(), attempts: count, messages: count });
const decision = z.strictObject({ channel: z.string(), to: z.string(), reason: z.string() });

/** How messages reach people outside their inbox. What a channel answered is not among it: it may hold an address. */
export const deliveryEvents = {
  'delivery.delivered': entry('delivery.delivered', {
    zh: '消息送达渠道',
    audience: 'outside',
    data: delivery,
  }),
  'delivery.dead': entry('delivery.dead', { zh: '消息无法送达', audience: 'outside', data: delivery }),
  'delivery.doubtful': entry('delivery.doubtful', {
    zh: '消息是否送达存疑',
    audience: 'outside',
    data: delivery,
  }),
  'delivery.resent': entry('delivery.resent', { zh: '重新投递', audience: 'outside', data: decision }),
  'delivery.accepted': entry('delivery.accepted', {
    zh: '投递人工结案',
    audience: 'outside',
    data: decision,
  }),
  'channel.set': entry('channel.set', {
    zh: '设置消息渠道',
    audience: 'outside',
    data: z.strictObject({ name: z.string(), kind: z.string(), enabled: z.boolean() }),
  }),
  'preferences.set': entry('preferences.set', {
    zh: '设置接收偏好',
    audience: 'outside',
    data: z.strictObject({ language: Language }),
  }),
};
