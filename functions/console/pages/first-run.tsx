import type { SetupAnswer } from '#contracts/api/libraries.ts';
import { Badge } from '#console/kit/list.tsx';
import type { Page, Words } from '#console/kit/page.ts';
import { Two } from '#console/kit/words.tsx';
import type { LibraryName } from '#domain/library/library.ts';

interface Step {
  readonly words: Words;
  readonly what: Words;
  readonly isDone: (setup: SetupAnswer, year: number) => boolean;
  /** Where it is done, below `/console`. */
  readonly at: string;
  /** The library whose template is filled in. */
  readonly library?: LibraryName;
}

function holds(library: LibraryName): Step['isDone'] {
  return ({ libraries }) => libraries.some((one) => one.library === library && one.lastImport !== undefined);
}

/** In the order in which each needs those before it. */
const steps: readonly Step[] = [
  {
    words: ['人员和单位', 'People and units'],
    what: [
      '填写人员模板：工号与登录系统的账号一致，角色和所在部门决定权限。',
      'Staff numbers are those of the sign-in; role and unit decide what a person may do.',
    ],
    isDone: holds('people'),
    at: '/libraries/people',
    library: 'people',
  },
  {
    words: ['抽查事项清单', 'Items'],
    what: ['检查什么、由哪个单位承担、比例多少。', 'What is checked, by which unit, and how many.'],
    isDone: holds('items'),
    at: '/libraries/items',
    library: 'items',
  },
  {
    words: ['检查对象库', 'Objects'],
    what: [
      '从登记系统导出，列名可沿用；先试导入，改正错误行后再正式导入。',
      'Export them from the register; try the file, correct its rows, then import.',
    ],
    isDone: holds('subjects'),
    at: '/libraries/subjects',
    library: 'subjects',
  },
  {
    words: ['执法检查人员名录库', 'Inspectors'],
    what: [
      '执法证和培训有效期须在检查期内，否则不会被抽取。',
      'Nobody is drawn whose certificate or training has lapsed.',
    ],
    isDone: holds('inspectors'),
    at: '/libraries/inspectors',
    library: 'inspectors',
  },
  {
    words: ['工作日历', 'Calendar'],
    what: [
      '核对本年放假安排，期限按工作日计算；下一年的安排公布后导入。',
      'Deadlines count working days: check the year, and adopt the next one when it is announced.',
    ],
    isDone: ({ calendarThrough }, year) => calendarThrough !== undefined && calendarThrough >= year,
    at: '/calendar',
  },
  {
    words: ['触发规则', 'Policies'],
    what: [
      '什么样的触发信息发起抽查；启用前先试运行。',
      'Which triggers lead to a draw; rehearse a policy before it is adopted.',
    ],
    isDone: ({ hasPolicy }) => hasPolicy,
    at: '/policies',
  },
  {
    words: ['第一次演练抽取', 'First rehearsal draw'],
    what: [
      '由牵头科室拟定一次小范围抽查，走通冻结、公开信标、抽取和匹配，核对结果后作废。',
      'The lead section proposes a small draw and follows it through; void it afterwards.',
    ],
    isDone: ({ hasDraw }) => hasDraw,
    at: '/draws',
  },
];

const firstRun: Page = {
  path: '/first-run',
  roles: ['administrator'],
  nav: { group: 'settings', words: ['启用向导', 'First run'] },
  show: async ({ api, today }) => {
    const setup = await api.call('GET /setup');
    const year = Number(today.slice(0, 4));
    const done = steps.filter(({ isDone }) => isDone(setup, year)).length;
    return {
      title: '启用向导',
      content: (
        <>
          <p>
            已完成 {done} / {steps.length} 步。按顺序办理，后一步要用到前一步的数据。
            <span class="en" lang="en">
              {done} of {steps.length} steps are done; each needs those before it.
            </span>
          </p>
          <ol>
            {steps.map((step) => (
              <StepItem key={step.at} step={step} isDone={step.isDone(setup, year)} />
            ))}
          </ol>
        </>
      ),
    };
  },
};

function StepItem({ step, isDone }: { readonly step: Step; readonly isDone: boolean }) {
  const { words, what, at, library } = step;
  return (
    <li>
      <h2>
        <Two words={words} />{' '}
        <Badge tone={isDone ? 'good' : 'soon'}>{isDone ? '已完成 Done' : '未完成 Not done'}</Badge>
      </h2>
      <p>
        <Two words={what} />
      </p>
      <p>
        <a href={`/console${at}`}>{isDone ? '查看 Look' : '办理 Do it'}</a>
        {library === undefined ? null : (
          <>
            {' · '}
            <a href={`/console/first-run/templates/${library}`}>下载模板 Download the template</a>
          </>
        )}
      </p>
    </li>
  );
}

export const firstRunPages: readonly Page[] = [firstRun];
