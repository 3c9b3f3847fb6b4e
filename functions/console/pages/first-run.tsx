import type { SetupAnswer } from '#contracts/api/libraries.ts';
import { Badge } from '#console/kit/list.tsx';
import type { Asked, Page, Words } from '#console/kit/page.ts';
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
      '填写人员模板：工号与登录系统的账号一致，角色和所在部门决定权限，所在部门即单位。请写入自己和其他所有人员，单位不必另建。',
      'Staff numbers are those of the sign-in; role and unit decide what a person may do. Enter yourself and all others; a unit is there as soon as somebody belongs to it.',
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
      '由牵头科室的人员登录后拟定一次小范围抽查，人员产生方式选“承担单位直接选派”：走通冻结、公开信标和抽取后即停下，核对结果后作废。选随机抽取的会派出检查，派出后不能作废。',
      'Somebody of the lead section signs in and proposes a small draw whose teams the units choose: it stops when it is drawn, and can be voided. One whose teams are drawn sends inspections out, and can not be voided any more.',
    ],
    isDone: ({ hasDraw }) => hasDraw,
    at: '/draws',
  },
];

/** How far the installation is set up: which steps are done, and the first that is not. */
async function progressOf({ api, today }: Asked) {
  const setup = await api.call('GET /setup', { query: { units: 'false' } });
  const year = Number(today.slice(0, 4));
  const done = new Set(steps.filter(({ isDone }) => isDone(setup, year)));
  return { done, next: steps.find((step) => !done.has(step)) };
}

/** What leads an administrator to the page below while it is not done; nothing afterwards. */
export async function firstRunNotice(asked: Asked) {
  const { done, next } = await progressOf(asked);
  return next === undefined ? null : (
    <div class="outcome" id="first-run">
      <p>
        系统尚未启用完毕，已完成 {done.size} / {steps.length} 步；下一步：{next.words[0]}。
        <span class="en" lang="en">
          {done.size} of {steps.length} steps of the set-up are done. Next: {next.words[1]}.
        </span>
      </p>
      <p>
        <a class="button" href="/console/first-run">
          <Two words={['打开启用向导', 'Go on']} />
        </a>
      </p>
    </div>
  );
}

const firstRun: Page = {
  path: '/first-run',
  roles: ['administrator'],
  nav: { group: 'settings', words: ['启用向导', 'First run'] },
  show: async (asked) => {
    const { done, next } = await progressOf(asked);
    return {
      title: '启用向导',
      content: (
        <>
          <p>
            已完成 {done.size} / {steps.length} 步。
            {next === undefined
              ? '系统可以使用。'
              : `下一步：${next.words[0]}。按顺序办理，后一步要用到前一步的数据。`}
            <span class="en" lang="en">
              {done.size} of {steps.length} steps are done; each needs those before it.
            </span>
          </p>
          <ol>
            {steps.map((step) => (
              <StepItem key={step.at} step={step} isDone={done.has(step)} isNext={step === next} />
            ))}
          </ol>
        </>
      ),
    };
  },
};

interface StepProps {
  readonly step: Step;
  readonly isDone: boolean;
  /** The first that is not done. */
  readonly isNext: boolean;
}

function StepItem({ step, isDone, isNext }: StepProps) {
  const { words, what, at, library } = step;
  return (
    <li>
      <h2>
        <Two words={words} />{' '}
        {isDone ? (
          <Badge tone="good">已完成 Done</Badge>
        ) : isNext ? (
          <Badge tone="soon">下一步 Next</Badge>
        ) : (
          <Badge tone="plain">未完成 Not done</Badge>
        )}
      </h2>
      <p>
        <Two words={what} />
      </p>
      <p>
        {library === undefined ? null : (
          <>
            <a href={`/console/first-run/templates/${library}`}>下载模板 Download the template</a>
            {' · '}
          </>
        )}
        <a href={`/console${at}`} class={isNext ? 'button' : undefined}>
          {isDone ? '查看 Look' : '办理 Do it'}
        </a>
      </p>
    </li>
  );
}

export const firstRunPages: readonly Page[] = [firstRun];
