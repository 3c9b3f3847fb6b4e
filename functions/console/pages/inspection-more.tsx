import { ActionForm } from '#console/kit/action-form.tsx';
import { bodyOf, textOf, type Field, type Form } from '#console/kit/form.ts';
import { List } from '#console/kit/list.tsx';
import type { Asked, Done, Page } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { WATCHING } from '#domain/person/person.ts';
import type { Shown } from './inspection-commands.tsx';
import { LISTING } from './roles.ts';
import { RecordFacts } from './record-facts.tsx';

function paper(name: 'form' | 'notice'): Page {
  const key = name === 'form' ? 'GET /inspections/{id}/form' : 'GET /inspections/{id}/notice';
  return {
    path: `/inspections/{id}/${name}`,
    roles: LISTING,
    show: async ({ api, params }) => ({ given: await api.file(key, { params, accept: 'text/html' }) }),
  };
}

/** Every version of the record that was entered before the publication, the newest first. */
const records: Page = {
  path: '/inspections/{id}/records',
  roles: LISTING,
  show: async ({ api, params: { id = '' } }) => {
    const { records: entered } = await api.call('GET /inspections/{id}/records', { params: { id } });
    return {
      title: '检查记录各版本',
      content: (
        <>
          <Back id={id} />
          {entered.toReversed().map(({ version, by, at, record }) => (
            <section key={version}>
              <h2>
                <Time at={at} /> {by} 录入 <span class="en">entered, version {version}</span>
              </h2>
              <RecordFacts record={record} inspection={{ id, team: [], evidence: [] }} />
            </section>
          ))}
        </>
      ),
    };
  },
};

export function Back({ id }: { readonly id: string }) {
  return (
    <p>
      <a href={`/console/inspections/${id}`}>← 返回检查 Back to the inspection</a>
    </p>
  );
}

/** Everything that happened to an inspection, for those who watch all of them. */
const history: Page = {
  path: '/inspections/{id}/history',
  roles: WATCHING,
  show: async ({ api, params: { id = '' } }) => {
    const { events } = await api.call('GET /history/{kind}/{id}', { params: { kind: 'inspection', id } });
    return {
      title: '办理记录',
      content: (
        <>
          <Back id={id} />
          <List
            caption={['事件', 'Events']}
            columns={[
              { words: ['时间', 'When'], cell: ({ time }) => <Time at={time} /> },
              { words: ['事件', 'Event'], cell: ({ type }) => <code>{type}</code> },
              { words: ['版本', 'Version'], cell: ({ about }) => about.version },
              { words: ['办理人', 'By'], cell: ({ actor }) => actor.id },
            ]}
            rows={events}
            keyOf={(event) => event.id}
            none={['没有事件', 'No event']}
          />
        </>
      ),
    };
  },
};

/** The states in which a clue can be raised, by a member of the team (article 11). */
export function mayHandOver(
  person: Asked['person'],
  { team, status }: Pick<Shown, 'team' | 'status'>,
): boolean {
  return (
    team.some(({ inspector }) => inspector === person.staffNo) &&
    ['begun', 'ended', 'recorded', 'published'].includes(status)
  );
}

const clue: readonly Field[] = [
  {
    kind: 'long',
    name: 'clue',
    words: ['线索', 'What was come upon'],
    required: true,
    maxLength: 2_000,
  },
  {
    kind: 'text',
    name: 'field',
    words: ['涉嫌违反的法律或领域', 'Law or field'],
    required: true,
    maxLength: 200,
  },
  {
    kind: 'choice',
    name: 'receiver.kind',
    words: ['接收方', 'Receiver'],
    required: true,
    options: [
      { value: 'unit', words: ['本系统内单位', 'a unit that works here'] },
      { value: 'authority', words: ['外部机关', 'an authority outside'] },
    ],
  },
  {
    kind: 'text',
    name: 'receiver.unit',
    words: ['接收单位', 'Receiving unit'],
    hint: '本系统内单位填写。 For a unit.',
    maxLength: 100,
  },
  {
    kind: 'text',
    name: 'receiver.name',
    words: ['接收机关', 'Receiving authority'],
    hint: '外部机关填写。 For an authority.',
    maxLength: 100,
  },
  {
    kind: 'text',
    name: 'receiver.contact',
    words: ['联系方式', 'Contact'],
    hint: '外部机关填写。 For an authority.',
    maxLength: 200,
  },
  {
    kind: 'lines',
    name: 'evidence',
    words: ['证据编号或文书号，每行一个', 'Evidence, one a line'],
  },
];

/** A clue of another violation, handed over at once. */
const handingOver: Page = {
  path: '/inspections/{id}/handover',
  roles: LISTING,
  show: async (asked) => {
    // The form is for whoever may read the inspection: another unit's is the same 404 as on its other pages.
    const { subject } = await asked.api.call('GET /inspections/{id}', { params: asked.params });
    return {
      title: `移送线索：${subject.name}`,
      content: (
        <>
          <Back id={asked.params['id'] ?? ''} />
          <ActionForm asked={asked} action="raise" fields={clue} submit={['提出移送', 'Raise']} />
        </>
      ),
    };
  },
  actions: { raise: { said: ['已提出移送', 'Raised'], run: raise } },
};

async function raise({ api, params }: Asked, form: Form): Promise<Done> {
  const raised = await api.command('POST /inspections/{id}/handovers', {
    params,
    once: form.once,
    body: { ...bodyOf(clue, form), receiver: receiverOf(form) },
  });
  return { to: `/console/handovers/${raised.id}` };
}

/** Of the two kinds of receivers each has fields of its own: what was typed for the other is not sent. */
function receiverOf(form: Form): Record<string, unknown> {
  const kind = textOf(form, 'receiver.kind');
  const names = kind === 'unit' ? ['unit'] : kind === 'authority' ? ['name', 'contact'] : [];
  const said = names
    .map((name) => [name, textOf(form, `receiver.${name}`)] as const)
    .filter(([, value]) => value !== '');
  return { ...(kind === '' ? {} : { kind }), ...Object.fromEntries(said) };
}

export const inspectionMorePages: readonly Page[] = [
  paper('form'),
  paper('notice'),
  records,
  history,
  handingOver,
];
