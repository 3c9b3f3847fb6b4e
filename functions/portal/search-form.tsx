import { resultLabels } from '#domain/inspection/record.ts';
import type { FieldError } from '#domain/refusal/refusal.ts';
import type { SearchField } from './search-query.ts';

interface Form {
  /** What was typed, as it was typed. */
  readonly typed: Readonly<Record<string, string>>;
  /** What is wrong, by the JSON Pointer of its field. */
  readonly faults?: readonly FieldError[];
}

/** What each field is called. */
export const searchLabels: Readonly<Record<SearchField, string>> = {
  q: '企业名称中的字词',
  code: '统一社会信用代码/注册号',
  unit: '承担单位',
  item: '抽查事项编号',
  territory: '行政区划代码',
  result: '检查结果',
  from: '公示日期自',
  through: '公示日期至',
  timing: '是否按期公示',
};

/** Looks for published results; a GET form, so that a search is an address that can be kept and sent on. */
export function SearchForm({ typed, faults = [] }: Form) {
  const of = (name: SearchField) => ({
    name,
    value: typed[name] ?? '',
    faults: faults.filter(({ pointer }) => pointer === `/${name}`).map(({ detail }) => detail),
  });
  return (
    <form method="get" action="/public/inspections" role="search">
      <div class="fields">
        <TextField {...of('q')} en="Words in the name" />
        <TextField {...of('code')} en="Code, whole" />
        <TextField {...of('unit')} en="Unit, whole name" />
        <TextField {...of('item')} en="Item code" />
        <TextField {...of('territory')} en="Territory code" hint="410381" />
        <ChoiceField {...of('result')} en="Result" choices={RESULTS} />
        <TextField {...of('from')} en="Published from" hint="2026-03" />
        <TextField {...of('through')} en="Published through" hint="2026-03-31" />
        <ChoiceField {...of('timing')} en="On time" choices={TIMINGS} />
      </div>
      <p class="row">
        <button type="submit">查询 Search</button>
        <a class="clear" href="/public/inspections">
          清除全部条件 Clear all
        </a>
      </p>
    </form>
  );
}

type Choices = readonly (readonly [value: string, label: string])[];

const RESULTS: Choices = Object.entries(resultLabels).map(([code, label]) => [code, `${code}. ${label}`]);
const TIMINGS: Choices = [
  ['on-time', '按期 on time'],
  ['late', '逾期 late'],
];

interface Input {
  readonly name: SearchField;
  readonly en: string;
  readonly value: string;
  readonly faults: readonly string[];
}

function TextField({ hint, ...input }: Input & { readonly hint?: string }) {
  return (
    <div class="field">
      <Label {...input} />
      <input {...attributesOf(input)} type="text" value={input.value} placeholder={hint ?? ''} />
      <Faults {...input} />
    </div>
  );
}

function ChoiceField({ choices, ...input }: Input & { readonly choices: Choices }) {
  return (
    <div class="field">
      <Label {...input} />
      <select {...attributesOf(input)}>
        <option value="">不限 any</option>
        {choices.map(([value, label]) => (
          <option key={value} value={value} selected={value === input.value}>
            {label}
          </option>
        ))}
      </select>
      <Faults {...input} />
    </div>
  );
}

function Label({ name, en }: Input) {
  return (
    <label for={name}>
      {searchLabels[name]}{' '}
      <span class="en" lang="en">
        {en}
      </span>
    </label>
  );
}

function attributesOf({ name, faults }: Input) {
  const wrong = faults.length > 0 ? { 'aria-invalid': true, 'aria-describedby': `${name}-fault` } : {};
  return { id: name, name, ...wrong };
}

function Faults({ name, faults }: Input) {
  return faults.length === 0 ? null : (
    <p class="late" id={`${name}-fault`}>
      {faults.join('；')}
    </p>
  );
}
