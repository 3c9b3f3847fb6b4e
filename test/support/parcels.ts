import type { Channel, ChannelSettings } from '#domain/channel/channel.ts';
import { newDelivery, type Delivery } from '#domain/delivery/delivery.ts';
import type { Message } from '#domain/message/message.ts';
import { parcelOf, type Parcel } from '#domain/delivery/parcel.ts';
import { at, MONDAY } from './samples.ts';

/** A message to HP1001, number n of Monday morning. */
export function message(n: number, more: Partial<Message> = {}): Message {
  return {
    id: `M-${n}`,
    version: 1,
    to: 'HP1001',
    at: at(`2026-03-02T01:${String(30 + n).padStart(2, '0')}:00.000Z`),
    urgency: 'immediate',
    zh: { subject: `新检查任务 ${n}`, text: `请于 2026-03-0${n} 前接受。` },
    en: { subject: `New inspection ${n}`, text: `Accept by 2026-03-0${n}.` },
    cause: `E-${n}`,
    correlation: 'T-1',
    ...more,
  };
}

/** A delivery of message 1 that is due on Monday, 09:30 in Shanghai. */
export const queued: Delivery = newDelivery('wecom', message(1), MONDAY);

export const parcel: Parcel = parcelOf(
  { ...queued, id: 'V-1' },
  { staffNo: 'HP1001', name: '张三', email: 'zhang.san@example.org' },
  [message(1)],
  'both',
);

export function channel(settings: ChannelSettings, more: Partial<Channel> = {}): Channel {
  return {
    id: settings.kind,
    version: 1,
    name: settings.kind,
    enabled: true,
    audience: { roles: [], units: [] },
    settings,
    setAt: MONDAY,
    ...more,
  };
}
