import { ActionForm } from '#console/kit/action-form.tsx';
import { bodyOf, type Field, type Option } from '#console/kit/form.ts';
import type { Page } from '#console/kit/page.ts';
import { fire, firingField } from '#console/pages/triggers.tsx';
import { Two } from '#console/kit/words.tsx';
import type { PersonRole } from '#domain/person/person.ts';
import { isPossible } from '#domain/lifecycle/lifecycle.ts';
import { inForce } from '#domain/policy/policy.ts';
import { triggerLifecycle } from '#domain/trigger/lifecycle.ts';
import { triggerCategoryLabels } from '#domain/trigger/trigger.ts';

/** Who decides about a held trigger (article 2). */
const DECIDING: readonly PersonRole[] = ['lead-section'];

function Back({ id }: { readonly id: string }) {
  return (
    <p>
      <a href={`/console/triggers/${id}`}>
        <Two words={[`返回触发信息 ${id}`, 'Back to the trigger']} />
      </a>
    </p>
  );
}

/** Any policy in force, also one that nothing suggests: its condition need not hold. */
const firing: Page = {
  path: '/triggers/{id}/fire',
  roles: DECIDING,
  actions: { 'trigger-fire-by': fire },
  show: async (asked) => {
    const { policies } = await asked.api.call('GET /policies');
    const triggering = policies.flatMap((policy) => ('about' in policy ? [] : [policy]));
    const options = inForce(triggering, asked.today).map(({ id, name, draw }): Option => ({
      value: id,
      words: [`${name}（${draw.items.join('、')}）`, id],
    }));
    return {
      title: '选择规则触发抽查',
      content: (
        <>
          <Back id={asked.params['id'] ?? ''} />
          {options.length === 0 ? (
            <p class="none">
              <Two words={['目前没有生效的触发规则。', 'No policy of triggers is in force.']} />
            </p>
          ) : (
            <ActionForm
              asked={asked}
              action="trigger-fire-by"
              fields={[firingField(options)]}
              submit={['触发抽查', 'Fire']}
            />
          )}
        </>
      ),
    };
  },
};

function mergingFields(options: readonly Option[]): readonly Field[] {
  return [
    { name: 'into', kind: 'choice', words: ['并入', 'Into'], required: true, options },
    { name: 'reason', kind: 'long', words: ['理由', 'Reason'], required: true, maxLength: 500 },
  ];
}

/** Another trigger that is open or fired, to deal with both together. */
const merging: Page = {
  path: '/triggers/{id}/merge',
  roles: DECIDING,
  actions: {
    'trigger-merge': {
      said: ['已并入，一并办理。', 'It is merged and dealt with together.'],
      run: async ({ api, params }, form) => {
        const body = bodyOf(mergingFields([]), form);
        const { id } = await api.command('POST /triggers/{id}/merge', { params, once: form.once, body });
        return { to: `/console/triggers/${id}` };
      },
    },
  },
  show: async (asked) => {
    const { triggers } = await asked.api.call('GET /triggers', { query: {} });
    const own = asked.params['id'] ?? '';
    const options = triggers
      .filter(({ id, status }) => id !== own && isPossible(triggerLifecycle, 'take-in', status))
      .map(({ id, status, report }): Option => {
        const state = triggerLifecycle.statuses[status];
        return {
          value: id,
          words: [`${report.title}（${triggerCategoryLabels[report.category]}，${state}）`, id],
        };
      });
    return {
      title: '并入其他触发信息',
      content: (
        <>
          <Back id={own} />
          {options.length === 0 ? (
            <p class="none">
              <Two
                words={['最新一百条中没有可并入的触发信息。', 'None of the newest hundred can take it in.']}
              />
            </p>
          ) : (
            <ActionForm
              asked={asked}
              action="trigger-merge"
              fields={mergingFields(options)}
              submit={['并入', 'Merge']}
            />
          )}
        </>
      ),
    };
  },
};

export const triagingPages: readonly Page[] = [firing, merging];
