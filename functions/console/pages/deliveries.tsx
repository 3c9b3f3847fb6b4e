import { DeliveryListQuery } from '#contracts/api/messaging.ts';
import { ActionForm } from '#console/kit/action-form.tsx';
import { staying } from '#console/kit/command.ts';
import { type Field } from '#console/kit/form.ts';
import { Badge, Facts, Filters, List, Next, type Tone } from '#console/kit/list.tsx';
import type { Asked, Page, Words } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { DeliveryStatus, type Delivery } from '#domain/delivery/delivery.ts';

const statusLabels: Readonly<Record<DeliveryStatus, Words>> = {
  queued: ['待发送', 'Queued'],
  sending: ['发送中', 'Sending'],
  waiting: ['等待重试', 'Waiting'],
  delivered: ['已送达', 'Delivered'],
  dead: ['发送失败', 'Dead'],
  doubtful: ['是否送达不明', 'Doubtful'],
  accepted: ['已关闭', 'Closed'],
};
const tones: Readonly<Record<DeliveryStatus, Tone>> = {
  queued: 'plain',
  sending: 'plain',
  waiting: 'soon',
  delivered: 'good',
  dead: 'bad',
  doubtful: 'soon',
  accepted: 'plain',
};
const urgencyLabels = { immediate: '即时 At once', digest: '晨间汇总 In the morning' } as const;

function Status({ status }: Pick<Delivery, 'status'>) {
  return <Badge tone={tones[status]}>{statusLabels[status].join(' ')}</Badge>;
}

const list: Page = {
  path: '/deliveries',
  roles: ['administrator'],
  nav: { group: 'settings', words: ['消息投递', 'Deliveries'] },
  show: async ({ api, path, query }: Asked) => {
    const { after } = query;
    const { status } = DeliveryListQuery.pick({ status: true }).safeParse(query).data ?? { status: 'dead' };
    const { deliveries, next } = await api.call('GET /deliveries', {
      query: { status, ...(after === undefined ? {} : { after }) },
    });
    return {
      title: '消息投递',
      content: (
        <>
          <Filters
            path={path}
            query={{ status }}
            filters={[
              {
                name: 'status',
                words: ['状态', 'Status'],
                options: DeliveryStatus.options.map((value) => ({ value, words: statusLabels[value] })),
              },
            ]}
          />
          <List
            caption={[`${statusLabels[status][0]}，旧的在前`, `${statusLabels[status][1]}, oldest first`]}
            columns={[
              {
                words: ['编号', 'Id'],
                cell: ({ id }) => <a href={`/console/deliveries/${id}`}>{id}</a>,
              },
              { words: ['渠道', 'Channel'], cell: ({ channel }) => channel },
              { words: ['接收人', 'To'], cell: ({ to }) => to },
              { words: ['时间', 'Made at'], cell: ({ createdAt }) => <Time at={createdAt} /> },
              { words: ['消息数', 'Messages'], cell: ({ messages }) => messages },
              { words: ['尝试次数', 'Attempts'], cell: ({ attempts }) => attempts },
              { words: ['最后结果', 'Last answer'], cell: ({ last }) => last?.answer ?? '—' },
            ]}
            rows={deliveries}
            keyOf={({ id }) => id}
            none={['没有这种状态的投递。', 'No delivery has this status.']}
          />
          <Next path={path} query={{ status }} next={next} />
        </>
      ),
    };
  },
};

const reasonFields: readonly Field[] = [
  { kind: 'long', name: 'reason', words: ['理由', 'Reason'], required: true, maxLength: 500 },
];

const one: Page = {
  path: '/deliveries/{id}',
  roles: ['administrator'],
  show: async (asked: Asked) => {
    const delivery = await asked.api.call('GET /deliveries/{id}', { params: asked.params });
    return { title: `投递 ${delivery.id}`, content: <OneDelivery asked={asked} delivery={delivery} /> };
  },
  actions: {
    'resend-delivery': staying(
      'POST /deliveries/{id}/resend',
      ['已安排重新投递。', 'It will be sent again.'],
      reasonFields,
    ),
    'accept-delivery': staying(
      'POST /deliveries/{id}/accept',
      ['投递已关闭。', 'The delivery is closed.'],
      reasonFields,
    ),
  },
};

function OneDelivery({ asked, delivery }: { readonly asked: Asked; readonly delivery: Delivery }) {
  const { id, status, channel, to, urgency, createdAt, next, attempts, last, messages, unlisted } = delivery;
  return (
    <>
      <Facts
        facts={[
          { words: ['状态', 'Status'], value: <Status status={status} /> },
          { words: ['渠道', 'Channel'], value: <a href={`/console/channels/${channel}`}>{channel}</a> },
          { words: ['接收人', 'To'], value: to },
          { words: ['方式', 'Urgency'], value: urgencyLabels[urgency] },
          { words: ['生成', 'Made at'], value: <Time at={createdAt} /> },
          { words: ['下次发送', 'Next'], value: next === undefined ? undefined : <Time at={next} /> },
          { words: ['尝试次数', 'Attempts'], value: attempts },
          {
            words: ['最后尝试', 'Last attempt'],
            value: last === undefined ? undefined : <Time at={last.at} />,
          },
          { words: ['对方答复', 'Its answer'], value: last?.answer },
          { words: ['消息数', 'Messages'], value: messages.length + unlisted },
          {
            words: ['办理记录', 'History'],
            value: <a href={`/console/history/delivery/${id}`}>查看 Open</a>,
          },
        ]}
      />
      <List
        caption={['所含消息', 'Messages in it']}
        columns={[
          { words: ['时间', 'Time'], cell: ({ at }) => <Time at={at} /> },
          { words: ['消息', 'Message'], cell: (message) => <code>{message.id}</code> },
        ]}
        rows={messages}
        keyOf={(message) => message.id}
        none={['没有消息。', 'No message.']}
      />
      <List
        caption={['人工处理', 'What people decided']}
        columns={[
          { words: ['时间', 'Time'], cell: ({ at }) => <Time at={at} /> },
          { words: ['处理人', 'By'], cell: ({ by }) => by },
          {
            words: ['处理', 'Decision'],
            cell: ({ what }) => (what === 'resend' ? '重新投递 Resend' : '不再投递 Close'),
          },
          { words: ['理由', 'Reason'], cell: ({ reason }) => reason },
        ]}
        rows={delivery.decisions}
        keyOf={({ at }) => at}
        none={['没有人工处理。', 'Nobody decided anything.']}
      />
      {status === 'dead' || status === 'doubtful' ? (
        <>
          <h2>处理 Decide</h2>
          <div class="actions">
            <ActionForm
              asked={asked}
              action="resend-delivery"
              fields={reasonFields}
              submit={['重新投递', 'Send again']}
            />
            <ActionForm
              asked={asked}
              action="accept-delivery"
              fields={reasonFields}
              submit={['不再投递', 'Close as it is']}
              kind="danger"
            />
          </div>
        </>
      ) : null}
    </>
  );
}

export const deliveriesPages: readonly Page[] = [list, one];
