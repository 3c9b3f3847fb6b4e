import * as z from 'zod';
import { Trigger, TriggerReport } from '#domain/trigger/trigger.ts';
import { Instant } from '#domain/time/time.ts';
import type { Operations } from './operation.ts';

/** That a report was stored as a trigger. */
export const ReceivedReport = z.strictObject({
  trigger: Trigger.shape.id,
  status: z.literal('received'),
  receivedAt: Instant,
});
export type ReceivedReport = z.infer<typeof ReceivedReport>;

/** What became of a message. */
export const MessageStatus = z.strictObject({
  message: z.string(),
  trigger: Trigger.shape.id,
  status: Trigger.shape.status,
  since: Instant,
  /** The path of the draw that deals with it, once it is public. */
  draw: z.string().optional(),
});
export type MessageStatus = z.infer<typeof MessageStatus>;

export const webhookOperations = {
  'POST /webhooks/{source}': {
    summary: ['接收触发信息', 'Store a signed report as a trigger, once per message id'],
    body: TriggerReport,
    answers: { 202: ReceivedReport },
  },
  'GET /webhooks/{source}/messages/{id}': {
    summary: ['查询消息的处理情况', 'What became of a message of the sender'],
    answers: { 200: MessageStatus },
  },
} as const satisfies Operations<'webhook'>;
