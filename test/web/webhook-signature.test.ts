import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Source } from '#domain/source/source.ts';
import { later } from '#domain/time/time.ts';
import { verifiedMessageId } from '#web/webhook-signature.ts';
import { refusalOf } from '../support/refusals.ts';
import { MONDAY } from '../support/samples.ts';

const SENT = 1_772_415_000;
const BODY = '{"category":"complaint","title":"加油站计量不准"}';
const key = Buffer.alloc(32, 7);
const secret = `whsec_${key.toString('base64')}`;
const other = Buffer.alloc(32, 9);

/** The signature of Standard Webhooks, computed here without the library that the product uses. */
function sign(by: Buffer, id = 'msg_1', seconds: number | string = SENT, body = BODY): string {
  return `v1,${createHmac('sha256', by).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}

const headers = {
  'webhook-id': 'msg_1',
  'webhook-timestamp': String(SENT),
  'webhook-signature': sign(key),
};
const reason = (given: Readonly<Record<string, string>>, body = BODY, at = MONDAY) =>
  refusalOf(() => verifiedMessageId(given, body, [secret], at)).reason;

describe('a signed message', () => {
  it('gives its id', () => {
    expect(verifiedMessageId(headers, BODY, [secret], MONDAY)).toBe('msg_1');
  });

  it('is as the published example of Standard Webhooks', () => {
    const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
    const body = '{"test": 2432232314}';
    const example = {
      'webhook-id': id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    };
    const at = later(MONDAY, (1_614_265_330 - SENT) * 1000);
    expect(verifiedMessageId(example, body, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], at)).toBe(id);
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('is refused without %s', (name) => {
    const rest = Object.fromEntries(Object.entries(headers).filter(([header]) => header !== name));
    const refusal = refusalOf(() => verifiedMessageId(rest, BODY, [secret], MONDAY));
    expect([refusal.reason, refusal.message.includes(name)]).toEqual(['signature-missing', true]);
  });

  it.each([
    ['5 minutes old', 300_000],
    ['5 minutes ahead', -300_000],
  ])('that is %s is accepted', (_, age) => {
    expect(verifiedMessageId(headers, BODY, [secret], later(MONDAY, age))).toBe('msg_1');
  });

  it.each([
    ['5 minutes and a millisecond old', 300_001],
    ['5 minutes and a millisecond ahead', -300_001],
    ['a year old', 31_536_000_000],
  ])('that is %s is refused', (_, age) => {
    expect(reason(headers, BODY, later(MONDAY, age))).toBe('timestamp-stale');
  });

  it.each([
    ['another body', headers, `${BODY} `],
    ['another id', { ...headers, 'webhook-id': 'msg_2' }, BODY],
    ['another time', { ...headers, 'webhook-timestamp': String(SENT + 1) }, BODY],
    ['a byte order mark in front', headers, `\uFEFF${BODY}`],
    ['another secret', { ...headers, 'webhook-signature': sign(other) }, BODY],
    ['a signature of version 2', { ...headers, 'webhook-signature': sign(key).replace('v1', 'v2') }, BODY],
    ['a signature without its version', { ...headers, 'webhook-signature': sign(key).slice(3) }, BODY],
    ['the beginning of the signature', { ...headers, 'webhook-signature': sign(key).slice(0, 20) }, BODY],
    ['nothing after the version', { ...headers, 'webhook-signature': 'v1,' }, BODY],
  ])('is refused with %s', (_, given, body) => {
    expect(reason(given, body)).toBe('signature-invalid');
  });

  it.each([
    ['webhook-id', ''],
    ['webhook-id', 'msg 1'],
    ['webhook-id', '消息'],
    ['webhook-id', 'x'.repeat(257)],
    ['webhook-timestamp', '1772415000.5'],
    ['webhook-timestamp', '-1772415000'],
    ['webhook-timestamp', '2026-03-02'],
    ['webhook-timestamp', '9'.repeat(13)],
    ['webhook-signature', ''],
    ['webhook-signature', 'x'.repeat(2049)],
  ])('is refused when %s is “%s”', (name, value) => {
    expect(reason({ ...headers, [name]: value })).toBe('signature-invalid');
  });

  it('is accepted when one of several signatures fits', () => {
    const several = { ...headers, 'webhook-signature': `v2,x ${sign(other)} ${sign(key)}` };
    expect(verifiedMessageId(several, BODY, [secret], MONDAY)).toBe('msg_1');
  });

  it('is accepted under either secret while one replaces the other', () => {
    const secrets = [`whsec_${other.toString('base64')}`, secret];
    expect(verifiedMessageId(headers, BODY, secrets, MONDAY)).toBe('msg_1');
    const signedNew = { ...headers, 'webhook-signature': sign(other) };
    expect(verifiedMessageId(signedNew, BODY, secrets, MONDAY)).toBe('msg_1');
  });

  it('is refused by a source that has no secret', () => {
    expect(refusalOf(() => verifiedMessageId(headers, BODY, [], MONDAY)).reason).toBe('signature-invalid');
  });
});

describe('the secrets of a source', () => {
  const source = (...secrets: string[]) =>
    Source.safeParse({ id: 'hotline-12345', version: 1, name: '热线', secrets, registeredAt: MONDAY })
      .success;

  it('hold 24 to 64 bytes, as Standard Webhooks asks', () => {
    const sizes = [24, 32, 64].map((size) => source(`whsec_${randomBytes(size).toString('base64')}`));
    expect(sizes).toEqual([true, true, true]);
    expect([0, 8, 23, 80].map((size) => source(`whsec_${randomBytes(size).toString('base64')}`))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('are one or two, and never without their prefix', () => {
    expect([source(), source(secret), source(secret, secret), source(secret, secret, secret)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(source(key.toString('base64'))).toBe(false);
  });
});
