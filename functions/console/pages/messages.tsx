import { ActionForm } from '#console/kit/action-form.tsx';
import { textOf } from '#console/kit/form.ts';
import { Badge, List, Next } from '#console/kit/list.tsx';
import { EVERYBODY, type Page } from '#console/kit/page.ts';
import { TextWithIds } from '#console/kit/records.tsx';
import { Time } from '#console/kit/time.tsx';

/** The newest messages of whoever is signed in. */
const messages: Page = {
  path: '/messages',
  roles: EVERYBODY,
  nav: { group: 'work', words: ['消息', 'Messages'] },
  actions: {
    // What came after the page was drawn stays unread.
    'messages-seen': {
      said: ['消息已标为已阅。', 'The messages are marked as seen.'],
      run: async ({ api, path }, form) => {
        await api.command('POST /me/messages/seen', { body: { until: textOf(form, 'until') } });
        return { to: path };
      },
    },
  },
  show: async (asked) => {
    const { path, query, api } = asked;
    const { messages: rows, next } = await api.call('GET /me/messages', { query: { after: query['after'] } });
    // Of an older page nothing is marked: what is newer would be marked with it, unread.
    const newest = query['after'] === undefined ? rows[0] : undefined;
    return {
      title: '消息',
      content: (
        <>
          <List
            caption={['消息，新的在前', 'Messages, newest first']}
            none={['没有消息。', 'No messages.']}
            rows={rows}
            keyOf={({ id }) => id}
            columns={[
              { words: ['时间', 'When'], cell: ({ at }) => <Time at={at} /> },
              {
                words: ['消息', 'Message'],
                cell: ({ subject, text, urgency }) => (
                  <>
                    <strong>{subject}</strong>{' '}
                    {urgency === 'immediate' ? <Badge tone="bad">急 Urgent</Badge> : null}
                    <TextWithIds text={text} person={asked.person} />
                  </>
                ),
              },
            ]}
          />
          <Next path={path} query={{}} next={next} />
          {newest === undefined ? null : (
            <ActionForm
              asked={asked}
              action="messages-seen"
              fields={[]}
              submit={['全部标为已阅', 'Mark all as seen']}
            >
              <input type="hidden" name="until" value={newest.at} />
            </ActionForm>
          )}
          <p>
            <a href="/console/preferences">接收方式、日历订阅与登录 How to be told, calendar, and sessions</a>
          </p>
        </>
      ),
    };
  },
};

export const messagePages: readonly Page[] = [messages];
