import type { ComponentChildren } from 'preact';
import { FieldInput, Once, Refused, faultsOf } from '#console/kit/action-form.tsx';
import { ACTION, textOf, type Field, type Form } from '#console/kit/form.ts';
import { List } from '#console/kit/list.tsx';
import type { Asked, Done, Page, Returned, Words } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { Two } from '#console/kit/words.tsx';
import { inspectionLifecycle } from '#domain/inspection/lifecycle.ts';
import { onTeam } from '#domain/inspection/readers.ts';
import { isPossible } from '#domain/lifecycle/lifecycle.ts';
import type { Shown } from './inspection-commands.tsx';
import { Back } from './inspection-more.tsx';
import { LISTING } from './roles.ts';
import {
  ALL_NOTHING,
  conclusionFields,
  conclusionsIn,
  draftFields,
  evidenceField,
  findingFields,
  opinionFields,
  recordOf,
  resultFields,
  SEEN_DRAFT,
  SEEN_RECORD,
  signatureFields,
  typedAtFirst,
  visitFields,
  type Typed,
} from './record-fields.ts';

async function show(asked: Asked) {
  const { id = '' } = asked.params;
  const inspection = await asked.api.call('GET /inspections/{id}', { params: { id } });
  const { subject, status } = inspection;
  return {
    title: `检查记录：${subject.name}`,
    content: (
      <>
        <Back id={id} />
        {mayFillIn(asked, inspection) ? (
          <RecordForm asked={asked} inspection={inspection} />
        ) : (
          <p class="none">
            记录由本组检查人员在检查开始后、公示前填写，现为{inspectionLifecycle.statuses[status]}。{' '}
            <span class="en">The team fills it in between the begin and the publication.</span>
          </p>
        )}
      </>
    ),
  };
}

/** Whoever may keep a draft fills the form in; the record itself is taken once the visit has ended. */
function mayFillIn({ person }: Asked, { status, team }: Shown): boolean {
  return (
    onTeam(person, { team }) &&
    isPossible(inspectionLifecycle, 'record', status === 'begun' ? 'ended' : status)
  );
}

interface Props {
  readonly asked: Asked;
  readonly inspection: Shown;
}

function RecordForm({ asked, inspection }: Props) {
  const returned = placed(asked.returned);
  const { draft, record, version, status, items } = inspection;
  const typed = returned?.form.values ?? typedAtFirst(inspection);
  const faults = returned?.problem?.errors ?? [];
  const inputs = (fields: readonly Field[]) => <Inputs fields={fields} typed={typed} faults={faults} />;
  const fields = allFields(inspection, typed);
  return (
    <form method="post" action={asked.path} class="action" id="record">
      <Once />
      {draft === undefined ? null : <input type="hidden" name={SEEN_DRAFT} value={String(draft.version)} />}
      {record === undefined ? null : <input type="hidden" name={SEEN_RECORD} value={String(version)} />}
      <Refused returned={returned} fields={fields} action="record" />
      <Differences returned={returned} />
      {draft === undefined ? null : (
        <p class="outcome">
          已带回暂存内容 Draft of <Time at={draft.at} />
        </p>
      )}
      <Part words={['检查', 'The visit']}>{inputs(visitFields)}</Part>
      <Part words={['各事项检查情况', 'Item by item']}>
        {inputs([ALL_NOTHING])}
        {items.map(({ code, matter, subMatter }, at) => (
          <fieldset key={code} class="field">
            <legend>
              {code} {matter}
              {subMatter === undefined ? '' : `：${subMatter}`}
            </legend>
            {inputs(findingFields(at))}
          </fieldset>
        ))}
      </Part>
      <Part words={['结果', 'Results']}>{inputs(resultFields)}</Part>
      <Part words={['证据', 'Evidence']}>
        {inputs([evidenceField(inspection)])}
        <p>
          <a href={`/console/inspections/${inspection.id}/evidence`}>查看或上传证据 See or upload evidence</a>
        </p>
      </Part>
      <Part words={['采用的其他部门结论（第九条）', 'Adopted conclusions (article 9)']}>
        {Array.from({ length: conclusionsIn(typed) }, (_, at) => (
          <details key={at} open={conclusionsIn(typed) > at + 1}>
            <summary>结论 {at + 1} Conclusion</summary>
            {inputs(conclusionFields(at, inspection))}
          </details>
        ))}
      </Part>
      <Part words={['签字和意见', 'Signature and opinions']}>
        {inputs(signatureFields)}
        {inputs(opinionFields(inspection))}
      </Part>
      <p class="actions">
        <button type="submit" name={ACTION} value="draft" class="quiet">
          暂存 <span class="en">Save draft</span>
        </button>
        {status === 'begun' ? (
          <span>
            检查结束后才能提交。 <span class="en">It is entered once the visit has ended.</span>
          </span>
        ) : (
          <button type="submit" name={ACTION} value="enter">
            提交记录 <span class="en">Enter the record</span>
          </button>
        )}
      </p>
    </form>
  );
}

function Part({ words, children }: { readonly words: Words; readonly children: ComponentChildren }) {
  return (
    <>
      <h2>
        <Two words={words} />
      </h2>
      {children}
    </>
  );
}

interface InputsProps {
  readonly fields: readonly Field[];
  readonly typed: Typed;
  readonly faults: NonNullable<NonNullable<Returned['problem']>['errors']>;
}

function Inputs({ fields, typed, faults }: InputsProps) {
  return (
    <>
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          id={`record-${field.name}`}
          typed={typed[field.name] ?? []}
          faults={faultsOf(field, faults).map(plainly)}
        />
      ))}
    </>
  );
}

/** What a shape says of a value that is not there, in words for people. */
function plainly(detail: string): string {
  return /^(Invalid input: .*received undefined|Too small)/.test(detail) ? '请填写 Required' : detail;
}

/** Of a signature that is not answered at all the field that asks for the answer is at fault. */
function placed(returned: Returned | undefined): Returned | undefined {
  const problem = returned?.problem;
  if (returned === undefined || problem?.errors === undefined) return returned;
  const errors = problem.errors.map((one) =>
    one.pointer === '/signature' ? { ...one, pointer: '/signature/signed' } : one,
  );
  return { ...returned, problem: { ...problem, errors } };
}

/** What somebody else entered meanwhile, beside what was typed here: sent again, the latter takes its place. */
function Differences({ returned }: { readonly returned: Returned | undefined }) {
  const differing = (returned?.problem?.errors ?? []).filter((one) => 'yours' in one || 'theirs' in one);
  return differing.length === 0 ? null : (
    <>
      <List
        caption={['与已保存记录的不同', 'Where it differs from what is stored']}
        columns={[
          { words: ['栏目', 'Field'], cell: ({ pointer }) => <code>{pointer}</code> },
          { words: ['您填写的', 'Yours'], cell: ({ yours }) => textFor(yours) },
          { words: ['已保存的', 'Stored'], cell: ({ theirs }) => textFor(theirs) },
        ]}
        rows={differing}
        keyOf={({ pointer }) => pointer}
        none={['无', 'None']}
      />
      <p>
        核对后再次提交，将以您填写的内容替换已保存的记录。{' '}
        <span class="en">Entered again, yours takes the place of what is stored.</span>
      </p>
    </>
  );
}

function textFor(value: unknown): string {
  return value === undefined ? '—' : typeof value === 'string' ? value : JSON.stringify(value);
}

function allFields(inspection: Shown, typed: Typed): readonly Field[] {
  return [
    ...visitFields,
    ...inspection.items.flatMap((_, at) => findingFields(at)),
    ...resultFields,
    evidenceField(inspection),
    ...Array.from({ length: conclusionsIn(typed) }, (_, at) => conclusionFields(at, inspection)).flat(),
    ...signatureFields,
    ...opinionFields(inspection),
  ];
}

/** Keeps what is filled in so far; saved in another window meanwhile, it is refused and stays as typed here. */
async function save({ api, params, path }: Asked, form: Form): Promise<Done> {
  const seen = textOf(form, SEEN_DRAFT);
  await api.call('PUT /inspections/{id}/draft', {
    params,
    body: { fields: draftFields(form) },
    ...(seen === '' ? {} : { ifVersion: Number(seen) }),
  });
  return { to: path };
}

/** Enters the record; in place of one that stands only when that is the one that was looked at. */
async function enter({ api, params }: Asked, form: Form): Promise<Done> {
  const inspection = await api.call('GET /inspections/{id}', { params });
  const seen = textOf(form, SEEN_RECORD);
  await api.command('POST /inspections/{id}/record', {
    params,
    once: form.once,
    body: recordOf(form, inspection),
    ...(seen === '' ? {} : { ifVersion: Number(seen) }),
  });
  return { to: `/console/inspections/${inspection.id}` };
}

/** The record of a visit 执法检查登记表, filled in by the team: 谁检查、谁录入. */
export const record: Page = {
  path: '/inspections/{id}/record',
  roles: LISTING,
  show,
  actions: {
    draft: { said: ['已暂存', 'Draft saved'], run: save },
    enter: { said: ['记录已录入', 'The record is entered'], run: enter },
  },
};
