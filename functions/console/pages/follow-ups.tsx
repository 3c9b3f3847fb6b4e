import { ActionForm } from '#console/kit/action-form.tsx';
import { staying } from '#console/kit/command.ts';
import { type Field } from '#console/kit/form.ts';
import { Badge, Facts, Filters, List, Next } from '#console/kit/list.tsx';
import type { Action, Asked, Page } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { Two } from '#console/kit/words.tsx';
import { DueListQuery, type FollowUpView } from '#contracts/api/follow-ups.ts';
import { documentLabels, outcomeLabels } from '#domain/follow-up/follow-up.ts';
import { followUpLifecycle, type FollowUpCommandKind } from '#domain/follow-up/lifecycle.ts';
import { isPossible } from '#domain/lifecycle/lifecycle.ts';
import { documentOptions, followUpStatusWords, followUpWords, outcomeOptions } from './inspection-words.ts';
import { LISTING } from './roles.ts';

/** What an address asks of a list by due day; what is no such thing is not asked. */
export function askedOfDueList({ scope, status, overdue, after }: Asked['query']) {
  const { shape } = DueListQuery;
  return {
    scope: shape.scope.safeParse(scope).data,
    status: shape.status.safeParse(status).data,
    overdue: shape.overdue.safeParse(overdue).data,
    ...(shape.after.safeParse(after).success && after !== undefined ? { after } : {}),
  };
}

/** The filters of such a list. */
export function DueFilters({ path, query }: { readonly path: string; readonly query: Asked['query'] }) {
  return (
    <Filters
      path={path}
      query={query}
      filters={[
        {
          name: 'status',
          words: ['状态', 'State'],
          options: [
            { value: 'open', words: ['未办结', 'open'] },
            { value: 'closed', words: ['已办结', 'closed'] },
          ],
        },
        {
          name: 'scope',
          words: ['范围', 'Whose'],
          options: [
            { value: 'mine', words: ['本人', 'mine'] },
            { value: 'unit', words: ['本单位', "my unit's"] },
            { value: 'all', words: ['全部单位', 'all units'] },
          ],
        },
        {
          name: 'overdue',
          words: ['期限', 'Due'],
          options: [{ value: 'true', words: ['已逾期', 'overdue'] }],
        },
      ]}
    />
  );
}

/** The day, and whether it is past while there is something to be done. */
export function DueDay({
  day,
  open,
  today,
}: {
  readonly day: string;
  readonly open: boolean;
  readonly today: string;
}) {
  return (
    <>
      {day} {open && day < today ? <Badge tone="bad">已逾期 Overdue</Badge> : null}
    </>
  );
}

const path = '/console/follow-ups';

const followUps: Page = {
  path: '/follow-ups',
  roles: LISTING,
  nav: { group: 'work', words: ['后续处置', 'Follow-ups'] },
  show: async ({ api, query, today }) => {
    const list = await api.call('GET /follow-ups', { query: askedOfDueList(query) });
    return {
      title: '后续处置',
      content: (
        <>
          <DueFilters path={path} query={query} />
          <List
            caption={['后续处置，按期限', 'Follow-ups by due day']}
            columns={[
              {
                words: ['处置', 'Follow-up'],
                cell: ({ id, kind }) => <a href={`${path}/${id}`}>{followUpWords(kind).join(' ')}</a>,
              },
              { words: ['企业名称', 'Subject'], cell: ({ subject }) => subject.name },
              { words: ['状态', 'State'], cell: ({ status }) => <Two words={followUpStatusWords(status)} /> },
              {
                words: ['期限', 'Due'],
                cell: ({ due, status }) => <DueDay day={due} open={status !== 'closed'} today={today} />,
              },
              { words: ['责任单位', 'Unit'], cell: ({ unit }) => unit },
              {
                words: ['检查', 'Inspection'],
                cell: ({ inspection }) => <a href={`/console/inspections/${inspection}`}>查看 See</a>,
              },
            ]}
            rows={list.followUps}
            keyOf={({ id }) => id}
            none={['没有符合条件的后续处置', 'No follow-up fits']}
          />
          <Next path={path} query={query} next={list.next} />
        </>
      ),
    };
  },
};

const text = (name: string, zh: string, en: string, maxLength: number) =>
  ({ kind: 'long', name, words: [zh, en], required: true, maxLength }) as const satisfies Field;

interface Command {
  readonly kind: FollowUpCommandKind;
  readonly key:
    | 'POST /follow-ups/{id}/due'
    | 'POST /follow-ups/{id}/notes'
    | 'POST /follow-ups/{id}/documents'
    | 'POST /follow-ups/{id}/evidence'
    | 'POST /follow-ups/{id}/offer'
    | 'POST /follow-ups/{id}/accept'
    | 'POST /follow-ups/{id}/decline'
    | 'POST /follow-ups/{id}/close';
  readonly said: Action['said'];
  readonly en: string;
  readonly fields: readonly Field[];
}

/** What can be done to a follow-up, with what has to be said. */
const commands: readonly Command[] = [
  {
    kind: 'accept',
    key: 'POST /follow-ups/{id}/accept',
    said: ['已接收', 'Taken over'],
    en: 'Take it over',
    fields: [],
  },
  {
    kind: 'decline',
    key: 'POST /follow-ups/{id}/decline',
    said: ['不予接收', 'Declined'],
    en: 'Decline',
    fields: [text('reason', '理由', 'Reason', 1_000)],
  },
  {
    kind: 'note',
    key: 'POST /follow-ups/{id}/notes',
    said: ['已记录', 'Noted'],
    en: 'Note what was done',
    fields: [text('text', '办理情况', 'What was done', 2_000)],
  },
  {
    kind: 'document',
    key: 'POST /follow-ups/{id}/documents',
    said: ['文书已登记', 'Paper entered'],
    en: 'Enter a paper',
    fields: [
      {
        kind: 'choice',
        name: 'document',
        words: ['文书', 'Paper'],
        options: documentOptions,
        required: true,
      },
      { kind: 'text', name: 'number', words: ['文号', 'Number'], required: true, maxLength: 100 },
      { kind: 'date', name: 'on', words: ['日期', 'Date'], required: true },
    ],
  },
  {
    kind: 'evidence',
    key: 'POST /follow-ups/{id}/evidence',
    said: ['整改证据已登记', 'Evidence entered'],
    en: 'Refer to evidence',
    fields: [
      {
        kind: 'text',
        name: 'reference',
        words: ['证据编号或说明', 'Reference'],
        required: true,
        maxLength: 500,
      },
    ],
  },
  {
    kind: 'set-due',
    key: 'POST /follow-ups/{id}/due',
    said: ['期限已设定', 'Day set'],
    en: 'Set the day',
    fields: [
      { kind: 'date', name: 'due', words: ['办结期限', 'To be closed by'], required: true },
      text('reason', '理由', 'Reason', 1_000),
    ],
  },
  {
    kind: 'offer',
    key: 'POST /follow-ups/{id}/offer',
    said: ['已请其他单位接收', 'Offered'],
    en: 'Ask another unit to take it',
    fields: [
      { kind: 'text', name: 'to', words: ['接收单位', 'Unit'], required: true, maxLength: 100 },
      text('reason', '理由', 'Reason', 1_000),
    ],
  },
  {
    kind: 'close',
    key: 'POST /follow-ups/{id}/close',
    said: ['已办结', 'Closed'],
    en: 'Close',
    fields: [
      {
        kind: 'choice',
        name: 'outcome',
        words: ['处置结果', 'Outcome'],
        options: outcomeOptions,
        required: true,
      },
      text('text', '说明', 'In words', 2_000),
    ],
  },
];

/** Who may do it by what the view tells of the follow-up; of an inspector, whether they are of its team the API says. */
function may({ person }: Asked, { unit, offer, status }: FollowUpView, kind: FollowUpCommandKind): boolean {
  const { by } = followUpLifecycle.steps[kind];
  const { role } = person;
  const standing =
    (by.includes('unit') && role === 'unit' && person.unit === unit) ||
    (by.includes('receiver') && role === 'unit' && person.unit === offer?.to) ||
    (by.includes('team') && role === 'inspector' && person.unit === unit) ||
    (by.includes('lead-section') && role === 'lead-section');
  return standing && isPossible(followUpLifecycle, kind, status);
}

async function show(asked: Asked) {
  const one = await asked.api.call('GET /follow-ups/{id}', { params: asked.params });
  const able = commands.filter(({ kind }) => may(asked, one, kind));
  return {
    title: `${followUpWords(one.kind)[0]}：${one.subject.name}`,
    content: (
      <>
        <Facts
          facts={[
            { words: ['状态', 'State'], value: <Two words={followUpStatusWords(one.status)} /> },
            {
              words: ['期限', 'Due'],
              value: <DueDay day={one.due} open={one.status !== 'closed'} today={asked.today} />,
            },
            { words: ['期限理由', 'Why that day'], value: one.dueSet?.reason },
            { words: ['责任单位', 'Unit'], value: one.unit },
            { words: ['发现单位', 'Found by'], value: one.foundBy },
            {
              words: ['移交', 'Offered to'],
              value: one.offer === undefined ? undefined : `${one.offer.to}：${one.offer.reason}`,
            },
            {
              words: ['检查', 'Inspection'],
              value: <a href={`/console/inspections/${one.inspection}`}>{one.inspection}</a>,
            },
            { words: ['提出时间', 'Raised at'], value: <Time at={one.raisedAt} /> },
            {
              words: ['结果', 'Outcome'],
              value:
                one.outcome === undefined
                  ? undefined
                  : `${outcomeLabels[one.outcome.kind]}：${one.outcome.text}`,
            },
          ]}
        />
        <Kept one={one} />
        {able.length === 0 ? null : (
          <h2>
            <Two words={['办理', 'What to do']} />
          </h2>
        )}
        {able.map(({ kind, en, fields }) => (
          <details key={kind} open={asked.returned?.action === `follow-up-${kind}` || fields.length === 0}>
            <summary>
              <Two words={[followUpLifecycle.steps[kind].zh, en]} />
            </summary>
            <ActionForm
              asked={asked}
              action={`follow-up-${kind}`}
              fields={fields}
              submit={[followUpLifecycle.steps[kind].zh, en]}
              {...(kind === 'close' ? { sure: '办结后不能重新打开。确定办结？' } : {})}
            />
          </details>
        ))}
      </>
    ),
  };
}

/** Papers, evidence, notes and the units that had it, each as it was entered. */
function Kept({ one: { documents, evidence, notes, moves } }: { readonly one: FollowUpView }) {
  const rows = [
    ...documents.map(({ kind, number, on, by, at }) => ({
      by,
      at,
      what: '文书 Paper',
      words: `${documentLabels[kind]} ${number}（${on}）`,
    })),
    ...evidence.map(({ reference, by, at }) => ({ by, at, what: '整改证据 Evidence', words: reference })),
    ...notes.map(({ text: words, by, at }) => ({ by, at, what: '办理情况 Note', words })),
    ...moves.map(({ from, to, reason, by, at }) => ({
      by,
      at,
      what: '移交 Moved',
      words: `${from} → ${to}：${reason}`,
    })),
  ].toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return (
    <List
      caption={['办理经过', 'What was entered']}
      columns={[
        { words: ['时间', 'When'], cell: ({ at }) => <Time at={at} /> },
        { words: ['类别', 'Kind'], cell: ({ what }) => what },
        { words: ['内容', 'What'], cell: ({ words }) => words },
        { words: ['办理人', 'By'], cell: ({ by }) => by },
      ]}
      rows={rows}
      keyOf={({ at, words }) => `${at} ${words}`}
      none={['还没有办理记录', 'Nothing entered yet']}
    />
  );
}

/** Whoever declined may not read it any more: its page would be a 404 that says nothing of what was done. */
function leaving({ said, run }: Action): Action {
  return {
    said,
    run: async (asked, form) => {
      await run(asked, form);
      return { to: '/console/follow-ups' };
    },
  };
}

const followUp: Page = {
  path: '/follow-ups/{id}',
  roles: LISTING,
  show,
  actions: Object.fromEntries(
    commands.map(({ kind, key, said, fields }) => {
      const stays = staying(key, said, fields);
      return [`follow-up-${kind}`, kind === 'decline' ? leaving(stays) : stays];
    }),
  ),
};

export const followUpPages: readonly Page[] = [followUps, followUp];
