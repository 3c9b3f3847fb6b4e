import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { JsonText } from '#domain/canonical/json-text.ts';
import type { SettingsOf } from '#domain/channel/channel.ts';
import type { Outcome } from '#domain/delivery/outcome.ts';
import type { Parcel } from '#domain/delivery/parcel.ts';
import { epochMilliseconds, epochSeconds, type Instant } from '#domain/time/time.ts';
import { postJson, type Posted } from './http.ts';

/** Bytes of UTF-8 that each vendor takes in a text. */
const WECOM_TEXT_BYTES = 2048;
const DINGTALK_TEXT_BYTES = 18_000;
const FEISHU_TEXT_BYTES = 18_000;

/** Error codes by which a robot says that it was told too much lately. */
const LIMITED: ReadonlySet<number> = new Set([
  // WeCom: api freq out of limit.
  45009,
  // DingTalk: send too fast, exceed 20 times per minute.
  130101, 410100, 90030,
  // Feishu: too many requests; frequency limited.
  9499, 11232, 11233,
]);

/** WeCom (企业微信): the key stands in the address, nothing is signed. */
export async function tellWecom({ url }: SettingsOf<'wecom'>, parcel: Parcel): Promise<Outcome> {
  const content = spoken(parcel, WECOM_TEXT_BYTES);
  return judged('errcode', await postJson(url, JSON.stringify({ msgtype: 'text', text: { content } })));
}

/** DingTalk (钉钉): moment and signature stand in the query. */
export async function tellDingtalk(
  { url, secret }: SettingsOf<'dingtalk'>,
  parcel: Parcel,
  at: Instant,
): Promise<Outcome> {
  const address = new URL(url);
  const timestamp = epochMilliseconds(at);
  address.searchParams.set('timestamp', String(timestamp));
  address.searchParams.set('sign', dingtalkSign(timestamp, secret));
  const content = spoken(parcel, DINGTALK_TEXT_BYTES);
  const body = JSON.stringify({ msgtype: 'text', text: { content }, at: { isAtAll: false } });
  return judged('errcode', await postJson(address.href, body));
}

/** HMAC-SHA256 of the moment in milliseconds, a line feed and the secret, by the secret; base64. */
function dingtalkSign(timestamp: number, secret: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
}

/** Feishu (飞书): moment and signature stand in the body. */
export async function tellFeishu(
  { url, secret }: SettingsOf<'feishu'>,
  parcel: Parcel,
  at: Instant,
): Promise<Outcome> {
  const timestamp = epochSeconds(at);
  const body = JSON.stringify({
    timestamp: String(timestamp),
    sign: feishuSign(timestamp, secret),
    msg_type: 'text',
    content: { text: spoken(parcel, FEISHU_TEXT_BYTES) },
  });
  return judged('code', await postJson(url, body));
}

/** HMAC-SHA256 of nothing, by the moment in seconds, a line feed and the secret; base64. */
function feishuSign(timestamp: number, secret: string): string {
  return createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64');
}

/** A group hears who is meant first. Where the whole is too long for the vendor, it hears the subjects; where these are, their beginning. */
function spoken({ to, subject, text, short, urgency }: Parcel, bytes: number): string {
  const head = `【致 ${to.name} ${to.staffNo}】${subject}`;
  const whole = `${head}\n${text}`;
  if (Buffer.byteLength(whole) <= bytes) return whole;
  return cutToBytes(urgency === 'digest' ? `${head}\n${short}` : whole, bytes);
}

const CUT = '……';

/** A text within so many bytes of UTF-8, cut between characters and marked where it was longer. */
export function cutToBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  const room = bytes - Buffer.byteLength(CUT);
  // What is left of a character at the end becomes one mark, which is taken away.
  const cut = new TextDecoder().decode(Buffer.from(text).subarray(0, room)).replace(/\uFFFD$/, '');
  return cut + CUT;
}

/** A vendor's answer: a code that is 0 when the robot has said it. Anything else is not the vendor's, whatever its status. */
function judged(field: 'errcode' | 'code', posted: Posted): Outcome {
  if (posted.kind !== 'answered') {
    // Whether the group has heard what got no answer can't be told, and it would hear it twice.
    return { kind: posted.kind === 'silent' ? 'unsure' : 'failed', answer: posted.why };
  }
  const { status, text, retryAfter } = posted;
  const answer = `${status} ${text}`;
  const said = JsonText.pipe(z.looseObject({ [field]: z.int() })).safeParse(text);
  const code = said.success ? z.int().safeParse(said.data[field]).data : undefined;
  if (status === 429 || (code !== undefined && LIMITED.has(code))) {
    return { kind: 'limited', answer, retryAfter };
  }
  return status === 200 && code === 0
    ? { kind: 'delivered', answer }
    : { kind: 'failed', answer, retryAfter };
}
