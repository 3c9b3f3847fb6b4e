import { notFound } from '#console/api/not-found.ts';
import { ActionForm } from '#console/kit/action-form.tsx';
import { textOf, type Field, type Form } from '#console/kit/form.ts';
import { Facts, List } from '#console/kit/list.tsx';
import { EVERYBODY, type Page } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { DeadlineKind, deadlineEnglish, deadlineLabels } from '#domain/deadline/kind.ts';
import { Reached, type DeadlineRule, type DeadlineTable } from '#domain/deadline/rules.ts';
import { personRoleLabels } from '#domain/person/person.ts';

const reachedLabels: Readonly<Record<Reached, readonly [zh: string, en: string]>> = {
  actor: ['经办人', 'Whoever has to act'],
  unit: [personRoleLabels.unit, 'Unit'],
  'lead-section': [personRoleLabels['lead-section'], 'Lead section'],
  supervisor: [personRoleLabels.supervisor, 'Supervisor'],
};

/** The levels that a rule may have. */
const LEVELS = [0, 1, 2] as const;
/** The deadlines' day that is set when they are ordered. */
const UNCOUNTED = 'follow-up';

function daysOf(table: DeadlineTable, kind: DeadlineKind): number | undefined {
  return kind === UNCOUNTED ? undefined : table[kind].workingDays;
}

function escalationText({ escalation }: DeadlineRule): string {
  return escalation
    .map(
      ({ pastDue, reaches }) =>
        `逾期 ${pastDue} 日起：${reaches.map((one) => reachedLabels[one][0]).join('、')}`,
    )
    .join('；');
}

function fieldsOf(kind: DeadlineKind): Field[] {
  const at = `rules.${kind}`;
  return [
    {
      name: 'effectiveFrom',
      kind: 'date',
      words: ['生效日期', 'In force from'],
      required: true,
      hint: '已开始的期限不受影响 Deadlines that run already keep their rules.',
    },
    ...(kind === UNCOUNTED
      ? []
      : [
          {
            name: `${at}.workingDays`,
            kind: 'number',
            words: ['工作日', 'Working days'],
            required: true,
            min: 1,
            max: 250,
          } as const,
        ]),
    {
      name: `${at}.ladder`,
      kind: 'text',
      words: ['到期前几个工作日提醒', 'Reminders, in working days before'],
      required: true,
      hint: '从大到小，用逗号分开 From many days to few: 10, 5, 3, 1, 0',
    },
    ...LEVELS.flatMap((level): Field[] => [
      {
        name: `${at}.escalation.${level}.pastDue`,
        kind: 'number',
        words: [`第 ${level + 1} 级：逾期工作日`, `Level ${level + 1}: working days past due`],
        required: level === 0,
        min: 0,
        max: 60,
      },
      {
        name: `${at}.escalation.${level}.reaches`,
        kind: 'choices',
        words: [`第 ${level + 1} 级：提醒`, `Level ${level + 1}: reaches`],
        options: Reached.options.map((value) => ({ value, words: reachedLabels[value] })),
      },
    ]),
  ];
}

function initialOf(table: DeadlineTable, kind: DeadlineKind, today: string) {
  const at = `rules.${kind}`;
  const { ladder, escalation } = table[kind];
  const days = daysOf(table, kind);
  return {
    effectiveFrom: today,
    ...(days === undefined ? {} : { [`${at}.workingDays`]: String(days) }),
    [`${at}.ladder`]: ladder.join(', '),
    ...Object.fromEntries(
      escalation.flatMap(({ pastDue, reaches }, level) => [
        [`${at}.escalation.${level}.pastDue`, String(pastDue)],
        [`${at}.escalation.${level}.reaches`, reaches],
      ]),
    ),
  };
}

function number(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** The rule of a kind as it was typed; what is no number is left for the API to refuse. A level without days is none. */
export function ruleOf(kind: DeadlineKind, form: Form): Record<string, unknown> {
  const at = `rules.${kind}`;
  const levels = LEVELS.map((level) => ({
    pastDue: textOf(form, `${at}.escalation.${level}.pastDue`),
    reaches: form.values[`${at}.escalation.${level}.reaches`] ?? [],
  }));
  return {
    ...(kind === UNCOUNTED ? {} : { workingDays: number(textOf(form, `${at}.workingDays`)) }),
    ladder: textOf(form, `${at}.ladder`)
      .split(/[\s,，、]+/)
      .filter((text) => text !== '')
      .map(number),
    escalation: levels
      .filter(({ pastDue }) => pastDue !== '')
      .map(({ pastDue, reaches }) => ({ pastDue: number(pastDue), reaches })),
  };
}

const rules: Page = {
  path: '/deadline-rules',
  roles: EVERYBODY,
  nav: { group: 'libraries', words: ['期限规则', 'Deadline rules'] },
  show: async ({ api }) => {
    const { inForce, versions } = await api.call('GET /deadline-rules');
    return {
      title: '期限规则',
      content: (
        <>
          <p>
            现行第 {inForce.version} 版{inForce.version === 0 ? '（系统默认）' : ''}。
            <span class="en" lang="en">
              Version {inForce.version} is in force{inForce.version === 0 ? ': the default' : ''}.
            </span>
          </p>
          <List
            caption={['各类期限', 'Deadlines by kind']}
            none={['没有期限', 'None']}
            rows={DeadlineKind.options}
            keyOf={(kind) => kind}
            columns={[
              {
                words: ['期限', 'Deadline'],
                cell: (kind) => (
                  <a href={`/console/deadline-rules/${kind}`}>
                    {deadlineLabels[kind]}{' '}
                    <span class="en" lang="en">
                      {deadlineEnglish[kind]}
                    </span>
                  </a>
                ),
              },
              {
                words: ['工作日', 'Working days'],
                cell: (kind) => daysOf(inForce.rules, kind) ?? '责令时确定 Set when ordered',
              },
              {
                words: ['到期前提醒', 'Reminders before'],
                cell: (kind) => inForce.rules[kind].ladder.join('、'),
              },
              { words: ['逾期提醒', 'Past due'], cell: (kind) => escalationText(inForce.rules[kind]) },
            ]}
          />
          <h2>历次版本 Versions</h2>
          <List
            caption={['已启用的版本', 'Versions that were adopted']}
            none={['未启用过其他版本', 'None but the default']}
            rows={versions.toReversed()}
            keyOf={({ version }) => String(version)}
            columns={[
              { words: ['版本', 'Version'], cell: ({ version }) => version },
              { words: ['生效日期', 'In force from'], cell: ({ effectiveFrom }) => effectiveFrom },
              { words: ['启用时间', 'Adopted'], cell: ({ adoptedAt }) => <Time at={adoptedAt} /> },
              { words: ['启用人', 'By'], cell: ({ by }) => by },
            ]}
          />
        </>
      ),
    };
  },
};

function kindOf(text: string | undefined): DeadlineKind {
  const kind = DeadlineKind.safeParse(text);
  return kind.success ? kind.data : notFound('没有这类期限 There is no such kind of deadline.');
}

const rulePage: Page = {
  path: '/deadline-rules/{kind}',
  roles: EVERYBODY,
  show: async (asked) => {
    const { api, params, person, today } = asked;
    const { inForce, versions, defaults } = await api.call('GET /deadline-rules');
    const kind = kindOf(params['kind']);
    const newest = versions.at(-1)?.rules ?? defaults;
    const rule = inForce.rules[kind];
    return {
      title: deadlineLabels[kind],
      content: (
        <>
          <Facts
            facts={[
              { words: ['现行版本', 'Version in force'], value: inForce.version },
              { words: ['工作日', 'Working days'], value: daysOf(inForce.rules, kind) },
              { words: ['到期前提醒', 'Reminders before'], value: rule.ladder.join('、') },
              { words: ['逾期提醒', 'Past due'], value: escalationText(rule) },
            ]}
          />
          {person.role === 'administrator' || person.role === 'lead-section' ? (
            <>
              <h2>启用新版本 Adopt the next version</h2>
              <p>
                只改这一类，其余各类沿用最新版本。
                <span class="en" lang="en">
                  Only this kind changes; the others stay as in the newest version.
                </span>
              </p>
              <ActionForm
                asked={asked}
                action="adoptRules"
                fields={fieldsOf(kind)}
                initial={initialOf(newest, kind, today)}
                submit={['启用', 'Adopt']}
              />
            </>
          ) : null}
          <p>
            <a href="/console/deadline-rules">全部期限规则 All deadline rules</a>
          </p>
        </>
      ),
    };
  },
  actions: {
    adoptRules: {
      said: ['已启用期限规则', 'The rules are adopted'],
      run: async ({ api, params }, form) => {
        const kind = kindOf(params['kind']);
        const { versions, defaults } = await api.call('GET /deadline-rules');
        const newest = versions.at(-1)?.rules ?? defaults;
        await api.command('PUT /deadline-rules', {
          params: {},
          body: {
            effectiveFrom: textOf(form, 'effectiveFrom'),
            rules: { ...newest, [kind]: ruleOf(kind, form) },
          },
          once: form.once,
        });
        return { to: '/console/deadline-rules' };
      },
    },
  },
};

export const deadlineRulesPages: readonly Page[] = [rules, rulePage];
