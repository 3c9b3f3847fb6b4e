import type { ChannelBody } from '#domain/channel/channel.ts';
import { put } from './load.ts';

/** Where the mail server and the robots stand that are to take the messages. */
interface SampleReceivers {
  readonly smtpPort: number;
  readonly robots: string;
}

/** 32 bytes in base64: keys that protect nothing, since the receivers stand on this machine. */
const SAMPLE_SECRET = 'whsec_bm90LWEtc2VjcmV0LWZvci10aGUtbG9jYWwtb25lcyE=';

/** A channel of each kind: letters for everybody, a group of the inspectors, one of the lead section, one of the units, and another system. */
export function sampleChannels({
  smtpPort,
  robots,
}: SampleReceivers): Readonly<Record<string, Omit<ChannelBody, 'enabled'>>> {
  const everybody = { roles: [], units: [] };
  return {
    mail: {
      name: '电子邮件',
      audience: everybody,
      settings: {
        kind: 'mail',
        host: '127.0.0.1',
        port: smtpPort,
        tls: 'none',
        from: 'mingchou@example.org',
      },
    },
    'wecom-inspectors': {
      name: '企业微信：执法检查人员群',
      audience: { roles: ['inspector'], units: [] },
      settings: { kind: 'wecom', url: `${robots}/wecom` },
    },
    'dingtalk-lead': {
      name: '钉钉：牵头科室群',
      audience: { roles: ['lead-section'], units: [] },
      settings: { kind: 'dingtalk', url: `${robots}/dingtalk`, secret: 'sample' },
    },
    'feishu-units': {
      name: '飞书：承担单位群',
      audience: { roles: ['unit'], units: [] },
      settings: { kind: 'feishu', url: `${robots}/feishu`, secret: 'sample' },
    },
    'webhook-oa': {
      name: '办公系统',
      audience: { roles: ['supervisor'], units: [] },
      settings: { kind: 'webhook', url: `${robots}/webhook`, secret: SAMPLE_SECRET },
    },
  };
}

/** Sets the channels up as an administrator would; saying the same again changes nothing. */
export async function setChannels(url: string, token: string, receivers: SampleReceivers): Promise<void> {
  for (const [id, channel] of Object.entries(sampleChannels(receivers))) {
    await put(`${url}/channels/${id}`, token, channel);
  }
}
