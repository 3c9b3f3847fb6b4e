import type { FieldError } from '#domain/refusal/refusal.ts';

/** The fields that somebody of the public fills in. */
export const CORRECTION_FIELDS = ['name', 'contact', 'wrong', 'right'] as const;
type FieldName = (typeof CORRECTION_FIELDS)[number];

/** What each of them is called. */
export const correctionLabels: Readonly<Record<FieldName, { readonly zh: string; readonly en: string }>> = {
  wrong: { zh: '有误之处', en: 'What is wrong' },
  right: { zh: '正确内容', en: 'What would be right' },
  name: { zh: '姓名或单位名称', en: 'Your name or organisation' },
  contact: { zh: '联系方式', en: 'Telephone number or address to reach you at' },
};

interface Form {
  readonly inspection: string;
  /** What was typed before, when something of it was wrong. */
  readonly typed?: Readonly<Record<string, string>>;
  /** What is wrong, by the JSON Pointer of its field. */
  readonly faults?: readonly FieldError[];
}

/** Asks for a correction of what was published (article 16); works without any script. */
export function CorrectionForm({ inspection, typed = {}, faults = [] }: Form) {
  const field = (name: FieldName) => ({
    name,
    ...correctionLabels[name],
    value: typed[name] ?? '',
    faults: faults.filter(({ pointer }) => pointer === `/${name}`).map(({ detail }) => detail),
  });
  return (
    <form method="post" action={`/public/inspections/${inspection}/corrections`}>
      <Field {...field('wrong')} rows={4} />
      <Field {...field('right')} rows={4} />
      <Field {...field('name')} autocomplete="name" />
      <Field {...field('contact')} />
      <p>
        姓名和联系方式仅供承担单位答复使用，不予公开。
        <br />
        <span class="en" lang="en">
          Your name and how to reach you are for the answer only, and are never published.
        </span>
      </p>
      <button type="submit">提交申请 Send</button>
    </form>
  );
}

interface Input {
  readonly name: FieldName;
  readonly zh: string;
  readonly en: string;
  readonly value: string;
  readonly faults: readonly string[];
  /** Lines of a long text; one line when absent. */
  readonly rows?: number;
  readonly autocomplete?: string;
}

function Field({ name, zh, en, value, faults, rows, autocomplete }: Input) {
  const wrong = faults.length > 0;
  const attributes = {
    id: name,
    name,
    required: true,
    ...(wrong ? { 'aria-invalid': true, 'aria-describedby': `${name}-fault` } : {}),
  };
  return (
    <div class="field">
      <label for={name}>
        {zh}{' '}
        <span class="en" lang="en">
          {en}
        </span>
      </label>
      {rows === undefined ? (
        <input {...attributes} type="text" value={value} autocomplete={autocomplete ?? 'off'} />
      ) : (
        <textarea {...attributes} rows={rows}>
          {value}
        </textarea>
      )}
      {wrong ? (
        <p class="late" id={`${name}-fault`}>
          {faults.join('；')}
        </p>
      ) : null}
    </div>
  );
}
