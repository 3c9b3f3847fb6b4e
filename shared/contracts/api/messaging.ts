import * as z from 'zod';
import { ChannelBody, ChannelView } from '#domain/channel/channel.ts';
import { Delivery, DeliveryStatus } from '#domain/delivery/delivery.ts';
import { PreferencesBody } from '#domain/delivery/preferences.ts';
import { Urgency, Words } from '#domain/message/message.ts';
import type { Operations } from './operation.ts';
import { placeOf } from './place.ts';

export const DeliveryListQuery = z.object({
  status: DeliveryStatus.default('dead'),
  /** Where the page before stopped, as its `next` says. */
  after: placeOf('V')
    .transform(({ at, id }) => ({ createdAt: at, id }))
    .optional(),
});

export const DeliveryDecision = z.strictObject({ reason: z.string().trim().min(1).max(500) });

/** A delivery in a list: how many messages it holds is enough for that. */
export const ListedDelivery = Delivery.omit({ unlisted: true, decisions: true })
  .extend({ messages: z.int().positive() })
  .strict();
export type ListedDelivery = z.infer<typeof ListedDelivery>;

/** How a person is told, and the channels that they can choose from. */
export const OwnPreferences = PreferencesBody.extend({
  channels: z.array(
    z.strictObject({
      id: ChannelView.shape.id,
      name: ChannelView.shape.name,
      kind: ChannelView.shape.settings.shape.kind,
    }),
  ),
});

/** A wording in both languages, from sample events. */
const TemplateView = z.strictObject({
  event: z.string(),
  wording: z.string(),
  samples: z.array(z.strictObject({ urgency: Urgency, zh: Words, en: Words })),
});

export const messagingOperations = {
  'GET /me/preferences': {
    summary: ['本人的接收方式', 'How one is told, and the channels to choose from'],
    answers: { 200: OwnPreferences },
  },
  'PUT /me/preferences': {
    summary: ['设置本人的接收方式', 'Say how one wants to be told'],
    body: PreferencesBody,
    once: true,
    answers: { 200: PreferencesBody },
  },
  'PUT /channels/{id}': {
    summary: ['设置渠道', 'Set a channel up, or anew'],
    body: ChannelBody,
    once: true,
    answers: { 200: ChannelView },
  },
  'GET /channels/{id}': {
    summary: ['渠道', 'A channel, without its secrets'],
    answers: { 200: ChannelView },
  },
  'GET /channels': {
    summary: ['全部渠道', 'Every channel, without its secrets'],
    answers: { 200: z.strictObject({ channels: z.array(ChannelView) }) },
  },
  'GET /deliveries': {
    summary: ['投递', 'Deliveries of a status, oldest first'],
    query: DeliveryListQuery,
    answers: {
      200: z.strictObject({ deliveries: z.array(ListedDelivery), next: z.string().optional() }),
    },
  },
  'GET /deliveries/{id}': { summary: ['投递', 'A delivery'], answers: { 200: Delivery } },
  'POST /deliveries/{id}/resend': {
    summary: ['重新投递', 'Send a dead or doubtful delivery again'],
    body: DeliveryDecision,
    once: true,
    answers: { 200: Delivery },
  },
  'POST /deliveries/{id}/accept': {
    summary: ['不再投递', 'Close a dead or doubtful delivery as it is'],
    body: DeliveryDecision,
    once: true,
    answers: { 200: Delivery },
  },
  'GET /templates': {
    summary: ['消息模板', 'Every wording in both languages, from sample events'],
    answers: {
      200: { json: z.strictObject({ templates: z.array(TemplateView) }), media: ['text/html'] },
    },
  },
} as const satisfies Operations<'messaging'>;
