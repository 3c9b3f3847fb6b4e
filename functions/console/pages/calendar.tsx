import { ApiRefusal } from '#console/api/api.ts';
import { ActionForm } from '#console/kit/action-form.tsx';
import { textOf, type Field } from '#console/kit/form.ts';
import { Facts, Filters, List } from '#console/kit/list.tsx';
import { EVERYBODY, type Asked, type Page } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import type { ArrangementReport } from '#contracts/api/calendars.ts';
import { arrangedLabels, type ArrangedKind } from '#domain/calendar/arrangement.ts';
import { CalendarDate, weekday } from '#domain/time/time.ts';
import { fileOf, modeField, OCTETS } from './import-form.ts';

/** The day as the arrangement has it; absent where the week alone decides. */
interface Arranged {
  readonly date: CalendarDate;
  readonly kind: ArrangedKind;
  readonly name: string;
}

/** A year's arrangement; undefined while it is not announced. */
async function arrangementOf({ api }: Asked, year: string): Promise<Arranged[] | undefined> {
  try {
    const { days } = await api.call('GET /calendars/{year}', {
      params: { year },
      query: { format: 'json' },
    });
    return days.map(({ date, name, isOffDay }) => ({ date, name, kind: isOffDay ? 'off' : 'work' }));
  } catch (error) {
    if (error instanceof ApiRefusal && error.problem.status === 404) {
      return undefined;
    }
    throw error;
  }
}

const fields: readonly Field[] = [
  { name: 'year', kind: 'number', words: ['年份', 'Year'], required: true, min: 2024, max: 2099 },
  {
    name: 'file',
    kind: 'file',
    words: ['放假安排文件', 'File of the arrangement'],
    required: true,
    accept: '.csv,.xlsx,.json,.ics',
    maxBytes: 1_000_000,
    hint: 'CSV、XLSX、JSON 或 iCalendar；试导入后须再选一次文件 Choose the file again after a dry run.',
  },
  modeField,
];

const calendar: Page = {
  path: '/calendar',
  roles: EVERYBODY,
  nav: { group: 'libraries', words: ['工作日历', 'Calendar'] },
  show: async (asked) => {
    const { api, query, path, today, person } = asked;
    const typed = query['year'] ?? '';
    const year = /^\d{4}$/.test(typed) ? typed : today.slice(0, 4);
    const [{ calendars, horizon }, days] = await Promise.all([
      api.call('GET /calendars'),
      arrangementOf(asked, year),
    ]);
    const known = calendars.find((one) => String(one.year) === year);
    return {
      title: `工作日历 ${year}`,
      content: (
        <>
          <Filters
            path={path}
            query={{ ...query, year }}
            filters={[
              {
                name: 'year',
                words: ['年份', 'Year'],
                options: calendars.map((one) => ({
                  value: String(one.year),
                  words: [`${one.year} 年`, one.source === 'imported' ? 'imported' : ''],
                })),
              },
            ]}
          />
          <Facts
            facts={[
              { words: ['放假', 'Days off'], value: known?.daysOff },
              { words: ['调休上班', 'Make-up working days'], value: known?.makeUpDays },
              {
                words: ['来源', 'Source'],
                value:
                  known === undefined
                    ? ''
                    : known.source === 'imported'
                      ? `导入，${known.by ?? ''} Imported`
                      : '随系统提供 Comes with the software',
              },
              {
                words: ['启用时间', 'Adopted'],
                value: known?.adoptedAt === undefined ? '' : <Time at={known.adoptedAt} />,
              },
              { words: ['期限可确定至', 'Deadlines are certain through'], value: horizon },
              {
                words: ['导出', 'Export'],
                value:
                  days === undefined
                    ? ''
                    : ['csv', 'xlsx', 'json'].map((format) => (
                        <span key={format}>
                          <a href={`${path}/export?year=${year}&format=${format}`}>
                            {format.toUpperCase()}
                          </a>{' '}
                        </span>
                      )),
              },
            ]}
          />
          {days === undefined ? (
            <p class="none">
              {year} 年的放假安排尚未导入，期限暂按法定节假日推算。
              <span class="en" lang="en">
                The arrangement is not known yet; deadlines are provisional.
              </span>
            </p>
          ) : (
            <YearView year={year} days={days} />
          )}
          {person.role === 'administrator' ? (
            <>
              <h2>导入放假安排 Adopt a year</h2>
              <ActionForm
                asked={asked}
                action="adoptYear"
                fields={fields}
                initial={{ mode: 'try', year: String((calendars.at(-1)?.year ?? Number(year)) + 1) }}
                submit={['提交文件', 'Send the file']}
              />
            </>
          ) : null}
        </>
      ),
    };
  },
  actions: {
    adoptYear: {
      said: ['已启用放假安排', 'The arrangement is adopted'],
      run: async ({ api }, form) => ({
        outcome: (
          <Adopted
            report={await api.send('PUT /calendars/{year}', {
              params: { year: textOf(form, 'year') },
              query: { dryRun: textOf(form, 'mode') === 'import' ? 'false' : 'true' },
              type: OCTETS,
              bytes: await fileOf(form),
            })}
          />
        ),
      }),
    },
  },
};

function Adopted({ report }: { readonly report: ArrangementReport }) {
  const { dryRun, changed, changedDays, deadlines, skipped } = report;
  return (
    <>
      <p>
        <strong>{dryRun ? '试导入，未写入 A dry run: nothing was written' : '已启用 Adopted'}</strong>
        {changed ? '' : '；与现有安排一致 nothing is other than before'}
      </p>
      <Facts
        facts={[
          { words: ['年份', 'Year'], value: report.year },
          { words: ['放假', 'Days off'], value: report.daysOff },
          { words: ['调休上班', 'Make-up working days'], value: report.makeUpDays },
          { words: ['未处理的期限', 'Open deadlines'], value: deadlines?.open },
          { words: ['将变动的期限', 'Deadlines that move'], value: deadlines?.moved },
          { words: ['因此逾期', 'Overdue by it'], value: deadlines?.overdue },
          {
            words: ['跳过', 'Skipped'],
            value: skipped.map(({ at, reason }) => `${at} ${reason}`).join('；'),
          },
        ]}
      />
      <Days days={changedDays} caption="有变化的日子" english="Days that change" />
    </>
  );
}

interface DaysProps {
  readonly days: readonly Arranged[];
  readonly caption: string;
  readonly english: string;
}

function Days({ days, caption, english }: DaysProps) {
  return (
    <List
      caption={[caption, english]}
      none={['没有变化的日子', 'No day changes']}
      rows={days}
      keyOf={({ date }) => date}
      columns={[
        {
          words: ['日期', 'Day'],
          cell: ({ date }) => `${date} 周${'一二三四五六日'[weekday(date) - 1] ?? ''}`,
        },
        { words: ['安排', 'Kind'], cell: ({ kind }) => (kind === 'off' ? '休 Off' : '班 Work') },
        { words: ['节日', 'Holiday'], cell: ({ name }) => name },
      ]}
    />
  );
}

const MONTHS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'];

function YearView({ year, days }: { readonly year: string; readonly days: readonly Arranged[] }) {
  const kinds = new Map(days.map(({ date, kind }) => [date, kind]));
  return (
    <>
      <h2>全年 The year</h2>
      <p>
        “休”为放假，“班”为周末上班；其余周一至周五为工作日。
        <span class="en" lang="en">
          休 is a day off, 班 a weekend on which people work.
        </span>
      </p>
      <div class="months">
        {MONTHS.map((month) => (
          <Month key={month} year={year} month={month} kinds={kinds} />
        ))}
      </div>
      <h2>放假和调休 Days off and make-up days</h2>
      <Days days={days} caption={`${year} 年的安排`} english="As announced" />
    </>
  );
}

interface MonthProps {
  readonly year: string;
  readonly month: string;
  readonly kinds: ReadonlyMap<CalendarDate, ArrangedKind>;
}

function Month({ year, month, kinds }: MonthProps) {
  return (
    <table class="month">
      <caption>{Number(month)} 月</caption>
      <thead>
        <tr>
          {['一', '二', '三', '四', '五', '六', '日'].map((day) => (
            <th key={day} scope="col">
              {day}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(year, month).map((week, at) => (
          <tr key={at}>
            {week.map((date, place) => {
              const kind = date === undefined ? undefined : kinds.get(date);
              return (
                <td key={date ?? place} class={kind ?? (place > 4 ? 'weekend' : undefined)}>
                  {date === undefined ? '' : Number(date.slice(8))}
                  {kind === undefined ? null : <small>{arrangedLabels[kind]}</small>}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The weeks of a month, Monday first; undefined for days of the months beside it. */
export function weeksOf(year: string, month: string): (CalendarDate | undefined)[][] {
  const dates = Array.from({ length: 31 }, (_, at) =>
    CalendarDate.safeParse(`${year}-${month}-${String(at + 1).padStart(2, '0')}`),
  ).flatMap(({ data }) => (data === undefined ? [] : [data]));
  const [first] = dates;
  const blank = first === undefined ? 0 : weekday(first) - 1;
  const cells: (CalendarDate | undefined)[] = [...Array.from({ length: blank }, () => undefined), ...dates];
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_nothing, day) => cells[week * 7 + day]),
  );
}

const exportPage: Page = {
  path: '/calendar/export',
  roles: EVERYBODY,
  show: async ({ api, query, today }) => {
    const format = query['format'];
    return {
      given: await api.file('GET /calendars/{year}', {
        params: { year: query['year'] ?? today.slice(0, 4) },
        query: { format: format === 'csv' || format === 'xlsx' ? format : 'json' },
        accept: '*/*',
      }),
    };
  },
};

export const calendarPages: readonly Page[] = [calendar, exportPage];
