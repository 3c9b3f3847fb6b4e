import { ActionForm } from '#console/kit/action-form.tsx';
import { staying } from '#console/kit/command.ts';
import { type Field, optionsOf } from '#console/kit/form.ts';
import { Badge, Facts, Filters, List, Next, type Tone } from '#console/kit/list.tsx';
import type { Asked, Page } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { MONITORING } from './roles.ts';
import { RiskLevel, riskLevelLabels } from '#domain/risk/rule.ts';
import { RiskWarningStatus, riskWarningLabels, type RiskWarning } from '#domain/risk/warning.ts';
import { WarningQuery } from '#contracts/api/monitoring.ts';

const statusEnglish: Readonly<Record<RiskWarningStatus, string>> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  dismissed: 'Dismissed',
  cleared: 'Cleared',
};
const levelEnglish: Readonly<Record<RiskLevel, string>> = {
  watch: 'Watch',
  warning: 'Warning',
  severe: 'Severe',
};
const levelTones: Readonly<Record<RiskLevel, Tone>> = { watch: 'plain', warning: 'soon', severe: 'bad' };

/** A level in words, with its colour. */
export function Level({ level }: { readonly level: RiskLevel }) {
  return <Badge tone={levelTones[level]}>{riskLevelLabels[level]}</Badge>;
}

const list: Page = {
  path: '/warnings',
  roles: MONITORING,
  nav: { group: 'watch', words: ['风险预警', 'Risk warnings'] },
  show: async ({ api, path, query }: Asked) => {
    // A filter that was left open is the same as none.
    const { warnings, next } = await api.call('GET /warnings', { query: asFiltered(query) });
    return {
      title: '风险预警',
      content: (
        <>
          <Filters
            path={path}
            query={{ status: 'open', ...query }}
            filters={[
              {
                name: 'status',
                words: ['状态', 'Status'],
                options: optionsOf(RiskWarningStatus.options, riskWarningLabels, statusEnglish),
              },
              {
                name: 'level',
                words: ['等级', 'Level'],
                options: optionsOf(RiskLevel.options, riskLevelLabels, levelEnglish),
              },
              { name: 'territory', words: ['行政区划（前几位）', 'Territory, first digits'] },
              { name: 'industry', words: ['行业（前几位）', 'Industry, first letters'] },
            ]}
          />
          <List
            caption={['预警，新的在前', 'Warnings, newest first']}
            columns={[
              {
                words: ['检查对象', 'Subject'],
                cell: ({ id, subject }) => <a href={`/console/warnings/${id}`}>{subject.name}</a>,
              },
              { words: ['等级', 'Level'], cell: ({ level }) => <Level level={level} /> },
              { words: ['状态', 'Status'], cell: ({ status }) => riskWarningLabels[status] },
              {
                words: ['原因', 'Reason'],
                cell: ({ reasons }) => reasons.map(({ reason }) => reason).join('；'),
              },
              { words: ['区划', 'Territory'], cell: ({ territory }) => territory },
              { words: ['发出日期', 'Raised on'], cell: ({ raisedOn }) => raisedOn },
            ]}
            rows={warnings}
            keyOf={({ id }) => id}
            none={['没有符合条件的预警。', 'No warning fits.']}
          />
          <Next path={path} query={query} next={next} />
        </>
      ),
    };
  },
};

/** What was asked of the list, typed as far as it can be: the API says what is wrong with the rest. */
function asFiltered(query: Readonly<Record<string, string>>) {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  const { status, level } =
    WarningQuery.pick({ status: true, level: true })
      .partial()
      .safeParse({
        status: query['status'],
        level: query['level'] === '' ? undefined : query['level'],
      }).data ?? {};
  return { ...Object.fromEntries(given), status, level };
}

const noteField = {
  kind: 'long',
  name: 'note',
  maxLength: 500,
} as const;
const acknowledgeFields: readonly Field[] = [{ ...noteField, words: ['备注', 'Note'] }];
const dismissFields: readonly Field[] = [
  {
    ...noteField,
    words: ['排除理由', 'Why it is none'],
    required: true,
    hint: '排除后不再计入所在地区行业的预警数量。 It no longer counts in its cohort.',
  },
];

const one: Page = {
  path: '/warnings/{id}',
  roles: MONITORING,
  show: async (asked: Asked) => {
    const warning = await asked.api.call('GET /warnings/{id}', { params: asked.params });
    return {
      title: `风险预警：${warning.subject.name}`,
      content: <Warning asked={asked} warning={warning} />,
    };
  },
  actions: {
    'acknowledge-warning': staying(
      'POST /warnings/{id}/acknowledge',
      ['预警已确认。', 'The warning is acknowledged.'],
      acknowledgeFields,
    ),
    'dismiss-warning': staying(
      'POST /warnings/{id}/dismiss',
      ['预警已排除。', 'The warning is dismissed.'],
      dismissFields,
    ),
  },
};

interface WarningProps {
  readonly asked: Asked;
  readonly warning: RiskWarning;
}

function Warning({ asked, warning }: WarningProps) {
  const { id, status, level, subject, territory, industry, raisedAt, clearedAt, decided, reasons } = warning;
  return (
    <>
      <Facts
        facts={[
          { words: ['等级', 'Level'], value: <Level level={level} /> },
          { words: ['状态', 'Status'], value: riskWarningLabels[status] },
          {
            words: ['检查对象', 'Subject'],
            value: <a href={`/console/subjects/${subject.id}`}>{subject.name}</a>,
          },
          { words: ['行政区划', 'Territory'], value: territory },
          { words: ['行业', 'Industry'], value: industry },
          { words: ['发出', 'Raised'], value: <Time at={raisedAt} /> },
          {
            words: ['解除', 'Cleared'],
            value: clearedAt === undefined ? undefined : <Time at={clearedAt} />,
          },
          { words: ['处理人', 'Decided by'], value: decided?.by },
          {
            words: ['处理时间', 'Decided at'],
            value: decided === undefined ? undefined : <Time at={decided.at} />,
          },
          { words: ['处理意见', 'Note'], value: decided?.note },
          {
            words: ['办理记录', 'History'],
            value: <a href={`/console/history/warning/${id}`}>查看 Open</a>,
          },
        ]}
      />
      <List
        caption={['依据的规则', 'Rules that say so']}
        columns={[
          { words: ['原因', 'Reason'], cell: ({ reason }) => reason },
          { words: ['等级', 'Level'], cell: (reason) => <Level level={reason.level} /> },
          { words: ['规则', 'Policy'], cell: ({ policy }) => <code>{policy}</code> },
          { words: ['版本', 'Version'], cell: ({ version }) => version },
        ]}
        rows={reasons}
        keyOf={({ policy }) => policy}
        none={['没有依据。', 'No rule says so.']}
      />
      <Decisions asked={asked} status={status} />
    </>
  );
}

function Decisions({ asked, status }: { readonly asked: Asked; readonly status: RiskWarningStatus }) {
  if (asked.person.role !== 'lead-section') return null;
  if (status !== 'open' && status !== 'acknowledged') return null;
  return (
    <>
      <h2>处理 Decide</h2>
      <div class="actions">
        {status === 'open' ? (
          <ActionForm
            asked={asked}
            action="acknowledge-warning"
            fields={acknowledgeFields}
            submit={['确认预警', 'Acknowledge']}
          />
        ) : null}
        <ActionForm
          asked={asked}
          action="dismiss-warning"
          fields={dismissFields}
          submit={['排除预警', 'Dismiss']}
          kind="danger"
        />
      </div>
    </>
  );
}

export const warningsPages: readonly Page[] = [list, one];
