import { timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { epochMilliseconds, epochSeconds, type Instant } from '#domain/time/time.ts';
import { refuse } from './problem.ts';

/** How far a sender's clock may be from ours, both ways (Standard Webhooks). */
const TOLERANCE_SECONDS = 5 * 60;

/**
 * Checks the three headers of Standard Webhooks over the untouched body and returns the message's id. The library's own
 * `verify` asks the machine for the time; here time comes in with the request, so its `sign` is used and compared.
 * @throws Refusal `signature-missing`, `timestamp-stale`, `signature-invalid`.
 */
export function verifiedMessageId(
  headers: Readonly<Record<string, string>>,
  body: string,
  secrets: readonly string[],
  at: Instant,
): string {
  const id = header(headers, 'webhook-id', /^[!-~]{1,256}$/, '1 to 256 visible ASCII characters');
  const seconds = header(headers, 'webhook-timestamp', /^\d{1,12}$/, 'whole seconds since 1970');
  const signatures = header(
    headers,
    'webhook-signature',
    /^[!-~ ]{1,2048}$/,
    'v1,… separated by spaces',
  ).split(' ');
  const sentAt = new Date(Number(seconds) * 1000);
  const drift = Math.abs(epochMilliseconds(at) - sentAt.getTime()) / 1000;
  if (drift > TOLERANCE_SECONDS) {
    refuse(
      'timestamp-stale',
      `webhook-timestamp 与服务器时间相差 ${Math.round(drift)} 秒，容许 ${TOLERANCE_SECONDS} 秒 webhook-timestamp is ${Math.round(drift)} s away from our time; ${TOLERANCE_SECONDS} s are tolerated.`,
    );
  }
  const expected = secrets.map((secret) => new Webhook(secret).sign(id, sentAt, body));
  const valid = signatures.map((given) =>
    expected.map((one) => equalInConstantTime(given, one)).includes(true),
  );
  if (!valid.includes(true)) {
    refuse(
      'signature-invalid',
      'webhook-signature 与请求体不符 webhook-signature does not match: sign "id.timestamp.body" with the secret of this source (Standard Webhooks, v1).',
    );
  }
  return id;
}

/** The headers that a sender signs a message with at a moment. */
export function signedHeaders(
  secret: string,
  id: string,
  at: Instant,
  body: string,
): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const seconds = epochSeconds(at);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': new Webhook(secret).sign(id, new Date(seconds * 1000), body),
  };
}

function header(
  headers: Readonly<Record<string, string>>,
  name: string,
  shape: RegExp,
  accepted: string,
): string {
  const value = headers[name];
  if (value === undefined) {
    return refuse('signature-missing', `缺少 ${name} The header ${name} is missing.`);
  }
  return shape.test(value)
    ? value
    : refuse('signature-invalid', `${name} 格式不符 The header ${name} must be ${accepted}.`);
}

function equalInConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
