import type { Api } from '#console/api/api.ts';
import { ActionForm } from '#console/kit/action-form.tsx';
import { textOf, type Option } from '#console/kit/form.ts';
import { Facts, List } from '#console/kit/list.tsx';
import type { Page } from '#console/kit/page.ts';
import { Two } from '#console/kit/words.tsx';
import { drawFields, proposalOf, questionOf } from '#console/pages/draw-form.ts';
import { RuleOf } from '#console/pages/draw-parts.tsx';
import type { Preview } from '#contracts/api/cases.ts';
import { ExclusionReason, exclusionReasonLabels } from '#domain/draw/exclusion.ts';

/** Reads of the list of items: a district has some dozens, a province a few hundred. */
const MOST_PAGES = 3;

/** The check items as options of the form. */
async function itemOptions(api: Api): Promise<Option[]> {
  const options: Option[] = [];
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, next } = await api.call(
      'GET /public/items',
      after === undefined ? {} : { query: { after } },
    );
    options.push(
      ...items.map(({ code, matter, subMatter, unit }): Option => ({
        value: code,
        words: [`${matter}${subMatter === undefined ? '' : `：${subMatter}`}（${unit}）`, code],
      })),
    );
    if (next === undefined) break;
    after = next;
  }
  return options;
}

/** What the draw would find and take as the library stands now. */
function Found({
  preview: { pool, quota, rule, excluded, named, namedLeftOut },
}: {
  readonly preview: Preview;
}) {
  const left = ExclusionReason.options.filter((reason) => excluded[reason] > 0);
  return (
    <>
      <p>
        <strong>预览 Preview</strong>{' '}
        <Two
          words={[
            '仅按名录库现状计算，不抽取、不保存；正式抽取时重新读取。',
            'Counted from the library as it stands; nothing is drawn or kept.',
          ]}
        />
      </p>
      <List
        caption={['名单与抽取数，按信用风险类别', 'Pool and quota by credit-risk class']}
        none={['没有符合条件的检查对象。', 'No object fits.']}
        rows={Object.entries(pool).toSorted(([a], [b]) => (a < b ? -1 : 1))}
        keyOf={([name]) => name}
        columns={[
          { words: ['类别', 'Class'], cell: ([name]) => name },
          { words: ['名单户数', 'In the pool'], cell: ([, size]) => size },
          { words: ['抽取户数', 'To draw'], cell: ([name]) => quota[name] ?? 0 },
        ]}
      />
      <Facts
        facts={[
          { words: ['抽查比例', 'Share'], value: <RuleOf rule={rule} /> },
          {
            words: ['未列入', 'Left out'],
            value: left.map((reason) => `${exclusionReasonLabels[reason].zh} ${excluded[reason]}`).join('；'),
          },
          {
            words: ['点名检查', 'Checked besides'],
            value: named.map(({ id, name }) => `${name}（${id}）`).join('、'),
          },
          {
            words: ['点名而未列入', 'Named and left out'],
            value: namedLeftOut.map(({ id }) => id).join('、'),
          },
        ]}
      />
    </>
  );
}

/** The lead section proposes a draw by hand (制定计划, article 7(1)), and sees beforehand how many it would find and take. */
const proposing: Page = {
  path: '/draws/new',
  roles: ['lead-section'],
  nav: { group: 'draws', words: ['拟定抽查', 'Propose a draw'] },
  actions: {
    'draw-propose': {
      said: ['抽查已拟定，待批准。', 'The draw is proposed and waits for approval.'],
      run: async ({ api }, form) => {
        if (textOf(form, 'preview') !== '') {
          const preview = await api.command('POST /draws/preview', { body: questionOf(form) });
          return { outcome: <Found preview={preview} /> };
        }
        const { id } = await api.command('POST /draws', { once: form.once, body: proposalOf(form) });
        return { to: `/console/draws/${id}` };
      },
    },
  },
  show: async (asked) => ({
    title: '拟定抽查',
    content: (
      <ActionForm
        asked={asked}
        action="draw-propose"
        fields={drawFields(await itemOptions(asked.api))}
        initial={{
          coolDownDays: '0',
          teamSize: '2',
          staffing: 'random',
          'beacon.preferred.kind': 'drand',
        }}
        submit={['拟定', 'Propose']}
      >
        <p>
          <button type="submit" name="preview" value="yes" class="quiet" formNoValidate>
            <Two words={['预览名单与抽取数', 'Preview']} />
          </button>
        </p>
      </ActionForm>
    ),
  }),
};

export const drawingPages: readonly Page[] = [proposing];
