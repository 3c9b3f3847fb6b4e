import { checkMethodLabels } from '#domain/item/item.ts';
import { followUpLabels, resultLabels } from '#domain/inspection/record.ts';
import type {
  CitedEvidence,
  FormLine,
  FormResult,
  Labelled,
  RegistrationForm,
} from '#domain/inspection/registration-form.ts';
import { Heading, Label, WideRow } from './bilingual.tsx';
import { documentText } from './document.tsx';

/** The form as a page of its own: empty where nothing was recorded yet, to be filled in by hand. */
export function registrationFormText(form: RegistrationForm): string {
  return documentText(`执法检查登记表 ${form.subject.name}`, <Form form={form} />);
}

function Form({ form }: { readonly form: RegistrationForm }) {
  const { result } = form;
  return (
    <>
      <Heading zh="执法检查登记表" en="Registration form of an inspection" />
      <Head form={form} />
      <Lines lines={form.lines} />
      <Outcome result={result} />
      <Foot form={form} />
    </>
  );
}

function Head({
  form: { inspection, tasks, subject, units, experts, result },
}: {
  readonly form: RegistrationForm;
}) {
  const { contact } = result ?? {};
  return (
    <table>
      <tbody>
        <tr>
          <Label zh="任务名称" en="Task" width="w3" />
          <td>{tasks.map(({ title }) => title).join('；')}</td>
          <Label zh="任务编号" en="Plan number" width="w3" />
          <td>
            {tasks.map(({ planNumber }) => planNumber).join('；')}
            <span class="en">{inspection}</span>
          </td>
        </tr>
        <tr>
          <Label zh="被检查对象" en="Subject" />
          <td>{subject.name}</td>
          <Label zh="统一社会信用代码" en="Credit code" />
          <td>{subject.id}</td>
        </tr>
        <tr>
          <Label zh="住所" en="Address" />
          <td>{subject.address ?? ''}</td>
          <Label zh="法定代表人" en="Legal representative" />
          <td>{subject.legalRepresentative ?? ''}</td>
        </tr>
        <tr>
          <Label zh="联系人" en="Contact" />
          <td>{contact?.name ?? ''}</td>
          <Label zh="联系电话" en="Telephone" />
          <td>{contact?.phone ?? ''}</td>
        </tr>
        <WideRow zh="承担单位" en="Units" span={3}>
          {units.join('、')}
        </WideRow>
        {experts.length === 0 ? null : (
          <WideRow zh="参加专家" en="Experts" span={3}>
            {experts.map(({ name, organisation, role }) => `${name}（${organisation}，${role}）`).join('、')}
          </WideRow>
        )}
      </tbody>
    </table>
  );
}

function Lines({ lines }: { readonly lines: readonly FormLine[] }) {
  return (
    <table>
      <thead>
        <tr>
          <Label zh="序号" en="No." width="w1" />
          <Label zh="检查事项及依据" en="Item, legal basis" width="w5" />
          <Label zh="检查方式、内容及要求" en="Method, content" />
          <Label zh="是否检查" en="Checked" width="w2" />
          <Label zh="发现问题情况" en="Finding" width="w4" />
          <Label zh="处置情况" en="Handling" width="w3" />
        </tr>
      </thead>
      <tbody>
        {lines.map((line, at) => (
          <tr key={line.code}>
            <td class="centre">{at + 1}</td>
            <td>
              {line.matter}
              {line.subMatter === undefined ? '' : `：${line.subMatter}`}
              {`\n依据：${line.legalBasis}\n${line.unit}`}
              <span class="en">{line.code}</span>
            </td>
            <td>
              {line.methods.length === 0 ? '' : `【${texts(line.methods)}】\n`}
              {line.content ?? ''}
            </td>
            <td class="centre">
              {line.answer === undefined ? '□是\n□否' : line.answer.checked ? '是' : '否'}
            </td>
            <td>{line.answer?.finding ?? ''}</td>
            <td>{line.answer?.handling ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const codes = (words: readonly Labelled<string>[] = []) => words.map(({ code }) => code);
const texts = (words: readonly Labelled<string>[]): string => words.map(({ text }) => text).join('、');

interface Choice {
  readonly labels: Readonly<Record<string, string>>;
  readonly chosen: readonly string[];
}

/** Every word of a list with a box, so that the printed form can be ticked by hand as well. */
function Boxes({ labels, chosen }: Choice) {
  return Object.entries(labels).map(([code, text]) => (
    <span key={code} class="box">
      {`${chosen.includes(code) ? '■' : '□'}${text}`}
    </span>
  ));
}

function Outcome({ result }: { readonly result: FormResult | undefined }) {
  const found = (result?.results ?? []).map(({ code }) => String(code));
  return (
    <table>
      <tbody>
        <tr>
          <Label zh="核查方式" en="Methods" width="w3" />
          <td>
            <Boxes labels={checkMethodLabels} chosen={codes(result?.methods)} />
          </td>
        </tr>
        <WideRow zh="检查结果" en="Result" span={1}>
          <Boxes labels={resultLabels} chosen={found} />
        </WideRow>
        <Details result={result} />
        <WideRow zh="后续处置" en="Follow-up" span={1}>
          <Boxes labels={followUpLabels} chosen={codes(result?.followUps)} />
        </WideRow>
      </tbody>
    </table>
  );
}

/** What is there at some visits only. */
function Details({ result }: { readonly result: FormResult | undefined }) {
  if (result === undefined) {
    return null;
  }
  const { nonCooperation, conclusions, evidence } = result;
  return (
    <>
      {nonCooperation.length === 0 ? null : (
        <WideRow zh="不配合检查情形" en="Non-cooperation (article 12)" span={1}>
          {nonCooperation.map(({ text }) => text).join('；')}
        </WideRow>
      )}
      {conclusions.length === 0 ? null : (
        <WideRow zh="采用的结论" en="Adopted conclusions" span={1}>
          {conclusions
            .map(
              ({ department, documentNumber, date, summary }) =>
                `${department}　${documentNumber}（${date}）：${summary}`,
            )
            .join('\n')}
        </WideRow>
      )}
      {evidence.length === 0 ? null : (
        <WideRow zh="证据" en="Evidence" span={1}>
          {evidence.map((one) => (
            <Cited key={one.id} {...one} />
          ))}
        </WideRow>
      )}
    </>
  );
}

function Cited({ id, file }: CitedEvidence) {
  return (
    <div>
      {file === undefined ? id : `${file.name}（${file.size} 字节）`}
      {file === undefined ? null : <code>{` ${id} SHA-256 ${file.sha256}`}</code>}
    </div>
  );
}

function Foot({ form: { team, result } }: { readonly form: RegistrationForm }) {
  return (
    <table>
      <tbody>
        <tr>
          <Label zh="被检查单位意见" en="Opinion of the subject" width="w3" />
          <td class="tall">
            {result?.opinion ?? ''}
            <div class="right">{signed(result)}</div>
          </td>
        </tr>
        <WideRow zh="检查人员" en="Inspectors, certificates" span={1}>
          {team
            .map(
              ({ name, unit, certificate }) =>
                `${name}　${unit}　执法证号 ${certificate}　签名：＿＿＿＿＿＿`,
            )
            .join('\n')}
        </WideRow>
        <WideRow zh="组长意见" en="Team leader" span={1} tall>
          {result?.leader === undefined ? '' : `${result.leader.opinion}（${result.leader.name}）`}
        </WideRow>
        <WideRow zh="检查日期" en="Date of the check" span={1}>
          {result?.inspectedOn ?? '　　　　年　　　月　　　日'}
        </WideRow>
      </tbody>
    </table>
  );
}

function signed(result: FormResult | undefined): string {
  if (result === undefined) {
    return '签字（盖章）：＿＿＿＿＿＿＿＿　　　　年　　月　　日';
  }
  const { signature, capacity } = result;
  if (signature.signed) {
    return `签字（盖章）：${signature.by}${capacity === undefined ? '' : `（${capacity}）`}`;
  }
  const { witness, reason } = signature;
  const seen =
    witness === undefined
      ? ''
      : `　见证人：${witness.name}${witness.organisation === undefined ? '' : `（${witness.organisation}）`}`;
  return `未签字，原因：${reason}${seen}`;
}
