import { describe, expect, it } from 'vitest';
import { ChannelBody, ChannelSettings, withoutSecrets } from '#domain/channel/channel.ts';
import { freeFrom, saidAlso } from '#domain/channel/rate.ts';
import { later, type Instant } from '#domain/time/time.ts';
import { channel } from '../../support/parcels.ts';
import { MONDAY } from '../../support/samples.ts';

const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
const mail = {
  kind: 'mail',
  host: 'smtp.example.org',
  port: 465,
  tls: 'implicit',
  from: 'm@example.org',
} as const;

describe('a channel', () => {
  it.each([
    [{ kind: 'wecom', url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1' }],
    [{ kind: 'wecom', url: 'http://127.0.0.1:4510/_local/robots/wecom' }],
    [{ kind: 'dingtalk', url: 'https://oapi.dingtalk.com/robot/send?access_token=1', secret: 'SEC1' }],
    [{ kind: 'feishu', url: 'https://open.feishu.cn/open-apis/bot/v2/hook/1', secret: 's' }],
    [{ kind: 'webhook', url: 'https://oa.example.org/hooks', secret }],
    [mail],
    [{ ...mail, user: 'm', password: 'p' }],
  ])('of each kind can be set up: %j', (settings) => {
    expect(ChannelSettings.safeParse(settings).success).toBe(true);
  });

  it.each([
    ['another host', { kind: 'wecom', url: 'https://qyapi.weixin.qq.com.example.org/send?key=1' }],
    ['a name before the host', { kind: 'wecom', url: 'https://qyapi.weixin.qq.com@example.org/' }],
    ['another vendor', { kind: 'wecom', url: 'https://oapi.dingtalk.com/robot/send' }],
    ['another port', { kind: 'wecom', url: 'https://qyapi.weixin.qq.com:8443/' }],
    ['http', { kind: 'wecom', url: 'http://qyapi.weixin.qq.com/' }],
    ['a file', { kind: 'wecom', url: 'file:///etc/passwd' }],
    ['no address', { kind: 'wecom', url: 'wecom' }],
    ['no secret', { kind: 'dingtalk', url: 'https://oapi.dingtalk.com/robot/send?access_token=1' }],
    ['the address of instance data', { kind: 'webhook', url: 'http://169.254.169.254/latest', secret }],
    ['numbers for a host', { kind: 'webhook', url: 'https://10.0.0.1/', secret }],
    ['a host in brackets', { kind: 'webhook', url: 'https://[::1]/', secret }],
    ['a short secret', { kind: 'webhook', url: 'https://oa.example.org/', secret: 'whsec_MDEy' }],
    ['mail without encryption elsewhere', { ...mail, tls: 'none' }],
    ['a user without a password', { ...mail, user: 'm' }],
    ['a sender that is no address', { ...mail, from: 'mingchou' }],
    ['port 0', { ...mail, port: 0 }],
    ['a kind that there is not', { kind: 'fax', number: '1' }],
  ])('with %s is refused', (_, settings) => {
    expect(ChannelSettings.safeParse(settings).success).toBe(false);
  });

  it('is shown without its secrets', () => {
    const shown = [
      channel({ ...mail, user: 'secret-user', password: 'secret-password' }),
      channel({
        kind: 'dingtalk',
        url: 'https://oapi.dingtalk.com/robot/send?access_token=secret-1',
        secret: 'secret-2',
      }),
      channel({ kind: 'wecom', url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=secret-3' }),
    ].map(withoutSecrets);
    expect(JSON.stringify(shown)).not.toContain('secret');
    expect(shown.map(({ settings }) => settings)).toEqual([
      { kind: 'mail', host: 'smtp.example.org', port: 465, tls: 'implicit', from: 'm@example.org' },
      { kind: 'dingtalk', host: 'oapi.dingtalk.com' },
      { kind: 'wecom', host: 'qyapi.weixin.qq.com' },
    ]);
  });

  it('is on and speaks to everybody where nothing else is said', () => {
    expect(ChannelBody.parse({ name: '邮件', settings: mail })).toMatchObject({
      enabled: true,
      audience: { roles: [], units: [] },
    });
  });
});

describe('the rate of a robot', () => {
  const times = (count: number, everyMs: number): Instant[] =>
    Array.from({ length: count }, (_, n) => later(MONDAY, n * everyMs));

  it('of WeCom and DingTalk is 20 in any minute', () => {
    expect(freeFrom('wecom', times(19, 1000), later(MONDAY, 19_000))).toBe(later(MONDAY, 19_000));
    expect(freeFrom('wecom', times(20, 1000), later(MONDAY, 20_000))).toBe(later(MONDAY, 60_000));
    expect(freeFrom('dingtalk', times(25, 1000), later(MONDAY, 25_000))).toBe(later(MONDAY, 65_000));
  });

  it('of Feishu is 5 in any second and 100 in any minute', () => {
    expect(freeFrom('feishu', times(5, 0), MONDAY)).toBe(later(MONDAY, 1000));
    expect(freeFrom('feishu', times(100, 250), later(MONDAY, 26_000))).toBe(later(MONDAY, 60_000));
  });

  it('of mail and webhooks is none', () => {
    expect(freeFrom('mail', times(5000, 0), MONDAY)).toBe(MONDAY);
  });

  it('forgets what is too long ago to count', () => {
    expect(saidAlso('wecom', times(20, 5000), later(MONDAY, 95_000))).toHaveLength(13);
  });
});
