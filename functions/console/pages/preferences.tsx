import { ActionForm } from '#console/kit/action-form.tsx';
import { staying } from '#console/kit/command.ts';
import { bodyOf, textOf, type Field, type Form, type Option } from '#console/kit/form.ts';
import { EVERYBODY, type Action, type Asked, type Page } from '#console/kit/page.ts';
import { Two } from '#console/kit/words.tsx';
import { environment } from '#console/opened.ts';
import type { OwnPreferences } from '#contracts/api/messaging.ts';
import type { PreferencesBody } from '#domain/delivery/preferences.ts';
import type * as z from 'zod';

type Known = z.infer<typeof OwnPreferences>;

const EVERY = 'every';
const CHOSEN = 'chosen';

const language: Field = {
  name: 'language',
  kind: 'choice',
  words: ['语言', 'Language'],
  required: true,
  options: [
    { value: 'both', words: ['中文和英文', 'Both'] },
    { value: 'zh', words: ['中文', 'Chinese'] },
    { value: 'en', words: ['英文', 'English'] },
  ],
};

const quiet: readonly Field[] = [
  {
    name: 'quiet.from',
    kind: 'text',
    maxLength: 5,
    words: ['免打扰开始', 'Quiet from'],
    hint: '工作日 08:30–18:00 之内，如 12:00；不设则留空。 Within working hours, e.g. 12:00; empty for none.',
  },
  {
    name: 'quiet.to',
    kind: 'text',
    maxLength: 5,
    words: ['免打扰结束', 'Quiet until'],
    hint: '如 14:00，其间的消息随后发送。 What comes meanwhile is sent after.',
  },
];

/** How a person is told of what is urgent in one way: by every channel, or by those that they choose. */
function channelFields(urgency: 'immediate' | 'digest', options: readonly Option[]): Field[] {
  const zh = urgency === 'immediate' ? '即时消息' : '每日汇总';
  const en = urgency === 'immediate' ? 'Urgent messages' : 'The morning list';
  return [
    {
      name: `${urgency}By`,
      kind: 'choice',
      words: [zh, en],
      required: true,
      options: [
        { value: EVERY, words: ['全部可用渠道', 'Every channel that reaches me'] },
        { value: CHOSEN, words: ['仅下列渠道', 'Only these channels'] },
      ],
    },
    { name: urgency, kind: 'choices', words: [`${zh}的渠道`, `${en} by`], options },
  ];
}

/**
 * What a person chose, as the API takes it: without a list of channels every one tells them, with an empty one none does.
 * The kinds of urgency whose fields were not on the form, for want of channels, stay as they are by default.
 */
export function preferencesOf(form: Form): Record<string, unknown> {
  const body = bodyOf([language, ...quiet], form);
  for (const urgency of ['immediate', 'digest'] as const) {
    if (textOf(form, `${urgency}By`) === CHOSEN) {
      body[urgency] = form.values[urgency] ?? [];
    }
  }
  return body;
}

function initialOf({ language: tongue, immediate, digest, quiet: hours }: PreferencesBody) {
  return {
    language: tongue,
    immediateBy: immediate === undefined ? EVERY : CHOSEN,
    immediate,
    digestBy: digest === undefined ? EVERY : CHOSEN,
    digest,
    'quiet.from': hours?.from,
    'quiet.to': hours?.to,
  };
}

function Choosing({ asked, known }: { readonly asked: Asked; readonly known: Known }) {
  const options = known.channels.map(({ id, name }) => ({ value: id, words: [name, id] as const }));
  return (
    <>
      {options.length === 0 ? (
        <p class="none">
          <Two
            words={[
              '尚无发送给您的渠道，消息只在站内显示。',
              'No channel reaches you yet: messages stay in this console.',
            ]}
          />
        </p>
      ) : null}
      <ActionForm
        asked={asked}
        action="preferences"
        fields={[
          language,
          ...(options.length === 0
            ? []
            : [...channelFields('immediate', options), ...channelFields('digest', options)]),
          ...quiet,
        ]}
        initial={initialOf(known)}
        submit={['保存', 'Save']}
      />
    </>
  );
}

const choose = staying(
  'PUT /me/preferences',
  ['接收方式已保存。', 'It is saved how you are told.'],
  preferencesOf,
);

const makeLink: Action = {
  said: ['日历链接已生成。', 'The calendar link is made.'],
  run: async ({ api }) => {
    const { path } = await api.call('POST /me/calendar-link');
    return {
      outcome: (
        <>
          <p>
            <Two
              words={[
                '请将此地址添加到日历软件。地址只显示这一次，知道它的人可以看到您的期限。',
                'Subscribe to this address in your calendar. It is shown this once, and whoever has it can read your deadlines.',
              ]}
            />
          </p>
          <p>
            <code>{new URL(path, environment().ORIGIN).href}</code>
          </p>
        </>
      ),
    };
  },
};

const dropLink: Action = {
  said: ['日历链接已撤销。', 'The calendar link is taken back.'],
  run: async ({ api, path }) => {
    await api.call('DELETE /me/calendar-link');
    return { to: path };
  },
};

/** How a person is told, where their calendar is, and where they are signed in. */
const preferences: Page = {
  path: '/preferences',
  roles: EVERYBODY,
  nav: { group: 'work', words: ['接收方式', 'Preferences'] },
  actions: { preferences: choose, 'calendar-link': makeLink, 'drop-calendar-link': dropLink },
  show: async (asked) => ({
    title: '接收方式与登录',
    content: (
      <>
        <h2>
          <Two words={['接收方式', 'How to be told']} />
        </h2>
        <Choosing asked={asked} known={await asked.api.call('GET /me/preferences')} />
        <h2>
          <Two words={['期限日历', 'Calendar of deadlines']} />
        </h2>
        <p>
          <Two
            words={[
              '在手机或电脑的日历中订阅本人的期限。重新生成后，以前的链接不再有效。',
              'Subscribe to your deadlines in any calendar. Another link ends the one before.',
            ]}
          />
        </p>
        <div class="actions">
          <ActionForm
            asked={asked}
            action="calendar-link"
            fields={[]}
            submit={['生成订阅链接', 'Make a link']}
          />
          <ActionForm
            asked={asked}
            action="drop-calendar-link"
            fields={[]}
            submit={['撤销订阅链接', 'Take the link back']}
            kind="danger"
            sure="撤销后，已订阅的日历不再更新。确定撤销？ Take the link back?"
          />
        </div>
        <h2>
          <Two words={['登录', 'Sessions']} />
        </h2>
        <form
          method="post"
          action="/console/sign-out-everywhere"
          class="action"
          data-sure="在所有设备上退出？ Sign out on every device?"
        >
          <p>
            <Two
              words={[
                '如果在其他电脑或手机上忘记退出，可在此全部退出。',
                'Ends every session of yours, on this and every other device.',
              ]}
            />
          </p>
          <button type="submit" class="danger">
            <Two words={['在所有设备上退出', 'Sign out everywhere']} />
          </button>
        </form>
      </>
    ),
  }),
};

export const preferencePages: readonly Page[] = [preferences];
