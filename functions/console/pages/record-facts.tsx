import { Facts, List } from '#console/kit/list.tsx';
import { nonCooperationLabels, resultLabels, signatoryLabels } from '#domain/inspection/record.ts';
import { followUpWords, methodWords } from './inspection-words.ts';
import type { Shown } from './inspection-commands.tsx';

type Entered = NonNullable<Shown['record']>;

interface Props {
  readonly record: Entered;
  readonly inspection: Pick<Shown, 'id' | 'team' | 'evidence'>;
}

const results = new Map<string, string>(Object.entries(resultLabels));

/** A record as it was entered: what is absent was not filled in. */
export function RecordFacts({ record, inspection }: Props) {
  const { contact, leader, opinion, conclusions = [], nonCooperation = [], evidence = [] } = record;
  const leads = inspection.team.find(({ inspector }) => inspector === leader?.inspector);
  return (
    <>
      <Facts
        facts={[
          {
            words: ['检查结果', 'Results'],
            value: record.results.map((code) => `${code} ${results.get(String(code)) ?? ''}`).join('；'),
          },
          { words: ['检查日期', 'Inspected on'], value: record.inspectedOn },
          {
            words: ['核查方式', 'Methods'],
            value: record.methods.map((method) => methodWords(method)[0]).join('、'),
          },
          {
            words: ['后续处置', 'What follows'],
            value: record.followUps.map((kind) => followUpWords(kind)[0]).join('、'),
          },
          {
            words: ['不配合情形（第十二条）', 'Non-cooperation (article 12)'],
            value: nonCooperation.map((kind) => nonCooperationLabels[kind]).join('；'),
          },
          {
            words: ['联系人', 'Contact'],
            value: contact === undefined ? undefined : `${contact.name} ${contact.phone ?? ''}`,
          },
          { words: ['签字盖章', 'Signature'], value: signatureText(record) },
          { words: ['被检查单位意见', "The subject's opinion"], value: opinion },
          {
            words: ['组长意见', "The leader's opinion"],
            value:
              leader === undefined ? undefined : `${leader.opinion}（${leads?.name ?? leader.inspector}）`,
          },
          {
            words: ['证据', 'Evidence'],
            value: evidence.map((id) => (
              <div key={id}>
                <a href={`/console/inspections/${inspection.id}/evidence/${id}`}>
                  {inspection.evidence.find((one) => one.id === id)?.name ?? id}
                </a>
              </div>
            )),
          },
        ]}
      />
      <List
        caption={['各事项检查情况', 'Item by item']}
        columns={[
          { words: ['事项', 'Item'], cell: ({ item }) => item },
          { words: ['是否检查', 'Checked'], cell: ({ checked }) => (checked ? '是 yes' : '否 no') },
          { words: ['发现问题情况', 'Found'], cell: ({ finding }) => finding },
          { words: ['处置情况', 'Done about it'], cell: ({ handling }) => handling },
        ]}
        rows={record.findings}
        keyOf={({ item }) => item}
        none={['无', 'None']}
      />
      {conclusions.length === 0 ? null : (
        <List
          caption={['采用的结论（第九条）', 'Adopted conclusions (article 9)']}
          columns={[
            { words: ['部门', 'Department'], cell: ({ department }) => department },
            { words: ['文号', 'Document'], cell: ({ documentNumber }) => documentNumber },
            { words: ['日期', 'Date'], cell: ({ date }) => date },
            { words: ['结论', 'Conclusion'], cell: ({ summary }) => summary },
          ]}
          rows={conclusions}
          keyOf={({ documentNumber }) => documentNumber}
          none={['无', 'None']}
        />
      )}
    </>
  );
}

function signatureText({ signature }: Pick<Entered, 'signature'>): string {
  if (signature.signed) {
    const { by, capacity } = signature;
    return `${by}${capacity === undefined ? '' : `（${signatoryLabels[capacity]}）`}`;
  }
  const { reason, witness } = signature;
  return `未签：${reason}${witness === undefined ? '' : `；见证人 ${witness.name} ${witness.organisation ?? ''}`}`;
}
