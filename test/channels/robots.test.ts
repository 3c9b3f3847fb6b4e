import { describe, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { postJson } from '#channels/http.ts';
import { cutToBytes, tellDingtalk, tellFeishu, tellWecom } from '#channels/robots.ts';
import { tellWebhook } from '#channels/webhook.ts';
import type { Outcome } from '#domain/delivery/outcome.ts';
import { parcel } from '../support/parcels.ts';
import { httpReceiver, type HttpAnswer } from '../support/receivers.ts';
import { MONDAY } from '../support/samples.ts';

const SAID = '【致 张三 HP1001】新检查任务 1\n请于 2026-03-01 前接受。\nAccept by 2026-03-01.';
const OK: HttpAnswer = { status: 200, text: '{"errcode":0,"errmsg":"ok"}' };
const WHSEC = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';

/** What a robot's answer is taken for. */
async function judgedAs(answer: HttpAnswer, tell: (url: string) => Promise<Outcome>): Promise<Outcome> {
  const { url } = await httpReceiver(() => answer);
  return tell(`${url}/robot`);
}
const wecom = (url: string) => tellWecom({ kind: 'wecom', url }, parcel);

describe('a robot of WeCom', () => {
  it('is told in a text of its own format, who is meant first', async () => {
    const { url, received } = await httpReceiver(() => OK);
    const address = `${url}/cgi-bin/webhook/send?key=693a91f6`;
    expect(await tellWecom({ kind: 'wecom', url: address }, parcel)).toEqual({
      kind: 'delivered',
      answer: '200 {"errcode":0,"errmsg":"ok"}',
    });
    expect(received).toMatchObject([
      {
        url: '/cgi-bin/webhook/send?key=693a91f6',
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ msgtype: 'text', text: { content: SAID } }),
      },
    ]);
  });

  it.each([
    [
      'its rate limit',
      { status: 200, text: '{"errcode":45009,"errmsg":"api freq out of limit"}' },
      'limited',
    ],
    [
      'an address that is gone',
      { status: 200, text: '{"errcode":93000,"errmsg":"invalid webhook url"}' },
      'failed',
    ],
    ['429', { status: 429, text: '' }, 'limited'],
    ['500', { status: 500, text: 'oops' }, 'failed'],
    ['500 with a code of success', { status: 500, text: '{"errcode":0}' }, 'failed'],
    ['a page', { status: 200, text: '<html>登录</html>' }, 'failed'],
    ['nothing', { status: 200, text: '' }, 'failed'],
    ['JSON of another shape', { status: 200, text: '{"code":0}' }, 'failed'],
    ['a code that is text', { status: 200, text: '{"errcode":"0"}' }, 'failed'],
    ['a redirection', { status: 302, text: '', headers: { location: 'http://169.254.169.254/' } }, 'failed'],
    ['no answer once it has it', 'silent', 'unsure'],
  ] as const)('that answers with %s', async (_, answer, kind) => {
    expect((await judgedAs(answer, wecom)).kind).toBe(kind);
  });

  it('that is not there has heard nothing', async () => {
    expect((await wecom('http://127.0.0.1:59999/')).kind).toBe('failed');
  });

  it('that says for how long it wants to be left alone is left alone', async () => {
    const answer = { status: 429, text: '', headers: { 'retry-after': '120' } };
    expect((await judgedAs(answer, wecom)).retryAfter).toBe(120);
  });

  it('is told no more than it takes, in whole characters', async () => {
    const { url, received } = await httpReceiver(() => OK);
    await tellWecom({ kind: 'wecom', url }, { ...parcel, text: '检'.repeat(2000) });
    const { text } = JSON.parse(received[0]?.body ?? '{}');
    expect(Buffer.byteLength(text.content)).toBeLessThanOrEqual(2048);
    expect(Buffer.byteLength(text.content)).toBeGreaterThan(2040);
    expect(text.content).toMatch(/检……$/);
    const digest = { ...parcel, urgency: 'digest', text: '检'.repeat(2000), short: '1. 一\n2. 二' } as const;
    await tellWecom({ kind: 'wecom', url }, digest);
    expect(JSON.parse(received[1]?.body ?? '{}').text.content).toBe(
      '【致 张三 HP1001】新检查任务 1\n1. 一\n2. 二',
    );
  });
});

describe('a robot of DingTalk', () => {
  it('is told with moment and signature in the query, as another implementation signs', async () => {
    const { url, received } = await httpReceiver(() => OK);
    const address = `${url}/robot/send?access_token=abc`;
    const settings = { kind: 'dingtalk', url: address, secret: 'SEC-example-dingtalk' } as const;
    expect((await tellDingtalk(settings, parcel, MONDAY)).kind).toBe('delivered');
    expect(received[0]?.url).toBe(
      '/robot/send?access_token=abc&timestamp=1772415000000&sign=4%2BSw0x4y5yildY24%2F9FcSJZIN4F21A9kLc3M1MvuH%2FQ%3D',
    );
    expect(received[0]?.body).toBe(
      JSON.stringify({ msgtype: 'text', text: { content: SAID }, at: { isAtAll: false } }),
    );
  });

  it.each([
    ['{"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}', 'limited'],
    ['{"errcode":410100,"errmsg":"发送速度太快而限流"}', 'limited'],
    ['{"errcode":310000,"errmsg":"sign not match"}', 'failed'],
  ])('that answers %s', async (text, kind) => {
    const tell = (url: string) => tellDingtalk({ kind: 'dingtalk', url, secret: 's' }, parcel, MONDAY);
    expect((await judgedAs({ status: 200, text }, tell)).kind).toBe(kind);
  });
});

describe('a robot of Feishu', () => {
  it('is told with moment and signature in the body, as another implementation signs', async () => {
    const { url, received } = await httpReceiver(() => ({ status: 200, text: '{"code":0,"msg":"success"}' }));
    const settings = {
      kind: 'feishu',
      url: `${url}/open-apis/bot/v2/hook/1`,
      secret: 'feishu-secret',
    } as const;
    expect((await tellFeishu(settings, parcel, MONDAY)).kind).toBe('delivered');
    expect(received[0]?.body).toBe(
      JSON.stringify({
        timestamp: '1772415000',
        sign: 'VYdLge73dT8212wTeka7TV+Avm5xbzfoYGwDZTYfHbU=',
        msg_type: 'text',
        content: { text: SAID },
      }),
    );
  });

  it.each([
    [400, '{"code":9499,"msg":"too many request"}', 'limited'],
    [400, '{"code":11232,"msg":"frequency limited psm"}', 'limited'],
    [200, '{"code":19021,"msg":"sign match fail or timestamp is not within one hour"}', 'failed'],
  ])('that answers %i %s', async (status, text, kind) => {
    const tell = (url: string) => tellFeishu({ kind: 'feishu', url, secret: 's' }, parcel, MONDAY);
    expect((await judgedAs({ status, text }, tell)).kind).toBe(kind);
  });
});

describe('a signed webhook', () => {
  const tell = (url: string) => tellWebhook({ kind: 'webhook', url, secret: WHSEC }, parcel, MONDAY);

  it('carries the headers of Standard Webhooks under the delivery’s id, and says who is meant and what', async () => {
    const { url, received } = await httpReceiver(() => ({ status: 204, text: '' }));
    expect((await tell(`${url}/hooks`)).kind).toBe('delivered');
    const headers = received[0]?.headers ?? {};
    const body = received[0]?.body ?? '';
    expect([headers['webhook-id'], headers['webhook-timestamp']]).toEqual(['V-1', '1772415000']);
    expect(headers['webhook-signature']).toBe(
      new Webhook(WHSEC).sign('V-1', new Date('2026-03-02T01:30:00.000Z'), body),
    );
    expect(JSON.parse(body)).toMatchObject({
      type: 'message',
      timestamp: '2026-03-02T01:30:00.000Z',
      data: {
        to: { staffNo: 'HP1001', name: '张三' },
        subject: '新检查任务 1',
        messages: [{ id: 'M-1', cause: 'E-1', en: { subject: 'New inspection 1' } }],
      },
    });
  });

  it.each([
    ['410', { status: 410, text: '' }, 'refused'],
    ['429', { status: 429, text: '' }, 'limited'],
    ['a redirection', { status: 307, text: '', headers: { location: 'http://127.0.0.1:9/' } }, 'failed'],
    ['404', { status: 404, text: 'no such hook' }, 'failed'],
    ['nothing, which its receiver can tell from a second copy', 'silent', 'failed'],
  ] as const)('that is answered with %s', async (_, answer, kind) => {
    expect((await judgedAs(answer, tell)).kind).toBe(kind);
  });
});

describe('a receiver that misbehaves', () => {
  it('is not waited for longer than ten seconds, and may have taken it', async () => {
    const never = await httpReceiver(() => ({ status: 200, text: '' }));
    const posted = await postJson(`${never.url}/`, '{}', {}, 1);
    expect(['silent', 'answered']).toContain(posted.kind);
  });

  it('is not read to the end', async () => {
    const { url } = await httpReceiver(() => ({ status: 200, text: 'x'.repeat(5_000_000) }));
    const posted = await postJson(url, '{}');
    expect(posted.kind === 'answered' && posted.text.length).toBe(16 * 1024);
  });

  it('gets no half character', () => {
    expect(cutToBytes('检查', 6)).toBe('检查');
    expect(cutToBytes('检查任务', 10)).toBe('检……');
    expect(cutToBytes('a检查任务', 11)).toBe('a检……');
  });
});
