import { CHOOSING, LISTING } from './roles.ts';
import { Badge, Filters, List, Next, type Column } from '#console/kit/list.tsx';
import type { Asked, Page, Shown } from '#console/kit/page.ts';
import { Remaining } from '#console/kit/time.tsx';
import { Two } from '#console/kit/words.tsx';
import { InspectionsQuery, type InspectionRow } from '#contracts/api/inspection-lists.ts';
import type { AnswerOf } from '#contracts/api/operations.ts';
import { InspectionGroup } from '#domain/inspection/listing.ts';
import { watchesAll } from '#domain/person/person.ts';
import { groupOptions, groupWords, resultOptions, statusWords } from './inspection-words.ts';

function fits([name, value]: readonly [string, string]): boolean {
  return InspectionsQuery.safeParse({ [name]: value }).success;
}

/** What an address asks of the list; what is no such thing is left out and named, so that the rest can be read. */
export function askedOfList(query: Asked['query']): {
  readonly fit: InspectionsQuery;
  readonly unfit: readonly string[];
} {
  const names = Object.keys(InspectionsQuery.shape);
  const given = Object.entries(query).filter(([name, value]) => names.includes(name) && value.trim() !== '');
  return {
    fit: InspectionsQuery.parse(Object.fromEntries(given.filter(fits))),
    unfit: given.filter((one) => !fits(one)).map(([, value]) => value),
  };
}

const path = '/console/inspections';

async function show(asked: Asked): Promise<Shown> {
  const { fit, unfit } = askedOfList(asked.query);
  const list = await asked.api.call('GET /inspections', { query: fit });
  const { after: _, ...filter } = fit;
  return { title: '检查清单', content: <Content asked={asked} filter={filter} unfit={unfit} list={list} /> };
}

interface ContentProps {
  readonly asked: Asked;
  readonly filter: Omit<InspectionsQuery, 'after'>;
  readonly unfit: readonly string[];
  readonly list: AnswerOf<'GET /inspections'>;
}

function Content({ asked: { person }, filter, unfit, list }: ContentProps) {
  const query = givenOf(filter);
  const suffix = new URLSearchParams(query).toString();
  return (
    <>
      <Tally tally={list.tally} here={filter.group} />
      {unfit.length === 0 ? null : (
        <p class="refused" role="alert">
          未按此筛选，格式有误 Not a filter: {unfit.join('、')}
        </p>
      )}
      <details open={suffix !== ''}>
        <summary>
          <Two words={['筛选', 'Filter']} />
        </summary>
        <ListFilters query={query} watching={watchesAll(person.role)} />
      </details>
      <p>
        <a href={`${path}/export?${suffix}`}>导出 CSV Export all of this list</a>
        {CHOOSING.includes(person.role) ? (
          <>
            {' · '}
            <a href={`${path}/assign?${suffix}`}>批量选派人员 Assign people to all of this list</a>
          </>
        ) : null}
      </p>
      <List
        caption={['检查', 'Inspections']}
        columns={columns}
        rows={list.inspections}
        keyOf={({ id }) => id}
        none={
          list.next === undefined
            ? ['没有符合条件的检查，可清除筛选', 'No inspection fits; clear the filter to see all']
            : ['本页没有符合条件的检查，请看下一页', 'None on this page fits; go on to the next']
        }
      />
      <Next path={path} query={query} next={list.next} />
    </>
  );
}

/** What is asked for, name by name. */
export function givenOf(filter: Omit<InspectionsQuery, 'after'>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** How many are in each group, each a link to them. */
function Tally({
  tally,
  here,
}: {
  readonly tally: ContentProps['list']['tally'];
  readonly here?: string | undefined;
}) {
  return (
    <ul class="cards">
      {InspectionGroup.options.map((group) => (
        <li key={group}>
          <a href={`${path}?group=${group}`} {...(group === here ? { 'aria-current': 'true' } : {})}>
            <strong>{tally[group]}</strong>
            <Two words={groupWords(group)} />
          </a>
        </li>
      ))}
    </ul>
  );
}

interface ListFiltersProps {
  readonly query: Readonly<Record<string, string>>;
  readonly watching: boolean;
}

function ListFilters({ query, watching }: ListFiltersProps) {
  return (
    <Filters
      path={path}
      query={query}
      filters={[
        { name: 'group', words: ['状态', 'State'], options: groupOptions },
        { name: 'subject', words: ['企业名称或代码', 'Name or code'] },
        { name: 'result', words: ['检查结果', 'Result'], options: resultOptions },
        ...(watching ? [{ name: 'unit', words: ['检查部门', 'Unit'] } as const] : []),
        { name: 'inspector', words: ['检查人员工号', 'Staff number'] },
        { name: 'item', words: ['事项编号', 'Item'] },
        { name: 'draw', words: ['抽查任务编号 D-…', 'Draw'] },
        { name: 'dueBefore', words: ['截止早于 2026-12-31', 'Due before'] },
        { name: 'endedOn', words: ['检查日期 2026-12-01', 'Ended on'] },
      ]}
    />
  );
}

const columns: readonly Column<InspectionRow>[] = [
  {
    words: ['企业名称', 'Subject'],
    cell: ({ id, subject }) => (
      <>
        <a href={`${path}/${id}`}>{subject.name}</a>
        <br />
        <code>{subject.id}</code>
      </>
    ),
  },
  {
    words: ['状态', 'State'],
    cell: ({ status }) => (
      <Badge tone={status === 'assigned' || status === 'recorded' ? 'soon' : 'plain'}>
        <Two words={statusWords(status)} />
      </Badge>
    ),
  },
  {
    words: ['截止日期', 'Due'],
    cell: ({ due }) =>
      due === undefined ? (
        '—'
      ) : (
        <>
          {due.label}
          <br />
          {due.date}
          {due.provisional ? '（暂定 provisional）' : ''}{' '}
          {due.paused ? (
            <Badge tone="plain">已暂停 Paused</Badge>
          ) : (
            <Remaining days={due.remaining} overdue={due.overdue} />
          )}
        </>
      ),
  },
  {
    words: ['任务', 'Task'],
    cell: ({ draws }) =>
      draws.map(({ id, planNumber, title }) => (
        <div key={id}>
          <a href={`/console/draws/${id}`}>{planNumber}</a> {title}
        </div>
      )),
  },
  { words: ['检查日期', 'Inspected on'], cell: ({ inspectedOn }) => inspectedOn ?? '—' },
  {
    words: ['检查结果', 'Result'],
    cell: ({ results }) => results.map(({ code, text }) => `${code} ${text}`).join('；') || '—',
  },
  {
    words: ['检查人员', 'Team'],
    cell: ({ team }) => team.map(({ name }) => name).join('、') || '—',
  },
  { words: ['检查部门', 'Units'], cell: ({ units }) => units.join('、') },
  { words: ['管辖单位', 'Jurisdiction'], cell: ({ subject }) => subject.jurisdictionUnit ?? '—' },
  {
    words: ['录入员', 'Recorded by'],
    cell: ({ recordedBy }) => recordedBy?.name ?? recordedBy?.staffNo ?? '—',
  },
  {
    words: ['后续处置', 'Follow-ups'],
    cell: ({ followUp }) =>
      followUp === undefined || followUp.total === 0 ? '—' : `未完结 ${followUp.open} / 共 ${followUp.total}`,
  },
];

/** The list that staff work from. */
const inspections: Page = {
  path: '/inspections',
  roles: LISTING,
  nav: { group: 'work', words: ['检查', 'Inspections'] },
  show,
};

/** The same list as a file, all of it. */
const exported: Page = {
  path: '/inspections/export',
  roles: LISTING,
  show: async ({ api, query }) => {
    const { after: _, ...fit } = askedOfList(query).fit;
    return { given: await api.file('GET /inspections.csv', { query: fit, accept: 'text/csv' }) };
  },
};

export const inspectionListPages: readonly Page[] = [inspections, exported];
