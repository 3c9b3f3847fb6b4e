import { Facts, Filters, List } from '#console/kit/list.tsx';
import type { Asked, Page, Words } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { AggregateKind, catalogue, type Actor } from '#contracts/catalogue.ts';
import type { MingchouEvent } from '#contracts/events.ts';
import { WATCHING } from '#domain/person/person.ts';

const kindLabels: Readonly<Record<AggregateKind, Words>> = {
  trigger: ['触发信息', 'Trigger'],
  draw: ['抽查', 'Draw'],
  inspection: ['检查', 'Inspection'],
  deadline: ['期限', 'Deadline'],
  message: ['消息', 'Message'],
  library: ['名录库', 'Library'],
  policy: ['规则', 'Policy'],
  source: ['触发来源', 'Source'],
  recusal: ['回避', 'Recusal'],
  inspector: ['检查人员', 'Inspector'],
  signal: ['信号', 'Signal'],
  warning: ['风险预警', 'Warning'],
  scan: ['扫描', 'Scan'],
  rehearsal: ['试运行', 'Rehearsal'],
  calendar: ['日历', 'Calendar'],
  correction: ['更正', 'Correction'],
  'deadline-rules': ['期限规则', 'Deadline rules'],
  handover: ['线索移送', 'Handover'],
  'follow-up': ['后续处置', 'Follow-up'],
  submission: ['报送', 'Submission'],
  delivery: ['投递', 'Delivery'],
  channel: ['渠道', 'Channel'],
  preferences: ['接收方式', 'Preferences'],
  'dead-letters': ['死信队列', 'Dead letters'],
};
const actorLabels: Readonly<Record<Actor['kind'], Words>> = {
  person: ['人员', 'Person'],
  source: ['来源系统', 'Source'],
  function: ['系统', 'System'],
  public: ['公众', 'Public'],
};

const ask: Page = {
  path: '/history',
  roles: WATCHING,
  nav: { group: 'watch', words: ['办理记录', 'Audit trail'] },
  show: async ({ api, path, query }: Asked) => {
    const { kind = '', id = '' } = query;
    const of = AggregateKind.safeParse(kind);
    const wanted = id.trim();
    const events =
      of.success && wanted !== ''
        ? (await api.call('GET /history/{kind}/{id}', { params: { kind: of.data, id: wanted } })).events
        : undefined;
    return {
      title: '办理记录',
      content: (
        <>
          <p>查询任一事项的全部记录。 Everything that happened to one record.</p>
          <Filters
            path={path}
            query={query}
            filters={[
              {
                name: 'kind',
                words: ['类别', 'Kind'],
                options: AggregateKind.options.map((value) => ({ value, words: kindLabels[value] })),
              },
              { name: 'id', words: ['编号', 'Id'] },
            ]}
          />
          {events === undefined ? null : <Events events={events} />}
        </>
      ),
    };
  },
};

const trail: Page = {
  path: '/history/{kind}/{id}',
  roles: WATCHING,
  show: async ({ api, params }: Asked) => {
    const { events } = await api.call('GET /history/{kind}/{id}', { params });
    const kind = AggregateKind.safeParse(params['kind']);
    return {
      title: `办理记录：${kind.success ? kindLabels[kind.data][0] : ''} ${decodeURIComponent(params['id'] ?? '')}`,
      content: (
        <>
          <Events events={events} />
          <p>
            <a href="/console/history">查询其他事项 Ask for another record</a>
          </p>
        </>
      ),
    };
  },
};

function Events({ events }: { readonly events: readonly MingchouEvent[] }) {
  return (
    <List
      caption={[`共 ${events.length} 条，旧的在前`, 'Oldest first']}
      columns={[
        { words: ['时间', 'When'], cell: ({ time }) => <Time at={time} /> },
        { words: ['事项', 'What'], cell: ({ type }) => <What type={type} /> },
        { words: ['办理者', 'Who'], cell: ({ actor }) => <Who actor={actor} /> },
        { words: ['版本', 'Version'], cell: ({ about }) => about.version },
        { words: ['内容', 'Details'], cell: (event) => <Details event={event} /> },
      ]}
      rows={events}
      keyOf={({ id }) => id}
      none={['没有记录。', 'Nothing happened to it.']}
    />
  );
}

function What({ type }: Pick<MingchouEvent, 'type'>) {
  const { zh, article } = catalogue[type];
  return (
    <>
      {zh}
      {article === undefined ? '' : `（第 ${article} 条）`} <code>{type}</code>
    </>
  );
}

function Who({ actor: { kind, id } }: { readonly actor: Actor }) {
  return (
    <>
      {actorLabels[kind][0]}
      {kind === 'public' ? '' : ` ${id}`}
    </>
  );
}

/** What the event says, field by field; its cause and what it belongs to below. */
function Details({ event }: { readonly event: MingchouEvent }) {
  const said = Object.entries<unknown>(event.data);
  return (
    <details>
      <summary>{said.length} 项 fields</summary>
      <Facts
        facts={[
          ...said.map(([name, value]) => ({
            words: [name, ''] as const,
            value: typeof value === 'string' ? value : JSON.stringify(value),
          })),
          { words: ['起因', 'Caused by'], value: <code>{event.causation}</code> },
          { words: ['所属事项', 'Belongs to'], value: <code>{event.correlation}</code> },
        ]}
      />
    </details>
  );
}

export const historyPages: readonly Page[] = [ask, trail];
