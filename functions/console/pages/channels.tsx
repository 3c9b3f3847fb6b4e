import { ActionForm } from '#console/kit/action-form.tsx';
import { bodyOf, textOf, type Field, type Form, optionsOf } from '#console/kit/form.ts';
import { Badge, Facts, List } from '#console/kit/list.tsx';
import { EVERYBODY, type Asked, type Page } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import type { ChannelKind, ChannelView } from '#domain/channel/channel.ts';
import { PersonRole, personRoleLabels } from '#domain/person/person.ts';

const kindLabels: Readonly<Record<ChannelKind, readonly [string, string]>> = {
  mail: ['电子邮件', 'Mail'],
  wecom: ['企业微信机器人', 'WeCom robot'],
  dingtalk: ['钉钉机器人', 'DingTalk robot'],
  feishu: ['飞书机器人', 'Feishu robot'],
  webhook: ['通用推送', 'Webhook'],
};
const roleEnglish: Readonly<Record<PersonRole, string>> = {
  'lead-section': 'Lead section',
  'business-section': 'Business section',
  unit: 'Unit',
  inspector: 'Inspector',
  supervisor: 'Supervisor',
  administrator: 'Administrator',
};

const common: readonly Field[] = [
  { kind: 'text', name: 'name', words: ['名称', 'Name'], required: true, maxLength: 100 },
  { kind: 'yes', name: 'enabled', words: ['启用', 'In use'] },
  {
    kind: 'choices',
    name: 'audience.roles',
    words: ['接收岗位', 'Roles'],
    hint: '不选为全部。 All when none is chosen.',
    options: optionsOf(PersonRole.options, personRoleLabels, roleEnglish),
  },
  {
    kind: 'lines',
    name: 'audience.units',
    words: ['接收单位', 'Units'],
    hint: '每行一个，留空为全部。 One a line; all when empty.',
  },
];
const mailFields: readonly Field[] = [
  { kind: 'text', name: 'settings.host', words: ['邮件服务器', 'Mail server'], required: true },
  { kind: 'number', name: 'settings.port', words: ['端口', 'Port'], required: true, min: 1, max: 65_535 },
  {
    kind: 'choice',
    name: 'settings.tls',
    words: ['加密', 'Encryption'],
    required: true,
    options: [
      { value: 'implicit', words: ['TLS（465）', 'implicit'] },
      { value: 'starttls', words: ['STARTTLS（587、25）', 'starttls'] },
      { value: 'none', words: ['不加密，仅限本机', 'none, this machine only'] },
    ],
  },
  { kind: 'text', name: 'settings.user', words: ['用户名', 'User'], maxLength: 200 },
  { kind: 'secret', name: 'settings.password', words: ['密码', 'Password'], maxLength: 500 },
  { kind: 'text', name: 'settings.from', words: ['发件地址', 'From'], required: true },
];
const url: Field = {
  kind: 'text',
  name: 'settings.url',
  words: ['地址', 'Address'],
  required: true,
  maxLength: 500,
};
/** The address of a robot holds its key. */
const robotUrl: Field = { ...url, kind: 'secret' };
const secret: Field = {
  kind: 'secret',
  name: 'settings.secret',
  words: ['密钥', 'Secret'],
  required: true,
  maxLength: 200,
  hint: '保存后不再显示，修改渠道时须重新填写。 Not shown again; enter it anew with every change.',
};

/** What a channel of each kind is set up with. */
const fieldsOf: Readonly<Record<ChannelKind, readonly Field[]>> = {
  mail: [...common, ...mailFields],
  wecom: [...common, robotUrl],
  dingtalk: [...common, robotUrl, secret],
  feishu: [...common, robotUrl, secret],
  webhook: [...common, url, secret],
};

const kinds = Object.keys(fieldsOf).filter(isKind);

function isKind(value: string): value is ChannelKind {
  return Object.hasOwn(fieldsOf, value);
}

const list: Page = {
  path: '/channels',
  roles: ['administrator'],
  nav: { group: 'settings', words: ['消息渠道', 'Channels'] },
  show: async (asked: Asked) => {
    const { channels } = await asked.api.call('GET /channels');
    const kind = kinds.find((one) => one === asked.query['new']);
    return {
      title: '消息渠道',
      content: (
        <>
          <List
            caption={['全部渠道', 'All channels']}
            columns={[
              { words: ['编号', 'Id'], cell: ({ id }) => <a href={`/console/channels/${id}`}>{id}</a> },
              { words: ['名称', 'Name'], cell: ({ name }) => name },
              { words: ['类型', 'Kind'], cell: ({ settings }) => kindLabels[settings.kind][0] },
              { words: ['服务器', 'Host'], cell: ({ settings }) => settings.host },
              { words: ['状态', 'Status'], cell: (channel) => <InUse channel={channel} /> },
            ]}
            rows={channels}
            keyOf={({ id }) => id}
            none={[
              '还没有渠道，消息只在系统内显示。',
              'No channel yet: messages are shown in the inbox only.',
            ]}
          />
          <h2>新增渠道 Add a channel</h2>
          <ul>
            {kinds.map((one) => (
              <li key={one}>
                <a href={`/console/channels?new=${one}#set-new-channel`}>
                  {kindLabels[one][0]} {kindLabels[one][1]}
                </a>
              </li>
            ))}
          </ul>
          {kind === undefined ? null : (
            <ActionForm
              asked={asked}
              action="set-new-channel"
              fields={[newId, ...fieldsOf[kind]]}
              initial={{ enabled: 'yes' }}
              submit={[`新增${kindLabels[kind][0]}`, 'Add']}
            />
          )}
        </>
      ),
    };
  },
  actions: {
    'set-new-channel': {
      said: ['渠道已新增。', 'The channel is added.'],
      run: async (asked, form) => {
        const id = textOf(form, 'id');
        await set(
          asked,
          id,
          kinds.find((one) => one === asked.query['new']),
          form,
        );
        return { to: `/console/channels/${id}` };
      },
    },
  },
};

const newId: Field = {
  kind: 'text',
  name: 'id',
  words: ['编号', 'Id'],
  required: true,
  maxLength: 32,
  hint: '小写字母、数字和连字符，如 mail。 Lower-case letters, digits and hyphens.',
};

async function set({ api }: Asked, id: string, kind: ChannelKind | undefined, form: Form): Promise<void> {
  const { settings, ...body } = bodyOf(kind === undefined ? common : fieldsOf[kind], form);
  const said = typeof settings === 'object' && settings !== null ? settings : {};
  await api.command('PUT /channels/{id}', {
    params: { id },
    body: { ...body, settings: { ...said, kind } },
    once: form.once,
  });
}

function InUse({ channel: { enabled } }: { readonly channel: ChannelView }) {
  return <Badge tone={enabled ? 'good' : 'plain'}>{enabled ? '启用 In use' : '停用 Off'}</Badge>;
}

const one: Page = {
  path: '/channels/{id}',
  roles: ['administrator'],
  show: async (asked: Asked) => {
    const channel = await asked.api.call('GET /channels/{id}', { params: asked.params });
    const { id, name, settings, audience, setAt, version } = channel;
    return {
      title: `渠道：${name}`,
      content: (
        <>
          <Facts
            facts={[
              { words: ['编号', 'Id'], value: <code>{id}</code> },
              { words: ['类型', 'Kind'], value: kindLabels[settings.kind].join(' ') },
              { words: ['服务器', 'Host'], value: settings.host },
              { words: ['状态', 'Status'], value: <InUse channel={channel} /> },
              { words: ['版本', 'Version'], value: version },
              { words: ['设置时间', 'Set at'], value: <Time at={setAt} /> },
              {
                words: ['办理记录', 'History'],
                value: <a href={`/console/history/channel/${id}`}>查看 Open</a>,
              },
            ]}
          />
          <h2>修改设置 Change it</h2>
          <p>
            地址和密钥不显示，每次修改都须重新填写。 Addresses and secrets are not shown: enter them anew.
          </p>
          <ActionForm
            asked={asked}
            action="set-channel"
            fields={fieldsOf[settings.kind]}
            initial={{
              name,
              enabled: channel.enabled ? 'yes' : undefined,
              'audience.roles': audience.roles,
              'audience.units': audience.units,
              'settings.host': settings.host,
              'settings.port': settings.port === undefined ? undefined : String(settings.port),
              'settings.tls': settings.tls,
              'settings.from': settings.from,
            }}
            submit={['保存', 'Save']}
          />
        </>
      ),
    };
  },
  actions: {
    'set-channel': {
      said: ['渠道已保存。', 'The channel is saved.'],
      run: async (asked, form) => {
        const { id, settings } = await asked.api.call('GET /channels/{id}', { params: asked.params });
        await set(asked, id, settings.kind, form);
        return { to: asked.path };
      },
    },
  },
};

const urgencyLabels = { immediate: '即时 At once', digest: '晨间汇总 In the morning' } as const;

const templates: Page = {
  path: '/templates',
  roles: EVERYBODY,
  nav: { group: 'settings', words: ['消息模板', 'Message templates'] },
  show: async ({ api }: Asked) => {
    const all = await api.call('GET /templates');
    return {
      title: '消息模板',
      content: (
        <>
          <p>以示例事件生成，与实际发送的文字一致。 From sample events, worded as they are sent.</p>
          {all.templates.map(({ event, wording, samples }) => (
            <section key={`${event} ${wording}`}>
              <h2>
                <code>{event}</code>
              </h2>
              {samples.map(({ urgency, zh, en }) => (
                <div class="outcome" key={zh.subject + zh.text}>
                  <p>
                    <Badge tone="plain">{urgencyLabels[urgency]}</Badge> <strong>{zh.subject}</strong>
                  </p>
                  <Lines text={zh.text} />
                  <div class="en" lang="en">
                    <p>{en.subject}</p>
                    <Lines text={en.text} />
                  </div>
                </div>
              ))}
            </section>
          ))}
        </>
      ),
    };
  },
};

function Lines({ text }: { readonly text: string }) {
  return (
    <>
      {text.split('\n').map((line) => (
        <p key={line}>{line}</p>
      ))}
    </>
  );
}

export const channelsPages: readonly Page[] = [list, one, templates];
