import { ActionForm } from '#console/kit/action-form.tsx';
import { staying } from '#console/kit/command.ts';
import { bodyOf, textOf, type Field, type Form, optionsOf } from '#console/kit/form.ts';
import { Badge, Facts, Filters, List, Next } from '#console/kit/list.tsx';
import type { Asked, Page } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { CorrectionsQuery, type CorrectionView } from '#contracts/api/corrections.ts';
import { CorrectionStatus } from '#domain/correction/correction.ts';
import { correctionLifecycle, standingsToward } from '#domain/correction/lifecycle.ts';
import { mayGive } from '#domain/lifecycle/lifecycle.ts';
import type { PersonRole } from '#domain/person/person.ts';
import { resultOptions } from './inspection-words.ts';
import { LISTING } from './roles.ts';
import { Two } from '#console/kit/words.tsx';

const path = '/console/corrections';
const READING: readonly PersonRole[] = ['lead-section', 'unit', 'supervisor', 'administrator'];

const corrections: Page = {
  path: '/corrections',
  roles: READING,
  nav: { group: 'work', words: ['更正申请', 'Corrections'] },
  show: async ({ api, query }) => {
    const { shape } = CorrectionsQuery;
    const { after } = query;
    const list = await api.call('GET /corrections', {
      query: {
        status: shape.status.safeParse(query['status']).data,
        ...(after !== undefined && shape.after.safeParse(after).success ? { after } : {}),
      },
    });
    return {
      title: '更正申请',
      content: (
        <>
          <Filters
            path={path}
            query={query}
            filters={[
              {
                name: 'status',
                words: ['状态（不选为已受理）', 'State'],
                options: optionsOf(CorrectionStatus.options, correctionLifecycle.statuses),
              },
            ]}
          />
          <List
            caption={['更正申请，先到在前', 'Requests, oldest first']}
            columns={[
              {
                words: ['受理编号', 'Receipt'],
                cell: ({ id }) => <a href={`${path}/${id}`}>{id}</a>,
              },
              { words: ['企业名称', 'Subject'], cell: ({ subject }) => subject.name },
              { words: ['状态', 'State'], cell: ({ status }) => correctionLifecycle.statuses[status] },
              { words: ['有误之处', 'What is wrong'], cell: ({ wrong }) => wrong },
              { words: ['申请人', 'Asked by'], cell: ({ requester }) => requesterText(requester) },
              { words: ['承担单位', 'Units'], cell: ({ units }) => units.join('、') },
              { words: ['受理时间', 'Received'], cell: ({ receivedAt }) => <Time at={receivedAt} /> },
            ]}
            rows={list.corrections}
            keyOf={({ id }) => id}
            none={['没有此状态的更正申请', 'No request in this state']}
          />
          <Next path={path} query={query} next={list.next} />
        </>
      ),
    };
  },
};

function requesterText(requester: CorrectionView['requester']): string {
  return requester.kind === 'staff'
    ? `工作人员 ${requester.staffNo}`
    : `${requester.name}（${requester.contact}）`;
}

const version = (of: number): Field => ({
  kind: 'number',
  name: 'version',
  words: ['所看公示的版本', 'Version of the public record that you looked at'],
  required: true,
  min: 1,
  hint: `申请时为第 ${of} 版；见公示页。 It was ${of} when this was asked; the public page says it.`,
});

const changing: readonly Field[] = [
  {
    kind: 'long',
    name: 'reason',
    words: ['更正理由（公示）', 'Reason, published'],
    required: true,
    maxLength: 1_000,
  },
  {
    kind: 'text',
    name: 'changes.subjectName',
    words: ['更正后的企业名称', 'New name'],
    hint: '不更正的栏目留空。 Leave empty what stays.',
    maxLength: 500,
  },
  {
    kind: 'choices',
    name: 'changes.results',
    words: ['更正后的检查结果', 'New results'],
    options: resultOptions,
    numbers: true,
    hint: '不选即不更正。 None: they stay.',
  },
  { kind: 'text', name: 'item.code', words: ['更正的事项编号', 'Item whose words change'], maxLength: 100 },
  { kind: 'text', name: 'item.matter', words: ['更正后的抽查事项', 'Its new words'], maxLength: 500 },
  {
    kind: 'text',
    name: 'item.legalBasis',
    words: ['更正后的抽查依据', 'Its new legal basis'],
    maxLength: 500,
  },
];

const withdrawing: readonly Field[] = [
  {
    kind: 'long',
    name: 'legalReason',
    words: ['依法撤下的理由（公示）', 'Reason in law, published'],
    required: true,
    maxLength: 1_000,
  },
];

const refusing: readonly Field[] = [
  {
    kind: 'long',
    name: 'reason',
    words: ['不予更正的理由（申请人可见）', 'Reason, shown to whoever asked'],
    required: true,
    maxLength: 1_000,
  },
];

function mayDecide({ person }: Asked, one: CorrectionView): boolean {
  return mayGive(correctionLifecycle, 'correct', one.status, standingsToward(person, one));
}

async function show(asked: Asked) {
  const one = await asked.api.call('GET /corrections/{id}', { params: asked.params });
  const { decision } = one;
  return {
    title: `更正申请：${one.subject.name}`,
    content: (
      <>
        <Facts
          facts={[
            { words: ['受理编号', 'Receipt'], value: <code>{one.id}</code> },
            {
              words: ['状态', 'State'],
              value: <Badge tone="plain">{correctionLifecycle.statuses[one.status]}</Badge>,
            },
            {
              words: ['答复期限', 'Answer by'],
              value: `${one.answerBy.date}${one.answerBy.provisional ? '（暂定 provisional）' : ''}`,
            },
            { words: ['有误之处', 'What is wrong'], value: one.wrong },
            { words: ['正确内容', 'What would be right'], value: one.right },
            { words: ['申请人', 'Asked by'], value: requesterText(one.requester) },
            { words: ['受理时间', 'Received'], value: <Time at={one.receivedAt} /> },
            { words: ['承担单位', 'Units'], value: one.units.join('、') },
            {
              words: ['检查', 'Inspection'],
              value: <a href={`/console/inspections/${one.inspection}`}>{one.inspection}</a>,
            },
            {
              words: ['公示', 'Published'],
              value: (
                <a href={`/public/inspections/${one.inspection}`}>
                  公示页（申请时第 {one.of} 版） Public page
                </a>
              ),
            },
          ]}
        />
        {decision === undefined ? null : (
          <Facts
            facts={[
              {
                words: ['决定', 'Decision'],
                value: {
                  corrected: '已更正 corrected',
                  withdrawn: '已撤下 withdrawn',
                  refused: '不予更正 refused',
                }[decision.outcome],
              },
              {
                words: ['理由', 'Reason'],
                value: decision.outcome === 'withdrawn' ? decision.legalReason : decision.reason,
              },
              { words: ['决定人', 'By'], value: decision.by },
              { words: ['决定时间', 'At'], value: <Time at={decision.at} /> },
            ]}
          />
        )}
        {mayDecide(asked, one) ? <Decide asked={asked} one={one} /> : null}
      </>
    ),
  };
}

function Decide({ asked, one }: { readonly asked: Asked; readonly one: CorrectionView }) {
  const initial = { version: String(one.of) };
  return (
    <>
      <h2>
        <Two words={['更正', 'Correct it']} />
      </h2>
      <ActionForm
        asked={asked}
        action="grant"
        fields={[version(one.of), ...changing]}
        initial={initial}
        submit={['更正并公示新版本', 'Publish a new version']}
        sure="将公示新版本，原版本仍可查看。确定？"
      />
      <h2>
        <Two words={['依法撤下', 'Withdraw it']} />
      </h2>
      <ActionForm
        asked={asked}
        action="withdraw"
        fields={[version(one.of), ...withdrawing]}
        initial={initial}
        submit={['撤下', 'Withdraw']}
        sure="撤下后不能再更正。确定撤下？"
        kind="danger"
      />
      <h2>
        <Two words={['不予更正', 'Let it stand']} />
      </h2>
      <ActionForm
        asked={asked}
        action="refuse-correction"
        fields={refusing}
        submit={['不予更正', 'Refuse']}
      />
    </>
  );
}

/** What changes as the API takes it: what was left empty stays as it is. */
export function changesOf(form: Form): Record<string, unknown> {
  const { changes, item, ...rest } = bodyOf([version(1), ...changing], form);
  // A list of nothing chosen would ask for no results at all.
  const kept = Object.entries(asObject(changes)).filter(
    ([, value]) => !(Array.isArray(value) && value.length === 0),
  );
  return {
    kind: 'correct',
    ...rest,
    changes: {
      ...Object.fromEntries(kept),
      ...(textOf(form, 'item.code') === '' ? {} : { items: [item] }),
    },
  };
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

const correction: Page = {
  path: '/corrections/{id}',
  roles: LISTING,
  show,
  actions: {
    grant: staying('POST /corrections/{id}/grant', ['已更正，新版本已公示', 'Corrected'], changesOf),
    withdraw: staying('POST /corrections/{id}/grant', ['已撤下', 'Withdrawn'], (form) => ({
      kind: 'withdraw',
      ...bodyOf([version(1), ...withdrawing], form),
    })),
    'refuse-correction': staying('POST /corrections/{id}/refuse', ['已答复不予更正', 'Refused'], refusing),
  },
};

export const correctionPages: readonly Page[] = [corrections, correction];
