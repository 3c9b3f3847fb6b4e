import { WITHOUT_END } from '#domain/inspector/inspector.ts';
import { halfWidth, readDate, readValidity, type Reading } from '#domain/library/reading.ts';
import { memberOf, writeText, type Writer } from '#domain/library/writing.ts';

const FORM = '许可证应写成“食品经营许可证（至2027-03-02）；成品油零售经营批准证书（长期）”';

/**
 * The licences of one cell: 成品油零售经营批准证书（至2027-03-02）；食品经营许可证（编号 JY001，长期）. The last brackets of
 * each may hold number, day of approval, authorities and last day; without a day it is valid without end (长期有效).
 * Other brackets belong to the name.
 */
export function readLicences(text: string): Reading {
  const words = splitOutsideBrackets(text, /[;；、,，|\n]/);
  if (words === undefined) {
    return { ok: false, reason: 'licence-form', detail: `括号不成对：${FORM}` };
  }
  const licences: unknown[] = [];
  for (const word of words) {
    const reading = readLicence(word);
    if (!reading.ok) return { ...reading, detail: `“${word}”${reading.detail}` };
    licences.push(reading.value);
  }
  return { ok: true, value: licences };
}

/** Licences as one cell, each with brackets of its own, so that nothing of its name is taken for them. */
export const writeLicences: Writer = (value) =>
  Array.isArray(value) ? value.map(writeLicence).join('；') : '';

function writeLicence(licence: unknown): string {
  const validThrough = memberOf(licence, 'validThrough');
  const note = [
    labelled('编号 ', memberOf(licence, 'number')),
    labelled('批准日期 ', memberOf(licence, 'approvedOn')),
    labelled('发证机关 ', memberOf(licence, 'issuer')),
    labelled('检查机关 ', memberOf(licence, 'inspectedBy')),
    validThrough === WITHOUT_END ? '长期' : `至${writeText(validThrough)}`,
  ];
  return `${writeText(memberOf(licence, 'name'))}（${note.filter((part) => part !== '').join('，')}）`;
}

function labelled(label: string, value: unknown): string {
  return value === undefined ? '' : label + writeText(value);
}

function readLicence(word: string): Reading {
  const { before, note } = lastBrackets(word);
  const parts = splitOutsideBrackets(note, /[,，;；、]/) ?? [note];
  const isNote = parts.some((part) => NOTES.some(({ begins }) => begins.test(halfWidth(part))));
  const name = (isNote ? before : word).trim();
  if (name === '') return { ok: false, reason: 'licence-form', detail: `缺少许可证名称：${FORM}` };
  return isNote
    ? readNote(name, parts)
    : { ok: true, value: { name: oneLine(name), validThrough: WITHOUT_END } };
}

/** What a part of the brackets may be, by how it begins; the rest of it is the value. */
const NOTES: readonly {
  readonly begins: RegExp;
  readonly member: string;
  readonly read: (rest: string) => Reading;
}[] = [
  {
    begins: /^(?:许可证)?(?:编号|证号|号码|No\.?)[:\s]*/i,
    member: 'number',
    read: (rest) => given(halfWidth(rest).replaceAll(/\s/g, ''), '编号'),
  },
  {
    begins: /^(?:许可)?(?:批准|发证)(?:日期|于)[:\s]*/,
    member: 'approvedOn',
    read: (rest) => readDate(halfWidth(rest)),
  },
  { begins: /^(?:许可)?发证(?:机关|部门)[:\s]*/, member: 'issuer', read: (rest) => given(rest, '发证机关') },
  { begins: /^检查机关[:\s]*/, member: 'inspectedBy', read: (rest) => given(rest, '检查机关') },
  {
    begins: /^(?:(?:有效期)?(?:截)?至|有效期)[:\s]*|^(?=\d{4}|长期|永久|无期限)/,
    member: 'validThrough',
    read: (rest) => readValidity(halfWidth(rest)),
  },
];

function readNote(name: string, parts: readonly string[]): Reading {
  const value: Record<string, unknown> = { name: oneLine(name), validThrough: WITHOUT_END };
  for (const part of parts) {
    const note = NOTES.find(({ begins }) => begins.test(halfWidth(part)));
    if (note === undefined) {
      return { ok: false, reason: 'licence-form', detail: `看不出“${part}”是什么：${FORM}` };
    }
    // Full-width signs have one half-width twin each, so the label is as long in either form.
    const label = note.begins.exec(halfWidth(part))?.[0] ?? '';
    const reading = note.read(part.slice(label.length).trim());
    if (!reading.ok) return reading;
    value[note.member] = reading.value;
  }
  return { ok: true, value };
}

function given(text: string, what: string): Reading {
  return text === ''
    ? { ok: false, reason: 'licence-form', detail: `缺少${what}：${FORM}` }
    : { ok: true, value: oneLine(text) };
}

function oneLine(name: string): string {
  return name.replaceAll(/\s+/g, ' ');
}

/** What stands before the brackets that a word ends in, and in them; without such brackets all of it is before. */
function lastBrackets(word: string): { readonly before: string; readonly note: string } {
  let depth = 0;
  for (let at = word.length - 1; at >= 0; at -= 1) {
    if ('）)'.includes(word.charAt(at))) depth += 1;
    else if (depth === 0) break;
    if ('（('.includes(word.charAt(at))) depth -= 1;
    if (depth === 0) return { before: word.slice(0, at), note: word.slice(at + 1, -1) };
  }
  return { before: word, note: '' };
}

/** The words between separators that stand in no brackets; `undefined` when brackets are left open or closed twice. */
function splitOutsideBrackets(text: string, separator: RegExp): string[] | undefined {
  const words: string[] = [];
  let word = '';
  let depth = 0;
  for (const character of text) {
    if ('（('.includes(character)) depth += 1;
    if ('）)'.includes(character)) depth -= 1;
    if (depth < 0) return undefined;
    if (depth === 0 && separator.test(character)) {
      words.push(word);
      word = '';
    } else {
      word += character;
    }
  }
  words.push(word);
  return depth === 0 ? words.map((one) => one.trim()).filter((one) => one !== '') : undefined;
}
