import { ActionForm } from '#console/kit/action-form.tsx';
import { staying } from '#console/kit/command.ts';
import { bodyOf, type Field, optionsOf } from '#console/kit/form.ts';
import { History } from '#console/kit/history.tsx';
import { Badge, Facts, Filters, List, Next, type Tone } from '#console/kit/list.tsx';
import type { Action, Asked, Page, Words } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { Two } from '#console/kit/words.tsx';
import { TriggersQuery } from '#contracts/api/cases.ts';
import { mayGive, standingsByRole } from '#domain/lifecycle/lifecycle.ts';
import { WATCHING } from '#domain/person/person.ts';
import { triggerLifecycle, type TriggerCommandKind } from '#domain/trigger/lifecycle.ts';
import {
  TriggerCategory,
  triggerCategoryLabels,
  TriggerStatus,
  type Suggestion,
  type Trigger,
} from '#domain/trigger/trigger.ts';

export const categoryEnglish: Readonly<Record<TriggerCategory, string>> = {
  complaint: 'Complaint',
  referral: 'Referral',
  monitoring: 'Monitoring',
  risk: 'Risk',
};

const tones: Readonly<Record<TriggerStatus, Tone>> = {
  received: 'plain',
  triaging: 'soon',
  fired: 'good',
  merged: 'plain',
  dismissed: 'plain',
};

export function TriggerState({ status }: Pick<Trigger, 'status'>) {
  return (
    <Badge tone={tones[status]}>
      {triggerLifecycle.statuses[status]} {status}
    </Badge>
  );
}

const statusOptions = optionsOf(TriggerStatus.options, triggerLifecycle.statuses);
const categoryOptions = optionsOf(TriggerCategory.options, triggerCategoryLabels, categoryEnglish);

/** What the list is narrowed to; a filter that was left open is the same as none. */
function filterOf({ status, category, source, after }: Asked['query']) {
  const { shape } = TriggersQuery;
  return {
    status: shape.status.safeParse(status).data,
    category: shape.category.safeParse(category).data,
    source: shape.source.safeParse(source).data,
    after,
  };
}

/** What came in, newest first. */
const inbox: Page = {
  path: '/triggers',
  roles: WATCHING,
  nav: { group: 'draws', words: ['触发信息', 'Triggers'] },
  show: async ({ api, path, query }) => {
    const { triggers, next } = await api.call('GET /triggers', { query: filterOf(query) });
    return {
      title: '触发信息',
      content: (
        <>
          <Filters
            path={path}
            query={query}
            filters={[
              { name: 'status', words: ['状态', 'State'], options: statusOptions },
              { name: 'category', words: ['类别', 'Category'], options: categoryOptions },
              { name: 'source', words: ['来源编号', 'Id of the source'] },
            ]}
          />
          <List
            caption={['触发信息，新的在前', 'Triggers, newest first']}
            none={['这一页没有符合条件的触发信息。', 'No trigger of this page fits.']}
            rows={triggers}
            keyOf={({ id }) => id}
            columns={[
              { words: ['接收时间', 'Received'], cell: ({ receivedAt }) => <Time at={receivedAt} /> },
              {
                words: ['标题', 'Title'],
                cell: ({ id, report }) => <a href={`/console/triggers/${id}`}>{report.title}</a>,
              },
              {
                words: ['类别', 'Category'],
                cell: ({ report }) => (
                  <>
                    {triggerCategoryLabels[report.category]}{' '}
                    {report.severity === 'severe' ? <Badge tone="bad">严重 Severe</Badge> : null}
                  </>
                ),
              },
              { words: ['来源', 'Source'], cell: ({ source }) => source },
              { words: ['状态', 'State'], cell: ({ status }) => <TriggerState status={status} /> },
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

const because: Readonly<Record<Suggestion['because'][number], string>> = {
  items: '抽查事项适用于该行业',
  industry: '针对该行业',
  category: '针对该类别',
};

export const firingField = (options: readonly { value: string; words: Words }[]): Field => ({
  name: 'policy',
  kind: 'choice',
  words: ['触发规则', 'Policy'],
  required: true,
  options,
});

export const fire: Action = {
  said: ['已按规则触发抽查。', 'The trigger is fired by the policy.'],
  run: async ({ api, params }, form) => {
    const body = bodyOf([firingField([])], form);
    const { id } = await api.command('POST /triggers/{id}/fire', { params, once: form.once, body });
    return { to: `/console/triggers/${id}` };
  },
};

const dismiss = staying(
  'POST /triggers/{id}/dismiss',
  ['已关闭，不予抽查。', 'The trigger is closed without a draw.'],
  [why],
);

/** What was reported, in the sender's words. */
function Report({ report: { text, subject, cohort, evidence, occurredAt } }: Pick<Trigger, 'report'>) {
  return (
    <>
      <h2>
        <Two words={['报告内容', 'Report']} />
      </h2>
      <Facts
        facts={[
          { words: ['发生或发现时间', 'Happened or found'], value: occurredAt },
          {
            words: ['涉及主体', 'Business named'],
            value:
              subject === undefined ? undefined : (
                <>
                  {subject.name}{' '}
                  {subject.id === undefined ? null : (
                    <a href={`/console/subjects/${encodeURIComponent(subject.id)}`}>{subject.id}</a>
                  )}
                </>
              ),
          },
          { words: ['行政区划', 'Territory'], value: cohort?.territory },
          { words: ['行业', 'Industry'], value: cohort?.industry },
        ]}
      />
      {text === undefined ? null : <pre class="wrap">{text}</pre>}
      {evidence === undefined || evidence.length === 0 ? null : (
        <>
          <h3>
            <Two words={['证据链接', 'Evidence']} />
          </h3>
          <ul>
            {evidence.map(({ name, url, sha256 }) => (
              <li key={url}>
                <a href={url} rel="noopener noreferrer" target="_blank">
                  {name}
                </a>
                {sha256 === undefined ? null : <code> SHA-256 {sha256}</code>}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** The reports that are dealt with together with this one. */
function MergedReports({ merged = [] }: Pick<Trigger, 'merged'>) {
  return merged.length === 0 ? null : (
    <List
      caption={['一并办理的触发信息', 'Reports dealt with together']}
      none={['没有', 'None']}
      rows={merged}
      keyOf={({ id }) => id}
      columns={[
        { words: ['接收时间', 'Received'], cell: ({ receivedAt }) => <Time at={receivedAt} /> },
        {
          words: ['标题', 'Title'],
          cell: ({ id, title }) => <a href={`/console/triggers/${id}`}>{title}</a>,
        },
        { words: ['来源', 'Source'], cell: ({ source }) => source },
        {
          words: ['点名主体', 'Names'],
          cell: ({ subject, late }) =>
            `${subject ?? '—'}${late === true ? '（抽查已拟定，未列入 late）' : ''}`,
        },
      ]}
    />
  );
}

export function mayNow(
  asked: Asked,
  command: TriggerCommandKind,
  { status }: Pick<Trigger, 'status'>,
): boolean {
  return mayGive(triggerLifecycle, command, status, standingsByRole(asked.person.role));
}

/** What the lead section decides about a held trigger: the likely policies at hand, all others a page away. */
function Deciding({ asked, trigger }: { readonly asked: Asked; readonly trigger: Trigger }) {
  const { suggestions = [] } = trigger;
  if (!mayNow(asked, 'dismiss', trigger)) return null;
  return (
    <>
      <h2>
        <Two words={['研判', 'Decide']} />
      </h2>
      <div class="actions">
        {suggestions.length === 0 ? null : (
          <ActionForm
            asked={asked}
            action="trigger-fire"
            fields={[
              firingField(
                suggestions.map(({ policy, name, because: reasons }) => ({
                  value: policy,
                  words: [`${name}：${reasons.map((one) => because[one]).join('、')}`, policy],
                })),
              ),
            ]}
            submit={['按建议的规则触发抽查', 'Fire']}
          />
        )}
        <ActionForm
          asked={asked}
          action="trigger-dismiss"
          fields={[why]}
          submit={['不予抽查', 'Dismiss']}
          kind="danger"
        />
      </div>
      <p class="actions">
        <a class="button quiet" href={`${asked.path}/fire`}>
          <Two words={['选择其他规则', 'Any policy in force']} />
        </a>
        <a class="button quiet" href={`${asked.path}/merge`}>
          <Two words={['并入其他触发信息', 'Merge into another']} />
        </a>
      </p>
    </>
  );
}

const one: Page = {
  path: '/triggers/{id}',
  roles: WATCHING,
  actions: { 'trigger-fire': fire, 'trigger-dismiss': dismiss },
  show: async (asked) => {
    const { api, params } = asked;
    const [trigger, { events }] = await Promise.all([
      api.call('GET /triggers/{id}', { params }),
      api.call('GET /history/{kind}/{id}', { params: { ...params, kind: 'trigger' } }),
    ]);
    const { id, report, status, source, senderId, receivedAt, reason, firedBy, decidedAt } = trigger;
    const { mergedInto, draw } = trigger;
    return {
      title: report.title,
      // Rules decide a moment after it came.
      ...(status === 'received' ? { againAfterSeconds: 5 } : {}),
      content: (
        <>
          <Facts
            facts={[
              { words: ['状态', 'State'], value: <TriggerState status={status} /> },
              {
                words: ['类别', 'Category'],
                value: (
                  <>
                    {triggerCategoryLabels[report.category]} {categoryEnglish[report.category]}{' '}
                    {report.severity === 'severe' ? <Badge tone="bad">严重 Severe</Badge> : null}
                  </>
                ),
              },
              { words: ['来源', 'Source'], value: `${source}（${senderId}）` },
              { words: ['接收时间', 'Received'], value: <Time at={receivedAt} /> },
              {
                words: ['研判时间', 'Decided'],
                value: decidedAt === undefined ? undefined : <Time at={decidedAt} />,
              },
              { words: ['说明', 'Why'], value: reason },
              {
                words: ['触发规则', 'Fired by'],
                value: firedBy === undefined ? undefined : `${firedBy.policy} v${firedBy.version}`,
              },
              {
                words: ['并入', 'Merged into'],
                value:
                  mergedInto === undefined ? undefined : (
                    <a href={`/console/triggers/${mergedInto}`}>{mergedInto}</a>
                  ),
              },
              {
                words: ['抽查', 'Draw'],
                value: draw === undefined ? undefined : <a href={`/console/draws/${draw}`}>{draw}</a>,
              },
              { words: ['编号', 'Number'], value: <code>{id}</code> },
            ]}
          />
          <Report report={report} />
          <MergedReports merged={trigger.merged} />
          <Deciding asked={asked} trigger={trigger} />
          <h2>
            <Two words={['办理记录', 'What happened']} />
          </h2>
          <History events={events} />
        </>
      ),
    };
  },
};

export const triggerPages: readonly Page[] = [inbox, one];
