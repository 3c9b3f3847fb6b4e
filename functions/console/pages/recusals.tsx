import { ActionForm } from '#console/kit/action-form.tsx';
import { staying } from '#console/kit/command.ts';
import { type Field } from '#console/kit/form.ts';
import { List } from '#console/kit/list.tsx';
import type { Page, Words } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { RecusalKind, recusalKindLabels } from '#domain/inspector/recusal.ts';

const english: Readonly<Record<RecusalKind, string>> = {
  kinship: 'Kinship',
  'former-employment': 'Worked there',
  interest: 'Interest',
  other: 'Other',
};

function kindWords(kind: RecusalKind): Words {
  return [recusalKindLabels[kind], english[kind]];
}

const fields: readonly Field[] = [
  {
    name: 'subject',
    kind: 'text',
    words: ['检查对象的统一社会信用代码/注册号', 'Code of the subject'],
    required: true,
    maxLength: 32,
  },
  {
    name: 'kind',
    kind: 'choice',
    words: ['回避事由', 'Kind'],
    required: true,
    options: RecusalKind.options.map((value) => ({ value, words: kindWords(value) })),
  },
  { name: 'reason', kind: 'long', words: ['说明', 'Reason'], required: true, maxLength: 500 },
];

const recusals: Page = {
  path: '/recusals',
  roles: ['inspector'],
  nav: { group: 'work', words: ['我的回避', 'My recusals'] },
  show: async (asked) => {
    const { recusals: own } = await asked.api.call('GET /me/recusals');
    return {
      title: '我的回避',
      content: (
        <>
          <List
            caption={['已申报回避的检查对象', 'Subjects that you avoid']}
            none={[
              '没有申报。与检查对象有利害关系的，请在抽取前申报',
              'None. Declare a subject before a draw if you must not check it',
            ]}
            rows={own}
            keyOf={({ subject }) => subject}
            columns={[
              { words: ['检查对象', 'Subject'], cell: ({ subject }) => subject },
              { words: ['事由', 'Kind'], cell: ({ kind }) => recusalKindLabels[kind] },
              { words: ['说明', 'Reason'], cell: ({ reason }) => reason },
              { words: ['申报时间', 'Declared'], cell: ({ at }) => <Time at={at} /> },
            ]}
          />
          <h2>申报回避 Declare one</h2>
          <p>
            申报后不会再被抽到检查该对象；申报不能自行撤回。
            <span class="en" lang="en">
              No later draw sends you there; it can't be taken back by yourself.
            </span>
          </p>
          <ActionForm
            asked={asked}
            action="declareRecusal"
            fields={fields}
            submit={['申报回避', 'Declare']}
            sure="申报后不能自行撤回，确认申报？ It can't be taken back. Declare it?"
          />
        </>
      ),
    };
  },
  actions: {
    declareRecusal: staying('POST /me/recusals', ['已申报回避', 'The recusal is declared'], fields),
  },
};

export const recusalsPages: readonly Page[] = [recusals];
