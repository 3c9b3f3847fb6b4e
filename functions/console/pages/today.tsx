import type { OwnDeadline, Today } from '#contracts/api/today.ts';
import { ActionForm } from '#console/kit/action-form.tsx';
import { Badge, Facts, List } from '#console/kit/list.tsx';
import { EVERYBODY, type Asked, type Page, type Person } from '#console/kit/page.ts';
import { RecordLink, TextWithIds } from '#console/kit/records.tsx';
import { Remaining, Time } from '#console/kit/time.tsx';
import { Two } from '#console/kit/words.tsx';
import { firstRunNotice } from '#console/pages/first-run.tsx';
import { deadlineEnglish } from '#domain/deadline/kind.ts';
import { personRoleLabels, type PersonRole } from '#domain/person/person.ts';
import type { Waiting } from '#domain/today/waiting.ts';

/** Where what waits for somebody is dealt with. */
function placeOf(what: Waiting, role: PersonRole): string {
  switch (what) {
    case 'triage':
      return '/console/triggers?status=triaging';
    case 'approve':
      return '/console/draws?status=proposed';
    case 'reveal':
      return '/console/draws?status=committed';
    case 'match':
      return role === 'unit' ? '/console/deadlines?kind=match' : '/console/draws?status=drawn';
    case 'decide':
      return '/console/deadlines?state=requested';
    case 'replace':
      return '/console/deadlines?kind=accept&state=overdue';
    case 'correct':
      return '/console/corrections';
    case 'handover':
      return '/console/handovers';
    case 'follow-up':
      return '/console/follow-ups';
    case 'accept':
    case 'begin':
    case 'end':
    case 'record':
      return '/console/inspections?group=unrecorded';
    case 'publish':
      return '/console/inspections?group=to-publish';
  }
}

function WaitingCards({ waiting, role }: { readonly waiting: Today['waiting']; readonly role: PersonRole }) {
  return waiting.length === 0 ? null : (
    <ul class="cards">
      {waiting.map(({ what, zh, en, count }) => (
        <li key={what}>
          <a href={placeOf(what, role)}>
            <strong>{count}</strong>
            <Two words={[zh, en]} />
          </a>
        </li>
      ))}
    </ul>
  );
}

interface OfPerson {
  readonly person: Person;
}

/** What a deadline is of, by its name. */
function Subject({ deadline, person }: OfPerson & { readonly deadline: OwnDeadline }) {
  const { of, about } = deadline;
  return (
    <RecordLink kind={of.kind} id={of.id} person={person}>
      {about ?? of.id}
    </RecordLink>
  );
}

function OwnDeadlines({ deadlines, more, person }: OfPerson & Pick<Today, 'deadlines' | 'more'>) {
  return (
    <>
      <List
        caption={['本人须办理的期限', 'Own deadlines, the soonest first']}
        none={['没有未到期的期限。', 'Nothing is due.']}
        rows={deadlines}
        keyOf={({ id }) => id}
        columns={[
          { words: ['事项对象', 'Of'], cell: (one) => <Subject deadline={one} person={person} /> },
          {
            words: ['须办理', 'To do'],
            cell: ({ id, kind, label }) => (
              <a href={`/console/deadlines/${id}`}>
                <Two words={[label, deadlineEnglish[kind]]} />
              </a>
            ),
          },
          {
            words: ['截止日期', 'Due'],
            cell: ({ due, provisional }) => `${due}${provisional ? '（暂定 provisional）' : ''}`,
          },
          {
            words: ['剩余', 'Left'],
            cell: ({ status, remaining, overdue, requested }) => (
              <>
                {status === 'paused' ? (
                  <Badge tone="plain">已中止 Paused</Badge>
                ) : (
                  <Remaining days={remaining} overdue={overdue} />
                )}
                {requested ? <Badge tone="soon">申请待批 Requested</Badge> : null}
              </>
            ),
          },
        ]}
      />
      {more ? (
        <p>
          <a href="/console/deadlines">全部期限 All deadlines</a>
        </p>
      ) : null}
    </>
  );
}

function Inbox({ asked, messages }: { readonly asked: Asked; readonly messages: Today['messages'] }) {
  const [newest] = messages.newest;
  // A form is sent below /console: that of this page's messages goes to the page of all of them.
  const inbox: Asked = { ...asked, path: '/console/messages', query: {} };
  return (
    <>
      <List
        caption={['最新消息', 'Newest messages']}
        none={['没有消息。', 'No messages.']}
        rows={messages.newest}
        keyOf={({ id }) => id}
        columns={[
          { words: ['时间', 'When'], cell: ({ at }) => <Time at={at} /> },
          {
            words: ['消息', 'Message'],
            cell: ({ unread, urgency, subject, text }) => (
              <>
                <strong>{subject}</strong> {unread ? <Badge tone="soon">未读 Unread</Badge> : null}{' '}
                {urgency === 'immediate' ? <Badge tone="bad">急 Urgent</Badge> : null}
                <TextWithIds text={text} person={asked.person} />
              </>
            ),
          },
        ]}
      />
      {newest === undefined || messages.unread === 0 ? null : (
        <ActionForm
          asked={inbox}
          action="messages-seen"
          fields={[]}
          submit={['全部标为已阅', 'Mark all as seen']}
        >
          <input type="hidden" name="until" value={newest.at} />
        </ActionForm>
      )}
      <p>
        <a href="/console/messages">全部消息与接收方式 All messages, and how to be told</a>
      </p>
    </>
  );
}

/** What is to be done today, by whoever is signed in. */
const today: Page = {
  path: '',
  roles: EVERYBODY,
  nav: { group: 'work', words: ['今日', 'Today'] },
  show: async (asked: Asked) => {
    const [{ person, deadlines, more, messages, waiting }, notice] = await Promise.all([
      asked.api.call('GET /me/today'),
      asked.person.role === 'administrator' ? firstRunNotice(asked) : null,
    ]);
    const { role } = person;
    return {
      title: '今日工作',
      content: (
        <>
          {notice}
          <Facts
            facts={[
              { words: ['日期', 'Date'], value: asked.today },
              { words: ['姓名', 'Name'], value: `${person.name}（${person.staffNo}）` },
              { words: ['岗位', 'Role'], value: personRoleLabels[role] },
              { words: ['单位', 'Unit'], value: person.unit },
            ]}
          />
          <h2>
            <Two words={['等我办理', 'Waiting for me']} />
          </h2>
          {waiting.length === 0 ? (
            <p class="none">
              <Two words={['没有待办事项。', 'Nothing waits for you.']} />
            </p>
          ) : (
            <WaitingCards waiting={waiting} role={role} />
          )}
          <h2>
            <Two words={['期限', 'Deadlines']} />
          </h2>
          <OwnDeadlines deadlines={deadlines} more={more} person={asked.person} />
          <h2>
            <Two words={[`消息（未读 ${messages.unread}）`, 'Messages']} />
          </h2>
          <Inbox asked={asked} messages={messages} />
        </>
      ),
    };
  },
};

export const todayPages: readonly Page[] = [today];
