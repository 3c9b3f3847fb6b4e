import { Badge, Facts, List } from '#console/kit/list.tsx';
import type { Asked, Page, Words } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { Two } from '#console/kit/words.tsx';
import type { FormerMember } from '#domain/inspection/member.ts';
import { watchesAll } from '#domain/person/person.ts';
import { mayHandOver } from './inspection-more.tsx';
import { inspectionActions, may, MoreCommands, NextSteps, type Shown } from './inspection-commands.tsx';
import {
  followUpStatusWords,
  followUpWords,
  handoverStatusWords,
  methodWords,
  statusWords,
} from './inspection-words.ts';
import { LISTING } from './roles.ts';
import { RecordFacts } from './record-facts.tsx';

async function show(asked: Asked) {
  const inspection = await asked.api.call('GET /inspections/{id}', { params: asked.params });
  const { subject, status, openSeats } = inspection;
  return {
    title: subject.name,
    content: (
      <>
        <p>
          <Badge tone="plain">
            <Two words={statusWords(status)} />
          </Badge>{' '}
          {openSeats.length === 0 ? null : (
            <Badge tone="bad">缺 {openSeats.length} 人，须选派 Seats open</Badge>
          )}
        </p>
        <NextSteps asked={asked} inspection={inspection} />
        <About inspection={inspection} />
        <Papers asked={asked} inspection={inspection} />
        <Team asked={asked} inspection={inspection} />
        <Items inspection={inspection} />
        {inspection.record === undefined ? null : (
          <>
            <h2>
              <Two words={['检查记录', 'Record']} />
            </h2>
            <RecordFacts record={inspection.record} inspection={inspection} />
          </>
        )}
        <Hanging inspection={inspection} />
        <h2>
          <Two words={['经过', 'What happened when']} />
        </h2>
        <Life inspection={inspection} />
        <h2>
          <Two words={['其他操作', 'More']} />
        </h2>
        <MoreCommands asked={asked} inspection={inspection} />
      </>
    ),
  };
}

interface Props {
  readonly inspection: Shown;
}
interface AskedProps extends Props {
  readonly asked: Asked;
}

function About({ inspection: { id, subject, draws, publishBy, publishedAt, archived } }: Props) {
  return (
    <Facts
      facts={[
        { words: ['检查编号', 'Inspection'], value: <code>{id}</code> },
        {
          words: ['统一社会信用代码', 'Code'],
          value: <a href={`/console/subjects/${subject.id}`}>{subject.id}</a>,
        },
        { words: ['住所', 'Address'], value: subject.address },
        { words: ['法定代表人', 'Legal representative'], value: subject.legalRepresentative },
        { words: ['信用风险类别', 'Credit-risk class'], value: subject.creditClass },
        { words: ['管辖单位', 'Jurisdiction'], value: subject.jurisdictionUnit },
        {
          words: ['抽查任务', 'Task'],
          value: draws.map((draw) => (
            <div key={draw.id}>
              <a href={`/console/draws/${draw.id}`}>{draw.planNumber}</a>（
              {draw.how === 'drawn' ? '随机抽取 drawn' : '触发指定 named'}）
            </div>
          )),
        },
        {
          words: ['公示期限（第十四条）', 'To publish by (article 14)'],
          value:
            publishBy === undefined || publishedAt !== undefined
              ? undefined
              : `${publishBy.date}${publishBy.provisional ? '（暂定 provisional）' : ''}`,
        },
        { words: ['档号', 'Archive number'], value: archived?.number },
      ]}
    />
  );
}

/** Papers to print, and the pages that hang off this one. */
function Papers({ asked, inspection }: AskedProps) {
  const base = `/console/inspections/${inspection.id}`;
  const links: readonly (readonly [string, Words])[] = [
    [`${base}/form`, ['登记表', 'Registration form']],
    [`${base}/notice`, ['抽查通知书', 'Notice']],
    [`${base}/evidence`, [`证据（${inspection.evidence.length}）`, 'Evidence']],
    ...(inspection.record === undefined
      ? []
      : [[`${base}/records`, ['记录各版本', 'Versions of the record']] as const]),
    ...(mayHandOver(asked.person, inspection)
      ? [[`${base}/handover`, ['移送线索', 'Hand over a clue']] as const]
      : []),
    ...(may(asked, inspection, 'assign')
      ? [[`/console/inspections/assign?ids=${inspection.id}`, ['直接选派', 'Assign people']] as const]
      : []),
    ...(inspection.publishedAt === undefined ? [] : [[`${base}/archive`, ['归档情况', 'Archive']] as const]),
    ...(watchesAll(asked.person.role) ? [[`${base}/history`, ['办理记录', 'History']] as const] : []),
  ];
  return (
    <ul class="links">
      {links.map(([to, words]) => (
        <li key={to}>
          <a href={to}>
            <Two words={words} />
          </a>
        </li>
      ))}
    </ul>
  );
}

const whyLabels: Readonly<Record<FormerMember['why'], Words>> = {
  recused: ['回避', 'recused'],
  ineligible: ['失去资格', 'could not act'],
  unresponsive: ['逾期未接受', 'did not answer'],
  reassigned: ['改派', 'reassigned'],
};

function Team({ inspection: { team, left, experts, openSeats } }: AskedProps) {
  return (
    <>
      <h2>
        <Two words={['检查组', 'Team']} />
      </h2>
      <List
        caption={['检查人员', 'Inspectors']}
        columns={[
          { words: ['姓名', 'Name'], cell: ({ name, inspector }) => `${name} ${inspector}` },
          { words: ['单位', 'Unit'], cell: ({ unit }) => unit },
          { words: ['执法证号', 'Certificate'], cell: ({ certificate }) => certificate },
          {
            words: ['产生方式', 'How'],
            cell: ({ draw }) => (draw === undefined ? '直接选派 assigned' : '随机匹配 drawn'),
          },
          {
            words: ['接受', 'Accepted'],
            cell: ({ acceptedAt }) =>
              acceptedAt === undefined ? <Badge tone="soon">未接受 Not yet</Badge> : <Time at={acceptedAt} />,
          },
        ]}
        rows={team}
        keyOf={({ inspector }) => inspector}
        none={['没有检查人员，须选派', 'Nobody; people have to be assigned']}
      />
      {openSeats.map(({ unit, formerly, since }) => (
        <p key={formerly}>
          <Badge tone="bad">空缺 Open seat</Badge> {unit}（原 {formerly}）<Time at={since} />
        </p>
      ))}
      {left.length === 0 ? null : (
        <List
          caption={['曾在检查组', 'Left the team']}
          columns={[
            { words: ['姓名', 'Name'], cell: ({ name, inspector }) => `${name} ${inspector}` },
            { words: ['原因', 'Why'], cell: ({ why }) => <Two words={whyLabels[why]} /> },
            { words: ['理由', 'Reason'], cell: ({ reason }) => reason },
            { words: ['时间', 'When'], cell: ({ at }) => <Time at={at} /> },
          ]}
          rows={left}
          keyOf={({ inspector, at }) => `${inspector} ${at}`}
          none={['无', 'Nobody']}
        />
      )}
      {experts.length === 0 ? null : (
        <List
          caption={['受邀专业人员（第九条）', 'Experts (article 9)']}
          columns={[
            { words: ['姓名', 'Name'], cell: ({ name }) => name },
            { words: ['单位', 'Organisation'], cell: ({ organisation }) => organisation },
            { words: ['职责', 'Role'], cell: ({ role }) => role },
          ]}
          rows={experts}
          keyOf={({ name, at }) => `${name} ${at}`}
          none={['无', 'Nobody']}
        />
      )}
    </>
  );
}

function Items({ inspection: { items } }: Props) {
  return (
    <>
      <h2>
        <Two words={['检查事项', 'Items']} />
      </h2>
      <List
        caption={['登记表事项（第七条）', 'Items of the form (article 7)']}
        columns={[
          {
            words: ['事项', 'Item'],
            cell: ({ code, matter, subMatter }) =>
              `${code} ${matter}${subMatter === undefined ? '' : `：${subMatter}`}`,
          },
          { words: ['依据', 'Legal basis'], cell: ({ legalBasis }) => legalBasis },
          { words: ['承担单位', 'Unit'], cell: ({ unit }) => unit },
          {
            words: ['检查方式', 'Methods'],
            cell: ({ methods = [] }) => methods.map((method) => methodWords(method)[0]).join('、') || '—',
          },
          { words: ['检查内容及要求', 'Content'], cell: ({ content }) => content ?? '—' },
        ]}
        rows={items}
        keyOf={({ code }) => code}
        none={['无', 'None']}
      />
    </>
  );
}

function Hanging({ inspection: { followUps, handovers } }: Props) {
  return followUps.length + handovers.length === 0 ? null : (
    <>
      <h2>
        <Two words={['后续处置和线索移送', 'What follows']} />
      </h2>
      <ul>
        {followUps.map(({ id, kind, status, unit }) => (
          <li key={id}>
            <a href={`/console/follow-ups/${id}`}>{followUpWords(kind)[0]}</a>（{unit}）{' '}
            <Two words={followUpStatusWords(status)} />
          </li>
        ))}
        {handovers.map(({ id, status, receiver }) => (
          <li key={id}>
            <a href={`/console/handovers/${id}`}>移送 {receiver}</a>{' '}
            <Two words={handoverStatusWords(status)} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** The instants that the record itself holds. */
function Life({ inspection }: Props) {
  const instants = [
    ['派发', 'assigned', inspection.assignedAt],
    ['全组接受', 'accepted', inspection.acceptedAt],
    ['开始检查', 'begun', inspection.begunAt],
    ['结束检查', 'ended', inspection.endedAt],
    ['录入记录', 'recorded', inspection.recordedAt],
    ['公示', 'published', inspection.publishedAt],
    ['办结', 'closed', inspection.closedAt],
    ['归档', 'archived', inspection.archived?.at],
  ] as const;
  return (
    <ol class="life">
      {instants.map(([zh, en, at]) =>
        at === undefined ? null : (
          <li key={zh}>
            <Time at={at} />
            <Two words={[zh, en]} />
          </li>
        ),
      )}
    </ol>
  );
}

/** One inspection: all of it, and what may be done about it. */
export const inspection: Page = {
  path: '/inspections/{id}',
  roles: LISTING,
  show,
  actions: inspectionActions,
};
