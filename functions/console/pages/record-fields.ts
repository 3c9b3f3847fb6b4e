import type { Field, Form } from '#console/kit/form.ts';
import { bodyOf, textOf } from '#console/kit/form.ts';
import type { Shown } from './inspection-commands.tsx';
import {
  followUpOptions,
  methodOptions,
  nonCooperationOptions,
  resultOptions,
  signatoryOptions,
} from './inspection-words.ts';

/** What a form holds, by the names of its fields; several values of `choices`. */
export type Typed = Readonly<Record<string, readonly string[]>>;

/** The word of the printed form for "nothing", and the box that puts it wherever nothing was typed. */
const NOTHING = '无';
export const ALL_NOTHING: Field = {
  kind: 'yes',
  name: 'allNothing',
  words: [
    `全选“${NOTHING}”：未填写的发现问题和处置情况均为“${NOTHING}”`,
    'Nothing found wherever nothing is typed',
  ],
};

const item = (at: number) => `findings.${at}`;

/** 是否检查, 发现问题情况, 处置情况 of an item, and how it was checked where that differs. */
export function findingFields(at: number): readonly Field[] {
  return [
    { kind: 'yes', name: `${item(at)}.checked`, words: ['是否检查', 'Checked'] },
    {
      kind: 'long',
      name: `${item(at)}.finding`,
      words: ['发现问题情况', 'What was found'],
      maxLength: 2_000,
    },
    {
      kind: 'long',
      name: `${item(at)}.handling`,
      words: ['处置情况', 'What was done about it'],
      maxLength: 2_000,
    },
    {
      kind: 'choices',
      name: `${item(at)}.methods`,
      words: ['本事项核查方式（与总体不同时）', 'How it was checked, where that differs'],
      options: methodOptions,
    },
  ];
}

export const resultFields: readonly Field[] = [
  {
    kind: 'choices',
    name: 'results',
    words: ['检查结果（1 不能与其他并列）', 'Results; 1 excludes the others'],
    options: resultOptions,
    numbers: true,
  },
  {
    kind: 'choices',
    name: 'nonCooperation',
    words: ['不配合情形（仅结果 8，第十二条）', 'Non-cooperation, with result 8 only (article 12)'],
    options: nonCooperationOptions,
  },
  {
    kind: 'choices',
    name: 'followUps',
    words: ['后续处置', 'What follows'],
    options: followUpOptions,
  },
];

export const visitFields: readonly Field[] = [
  {
    kind: 'date',
    name: 'inspectedOn',
    words: ['检查日期', 'Day of the check'],
    hint: '不填即为检查结束之日。 The day of the end when left empty.',
  },
  { kind: 'choices', name: 'methods', words: ['核查方式', 'Methods'], options: methodOptions },
  { kind: 'text', name: 'contact.name', words: ['联系人', 'Who received the team'], maxLength: 50 },
  {
    kind: 'text',
    name: 'contact.phone',
    words: ['联系电话', 'Telephone'],
    hint: '不公示。 Never published.',
    maxLength: 30,
  },
];

const signed: Field = {
  kind: 'choice',
  name: 'signature.signed',
  words: ['签字盖章（第十条）', 'Signed or sealed (article 10)'],
  options: [
    { value: 'yes', words: ['已签字或盖章', 'signed'] },
    { value: 'no', words: ['未签', 'not signed'] },
  ],
};
const signatureWhen: readonly Field[] = [
  { kind: 'text', name: 'signature.by', words: ['签字人', 'Who signed'], maxLength: 50 },
  { kind: 'choice', name: 'signature.capacity', words: ['签字人身份', 'As'], options: signatoryOptions },
];
const signatureUnless: readonly Field[] = [
  { kind: 'long', name: 'signature.reason', words: ['未签的理由', 'Why nobody signed'], maxLength: 500 },
  { kind: 'text', name: 'signature.witness.name', words: ['见证人', 'Witness'], maxLength: 50 },
  {
    kind: 'text',
    name: 'signature.witness.organisation',
    words: ['见证人单位', 'Where the witness belongs to'],
    maxLength: 100,
  },
];
export const signatureFields: readonly Field[] = [signed, ...signatureWhen, ...signatureUnless];

/** 被检查单位意见 and 组长意见. */
export function opinionFields({ team }: Pick<Shown, 'team'>): readonly Field[] {
  return [
    { kind: 'long', name: 'opinion', words: ['被检查单位意见', "The subject's opinion"], maxLength: 2_000 },
    {
      kind: 'choice',
      name: 'leader.inspector',
      words: ['组长', 'Leader'],
      options: team.map(({ inspector, name }) => ({ value: inspector, words: [name, inspector] })),
    },
    { kind: 'long', name: 'leader.opinion', words: ['组长意见', "The leader's opinion"], maxLength: 2_000 },
  ];
}

function evidenceOptions({ evidence }: Pick<Shown, 'evidence'>) {
  return evidence
    .filter(({ status }) => status === 'stored')
    .map(({ id, name, sha256 }) => ({ value: id, words: [name, sha256.slice(0, 8)] as const }));
}

export function evidenceField(inspection: Pick<Shown, 'evidence'>): Field {
  return {
    kind: 'choices',
    name: 'evidence',
    words: ['引用的证据', 'Evidence that the record cites'],
    options: evidenceOptions(inspection),
    hint: '结果 8 至少引用一份。先暂存，再到“证据”页上传。 Result 8 needs one; save the draft, then upload.',
  };
}

const conclusion = (at: number) => `conclusions.${at}`;

/** 采用的行政部门检查结果或专业意见 (article 9). */
export function conclusionFields(at: number, inspection: Pick<Shown, 'evidence'>): readonly Field[] {
  return [
    { kind: 'text', name: `${conclusion(at)}.department`, words: ['部门', 'Department'], maxLength: 100 },
    {
      kind: 'text',
      name: `${conclusion(at)}.documentNumber`,
      words: ['文号', 'Document number'],
      maxLength: 100,
    },
    { kind: 'date', name: `${conclusion(at)}.date`, words: ['日期', 'Date'] },
    { kind: 'long', name: `${conclusion(at)}.summary`, words: ['结论', 'Conclusion'], maxLength: 2_000 },
    {
      kind: 'choice',
      name: `${conclusion(at)}.evidence`,
      words: ['文件副本', 'Copy of the document'],
      options: evidenceOptions(inspection),
    },
  ];
}

/** How many conclusions a form has: those filled in and one more. */
export function conclusionsIn(typed: Typed): number {
  const filled = Object.entries(typed).flatMap(([name, values]) => {
    const at = /^conclusions\.(\d{1,2})\./.exec(name)?.[1];
    return at === undefined || values.every((value) => value.trim() === '') ? [] : [Number(at)];
  });
  return Math.min(20, Math.max(-1, ...filled) + 2);
}

/**
 * The record as it was filled in: what was left empty is left out, and the API says of each field what is wrong. Of the
 * signature only what fits its answer is said; a conclusion of which nothing was typed is none.
 */
export function recordOf(
  form: Form,
  inspection: Pick<Shown, 'items' | 'team' | 'evidence'>,
): Record<string, unknown> {
  const count = conclusionsIn(form.values);
  const conclusions = Array.from({ length: count }, (_, at) =>
    inside(bodyOf(conclusionFields(at, inspection), form), 'conclusions', at),
  ).filter((one) => Object.keys(one).length > 0);
  const { evidence, ...cited } = bodyOf([evidenceField(inspection)], form);
  const { nonCooperation, ...results } = bodyOf(resultFields, form);
  return {
    ...bodyOf([...visitFields, ...opinionFields(inspection)], form),
    ...results,
    ...cited,
    ...someOf('nonCooperation', nonCooperation),
    ...someOf('evidence', evidence),
    findings: inspection.items.map(({ code }, at) => findingOf(form, code, at)),
    ...(conclusions.length === 0 ? {} : { conclusions }),
    ...signatureOf(form),
  };
}

function someOf(name: string, values: unknown): Record<string, unknown> {
  return Array.isArray(values) && values.length > 0 ? { [name]: values } : {};
}

/** What stands in a body under a name and a place; nothing there is an empty one. */
function inside(body: Record<string, unknown>, name: string, at: number): object {
  const outer = body[name];
  const value: unknown = isObject(outer) ? outer[String(at)] : undefined;
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function findingOf(form: Form, code: string, at: number): Record<string, unknown> {
  const { methods, ...finding } = {
    methods: undefined,
    ...inside(bodyOf(findingFields(at), form), 'findings', at),
  };
  const nothing = textOf(form, ALL_NOTHING.name) === '' ? {} : { finding: NOTHING, handling: NOTHING };
  return { item: code, ...nothing, ...finding, ...someOf('methods', methods) };
}

function signatureOf(form: Form): Record<string, unknown> {
  const answer = textOf(form, signed.name);
  if (answer === '') return {};
  const said = bodyOf(answer === 'yes' ? signatureWhen : signatureUnless, form)['signature'];
  return { signature: { signed: answer === 'yes', ...(isObject(said) ? said : {}) } };
}

/** What a form holds of a draft: one text a field, several values of one a line each. */
export function draftFields({ values }: Form): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name, all]) => !HIDDEN.has(name) && all.some((value) => value !== ''))
      .map(([name, all]) => [name, all.join('\n')]),
  );
}

/** Hidden fields that say what was looked at: of the draft, and of the record. */
export const SEEN_DRAFT = 'seen.draft';
export const SEEN_RECORD = 'seen.record';
const HIDDEN = new Set([SEEN_DRAFT, SEEN_RECORD]);

/** What a form holds at first: the draft where there is one, else the record that stands, else that all items are checked. */
export function typedAtFirst({ draft, record, items }: Pick<Shown, 'draft' | 'record' | 'items'>): Typed {
  if (draft !== undefined) {
    return Object.fromEntries(Object.entries(draft.fields).map(([name, value]) => [name, value.split('\n')]));
  }
  return record === undefined
    ? Object.fromEntries(items.map((_, at) => [`${item(at)}.checked`, ['yes']]))
    : typedOf(record, items);
}

/** A record as its form holds it; the findings stand in the order of the form's items. */
function typedOf(record: NonNullable<Shown['record']>, items: Shown['items']): Typed {
  const { findings, signature, ...rest } = record;
  const inOrder = items.map(({ code }) => findings.find((finding) => finding.item === code) ?? {});
  return Object.fromEntries([
    ...flat('', { ...rest, findings: inOrder }),
    ...flat('signature', { ...signature, signed: signature.signed ? 'yes' : 'no' }),
  ]);
}

/** Values by the names of their fields: lists of plain values are one field, objects and lists of them have a name for each. */
function flat(name: string, value: unknown): (readonly [string, readonly string[]])[] {
  if (value === undefined || value === false) return [];
  if (value === true) return [[name, ['yes']]];
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return [[name, value.map(String)]];
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => flat(name === '' ? key : `${name}.${key}`, inner));
  }
  return [[name, [typeof value === 'string' ? value : JSON.stringify(value)]]];
}
