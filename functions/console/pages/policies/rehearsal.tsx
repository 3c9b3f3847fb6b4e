import { Badge, Facts, List } from '#console/kit/list.tsx';
import type { Asked, Page, Words } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import type { AnswerOf } from '#contracts/api/operations.ts';
import type { TriggerFinding } from '#domain/policy/rehearsal.ts';

type Rehearsal = AnswerOf<'GET /policies/{id}/rehearsals/{rehearsal}'>;
type RehearsalOf<About extends Rehearsal['about']> = Extract<Rehearsal, { about: About }>;

const AGAIN_SECONDS = 5;

const statusLabels: Readonly<Record<Rehearsal['status'], Words>> = {
  started: ['已开始', 'Started'],
  running: ['进行中', 'Running'],
  finished: ['已完成', 'Finished'],
};
const outcomeLabels: Readonly<Record<TriggerFinding['outcome'], Words>> = {
  fired: ['触发抽查', 'Fired'],
  merged: ['并入抽查', 'Merged'],
  held: ['缺少要素', 'Held'],
  outdone: ['由其他规则触发', 'Outdone'],
  failed: ['未能计算', 'Failed'],
};

/** How far a rehearsal is, and what it has found: asked again by itself until it is finished. */
export const rehearsalPage: Page = {
  path: '/policies/{id}/rehearsals/{rehearsal}',
  roles: ['administrator', 'lead-section'],
  show: async ({ api, params }: Asked) => {
    const rehearsal = await api.call('GET /policies/{id}/rehearsals/{rehearsal}', { params });
    return {
      title: `试运行：${rehearsal.policy}`,
      ...(rehearsal.status === 'finished' ? {} : { againAfterSeconds: AGAIN_SECONDS }),
      content: (
        <>
          <Progress rehearsal={rehearsal} />
          <Found rehearsal={rehearsal} />
        </>
      ),
    };
  },
};

function Progress({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const { id, status, from, through, startedAt, finishedAt, progress, failure, found, findings } = rehearsal;
  return (
    <>
      <p role="status">
        <Badge tone={status === 'finished' ? 'good' : 'soon'}>{statusLabels[status].join(' ')}</Badge>{' '}
        <progress value={progress.done} max={Math.max(progress.total, 1)}>
          {progress.done} / {progress.total}
        </progress>{' '}
        {progress.done} / {progress.total}
      </p>
      <Facts
        facts={[
          { words: ['试运行期间', 'Window'], value: `${from} – ${through}` },
          { words: ['开始', 'Started'], value: <Time at={startedAt} /> },
          {
            words: ['完成', 'Finished'],
            value: finishedAt === undefined ? undefined : <Time at={finishedAt} />,
          },
          { words: ['结果数', 'Findings'], value: `${found}（列出 ${findings.length}）` },
          {
            words: ['未能计算', 'Could not be computed'],
            value: failure === undefined ? undefined : `${failure.of} ${failure.on ?? ''} ${failure.why}`,
          },
          {
            words: ['办理记录', 'History'],
            value: <a href={`/console/history/rehearsal/${id}`}>查看 Open</a>,
          },
        ]}
      />
    </>
  );
}

function Found({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  switch (rehearsal.about) {
    case 'trigger':
      return <Triggers rehearsal={rehearsal} />;
    case 'subject':
      return <Subjects rehearsal={rehearsal} />;
    case 'cohort':
      return <Cohorts rehearsal={rehearsal} />;
  }
}

function Triggers({ rehearsal: { counts, findings } }: { readonly rehearsal: RehearsalOf<'trigger'> }) {
  return (
    <>
      <Facts
        facts={[
          { words: ['查看的触发信息', 'Looked at'], value: counts.looked },
          { words: outcomeLabels.fired, value: counts.fired },
          { words: outcomeLabels.merged, value: counts.merged },
          { words: outcomeLabels.held, value: counts.held },
          { words: outcomeLabels.outdone, value: counts.outdone },
          { words: outcomeLabels.failed, value: counts.failed },
        ]}
      />
      <List
        caption={['触发信息', 'Triggers']}
        columns={[
          { words: ['日期', 'Day'], cell: ({ day }) => day },
          {
            words: ['标题', 'Title'],
            cell: ({ trigger, title }) => <a href={`/console/triggers/${trigger}`}>{title}</a>,
          },
          { words: ['结果', 'Outcome'], cell: ({ outcome }) => outcomeLabels[outcome].join(' ') },
          {
            words: ['说明', 'Why'],
            cell: ({ into, missing, by, why }) => into ?? missing?.join('、') ?? by ?? why ?? '—',
          },
        ]}
        rows={findings}
        keyOf={({ trigger }) => trigger}
        none={['期间内没有触发信息符合条件。', 'No trigger meets its condition.']}
      />
    </>
  );
}

function Subjects({ rehearsal }: { readonly rehearsal: RehearsalOf<'subject'> }) {
  const { counts, shareBasisPoints, findings } = rehearsal;
  return (
    <>
      <Facts
        facts={[
          { words: ['查看的主体', 'Looked at'], value: counts.looked },
          { words: ['其中在营', 'Operating'], value: counts.operating },
          { words: ['会被预警', 'Warned'], value: counts.warned },
          { words: ['止日仍成立', 'Holding on the last day'], value: counts.holding },
          { words: ['止日占在营比例', 'Share on the last day'], value: `${shareBasisPoints / 100} %` },
          { words: ['未能计算', 'Failed'], value: counts.failed },
        ]}
      />
      <List
        caption={['会被预警的主体', 'Subjects that would be warned of']}
        columns={[
          {
            words: ['名称', 'Name'],
            cell: ({ subject, name }) => <a href={`/console/subjects/${subject}`}>{name}</a>,
          },
          { words: ['区划', 'Territory'], cell: ({ territory }) => territory },
          { words: ['行业', 'Industry'], cell: ({ industry }) => industry ?? '—' },
          { words: ['分类', 'Class'], cell: ({ creditClass }) => creditClass ?? '—' },
          { words: ['首日', 'First day'], cell: ({ first }) => first },
          { words: ['天数', 'Days'], cell: ({ days }) => days },
          { words: ['止日成立', 'Holds at the end'], cell: ({ holds }) => (holds ? '是 Yes' : '否 No') },
        ]}
        rows={findings}
        keyOf={({ subject }) => subject}
        none={['没有主体符合条件。', 'It holds for no subject.']}
      />
    </>
  );
}

function Cohorts({ rehearsal }: { readonly rehearsal: RehearsalOf<'cohort'> }) {
  const { counts, asOf, findings } = rehearsal;
  return (
    <>
      <Facts
        facts={[
          { words: ['数据时点', 'As of'], value: <Time at={asOf} /> },
          { words: ['查看的地区行业', 'Looked at'], value: counts.looked },
          { words: ['会触发', 'Would fire'], value: counts.fired },
          { words: ['未能计算', 'Failed'], value: counts.failed },
        ]}
      />
      <List
        caption={['会触发的地区行业', 'Cohorts that would fire']}
        columns={[
          { words: ['区划', 'Territory'], cell: ({ territory }) => territory },
          { words: ['行业', 'Industry'], cell: ({ industry }) => industry },
          { words: ['户数', 'Subjects'], cell: ({ subjects }) => subjects },
          { words: ['关注', 'Watch'], cell: ({ watch }) => watch },
          { words: ['预警', 'Warning'], cell: ({ warning }) => warning },
          { words: ['严重', 'Severe'], cell: ({ severe }) => severe },
        ]}
        rows={findings}
        keyOf={({ territory, industry }) => `${territory} ${industry}`}
        none={['没有地区行业符合条件。', 'It holds for no cohort.']}
      />
    </>
  );
}
