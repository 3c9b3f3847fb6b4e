import { List } from '#console/kit/list.tsx';
import type { Asked, Page, Words } from '#console/kit/page.ts';
import { Two } from '#console/kit/words.tsx';
import type { AnswerOf } from '#contracts/api/operations.ts';
import { FigureName, type Figure } from '#domain/figures/figures.ts';
import { figureTitles } from '#domain/figures/table.ts';
import { watchesAll, WATCHING, type PersonRole } from '#domain/person/person.ts';
import { FigureTable } from '#web/figure-table.tsx';
import {
  cohortsPicture,
  deadlinesPicture,
  drawsPicture,
  loadPicture,
  resultsPicture,
  riskClassesPicture,
  riskPicture,
  triggersPicture,
} from '#web/figures.ts';

const COUNTED: readonly PersonRole[] = WATCHING;
const DEADLINES: readonly PersonRole[] = [...COUNTED, 'unit'];

const english: Readonly<Record<FigureName, string>> = {
  triggers: 'Triggers by month, source and category',
  risk: 'Warnings by month and level',
  'risk-classes': 'Operating subjects by credit-risk class at the end of each month',
  results: 'Results by month and unit',
  load: 'How often inspectors were sent',
  draws: 'What draws were to give and gave',
  cohorts: 'Share of warned subjects by cohort',
};

/** What has to be known beside a figure to read it. */
const notes: Partial<Readonly<Record<FigureName, Words>>> = {
  'risk-classes': [
    '每月为次月 1 日清晨扫描后的存续户数，当月为最近一次扫描后的户数。',
    'Each month as the scan of the first morning after it found it; this month as the last scan did.',
  ],
  results: [
    '按首次公示的月份统计更正后的结果，已撤下的不计；有多个承担单位的，各计一次。',
    'By the month of the first publication, as corrected since and without what was withdrawn; for each unit that took part.',
  ],
};

const index: Page = {
  path: '/figures',
  roles: DEADLINES,
  nav: { group: 'watch', words: ['统计图表', 'Figures'] },
  show: ({ person }: Asked) => {
    const names = watchesAll(person.role) ? FigureName.options : [];
    return Promise.resolve({
      title: '统计图表',
      content: (
        <ul>
          <li>
            <a href="/console/figures/deadlines">
              <Two words={['期限按期与逾期', 'Deadlines kept and not kept']} />
            </a>
          </li>
          {names.map((name) => (
            <li key={name}>
              <a href={`/console/figures/${name}`}>
                <Two words={[figureTitles[name], english[name]]} />
              </a>
            </li>
          ))}
        </ul>
      ),
    });
  },
};

/** What a figure is asked for: the fields of its form that were filled. */
function filled({ query }: Asked, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = query[name]?.trim() ?? '';
      return value === '' ? [] : [[name, value] as const];
    }),
  );
}

const deadlines: Page = {
  path: '/figures/deadlines',
  roles: DEADLINES,
  show: async (asked: Asked) => {
    const query = filled(asked, ['from', 'to']);
    if (asked.query['file'] === 'csv') {
      return {
        given: await asked.api.file('GET /figures/deadlines', {
          query: { ...query, format: 'csv' },
          accept: 'text/csv',
        }),
      };
    }
    const figures = await asked.api.call('GET /figures/deadlines', { query });
    return { title: '期限按期与逾期', content: <Deadlines asked={asked} figures={figures} /> };
  },
};

/** `-` stands for the lead section in the counts. */
function unitName(unit: string): string {
  return unit === '-' ? '牵头科室' : unit;
}

interface DeadlinesProps {
  readonly asked: Asked;
  readonly figures: AnswerOf<'GET /figures/deadlines'>;
}

function Deadlines({ asked, figures }: DeadlinesProps) {
  const { from, to, deadlines: rows } = figures;
  return (
    <>
      <Months asked={asked} from={from} to={to} />
      {rows.length === 0 ? null : <Picture svg={deadlinesPicture(figures, unitName)} />}
      <List
        caption={['期限按月、承担单位和类型', 'Deadlines by month, unit and kind']}
        columns={[
          { words: ['月份', 'Month'], cell: ({ month }) => month },
          { words: ['承担单位', 'Unit'], cell: ({ unit }) => unitName(unit) },
          { words: ['期限', 'Deadline'], cell: ({ label }) => label },
          { words: ['按期', 'On time'], cell: ({ onTime }) => onTime },
          { words: ['逾期', 'Late'], cell: ({ late }) => late },
          { words: ['未到期', 'Open'], cell: ({ open }) => open },
        ]}
        rows={rows}
        keyOf={({ month, unit, kind }) => `${month} ${unit} ${kind}`}
        none={['所选月份没有期限。', 'No deadline in these months.']}
      />
      <CsvLink asked={asked} query={{ from, to }} />
    </>
  );
}

const counted: Page = {
  path: '/figures/{name}',
  roles: COUNTED,
  show: async (asked: Asked) => {
    const { api, params } = asked;
    const query = filled(asked, ['from', 'to', 'territory']);
    if (asked.query['file'] === 'csv') {
      return {
        given: await api.file('GET /figures/{name}', {
          params,
          query: { ...query, format: 'csv' },
          accept: 'text/csv',
        }),
      };
    }
    const figure = await api.call('GET /figures/{name}', { params, query: { ...query, format: 'json' } });
    return {
      title: figureTitles[figure.figure],
      content: (
        <>
          <Asking asked={asked} figure={figure} />
          <Note words={notes[figure.figure]} />
          {figure.rows.length === 0 ? (
            <p class="none">没有数据。 Nothing was counted.</p>
          ) : (
            <>
              <Picture svg={pictureOf(figure)} />
              <div class="scroll" tabIndex={0} role="region" aria-label={figureTitles[figure.figure]}>
                <FigureTable figure={figure} />
              </div>
            </>
          )}
          <CsvLink asked={asked} query={query} />
        </>
      ),
    };
  },
};

function Note({ words }: { readonly words: Words | undefined }) {
  return words === undefined ? null : (
    <p>
      <Two words={words} />
    </p>
  );
}

function pictureOf(figure: Figure): string {
  switch (figure.figure) {
    case 'triggers':
      return triggersPicture(figure);
    case 'risk':
      return riskPicture(figure);
    case 'risk-classes':
      return riskClassesPicture(figure);
    case 'results':
      return resultsPicture(figure);
    case 'load':
      return loadPicture(figure);
    case 'draws':
      return drawsPicture(figure);
    case 'cohorts':
      return cohortsPicture(figure);
  }
}

/** The months of a figure, or the county of cohorts. */
function Asking({ asked, figure }: { readonly asked: Asked; readonly figure: Figure }) {
  switch (figure.figure) {
    case 'draws':
      return null;
    case 'cohorts':
      return (
        <form method="get" action={asked.path} class="filters" role="search">
          <Choice
            name="territory"
            words={['县（市、区）', 'County']}
            options={figure.territories}
            chosen={figure.territory}
          />
          <button type="submit">查看 Show</button>
        </form>
      );
    case 'triggers':
    case 'risk':
    case 'risk-classes':
    case 'results':
    case 'load':
      return <Months asked={asked} from={figure.from} to={figure.to} />;
  }
}

interface ChoiceProps {
  readonly name: string;
  readonly words: Words;
  readonly options: readonly string[];
  readonly chosen: string | undefined;
}

function Choice({ name, words, options, chosen }: ChoiceProps) {
  return (
    <div class="field">
      <label for={`filter-${name}`}>
        <Two words={words} />
      </label>
      <select id={`filter-${name}`} name={name}>
        {options.map((option) => (
          <option key={option} value={option} selected={option === chosen}>
            {option}
          </option>
        ))}
      </select>
    </div>
  );
}

interface MonthsProps {
  readonly asked: Asked;
  readonly from: string;
  readonly to: string;
}

/** From which month to which; both are counted, 24 at most. */
function Months({ asked, from, to }: MonthsProps) {
  const fields = [
    { name: 'from', words: ['起始月份', 'From'], value: from },
    { name: 'to', words: ['截止月份', 'To'], value: to },
  ] as const;
  return (
    <form method="get" action={asked.path} class="filters" role="search">
      {fields.map(({ name, words, value }) => (
        <div class="field" key={name}>
          <label for={`filter-${name}`}>
            <Two words={words} />
          </label>
          <input
            type="text"
            id={`filter-${name}`}
            name={name}
            value={value}
            pattern="\d{4}-\d{2}"
            placeholder="2026-03"
          />
        </div>
      ))}
      <button type="submit">查看 Show</button>
    </form>
  );
}

function CsvLink({ asked, query }: { readonly asked: Asked; readonly query: Record<string, string> }) {
  const search = new URLSearchParams({ ...query, file: 'csv' });
  return (
    <p>
      <a class="button quiet" href={`${asked.path}?${search.toString()}`}>
        下载表格 CSV
      </a>
    </p>
  );
}

/** A picture that the server drew of the figures themselves: text of ours, with everything from outside escaped in it. */
function Picture({ svg }: { readonly svg: string }) {
  return <figure class="picture" dangerouslySetInnerHTML={{ __html: svg }} />;
}

export const figuresPages: readonly Page[] = [index, deadlines, counted];
