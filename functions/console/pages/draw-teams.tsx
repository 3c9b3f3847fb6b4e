import { ActionForm } from '#console/kit/action-form.tsx';
import { bodyOf, type Field, type Form } from '#console/kit/form.ts';
import { Facts } from '#console/kit/list.tsx';
import type { Page } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { Two } from '#console/kit/words.tsx';
import type { TeamsToChoose } from '#contracts/api/inspections.ts';

const why: Field = {
  name: 'reason',
  kind: 'long',
  words: ['选派理由', 'Reason'],
  required: true,
  maxLength: 500,
};

/** One field for each object, by its place, as the body has it: what is wrong with a team stands beside it. */
function fieldsOf({ objects, inspectors }: TeamsToChoose): Field[] {
  return objects.map(({ id, name, items, qualifications, recused }, at) => ({
    name: `teams.${at}`,
    kind: 'choices',
    words: [`${name}（${id}）`, items.join(', ')],
    options: inspectors
      .filter(({ staffNo }) => !recused.includes(staffNo))
      .map((one) => ({
        value: one.staffNo,
        words: [[one.name, ...one.qualifications].join(' · '), one.staffNo],
      })),
    hint:
      qualifications.length === 0
        ? '至少两人。 At least two people.'
        : `至少两人，其中须有 ${qualifications.join('、')} 资格。 At least two, with these qualifications among them.`,
  }));
}

/** The teams as they were chosen: the objects stand in the form beside the fields, so that a list that grew meanwhile mixes nothing up. */
export function choosingOf(form: Form): Record<string, unknown> {
  const objects = form.values['objects'] ?? [];
  return {
    ...bodyOf([why], form),
    teams: objects.map((object, at) => ({ object, inspectors: form.values[`teams.${at}`] ?? [] })),
  };
}

/** The head of a unit chooses who goes where, for all of the unit's objects of a draw at once (直接选派, article 7(4)). */
const choosing: Page = {
  path: '/draws/{id}/teams',
  roles: ['unit'],
  actions: {
    'draw-teams': {
      said: ['已选派检查人员。', 'The teams are chosen.'],
      run: async ({ api, params, path }, form) => {
        const { missing } = await api.command('POST /draws/{id}/teams', {
          params,
          once: form.once,
          body: choosingOf(form),
        });
        // Chosen by all units, the draw goes out, and this page is there no more.
        return { to: missing.length === 0 ? '/console' : path };
      },
    },
  },
  show: async (asked) => {
    const part = await asked.api.call('GET /draws/{id}/teams', { params: asked.params });
    const { title, unit, objects, chosen } = part;
    return {
      title: `选派检查人员：${title}`,
      content: (
        <>
          <Facts
            facts={[
              { words: ['承担单位', 'Unit'], value: unit },
              { words: ['检查对象', 'Objects'], value: `${objects.length} 户` },
              {
                words: ['已选派', 'Chosen already'],
                value:
                  chosen === undefined ? undefined : (
                    <>
                      {chosen.by} <Time at={chosen.at} /> {chosen.reason}
                    </>
                  ),
              },
            ]}
          />
          {chosen === undefined ? null : (
            <p>
              <Two
                words={[
                  '其他单位选派完成之前可以重新选派。',
                  'It can be chosen anew until every other unit has chosen.',
                ]}
              />
            </p>
          )}
          <ActionForm
            asked={asked}
            action="draw-teams"
            fields={[...fieldsOf(part), why]}
            submit={['选派', 'Choose']}
          >
            {objects.map(({ id }) => (
              <input key={id} type="hidden" name="objects" value={id} />
            ))}
          </ActionForm>
        </>
      ),
    };
  },
};

export const drawTeamPages: readonly Page[] = [choosing];
