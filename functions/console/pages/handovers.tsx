import { ActionForm } from '#console/kit/action-form.tsx';
import { staying } from '#console/kit/command.ts';
import { type Field } from '#console/kit/form.ts';
import { Facts, List, Next } from '#console/kit/list.tsx';
import type { Action, Asked, Page } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { Two } from '#console/kit/words.tsx';
import type { HandoverView } from '#contracts/api/follow-ups.ts';
import { receiverName } from '#domain/handover/handover.ts';
import { handoverLifecycle, type HandoverCommandKind } from '#domain/handover/lifecycle.ts';
import { isPossible } from '#domain/lifecycle/lifecycle.ts';
import { askedOfDueList, DueDay, DueFilters } from './follow-ups.tsx';
import { handoverStatusWords } from './inspection-words.ts';
import { LISTING } from './roles.ts';

const path = '/console/handovers';

const handovers: Page = {
  path: '/handovers',
  roles: LISTING,
  nav: { group: 'work', words: ['线索移送', 'Handovers'] },
  show: async ({ api, query, today }) => {
    const list = await api.call('GET /handovers', { query: askedOfDueList(query) });
    return {
      title: '线索移送',
      content: (
        <>
          <DueFilters path={path} query={query} />
          <List
            caption={['线索移送，按回执期限', 'Handovers by the day for their receipt']}
            columns={[
              { words: ['线索', 'Clue'], cell: ({ id, field }) => <a href={`${path}/${id}`}>{field}</a> },
              { words: ['企业名称', 'Subject'], cell: ({ subject }) => subject.name },
              { words: ['状态', 'State'], cell: ({ status }) => <Two words={handoverStatusWords(status)} /> },
              {
                words: ['回执期限', 'Receipt by'],
                cell: ({ receiptBy, status }) => (
                  <DueDay day={receiptBy} open={status === 'raised' || status === 'sent'} today={today} />
                ),
              },
              { words: ['移送单位', 'From'], cell: ({ from }) => from },
              { words: ['接收方', 'Receiver'], cell: ({ receiver }) => receiverName(receiver) },
            ]}
            rows={list.handovers}
            keyOf={({ id }) => id}
            none={['没有符合条件的线索移送', 'No handover fits']}
          />
          <Next path={path} query={query} next={list.next} />
        </>
      ),
    };
  },
};

interface Command {
  readonly kind: HandoverCommandKind;
  readonly key:
    | 'POST /handovers/{id}/send'
    | 'POST /handovers/{id}/receive'
    | 'POST /handovers/{id}/return'
    | 'POST /handovers/{id}/close';
  readonly said: Action['said'];
  readonly en: string;
  readonly fields: readonly Field[];
}

/** What can be done to a handover, with what has to be said. */
const commands: readonly Command[] = [
  {
    kind: 'send',
    key: 'POST /handovers/{id}/send',
    said: ['已移送', 'Sent'],
    en: 'Send',
    fields: [
      { kind: 'text', name: 'letter', words: ['移送函文号（如有）', 'Letter, if any'], maxLength: 100 },
    ],
  },
  {
    kind: 'receive',
    key: 'POST /handovers/{id}/receive',
    said: ['回执已登记', 'Receipt entered'],
    en: 'Enter the receipt',
    fields: [
      { kind: 'text', name: 'number', words: ['回执编号', 'Number'], required: true, maxLength: 100 },
      { kind: 'date', name: 'on', words: ['回执日期', 'Date'], required: true },
    ],
  },
  {
    kind: 'return',
    key: 'POST /handovers/{id}/return',
    said: ['已退回', 'Given back'],
    en: 'Give it back',
    fields: [{ kind: 'long', name: 'reason', words: ['理由', 'Reason'], required: true, maxLength: 1_000 }],
  },
  {
    kind: 'close',
    key: 'POST /handovers/{id}/close',
    said: ['移送已办结', 'The handover is closed'],
    en: 'Close',
    fields: [{ kind: 'long', name: 'note', words: ['说明', 'In words'], required: true, maxLength: 2_000 }],
  },
];

/** Who may do it by what the view tells of the handover; of an inspector, whether they are of its team the API says. */
function may(
  { person }: Asked,
  { from, receiver, status }: HandoverView,
  kind: HandoverCommandKind,
): boolean {
  const { by } = handoverLifecycle.steps[kind];
  const heads = person.role === 'unit';
  const ours = (heads || person.role === 'inspector') && person.unit === from;
  const received = receiver.kind === 'unit' ? heads && person.unit === receiver.unit : ours;
  const standing = by.includes('receiver') ? received : ours;
  return standing && isPossible(handoverLifecycle, kind, status);
}

async function show(asked: Asked) {
  const one = await asked.api.call('GET /handovers/{id}', { params: asked.params });
  const { receiver, sent, receipt, returned, closed } = one;
  return {
    title: `线索移送：${one.subject.name}`,
    content: (
      <>
        <Facts
          facts={[
            { words: ['状态', 'State'], value: <Two words={handoverStatusWords(one.status)} /> },
            { words: ['线索', 'Clue'], value: one.clue },
            { words: ['涉嫌违反的法律或领域', 'Law or field'], value: one.field },
            { words: ['移送单位', 'From'], value: one.from },
            {
              words: ['接收方', 'Receiver'],
              value: `${receiverName(receiver)}${receiver.kind === 'authority' ? `（${receiver.contact}）` : ''}`,
            },
            {
              words: ['回执期限', 'Receipt by'],
              value: (
                <DueDay
                  day={one.receiptBy}
                  open={one.status === 'raised' || one.status === 'sent'}
                  today={asked.today}
                />
              ),
            },
            { words: ['证据', 'Evidence'], value: one.evidence.join('、') },
            {
              words: ['检查', 'Inspection'],
              value: <a href={`/console/inspections/${one.inspection}`}>{one.inspection}</a>,
            },
          ]}
        />
        <h2>
          <Two words={['经过', 'What happened when']} />
        </h2>
        <ol class="life">
          <Step zh="提出" at={one.raised.at} words={one.raised.by} />
          <Step zh="移送" at={sent?.at} words={sent?.letter} />
          <Step zh="回执" at={receipt?.at} words={receipt && `${receipt.number}（${receipt.on}）`} />
          <Step zh="退回" at={returned?.at} words={returned?.reason} />
          <Step zh="办结" at={closed?.at} words={closed?.note} />
        </ol>
        {commands
          .filter(({ kind }) => may(asked, one, kind))
          .map(({ kind, en, fields }) => (
            <section key={kind}>
              <h2>
                <Two words={[handoverLifecycle.steps[kind].zh, en]} />
              </h2>
              <ActionForm
                asked={asked}
                action={`handover-${kind}`}
                fields={fields}
                submit={[handoverLifecycle.steps[kind].zh, en]}
              />
            </section>
          ))}
      </>
    ),
  };
}

interface StepProps {
  readonly zh: string;
  readonly at: HandoverView['raised']['at'] | undefined;
  readonly words: string | undefined;
}

function Step({ zh, at, words }: StepProps) {
  return at === undefined ? null : (
    <li>
      <Time at={at} />
      {zh} {words}
    </li>
  );
}

const handover: Page = {
  path: '/handovers/{id}',
  roles: LISTING,
  show,
  actions: Object.fromEntries(
    commands.map(({ kind, key, said, fields }) => [`handover-${kind}`, staying(key, said, fields)]),
  ),
};

export const handoverPages: readonly Page[] = [handovers, handover];
