import { ActionForm } from '#console/kit/action-form.tsx';
import { bodyOf, textOf, type Field, type Form } from '#console/kit/form.ts';
import type { Action, Asked } from '#console/kit/page.ts';
import type { PolicyKind } from '#domain/policy/body.ts';
import { policyBody, policyFields, typedPolicy } from './policy-form.ts';

const idField: Field = {
  kind: 'text',
  name: 'id',
  words: ['规则编号', 'Id of the policy'],
  required: true,
  maxLength: 64,
  hint: '小写字母、数字和连字符，如 complaint-fuel。 Lower-case letters, digits and hyphens.',
};
const confirmField: Field = {
  kind: 'yes',
  name: 'confirm',
  words: ['确认规则可覆盖半数以上主体', 'It may hold for half of all subjects or more'],
};
const windowFields: readonly Field[] = [
  { kind: 'date', name: 'from', words: ['试运行起日', 'Rehearsed from'], required: true },
  { kind: 'date', name: 'through', words: ['试运行止日', 'Rehearsed through'], required: true },
];

interface Props {
  readonly asked: Asked;
  readonly kind: PolicyKind;
  /** What the fields hold at first. */
  readonly initial: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly isNew: boolean;
}

/** To adopt a version and to rehearse it first: what was typed into one form stands in the other when the page comes back. */
export function Drafting({ asked, kind, initial, isNew }: Props) {
  const { returned } = asked;
  const typed =
    returned === undefined
      ? initial
      : typedPolicy(returned.form, returned.action === 'rehearse-policy' ? 'policy.' : '');
  const id = returned === undefined ? {} : { id: textOf(returned.form, 'id') };
  const named = isNew ? [idField] : [];
  const inside = Object.fromEntries(Object.entries(typed).map(([name, value]) => [`policy.${name}`, value]));
  return (
    <>
      <h2>启用{isNew ? '规则' : '新版本'} Adopt</h2>
      <p>
        对主体的预警规则须先以同样内容试运行。 A rule about subjects has to be rehearsed first with the same
        content.
      </p>
      <ActionForm
        asked={asked}
        action="adopt-policy"
        fields={[...named, ...policyFields(kind, ''), ...(kind === 'subject' ? [confirmField] : [])]}
        initial={{ ...typed, ...id }}
        submit={['启用', 'Adopt']}
        sure="启用后按施行日期生效，历史版本保留。确定启用？ Adopt this version?"
      />
      <h2>试运行 Rehearse</h2>
      <p>
        按历史数据推算这份内容的结果，不产生任何抽查或预警。 Tells what it would have done; nothing is drawn.
      </p>
      <ActionForm
        asked={asked}
        action="rehearse-policy"
        fields={[...named, ...windowFields, ...policyFields(kind, 'policy.')]}
        initial={{ ...inside, ...id, through: asked.today }}
        submit={['开始试运行', 'Start']}
      />
    </>
  );
}

/** How a page tells which policy its forms are about. */
type Which = (asked: Asked, form: Form) => Promise<{ readonly id: string; readonly kind: PolicyKind }>;

/** What the two forms do. */
export function draftingActions(which: Which): Readonly<Record<string, Action>> {
  return {
    'adopt-policy': {
      said: ['规则已启用。', 'The version is adopted.'],
      run: async (asked, form) => {
        const { id, kind } = await which(asked, form);
        await asked.api.command('PUT /policies/{id}', {
          params: { id },
          query: { confirm: textOf(form, 'confirm') === '' ? 'false' : 'true' },
          body: policyBody(kind, '', form),
        });
        return { to: `/console/policies/${id}` };
      },
    },
    'rehearse-policy': {
      said: ['试运行已开始。', 'The rehearsal has begun.'],
      run: async (asked, form) => {
        const { id, kind } = await which(asked, form);
        const rehearsal = await asked.api.command('POST /policies/{id}/rehearsals', {
          params: { id },
          body: { ...bodyOf(windowFields, form), policy: policyBody(kind, 'policy.', form) },
          once: form.once,
        });
        return {
          outcome: (
            <p>
              试运行已开始，请在新窗口
              <a href={`/console/policies/${id}/rehearsals/${rehearsal.id}`} target="_blank" rel="noopener">
                查看进度和结果 See its progress
              </a>
              ；本页保留已填内容，完成后可在上方启用。 What you typed stays here, to be adopted above.
            </p>
          ),
        };
      },
    },
  };
}
