import { ActionForm } from '#console/kit/action-form.tsx';
import { bodyOf, textOf, type Field } from '#console/kit/form.ts';
import { Badge, Facts, Filters, List } from '#console/kit/list.tsx';
import { addressOf, type Asked, type Page, type Shown } from '#console/kit/page.ts';
import type { Directory, OneInspector } from '#contracts/api/inspections.ts';
import { inspectorStatusLabels, WITHOUT_END } from '#domain/inspector/inspector.ts';
import { addDays, type CalendarDate } from '#domain/time/time.ts';

type Listed = Directory['inspectors'][number];

/** The first warning of a lapse comes so many days before it. */
const SOON_DAYS = 60;

function Through({ day, today }: { readonly day: CalendarDate | undefined; readonly today: CalendarDate }) {
  if (day === undefined) return <Badge tone="bad">未培训 None</Badge>;
  if (day === WITHOUT_END) return <>长期有效</>;
  if (day < today) return <Badge tone="bad">{day} 已失效 Lapsed</Badge>;
  return day <= addDays(today, SOON_DAYS) ? <Badge tone="soon">{day} 即将到期</Badge> : <>{day}</>;
}

function Able({ eligible, reasons }: Pick<Listed, 'eligible' | 'reasons'>) {
  return eligible ? (
    <Badge tone="good">可抽取 Can be drawn</Badge>
  ) : (
    <Badge tone="bad">{reasons.map(({ label }) => label).join('、')}</Badge>
  );
}

function leaveText({ leave }: Pick<Listed, 'leave'>): string {
  return leave.map(({ from, through }) => (from === through ? from : `${from} 至 ${through}`)).join('；');
}

/** The unit whose directory is asked for; a unit's head has their own. */
function unitOf({ person, query }: Asked): string {
  return query['unit'] ?? (person.role === 'unit' ? person.unit : '');
}

async function unitList({ api, path }: Asked): Promise<Shown> {
  const { units } = await api.call('GET /setup', { query: {} });
  return {
    title: '执法检查人员',
    content: (
      <List
        caption={['承担单位', 'Units that have inspectors']}
        none={['执法人员库是空的，请先导入', 'No inspectors yet: import their library first']}
        rows={units}
        keyOf={(unit) => unit}
        columns={[
          {
            words: ['单位', 'Unit'],
            cell: (unit) => <a href={`${path}?${new URLSearchParams({ unit }).toString()}`}>{unit}</a>,
          },
        ]}
      />
    ),
  };
}

const ableOptions = [
  { value: 'yes', words: ['可抽取', 'Can be drawn'] },
  { value: 'no', words: ['不可抽取', 'Cannot'] },
] as const;

const directory: Page = {
  path: '/inspectors',
  roles: ['lead-section', 'unit', 'administrator'],
  nav: { group: 'libraries', words: ['执法检查人员', 'Inspectors'] },
  show: async (asked) => {
    const { api, path, query, person } = asked;
    const unit = unitOf(asked);
    if (unit === '') return unitList(asked);
    const { inspectors, day } = await api.call('GET /inspectors', { query: { unit } });
    const able = query['able'] ?? '';
    const shown = inspectors.filter(({ eligible }) => able === '' || eligible === (able === 'yes'));
    return {
      title: `执法检查人员：${unit}`,
      content: (
        <>
          <Filters
            path={path}
            query={{ ...query, unit }}
            filters={[
              ...(person.role === 'unit' ? [] : [{ name: 'unit', words: ['单位', 'Unit'] } as const]),
              { name: 'able', words: ['今日能否抽取', 'Today'], options: ableOptions },
            ]}
          />
          <List
            caption={[`共 ${shown.length} 人`, 'Inspectors']}
            none={['没有符合条件的人员', 'Nobody fits']}
            rows={shown}
            keyOf={({ staffNo }) => staffNo}
            columns={[
              {
                words: ['姓名', 'Name'],
                cell: ({ staffNo, name }) => (
                  <a href={`${path}/${encodeURIComponent(staffNo)}`}>
                    {name} {staffNo}
                  </a>
                ),
              },
              { words: ['今日', 'Today'], cell: (one) => <Able {...one} /> },
              {
                words: ['执法证有效期', 'Certificate'],
                cell: ({ certifiedThrough }) => <Through day={certifiedThrough} today={day} />,
              },
              {
                words: ['培训有效期', 'Training'],
                cell: ({ trainedThrough }) => <Through day={trainedThrough} today={day} />,
              },
              { words: ['资质', 'Qualifications'], cell: ({ qualifications }) => qualifications.join('、') },
              { words: ['休假', 'Leave'], cell: leaveText },
              {
                words: ['在办 / 一年内', 'On hand / in a year'],
                cell: ({ load }) => (load === undefined ? '0 / 0' : `${load.open.all} / ${load.givenInYear}`),
              },
            ]}
          />
        </>
      ),
    };
  },
};

const leaveFields: readonly Field[] = [
  {
    name: 'leave',
    kind: 'lines',
    words: ['休假期间', 'Periods of leave'],
    hint: '一行一段，如 2026-03-02 至 2026-03-06；单日只写一天；留空即取消全部 One period a line; empty takes all away.',
  },
];

const trainingFields: readonly Field[] = [
  { name: 'title', kind: 'text', words: ['培训名称', 'Title'], required: true, maxLength: 200 },
  { name: 'on', kind: 'date', words: ['培训日期', 'Day'], required: true },
  { name: 'validThrough', kind: 'date', words: ['有效期至', 'Counts through'], required: true },
];

/** Lines of `from 至 through`, as the API takes them; what is no day is left for it to refuse. */
export function leaveOf(text: string): { readonly from: string; readonly through: string }[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [from = '', through = from] = line.split(/\s*(?:至|到|~|—|\s)\s*/);
      return { from, through };
    });
}

const inspectorPage: Page = {
  path: '/inspectors/{staffNo}',
  roles: ['lead-section', 'unit', 'administrator'],
  show: async (asked) => {
    const { api, params, person } = asked;
    const { inspector: one, day } = await api.call('GET /inspectors/{staffNo}', { params });
    return {
      title: `${one.name} ${one.staffNo}`,
      content: (
        <>
          <InspectorFacts one={one} day={day} />
          <h2>培训 Training</h2>
          <List
            caption={['培训记录', 'Trainings that were recorded']}
            none={['没有培训记录', 'None recorded']}
            rows={one.trainings}
            keyOf={({ recordedAt }) => recordedAt}
            columns={[
              { words: ['名称', 'Title'], cell: ({ title }) => title },
              { words: ['日期', 'Day'], cell: ({ on }) => on },
              { words: ['有效期至', 'Counts through'], cell: ({ validThrough }) => validThrough },
              { words: ['登记人', 'Recorded by'], cell: ({ recordedBy }) => recordedBy },
            ]}
          />
          {person.role === 'lead-section' ? null : (
            <>
              <ActionForm
                asked={asked}
                action="recordTraining"
                fields={trainingFields}
                submit={['登记培训', 'Record a training']}
              />
              <h2>休假 Leave</h2>
              <ActionForm
                asked={asked}
                action="setLeave"
                fields={leaveFields}
                initial={{
                  leave: one.leave.map(({ from, through }) =>
                    from === through ? from : `${from} 至 ${through}`,
                  ),
                }}
                submit={['登记休假', 'Set the leave']}
              />
            </>
          )}
        </>
      ),
    };
  },
  actions: {
    recordTraining: {
      said: ['已登记培训', 'The training is recorded'],
      run: async (asked, form) => {
        const { api, params } = asked;
        await api.command('POST /inspectors/{staffNo}/trainings', {
          params,
          body: bodyOf(trainingFields, form),
          once: form.once,
        });
        return { to: addressOf(asked) };
      },
    },
    setLeave: {
      said: ['已登记休假', 'The leave is set'],
      run: async (asked, form) => {
        const { api, params } = asked;
        await api.command('PUT /inspectors/{staffNo}/leave', {
          params,
          body: { leave: leaveOf(textOf(form, 'leave')) },
          once: form.once,
        });
        return { to: addressOf(asked) };
      },
    },
  },
};

interface FactsProps {
  readonly one: OneInspector['inspector'];
  readonly day: CalendarDate;
}

function InspectorFacts({ one, day }: FactsProps) {
  const { certificates, load } = one;
  return (
    <Facts
      facts={[
        { words: ['单位', 'Unit'], value: one.unit },
        { words: ['今日', 'Today'], value: <Able {...one} /> },
        { words: ['状态', 'Status'], value: inspectorStatusLabels[one.status] },
        {
          words: ['执法证', 'Certificates'],
          value: certificates.map(({ number, validThrough }) => (
            <div key={number}>
              {number} <Through day={validThrough} today={day} />
            </div>
          )),
        },
        { words: ['培训有效期', 'Trained through'], value: <Through day={one.trainedThrough} today={day} /> },
        { words: ['资质', 'Qualifications'], value: one.qualifications.join('、') },
        { words: ['职务', 'Office'], value: one.office },
        { words: ['专家', 'Expert'], value: one.expert ? '是 Yes' : '' },
        { words: ['电话', 'Phone'], value: one.phone },
        { words: ['休假', 'Leave'], value: leaveText(one) },
        {
          words: ['在办任务', 'On hand'],
          value: `${load.open.all}（待接受 ${load.open.assigned}、待检查 ${load.open.accepted}、检查中 ${load.open.begun}、待录入 ${load.open.ended}、待公示 ${load.open.recorded}）`,
        },
        { words: ['一年内受派', 'Assigned within a year'], value: load.givenInYear },
      ]}
    />
  );
}

export const inspectorsPages: readonly Page[] = [directory, inspectorPage];
