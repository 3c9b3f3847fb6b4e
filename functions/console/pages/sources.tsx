import { ActionForm } from '#console/kit/action-form.tsx';
import { bodyOf, textOf, type Field } from '#console/kit/form.ts';
import { Badge, List } from '#console/kit/list.tsx';
import type { Asked, Page } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import type { AnswerOf } from '#contracts/api/operations.ts';
import { jsonTyped } from './typed-json.ts';

const registerFields: readonly Field[] = [
  {
    kind: 'text',
    name: 'id',
    words: ['编号', 'Id'],
    required: true,
    maxLength: 32,
    hint: '小写字母、数字和连字符，如 hotline-12345。 Lower-case letters, digits and hyphens.',
  },
  { kind: 'text', name: 'name', words: ['名称', 'Name'], required: true, maxLength: 100 },
];
const rotateFields: readonly Field[] = [
  {
    kind: 'time',
    name: 'olderUntil',
    words: ['旧密钥有效至', 'The older secret is accepted until'],
    hint: '留空为 24 小时，最长 7 日；密钥泄露时填当前时刻。 A day when left empty, a week at most; this moment when it has leaked.',
  },
];
const testFields: readonly Field[] = [
  {
    kind: 'long',
    name: 'report',
    words: ['上报内容（JSON）', 'Report as JSON'],
    hint: '留空则使用示例。 A sample when left empty.',
  },
];

/** A secret that nobody will see again. */
function Secret({ secret }: { readonly secret: string }) {
  return (
    <>
      <p>
        <strong>密钥仅显示这一次，请立即转交并妥善保存。</strong> The secret is shown this once.
      </p>
      <pre>
        <code>{secret}</code>
      </pre>
    </>
  );
}

const list: Page = {
  path: '/sources',
  roles: ['administrator'],
  nav: { group: 'settings', words: ['触发来源', 'Trigger sources'] },
  show: async (asked: Asked) => {
    const { sources } = await asked.api.call('GET /sources');
    return {
      title: '触发来源',
      content: (
        <>
          <List
            caption={['已登记的来源', 'Registered sources']}
            columns={[
              { words: ['编号', 'Id'], cell: ({ id }) => <a href={`/console/sources/${id}`}>{id}</a> },
              { words: ['名称', 'Name'], cell: ({ name }) => name },
              { words: ['登记时间', 'Registered'], cell: ({ registeredAt }) => <Time at={registeredAt} /> },
            ]}
            rows={sources}
            keyOf={({ id }) => id}
            none={['还没有来源，请在下方登记。', 'No source yet; register one below.']}
          />
          <h2>登记来源 Register a source</h2>
          <ActionForm
            asked={asked}
            action="register-source"
            fields={registerFields}
            submit={['登记', 'Register']}
          />
        </>
      ),
    };
  },
  actions: {
    'register-source': {
      said: ['来源已登记。', 'The source is registered.'],
      run: async ({ api }, form) => {
        const id = textOf(form, 'id');
        const answer = await api.call('PUT /sources/{id}', {
          params: { id },
          body: { name: textOf(form, 'name') },
        });
        return {
          outcome:
            'secret' in answer ? (
              <>
                <p>
                  来源 <a href={`/console/sources/${id}`}>{answer.name}</a> 已登记。 Registered.
                </p>
                <Secret secret={answer.secret} />
              </>
            ) : (
              <p>
                编号 <a href={`/console/sources/${id}`}>{id}</a> 此前已登记，密钥没有变化。 It was registered
                before; its secret is as it was.
              </p>
            ),
        };
      },
    },
  },
};

const one: Page = {
  path: '/sources/{id}',
  roles: ['administrator'],
  show: async (asked: Asked) => {
    const { id, name, messages } = await asked.api.call('GET /sources/{id}/deliveries', {
      params: asked.params,
    });
    return {
      title: `触发来源：${name}`,
      content: (
        <>
          <p>
            编号 Id <code>{id}</code> · <a href={`/console/history/source/${id}`}>办理记录 History</a>
          </p>
          <List
            caption={['最近 100 条签名有效的消息', 'The newest 100 messages that it signed']}
            columns={[
              { words: ['时间', 'Time'], cell: ({ at }) => <Time at={at} /> },
              { words: ['消息', 'Message'], cell: ({ message }) => <code>{message}</code> },
              {
                words: ['结果', 'Outcome'],
                cell: (row) =>
                  row.outcome === 'accepted' ? (
                    <>
                      <Badge tone="good">已接收 Accepted</Badge>{' '}
                      <a href={`/console/triggers/${row.trigger}`}>{row.trigger}</a>
                    </>
                  ) : (
                    <>
                      <Badge tone="bad">未接收 Refused</Badge> <code>{row.reason}</code>
                    </>
                  ),
              },
            ]}
            rows={messages}
            keyOf={({ at, message }) => `${at} ${message}`}
            none={['还没有收到消息。', 'No message yet.']}
          />
          <h2>试发消息 Send a test</h2>
          <p>签名、验证、解析，但不入库。 It is signed, proved and read, and not stored.</p>
          <ActionForm asked={asked} action="test-source" fields={testFields} submit={['试发', 'Test']} />
          <h2>更换密钥 Rotate the secret</h2>
          <ActionForm
            asked={asked}
            action="rotate-source"
            fields={rotateFields}
            submit={['更换密钥', 'Rotate']}
            kind="danger"
            sure="更换后须把新密钥转交来源系统。确定更换？ The sender needs the new secret. Go on?"
          />
        </>
      ),
    };
  },
  actions: {
    'rotate-source': {
      said: ['密钥已更换。', 'The secret is rotated.'],
      run: async ({ api, params }, form) => {
        const answer = await api.command('POST /sources/{id}/rotate', {
          params,
          body: bodyOf(rotateFields, form),
          once: form.once,
        });
        return {
          outcome: (
            <>
              <Secret secret={answer.secret} />
              <p>
                旧密钥有效至 The older one is accepted until <Time at={answer.olderUntil} />
              </p>
            </>
          ),
        };
      },
    },
    'test-source': {
      said: ['已试发。', 'The test was made.'],
      run: async ({ api, params }, form) => {
        const typed = textOf(form, 'report');
        const body = typed === '' ? {} : { report: jsonTyped(typed, '/report') };
        const tried = await api.command('POST /sources/{id}/test', { params, body, once: form.once });
        return { outcome: <Tried tried={tried} /> };
      },
    },
  },
};

function Tried({ tried }: { readonly tried: AnswerOf<'POST /sources/{id}/test'> }) {
  const { outcome, headers, body, curl } = tried;
  return (
    <>
      {outcome.kind === 'accepted' ? (
        <p>
          <Badge tone="good">可以接收 It would be accepted</Badge> <code>{outcome.trigger}</code>
        </p>
      ) : (
        <>
          <p>
            <Badge tone="bad">会被拒绝 It would be refused</Badge> {outcome.status} {outcome.reason}：
            {outcome.detail}
          </p>
          <ul>
            {outcome.errors.map(({ pointer, detail }) => (
              <li key={pointer}>
                <code>{pointer}</code> {detail}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>请求头 Headers</h3>
      <pre tabIndex={0}>
        {Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}`)
          .join('\n')}
      </pre>
      <h3>请求体 Body</h3>
      <pre tabIndex={0}>{body}</pre>
      <h3>命令行 curl</h3>
      <p>五分钟内执行会成为真实消息。 Within five minutes it is a real message.</p>
      <pre tabIndex={0}>{curl}</pre>
    </>
  );
}

export const sourcesPages: readonly Page[] = [list, one];
