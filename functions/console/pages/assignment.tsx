import { ActionForm } from '#console/kit/action-form.tsx';
import { bodyOf, type Field, type Form } from '#console/kit/form.ts';
import { Facts, Filters, List } from '#console/kit/list.tsx';
import type { Asked, Done, Page, Shown } from '#console/kit/page.ts';
import type { BatchOutcome } from '#contracts/api/inspection-lists.ts';
import type { AnswerOf } from '#contracts/api/operations.ts';
import { askedOfList, givenOf } from './inspections.tsx';
import { CHOOSING } from './roles.ts';

const path = '/console/inspections/assign';
/** Calls that one sending makes at most: the page answers in time, and says where it stopped. */
const MOST_CALLS = 3;

/** The unit whose people are chosen: the own one of its head, and the one that the lead section names. */
function unitOf({ person, query }: Asked): string | undefined {
  return person.role === 'unit' ? person.unit : query['of'];
}

function idsOf({ query }: Asked): readonly string[] {
  return (query['ids'] ?? '').split(',').filter((id) => id !== '');
}

async function show(asked: Asked): Promise<Shown> {
  const unit = unitOf(asked);
  const title = '直接选派检查人员';
  if (unit === undefined || unit === '') return { title, content: <WhichUnit asked={asked} /> };
  const directory = await asked.api.call('GET /inspectors', { query: { unit, load: 'false' } });
  return {
    title,
    content: (
      <>
        <Facts
          facts={[
            { words: ['承担单位', 'Unit'], value: unit },
            { words: ['检查', 'Inspections'], value: <Which asked={asked} /> },
          ]}
        />
        <p>
          每个单位不少于两人（第十条）。 <span class="en">At least two of a unit (article 10).</span>
        </p>
        <ActionForm
          asked={asked}
          action="assign"
          fields={fieldsOf(directory)}
          submit={['选派', 'Assign']}
          sure="所列检查的本单位人员都将换成所选人员，确定？"
        />
      </>
    ),
  };
}

function WhichUnit({ asked: { query } }: { readonly asked: Asked }) {
  return (
    <>
      <p>
        请先填写选派哪个承担单位的人员。 <span class="en">Whose people are to be chosen?</span>
      </p>
      <Filters path={path} query={query} filters={kept(query)} />
    </>
  );
}

/** The unit, and what the list was narrowed to, so that it stays asked for. */
function kept(query: Asked['query']) {
  return [
    { name: 'of', words: ['承担单位', 'Unit'] },
    ...Object.keys(query)
      .filter((name) => name !== 'of')
      .map((name) => ({ name, words: [`条件 ${name}`, 'Filter'] }) as const),
  ] as const;
}

function Which({ asked }: { readonly asked: Asked }) {
  const ids = idsOf(asked);
  if (ids.length > 0) {
    return (
      <>
        {ids.map((id) => (
          <a key={id} href={`/console/inspections/${id}`}>
            {id}
          </a>
        ))}
      </>
    );
  }
  const { after: _, ...filter } = askedOfList(asked.query).fit;
  const query = givenOf(filter);
  return (
    <a href={`/console/inspections?${new URLSearchParams(query).toString()}`}>
      {Object.keys(query).length === 0 ? '清单中的全部检查 All of the list' : Object.values(query).join('、')}
    </a>
  );
}

/** Those who can't be sent today stand there with the reason. */
function fieldsOf({ inspectors }: AnswerOf<'GET /inspectors'>): readonly Field[] {
  return [
    {
      kind: 'choices',
      name: 'inspectors',
      words: ['检查人员', 'Inspectors'],
      options: inspectors.map(({ staffNo, name, eligible, reasons }) => ({
        value: staffNo,
        words: [
          `${name} ${staffNo}${eligible ? '' : `（${reasons.map(({ label }) => label).join('、')}）`}`,
          eligible ? '' : 'not today',
        ],
      })),
    },
    {
      kind: 'long',
      name: 'reason',
      words: ['理由（记入审计）', 'Reason, kept in the audit trail'],
      required: true,
      maxLength: 500,
    },
  ];
}

const fields: readonly Field[] = [
  { kind: 'choices', name: 'inspectors', words: ['检查人员', 'Inspectors'], options: [] },
  { kind: 'long', name: 'reason', words: ['理由', 'Reason'] },
];

async function assign(asked: Asked, form: Form): Promise<Done> {
  const outcomes: BatchOutcome[] = [];
  const { fit } = askedOfList(asked.query);
  const { after: from, ...filter } = fit;
  const ids = idsOf(asked);
  let after = from;
  for (let call = 1; call <= MOST_CALLS; call += 1) {
    const answer = await asked.api.command('POST /inspections/assign', {
      once: call === 1 ? form.once : `${form.once}-${call}`,
      body: {
        ...bodyOf(fields, form),
        unit: unitOf(asked),
        ...(ids.length > 0 ? { ids } : { filter, ...(after === undefined ? {} : { after }) }),
      },
    });
    outcomes.push(...answer.outcomes);
    after = answer.next;
    if (after === undefined) break;
  }
  return { outcome: <Outcome asked={asked} outcomes={outcomes} next={after} /> };
}

interface OutcomeProps {
  readonly asked: Asked;
  readonly outcomes: readonly BatchOutcome[];
  readonly next: string | undefined;
}

/** What became of each; what was refused is named with the reason. */
function Outcome({ asked, outcomes, next }: OutcomeProps) {
  const refused = outcomes.flatMap((one) => (one.outcome === 'refused' ? [one] : []));
  return (
    <>
      <p>
        已选派 {outcomes.length - refused.length} 件，未办理 {refused.length} 件{' '}
        <span class="en">
          {outcomes.length - refused.length} assigned, {refused.length} refused
        </span>
      </p>
      {refused.length === 0 ? null : (
        <List
          caption={['未办理', 'Refused']}
          columns={[
            {
              words: ['检查', 'Inspection'],
              cell: ({ id }) => <a href={`/console/inspections/${id}`}>{id}</a>,
            },
            {
              words: ['原因', 'Why'],
              cell: ({ problem }) =>
                [problem.detail, ...(problem.errors ?? []).map((one) => one.detail)].join('；'),
            },
          ]}
          rows={refused}
          keyOf={({ id }) => id}
          none={['无', 'None']}
        />
      )}
      {next === undefined ? null : (
        <p>
          <a href={`${path}?${new URLSearchParams({ ...asked.query, after: next }).toString()}`}>
            清单还有后续部分，接着选派 The list goes on: assign the rest
          </a>
        </p>
      )}
    </>
  );
}

/** A unit's people for one inspection, or for all that a list shows. */
export const assignment: Page = {
  path: '/inspections/assign',
  roles: CHOOSING,
  show,
  actions: { assign: { said: ['已选派', 'Assigned'], run: assign } },
};
