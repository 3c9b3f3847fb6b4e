import { LISTING } from './roles.ts';
import { DeadlinesQuery, type DeadlineView } from '#contracts/api/agenda.ts';
import { ActionForm } from '#console/kit/action-form.tsx';
import { staying } from '#console/kit/command.ts';
import { type Field, optionsOf } from '#console/kit/form.ts';
import { Badge, Facts, Filters, List, Next } from '#console/kit/list.tsx';
import type { Action, Asked, Page, Person, Words } from '#console/kit/page.ts';
import { RecordLink } from '#console/kit/records.tsx';
import { Remaining, Time } from '#console/kit/time.tsx';
import { Two } from '#console/kit/words.tsx';
import type { DeadlineChange } from '#domain/deadline/change.ts';
import { deadlineEnglish, DeadlineKind, deadlineLabels } from '#domain/deadline/kind.ts';
import { watchesAll } from '#domain/person/person.ts';

const states = {
  open: ['进行中', 'Open'],
  overdue: ['已逾期', 'Overdue'],
  paused: ['已中止', 'Paused'],
  requested: ['申请待批', 'Requested'],
} as const satisfies Readonly<Record<string, Words>>;

const statuses: Readonly<Record<DeadlineView['status'], Words>> = {
  open: ['进行中', 'Open'],
  paused: ['已中止', 'Paused'],
  met: ['已办结', 'Met'],
  withdrawn: ['已撤回', 'Withdrawn'],
};

interface DeadlineProps {
  readonly deadline: DeadlineView;
}

/** The state of a deadline, with what is left of it while it runs. */
function Standing({ deadline: { status, remaining, overdue, request, late } }: DeadlineProps) {
  return (
    <>
      {status === 'open' ? (
        <Remaining days={remaining} overdue={overdue} />
      ) : (
        <Badge tone={status === 'met' && late !== true ? 'good' : 'plain'}>
          {statuses[status].join(' ')}
          {late === true ? '（逾期 late）' : ''}
        </Badge>
      )}{' '}
      {request === undefined ? null : <Badge tone="soon">申请待批 Requested</Badge>}
    </>
  );
}

function Due({ deadline: { due, provisional } }: DeadlineProps) {
  return (
    <>
      {due}
      {provisional ? '（暂定 provisional）' : ''}
    </>
  );
}

function Of({ deadline: { of, about }, person }: DeadlineProps & { readonly person: Person }) {
  return (
    <RecordLink kind={of.kind} id={of.id} person={person}>
      {about ?? of.id}
    </RecordLink>
  );
}

const { shape } = DeadlinesQuery;

/** What an address asks of the list; a kind or a state that is none asks for nothing. */
function queryOf({ query: { kind, state, unit, after } }: Asked) {
  return {
    kind: shape.kind.catch(undefined).parse(kind),
    state: shape.state.catch(undefined).parse(state),
    ...(unit === undefined || unit === '' ? {} : { unit }),
    ...(after === undefined ? {} : { after }),
  };
}

const stateOptions = Object.entries(states).map(([value, words]) => ({ value, words }));
const kindOptions = optionsOf(DeadlineKind.options, deadlineLabels, deadlineEnglish);

const list: Page = {
  path: '/deadlines',
  roles: LISTING,
  nav: { group: 'work', words: ['期限', 'Deadlines'] },
  show: async (asked) => {
    const { path, query, person } = asked;
    const all = watchesAll(person.role);
    const { deadlines, next } = await asked.api.call('GET /deadlines', { query: queryOf(asked) });
    return {
      title: '期限',
      content: (
        <>
          <Filters
            path={path}
            query={query}
            filters={[
              { name: 'kind', words: ['须办理', 'To do'], options: kindOptions },
              { name: 'state', words: ['状态', 'State'], options: stateOptions },
              ...(all
                ? [
                    {
                      name: 'unit',
                      words: ['承担单位（牵头科室填 -）', 'Unit; - for the lead section'] as const,
                    },
                  ]
                : []),
            ]}
          />
          <List
            caption={
              all ? ['各单位的期限', 'Deadlines of all units'] : ['本人、本单位的期限', 'Own deadlines']
            }
            none={
              next === undefined
                ? ['没有符合条件的期限。', 'No deadline fits.']
                : ['本页没有符合条件的期限，请看下一页。', 'None on this page; go on to the next.']
            }
            rows={deadlines}
            keyOf={({ id }) => id}
            columns={[
              { words: ['事项对象', 'Of'], cell: (one) => <Of deadline={one} person={person} /> },
              {
                words: ['须办理', 'To do'],
                cell: ({ id, kind, label }) => (
                  <a href={`/console/deadlines/${id}`}>
                    <Two words={[label, deadlineEnglish[kind]]} />
                  </a>
                ),
              },
              { words: ['截止日期', 'Due'], cell: (one) => <Due deadline={one} /> },
              { words: ['状态', 'State'], cell: (one) => <Standing deadline={one} /> },
              {
                words: ['责任单位', 'Unit'],
                cell: ({ units }) => (units.length === 0 ? '牵头科室' : units.join('、')),
              },
            ]}
          />
          <Next path={path} query={query} next={next} />
        </>
      ),
    };
  },
};

const why: Field = {
  name: 'reason',
  kind: 'long',
  words: ['理由', 'Reason'],
  required: true,
  maxLength: 500,
};

const wanted: Readonly<
  Record<DeadlineChange, { readonly submit: Words; readonly fields: readonly Field[] }>
> = {
  approve: { submit: ['批准', 'Approve'], fields: [] },
  refuse: { submit: ['不批准', 'Refuse'], fields: [why] },
  extend: {
    submit: ['申请延期', 'Ask for a longer day'],
    fields: [
      {
        name: 'workingDays',
        kind: 'number',
        min: 1,
        max: 60,
        words: ['延长的工作日', 'Working days more'],
        required: true,
      },
      why,
    ],
  },
  pause: { submit: ['申请中止', 'Ask for a pause'], fields: [why] },
  resume: { submit: ['恢复计算', 'Go on'], fields: [why] },
};

/** A change that the API is asked for, in the words of its form. */
function changing(change: DeadlineChange, said: Words): Action {
  return staying(`POST /deadlines/{id}/${change}`, said, wanted[change].fields);
}

function RequestFacts({ deadline: { request } }: DeadlineProps) {
  return request === undefined ? null : (
    <>
      <h2>
        <Two words={['待批准的申请', 'What is asked for']} />
      </h2>
      <Facts
        facts={[
          {
            words: ['申请', 'Request'],
            value:
              request.what === 'pause'
                ? '中止 Pause'
                : `延期 ${request.workingDays ?? ''} 个工作日 Longer day`,
          },
          { words: ['理由', 'Reason'], value: request.reason },
          { words: ['申请人', 'By'], value: request.by },
          { words: ['申请时间', 'At'], value: <Time at={request.at} /> },
        ]}
      />
    </>
  );
}

const one: Page = {
  path: '/deadlines/{id}',
  roles: LISTING,
  actions: {
    'deadline-extend': changing('extend', [
      '已申请延期，待批准。',
      'A longer day is asked for and waits for approval.',
    ]),
    'deadline-pause': changing('pause', [
      '已申请中止，待批准。',
      'A pause is asked for and waits for approval.',
    ]),
    'deadline-approve': changing('approve', ['已批准。', 'It is granted.']),
    'deadline-refuse': changing('refuse', ['未予批准，期限不变。', 'It is refused; the day stands.']),
    'deadline-resume': changing('resume', ['期限恢复计算。', 'The deadline goes on.']),
  },
  show: async (asked) => {
    const { person, params } = asked;
    const { may, ...deadline } = await asked.api.call('GET /deadlines/{id}', { params });
    const { kind, label, units, startedAt, metAt, pausedOn, rules } = deadline;
    return {
      title: label,
      content: (
        <>
          <Facts
            facts={[
              { words: ['须办理', 'To do'], value: <Two words={[label, deadlineEnglish[kind]]} /> },
              { words: ['事项对象', 'Of'], value: <Of deadline={deadline} person={person} /> },
              { words: ['截止日期', 'Due'], value: <Due deadline={deadline} /> },
              { words: ['状态', 'State'], value: <Standing deadline={deadline} /> },
              {
                words: ['责任单位', 'Answers for it'],
                value: units.length === 0 ? '牵头科室' : units.join('、'),
              },
              { words: ['起算', 'Counted from'], value: <Time at={startedAt} /> },
              {
                words: ['期限规则版本', 'Version of the rules'],
                value: rules === 0 ? '默认 default' : rules,
              },
              { words: ['自此日起中止', 'Paused from'], value: pausedOn },
              { words: ['办结时间', 'Met at'], value: metAt === undefined ? undefined : <Time at={metAt} /> },
            ]}
          />
          {kind === 'publish' ? (
            <p>
              <Two
                words={[
                  '公示期限由《细则》第十四条规定，不得延期或中止。',
                  'Article 14 sets this day: it can be neither extended nor paused.',
                ]}
              />
            </p>
          ) : null}
          <RequestFacts deadline={deadline} />
          {may.length === 0 ? null : (
            <>
              <h2>
                <Two words={['办理', 'Actions']} />
              </h2>
              <div class="actions">
                {may.map((change) => (
                  <ActionForm
                    key={change}
                    asked={asked}
                    action={`deadline-${change}`}
                    fields={wanted[change].fields}
                    submit={wanted[change].submit}
                    kind={change === 'refuse' ? 'danger' : 'plain'}
                  />
                ))}
              </div>
            </>
          )}
        </>
      ),
    };
  },
};

export const deadlinePages: readonly Page[] = [list, one];
