import type { PublicState, Receipt } from '#contracts/api/corrections.ts';
import type { CorrectionStatus } from '#domain/correction/correction.ts';
import type { FieldError } from '#domain/refusal/refusal.ts';
import { CORRECTION_FIELDS, CorrectionForm, correctionLabels } from '#web/correction-form.tsx';

/** Tells whoever asked that the request has arrived, and under which number. */
export function ReceiptPage({
  receipt: { receipt, receivedOn, answerBy, link },
}: {
  readonly receipt: Receipt;
}) {
  return (
    <>
      <h1>已受理更正申请</h1>
      <p class="en" lang="en">
        Your request for a correction was received
      </p>
      <section class="answer" aria-labelledby="number">
        <h2 id="number">受理编号 Receipt number</h2>
        <p>
          <code>{receipt}</code>
        </p>
        <p>
          {receivedOn} 受理，承担单位将在 {answerBy} 前答复。请记下受理编号，凭编号可
          <a href={link}>查询办理情况</a>。
          <br />
          <span class="en" lang="en">
            Received on {receivedOn}; it is answered by {answerBy}. Keep the number: with it you can{' '}
            <a href={link}>see what becomes of it</a>.
          </span>
        </p>
      </section>
    </>
  );
}

const statusLabels: Readonly<Record<CorrectionStatus, string>> = {
  received: '已受理，待答复 received, not answered yet',
  granted: '同意，公示信息已更正或撤下 granted: the record was corrected or withdrawn',
  refused: '不予更正 refused',
};

/** What became of a request, without anything of whoever made it. */
export function StatePage({ state }: { readonly state: PublicState }) {
  return (
    <>
      <h1>更正申请办理情况</h1>
      <p class="en" lang="en">
        What became of a request for a correction
      </p>
      <dl>
        <dt>受理编号 Receipt number</dt>
        <dd>
          <code>{state.receipt}</code>
        </dd>
        <dt>状态 State</dt>
        <dd>{statusLabels[state.status]}</dd>
        <dt>受理日期 Received on</dt>
        <dd>{state.receivedOn}</dd>
        <dt>答复期限 To be answered by</dt>
        <dd>{state.answerBy}</dd>
        {state.decidedOn === undefined ? null : (
          <>
            <dt>答复日期 Answered on</dt>
            <dd>{state.decidedOn}</dd>
          </>
        )}
        {state.reason === undefined ? null : (
          <>
            <dt>不予更正的理由 Why it was refused</dt>
            <dd>{state.reason}</dd>
          </>
        )}
      </dl>
    </>
  );
}

interface NotTaken {
  readonly inspection: string;
  readonly title: string;
  readonly detail: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly faults: readonly FieldError[];
}

/** A field of the form leads to itself; what has no field is named as it was sent. */
function FieldName({ pointer }: { readonly pointer: string }) {
  const field = CORRECTION_FIELDS.find((name) => pointer === `/${name}`);
  return field === undefined ? (
    <code>{pointer}</code>
  ) : (
    <a href={`#${field}`}>{correctionLabels[field].zh}</a>
  );
}

/** Says why a form was not taken, and keeps what was typed. */
export function NotTakenPage({ inspection, title, detail, typed, faults }: NotTaken) {
  return (
    <>
      <h1>更正申请未提交</h1>
      <p class="en" lang="en">
        Your request was not taken
      </p>
      <section class="verdict failed" role="alert">
        <h2>{title}</h2>
        <p>{detail}</p>
        {faults.map(({ pointer, detail: fault }) => (
          <p key={pointer}>
            <FieldName pointer={pointer} />：{fault}
          </p>
        ))}
      </section>
      <CorrectionForm inspection={inspection} typed={typed} faults={faults} />
      <p>
        <a href={`/public/inspections/${inspection}`}>返回公示信息 Back to the record</a>
      </p>
    </>
  );
}
