import { ActionForm } from '#console/kit/action-form.tsx';
import { staying } from '#console/kit/command.ts';
import { bodyOf, type Field, type Form } from '#console/kit/form.ts';
import type { Action, Asked, Done } from '#console/kit/page.ts';
import type { AnswerOf } from '#contracts/api/operations.ts';
import { correctionLifecycle } from '#domain/correction/lifecycle.ts';
import type { InspectionCommandKind } from '#domain/inspection/inspection.ts';
import { inspectionLifecycle } from '#domain/inspection/lifecycle.ts';
import { standingsToward } from '#domain/inspection/standing.ts';
import { mayGive } from '#domain/lifecycle/lifecycle.ts';
import { recusalOptions } from './inspection-words.ts';

export type Shown = AnswerOf<'GET /inspections/{id}'>;

/** Whether this person may give a command of the inspection at present: the API decides, and this is what it decides by. */
export function may({ person }: Asked, inspection: Shown, command: InspectionCommandKind): boolean {
  return mayGive(inspectionLifecycle, command, inspection.status, standingsToward(person, inspection));
}

/** Whether a result that was published can be asked to be corrected by this person (article 16). */
export function mayAskForCorrection({ person }: Asked, inspection: Shown): boolean {
  const standings = standingsToward(person, inspection);
  return (
    inspection.publishedAt !== undefined && correctionLifecycle.begins.by.some((one) => standings.has(one))
  );
}

const recusing: readonly Field[] = [
  {
    kind: 'choice',
    name: 'kind',
    words: ['回避情形', 'Why'],
    options: recusalOptions,
    required: true,
  },
  { kind: 'long', name: 'reason', words: ['理由', 'Reason'], required: true, maxLength: 500 },
];

const inviting: readonly Field[] = [
  { kind: 'text', name: 'name', words: ['姓名或机构', 'Name'], required: true, maxLength: 100 },
  { kind: 'text', name: 'organisation', words: ['单位', 'Organisation'], required: true, maxLength: 100 },
  { kind: 'text', name: 'role', words: ['专业或职责', 'Role'], required: true, maxLength: 100 },
];

const asking: readonly Field[] = [
  { kind: 'long', name: 'wrong', words: ['有误之处', 'What is wrong'], required: true, maxLength: 1_000 },
  {
    kind: 'long',
    name: 'right',
    words: ['正确内容', 'What would be right'],
    required: true,
    maxLength: 1_000,
  },
];

function replacing({ team }: Pick<Shown, 'team'>, { person }: Pick<Asked, 'person'>): readonly Field[] {
  const own = team.filter(({ unit }) => person.role !== 'unit' || unit === person.unit);
  return [
    {
      kind: 'choice',
      name: 'inspector',
      words: ['更换哪位人员', 'Who'],
      options: own.map(({ inspector, name, unit }) => ({
        value: inspector,
        words: [`${name}（${unit}）`, inspector],
      })),
      required: true,
      hint: '仅限失去资格或逾期未接受的人员；由名单中的下一位递补。 Only who can not act, or did not answer in time; the next in line comes.',
    },
    { kind: 'long', name: 'reason', words: ['理由', 'Reason'], required: true, maxLength: 500 },
  ];
}

interface Props {
  readonly asked: Asked;
  readonly inspection: Shown;
}

/** What is to be done next, by whoever may do it: one button each. */
export function NextSteps({ asked, inspection }: Props) {
  const waiting = inspection.team.some(
    ({ inspector, acceptedAt }) => inspector === asked.person.staffNo && acceptedAt === undefined,
  );
  const base = `/console/inspections/${inspection.id}`;
  return (
    <div class="actions">
      {may(asked, inspection, 'accept') && waiting ? (
        <ActionForm asked={asked} action="accept" fields={[]} submit={['接受任务', 'Accept']} />
      ) : null}
      {may(asked, inspection, 'begin') ? (
        <ActionForm
          asked={asked}
          action="begin"
          fields={[]}
          submit={['开始检查', 'Begin the visit']}
          sure="现在开始检查？"
        />
      ) : null}
      {may(asked, inspection, 'end') ? (
        <ActionForm
          asked={asked}
          action="end"
          fields={[]}
          submit={['结束检查', 'End the visit']}
          sure="结束检查？公示期限自结束之日起算。"
        />
      ) : null}
      {may(asked, inspection, 'record') ||
      (may(asked, inspection, 'end') && inspection.status === 'begun') ? (
        <p>
          <a class="button" href={`${base}/record`}>
            填写检查记录 Fill in the record
          </a>
        </p>
      ) : null}
      {may(asked, inspection, 'publish') ? (
        <ActionForm
          asked={asked}
          action="publish"
          fields={[]}
          submit={['公示结果', 'Publish the result']}
          sure="公示后记录不能再改，只能更正。确定公示？"
        />
      ) : null}
      {may(asked, inspection, 'archive') ? (
        <p>
          <a class="button" href={`${base}/archive`}>
            归档 Archive
          </a>
        </p>
      ) : null}
    </div>
  );
}

/** What may be done besides: each opens where it stands, and is open when it was refused. */
export function MoreCommands({ asked, inspection }: Props) {
  const opened = (action: string) => asked.returned?.action === action;
  return (
    <>
      {may(asked, inspection, 'recuse') ? (
        <details open={opened('recuse')}>
          <summary>申请回避 Avoid this subject</summary>
          <ActionForm
            asked={asked}
            action="recuse"
            fields={recusing}
            submit={['回避', 'Avoid']}
            sure="回避后由下一位人员递补，不能撤回。确定？"
            kind="danger"
          />
        </details>
      ) : null}
      {may(asked, inspection, 'replace') && inspection.team.length > 0 ? (
        <details open={opened('replace')}>
          <summary>更换人员 Replace somebody</summary>
          <ActionForm
            asked={asked}
            action="replace"
            fields={replacing(inspection, asked)}
            submit={['更换', 'Replace']}
          />
        </details>
      ) : null}
      {may(asked, inspection, 'invite') ? (
        <details open={opened('invite')}>
          <summary>邀请专业人员或机构 Invite an expert</summary>
          <ActionForm asked={asked} action="invite" fields={inviting} submit={['邀请', 'Invite']} />
        </details>
      ) : null}
      {mayAskForCorrection(asked, inspection) ? (
        <details open={opened('correct')}>
          <summary>申请更正公示内容 Ask for a correction</summary>
          <ActionForm asked={asked} action="correct" fields={asking} submit={['申请更正', 'Ask']} />
        </details>
      ) : null}
    </>
  );
}

/** What was avoided is another's from now on: the list is what remains to be seen. */
async function recuse({ api, params, person }: Asked, form: Form): Promise<Done> {
  await api.command('POST /inspections/{id}/recuse', {
    params,
    once: form.once,
    body: bodyOf(recusing, form),
  });
  return {
    to: person.role === 'inspector' ? '/console/inspections' : `/console/inspections/${params['id']}`,
  };
}

const nobody = replacing({ team: [] }, { person: { role: 'unit', unit: '', staffNo: '', name: '' } });

export const inspectionActions = {
  accept: staying('POST /inspections/{id}/accept', ['已接受任务', 'Accepted']),
  recuse: { said: ['已回避，由下一位人员递补', 'Avoided; the next in line comes'], run: recuse },
  replace: staying('POST /inspections/{id}/replace', ['已更换', 'Replaced'], nobody),
  invite: staying('POST /inspections/{id}/experts', ['已登记邀请', 'Invited'], inviting),
  begin: staying('POST /inspections/{id}/begin', ['检查已开始', 'The visit has begun']),
  end: staying('POST /inspections/{id}/end', ['检查已结束', 'The visit has ended']),
  publish: staying('POST /inspections/{id}/publish', ['结果已公示', 'The result is published']),
  correct: staying(
    'POST /inspections/{id}/corrections',
    ['已提出更正申请', 'Asked for a correction'],
    asking,
  ),
} as const satisfies Readonly<Record<string, Action>>;
