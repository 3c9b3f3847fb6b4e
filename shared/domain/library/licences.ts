import { WITHOUT_END } from '#domain/inspector/inspector.ts';
import { halfWidth, readValidity, type Reading } from '#domain/library/reading.ts';

const FORM = '许可证应写成“食品经营许可证（至2027-03-02）；成品油零售经营批准证书（长期）”';

/**
 * The licences of one cell: 成品油零售经营批准证书（至2027-03-02）；食品经营许可证（编号 JY001，长期）. The last brackets of
 * each may hold number and last day; without a day it is valid without end (长期有效). Other brackets belong to the name.
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

function readLicence(word: string): Reading {
  const [, before = word, note = ''] = /^(.*)[（(]([^（()）]*)[）)]$/su.exec(word) ?? [];
  const parts = note.split(/[,，;；、]/).map((part) => halfWidth(part).trim());
  const isNote = parts.some((part) => NUMBER.test(part) || VALIDITY.test(part));
  const name = (isNote ? before : word).trim();
  if (name === '') return { ok: false, reason: 'licence-form', detail: `缺少许可证名称：${FORM}` };
  return isNote
    ? readNote(name, parts)
    : { ok: true, value: { name: oneLine(name), validThrough: WITHOUT_END } };
}

/** What begins so is a number; the rest of the part is it. */
const NUMBER = /^(?:许可证)?(?:编号|证号|号码|No\.?)[:\s]*/i;
/** What begins so is a last day, or is meant to be one. */
const VALIDITY = /^(?:(?:有效期)?(?:截)?至|有效期)[:\s]*|^(?=\d{4}|长期|永久|无期限)/;

function readNote(name: string, parts: readonly string[]): Reading {
  let number: string | undefined;
  let validThrough: unknown = WITHOUT_END;
  for (const part of parts) {
    if (NUMBER.test(part)) {
      number = part.replace(NUMBER, '').replaceAll(/\s/g, '');
      if (number === '') return { ok: false, reason: 'licence-form', detail: `缺少编号：${FORM}` };
    } else if (VALIDITY.test(part)) {
      const validity = readValidity(part.replace(VALIDITY, '').trim());
      if (!validity.ok) return validity;
      validThrough = validity.value;
    } else {
      return { ok: false, reason: 'licence-form', detail: `看不出“${part}”是什么：${FORM}` };
    }
  }
  return {
    ok: true,
    value: { name: oneLine(name), ...(number === undefined ? {} : { number }), validThrough },
  };
}

function oneLine(name: string): string {
  return name.replaceAll(/\s+/g, ' ');
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
