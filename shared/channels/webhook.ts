import { Webhook } from 'standardwebhooks';
import type { SettingsOf } from '#domain/channel/channel.ts';
import type { Outcome } from '#domain/delivery/outcome.ts';
import type { Parcel } from '#domain/delivery/parcel.ts';
import { epochMilliseconds, type Instant } from '#domain/time/time.ts';
import { postJson } from './http.ts';

/**
 * A signed webhook (Standard Webhooks). Its id is the delivery's, whatever the attempt: a receiver that has it already leaves a
 * second copy alone, so that one can be sent wherever doubt is left.
 */
export async function tellWebhook(
  { url, secret }: SettingsOf<'webhook'>,
  parcel: Parcel,
  at: Instant,
): Promise<Outcome> {
  const { delivery, to, urgency, subject, text, messages } = parcel;
  const body = JSON.stringify({
    type: urgency === 'immediate' ? 'message' : 'digest',
    timestamp: at,
    data: {
      to: { staffNo: to.staffNo, name: to.name },
      subject,
      text,
      messages: messages.map((one) => ({ id: one.id, at: one.at, cause: one.cause, zh: one.zh, en: one.en })),
    },
  });
  const sentAt = new Date(epochMilliseconds(at));
  const posted = await postJson(url, body, {
    'webhook-id': delivery,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(delivery, sentAt, body),
  });
  if (posted.kind !== 'answered') return { kind: 'failed', answer: posted.why };
  const { status, text: said, retryAfter } = posted;
  const answer = `${status} ${said}`;
  if (status >= 200 && status < 300) return { kind: 'delivered', answer };
  // Gone: the receiver wants no more (Standard Webhooks).
  if (status === 410) return { kind: 'refused', answer };
  return { kind: status === 429 ? 'limited' : 'failed', answer, retryAfter };
}
