import { ActionForm } from '#console/kit/action-form.tsx';
import { bodyOf, type Field, optionsOf } from '#console/kit/form.ts';
import { Facts, List, Next } from '#console/kit/list.tsx';
import { EVERYBODY, type Asked, type Page } from '#console/kit/page.ts';
import type { AnswerOf } from '#contracts/api/operations.ts';
import type { PersonRole } from '#domain/person/person.ts';
import { LiftableKind, SignalKind, signalLabels, type Signal } from '#domain/signal/signal.ts';
import {
  creditClassLabels,
  subjectKindLabels,
  subjectScaleLabels,
  subjectStatusLabels,
  type Subject,
} from '#domain/subject/subject.ts';
import { MONITORING } from './roles.ts';
import { Level } from './warnings.tsx';

const RECORDING: ReadonlySet<PersonRole> = new Set(['lead-section', 'administrator']);

const signalEnglish: Readonly<Record<SignalKind, string>> = {
  complaint: 'Complaint',
  'abnormal-listing': 'Abnormal listing',
  'serious-violation': 'Serious violation',
  penalty: 'Penalty',
  'failed-check': 'Check that found something',
  'passed-check': 'Check that found nothing',
  'overdue-report': 'Overdue report',
  'credit-repair': 'Credit repair',
};
const sourceLabels: Readonly<Record<Signal['source'], string>> = {
  trigger: '触发信息',
  inspection: '检查',
  import: '文件导入',
  person: '人工登记',
};

const signalFields: readonly Field[] = [
  {
    kind: 'choice',
    name: 'kind',
    words: ['类型', 'Kind'],
    required: true,
    options: optionsOf(SignalKind.options, signalLabels, signalEnglish),
  },
  { kind: 'date', name: 'on', words: ['发生日期', 'Day'], required: true },
  { kind: 'text', name: 'reference', words: ['文书号', 'Reference'], maxLength: 100 },
  { kind: 'text', name: 'note', words: ['备注', 'Note'], maxLength: 200 },
  {
    kind: 'choices',
    name: 'lifts',
    words: ['信用修复解除的信号', 'What a credit repair lifts'],
    hint: '仅信用修复填写。 For a credit repair only.',
    options: optionsOf(LiftableKind.options, signalLabels, signalEnglish),
  },
];

const subjectPage: Page = {
  path: '/subjects/{id}',
  roles: EVERYBODY,
  show: async (asked: Asked) => {
    const { api, params, query } = asked;
    const { after, former } = query;
    const history = await api.call('GET /subjects/{id}', {
      params,
      query: after === undefined ? {} : { after },
    });
    const before = former === undefined ? undefined : await api.call('GET /subjects/{id}/former', { params });
    return {
      title: history.subject.name,
      content: <SubjectFile asked={asked} history={history} before={before} />,
    };
  },
  actions: {
    'record-signal': {
      said: ['信号已登记。', 'The signal is recorded.'],
      run: async ({ api, params, path }, form) => {
        const { lifts, ...body } = bodyOf(signalFields, form);
        const some = Array.isArray(lifts) && lifts.length > 0 ? { lifts } : {};
        await api.command('POST /subjects/{id}/signals', {
          params,
          body: { ...body, ...some },
          once: form.once,
        });
        return { to: path };
      },
    },
  },
};

interface FileProps {
  readonly asked: Asked;
  readonly history: AnswerOf<'GET /subjects/{id}'>;
  readonly before: AnswerOf<'GET /subjects/{id}/former'> | undefined;
}

function SubjectFile({ asked, history, before }: FileProps) {
  const { subject, risk, signals, classes, next } = history;
  const { path, query, person } = asked;
  const watches = MONITORING.includes(person.role);
  return (
    <>
      <SubjectFacts subject={subject} />
      <h2>风险 Risk</h2>
      {risk?.level === undefined ? <p>目前没有预警。 No warning at present.</p> : null}
      {risk === undefined ? null : (
        <Facts
          facts={[
            {
              words: ['等级', 'Level'],
              value: risk.level === undefined ? undefined : <Level level={risk.level} />,
            },
            {
              words: ['预警', 'Warning'],
              value:
                risk.warning === undefined ? undefined : <WarningLink id={risk.warning} open={watches} />,
            },
            { words: ['上次提出直接检查', 'Direct check proposed on'], value: risk.directCheckOn },
          ]}
        />
      )}
      <List
        caption={['信号，新的在前', 'Signals, newest first']}
        columns={[
          { words: ['日期', 'Day'], cell: ({ on }) => on },
          { words: ['类型', 'Kind'], cell: ({ label }) => label },
          { words: ['来源', 'Learnt from'], cell: ({ source }) => sourceLabels[source] },
          { words: ['文书号', 'Reference'], cell: ({ reference }) => reference ?? '—' },
          { words: ['备注', 'Note'], cell: ({ note }) => note ?? '—' },
          {
            words: ['解除', 'Lifts'],
            cell: ({ lifts = [] }) =>
              lifts.length === 0 ? '—' : lifts.map((kind) => signalLabels[kind]).join('、'),
          },
        ]}
        rows={signals}
        keyOf={({ id }) => id}
        none={['没有信号。', 'No signals.']}
      />
      <List
        caption={['信用风险分类，新的在前', 'Credit-risk classes, newest first']}
        columns={[
          { words: ['日期', 'Day'], cell: ({ on }) => on },
          { words: ['分类', 'Class'], cell: ({ creditClass }) => creditClassLabels[creditClass] },
        ]}
        rows={classes}
        keyOf={({ on }) => on}
        none={['没有分类记录。', 'No class was given.']}
      />
      <Next path={path} query={query} next={next} />
      <h2 id="former">历史信息 Formerly</h2>
      {before === undefined ? (
        <p>
          <a class="button quiet" href={`${path}?former=yes#former`}>
            查看历史信息 Show
          </a>
        </p>
      ) : (
        <List
          caption={['名录库此前的内容', 'What the library said before']}
          columns={[
            { words: ['截至', 'Until'], cell: ({ until }) => until },
            { words: ['名称', 'Name'], cell: (row) => row.subject.name },
            { words: ['状态', 'Status'], cell: (row) => subjectStatusLabels[row.subject.status] },
            { words: ['行政区划', 'Territory'], cell: (row) => row.subject.territory },
            { words: ['行业', 'Industry'], cell: (row) => row.subject.industry ?? '—' },
            { words: ['地址', 'Address'], cell: (row) => row.subject.address ?? '—' },
          ]}
          rows={before.former}
          keyOf={({ until }) => until}
          none={['没有变更过。', 'It never changed.']}
        />
      )}
      {RECORDING.has(person.role) ? (
        <>
          <h2>登记信号 Record a signal</h2>
          <ActionForm
            asked={asked}
            action="record-signal"
            fields={signalFields}
            submit={['登记', 'Record']}
          />
        </>
      ) : null}
    </>
  );
}

/** The warning's page, for those who may open it. */
function WarningLink({ id, open }: { readonly id: string; readonly open: boolean }) {
  return open ? <a href={`/console/warnings/${id}`}>{id}</a> : <code>{id}</code>;
}

function SubjectFacts({ subject }: { readonly subject: Subject }) {
  const { kind, status, scale, creditClass, tags, licences } = subject;
  return (
    <>
      <Facts
        facts={[
          { words: ['统一社会信用代码', 'Code'], value: <code>{subject.id}</code> },
          { words: ['主体类型', 'Kind'], value: subjectKindLabels[kind] },
          { words: ['登记状态', 'Status'], value: subjectStatusLabels[status] },
          { words: ['行政区划', 'Territory'], value: subject.territory },
          { words: ['行业', 'Industry'], value: subject.industry },
          { words: ['规模', 'Scale'], value: scale === undefined ? undefined : subjectScaleLabels[scale] },
          {
            words: ['信用风险分类', 'Class'],
            value: creditClass === undefined ? undefined : creditClassLabels[creditClass],
          },
          { words: ['标签', 'Tags'], value: tags.join('、') },
          { words: ['地址', 'Address'], value: subject.address },
          { words: ['法定代表人', 'Legal representative'], value: subject.legalRepresentative },
          { words: ['电话', 'Telephone'], value: subject.phone },
          { words: ['成立日期', 'Established'], value: subject.established },
          { words: ['登记机关', 'Registered with'], value: subject.registrationAuthority },
          { words: ['管辖单位', 'Supervised by'], value: subject.jurisdictionUnit },
        ]}
      />
      {licences.length === 0 ? null : (
        <List
          caption={['许可证', 'Licences']}
          columns={[
            { words: ['名称', 'Name'], cell: ({ name }) => name },
            { words: ['编号', 'Number'], cell: ({ number }) => number ?? '—' },
            { words: ['有效期至', 'Valid through'], cell: ({ validThrough }) => validThrough },
          ]}
          rows={licences}
          keyOf={({ name, number = '' }) => `${name} ${number}`}
          none={['没有许可证。', 'No licence.']}
        />
      )}
    </>
  );
}

export const subjectsPages: readonly Page[] = [subjectPage];
