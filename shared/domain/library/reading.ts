import { WITHOUT_END } from '#domain/inspector/inspector.ts';
import { industrySection } from '#domain/subject/subject.ts';
import { subjectIdFault } from '#domain/subject/subject-id.ts';
import { addDays, CalendarDate } from '#domain/time/time.ts';

/** What a cell says, or why it can't be read: a reason in kebab-case and a sentence in Chinese for the person who corrects it. */
export type Reading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string; readonly detail: string };

export type Reader = (text: string) => Reading;

const DATE_HINT = '请写成 2026-03-02 的形式';

/**
 * A cell's text without what spreadsheets and old systems put around it: blanks of any width, zero-width marks,
 * the tab, apostrophe or `="…"` that keep a long number as text.
 */
export function cleanCell(cell: string): string {
  const bare = cell.replaceAll(/[\u200B-\u200D\u2060\uFEFF]/g, '').trim();
  const formula = /^="(.*)"$/su.exec(bare);
  return (formula?.[1] ?? bare).replace(/^'/, '').trim();
}

/** Full-width letters, digits, signs and blanks (as a Chinese input method types them) as their half-width twins. */
export function halfWidth(text: string): string {
  return text
    .replaceAll(/[！-～]/g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0xfee0))
    .replaceAll('\u3000', ' ');
}

/** A name or a short text: on one line, its characters left as they are (a name's full-width brackets belong to it). */
export function readText(text: string): Reading {
  return read(text.replaceAll(/\s+/g, ' '));
}

/** A long text with its line breaks. */
export function readParagraph(text: string): Reading {
  return read(text.replaceAll('\r\n', '\n'));
}

/** A code, number or phone: half-width, without blanks inside. */
export function readCode(text: string): Reading {
  const code = halfWidth(text).replaceAll(/\s/g, '');
  if (/^\d(\.\d+)?E\+\d+$/i.test(code)) {
    return refuse(
      'code-mangled',
      '号码被表格软件改成了科学计数法，原号码已丢失：请把该列设为“文本”格式后重新填写',
    );
  }
  return read(code);
}

/** A code in capitals. */
export function readCapitals(text: string): Reading {
  const code = readCode(text);
  return code.ok && typeof code.value === 'string' ? read(code.value.toUpperCase()) : code;
}

/** A unified social credit code or registration number. */
export function readSubjectId(text: string): Reading {
  const id = halfWidth(text).replaceAll(/\s/g, '').toUpperCase();
  const fault = subjectIdFault(id);
  return fault === undefined ? read(id) : { ok: false, ...fault };
}

/**
 * A day of Asia/Shanghai: `2026-03-02`, `2026/3/2`, `2026.3.2`, `2026年3月2日`, `20260302`, each with or without a
 * time of day, or the serial number that a spreadsheet keeps (46083; day 1 is 1900-01-01, with its leap-year error of 1900).
 */
export function readDate(text: string): Reading {
  const day = halfWidth(text);
  const parts =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?([ T]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?$/.exec(day) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(day);
  if (parts !== null) return dateOfParts(parts[1] ?? '', parts[2] ?? '', parts[3] ?? '');
  if (/^\d{1,7}(\.\d+)?$/.test(day)) return dateOfSerial(Math.floor(Number(day)));
  if (/^\d{1,2}[-/.]\d{1,2}[-/.](\d{2}|\d{4})$/.test(day)) {
    return refuse('date-ambiguous', `看不出年、月、日的先后：${DATE_HINT}`);
  }
  return refuse('date-form', `不是日期：${DATE_HINT}`);
}

/** The last day of a validity: a date, or 长期有效 in words or as one of the days that stand for it. */
export function readValidity(text: string): Reading {
  if (/^(长期|长期有效|永久|永久有效|无期限)$/.test(text)) return read(WITHOUT_END);
  const date = readDate(text);
  return date.ok && date.value === '9999-12-31' ? read(WITHOUT_END) : date;
}

/** Words separated by `;`, `、`, `,`, `|` or line breaks, each once, in the order given. */
export function readList(text: string): Reading {
  return read(splitList(text));
}

/** A word of a fixed list, by its Chinese label or another name that registers use for it. */
export function readLabel<Key extends string>(
  labels: Readonly<Record<Key, string>>,
  otherNames?: Readonly<Partial<Record<Key, readonly string[]>>>,
): Reader {
  const keys = keysByLabel(labels, otherNames);
  const allowed = Object.values(labels).join('、');
  return (text) => {
    const key = keys.get(labelForm(text));
    return key === undefined ? refuse('label-unknown', `应为：${allowed}`) : read(key);
  };
}

/** Several words of a fixed list; 全部, 所有 and 不限 read as the empty list, which leaves the matter open. */
export function readLabels<Key extends string>(
  labels: Readonly<Record<Key, string>>,
  otherNames?: Readonly<Partial<Record<Key, readonly string[]>>>,
): Reader {
  const one = readLabel(labels, otherNames);
  return (text) => (isOpen(text) ? read([]) : readEach(splitList(text), one));
}

/** An industry code of GB/T 4754, with or without its section's letter and with or without its name after it. */
export function readIndustry(text: string): Reading {
  const found = /^([A-T]?)(\d{0,4})(?:[^0-9A-Z].*)?$/s.exec(halfWidth(text).toUpperCase());
  const [, letter = '', digits = ''] = found ?? [];
  if (letter + digits === '')
    return refuse('industry-form', '应为国民经济行业代码（GB/T 4754），如 C13、F5211');
  if (letter !== '') return read(letter + digits);
  const section = industrySection(digits);
  return section === undefined || digits.length < 2
    ? refuse('industry-form', `没有大类 ${digits.slice(0, 2)}（GB/T 4754-2017）`)
    : read(section + digits);
}

/** Several industry codes; 全部, 所有 and 不限 read as the empty list. */
export function readIndustries(text: string): Reading {
  return isOpen(text) ? read([]) : readEach(splitList(text), readIndustry);
}

/** 是 or 否, or the signs that people use for them. */
export function readYesNo(text: string): Reading {
  const word = halfWidth(text).toUpperCase();
  if (['是', 'Y', 'YES', '1', '√', '有'].includes(word)) return read(true);
  if (['否', 'N', 'NO', '0', '×', '无'].includes(word)) return read(false);
  return refuse('yes-no', '应为“是”或“否”');
}

/**
 * Shares by credit-risk class (`A 1%，B 3%，C 10%，D 100%`) or one share for all (`5%`), as basis points.
 * Read digit by digit: 0.29 × 10,000 is 28.999… in floating point.
 */
export function readRatio(text: string): Reading {
  const plain = halfWidth(text).toUpperCase().replaceAll(/\s/g, '');
  const single = /^(\d{1,3})(?:\.(\d{1,2}))?%$/.exec(plain);
  if (single !== null) {
    const share = basisPoints(single[1] ?? '', single[2]);
    return withinWhole({ A: share, B: share, C: share, D: share });
  }
  const shares = new Map<string, number>();
  const rest = plain.replaceAll(
    /([ABCD])[类级]?[:=]?(\d{1,3})(?:\.(\d{1,2}))?%/g,
    (_, letter: string, whole: string, hundredths?: string) => {
      shares.set(letter, basisPoints(whole, hundredths));
      return '';
    },
  );
  if (shares.size !== 4 || /[^;、,|]/.test(rest)) {
    return refuse('ratio-form', '抽查比例应写成“A 1%，B 3%，C 10%，D 100%”，或一个统一的比例如“5%”');
  }
  return withinWhole(Object.fromEntries(shares));
}

/** 每2年不超过1次 as {maxTimes: 1, perMonths: 24}; 不限 as no limit (`undefined`). */
export function readFrequency(text: string): Reading {
  const plain = halfWidth(text).replaceAll(/\s/g, '');
  if (isOpen(plain)) return read(undefined);
  const found =
    /^(?:同一(?:单位|对象|企业|主体))?每(\d{1,3}|[一二两三四五])?(年|半年|个?月|个?季度)(?:不超过|不多于|至多|最多)(\d{1,2}|[一二两三四五])次$/.exec(
      plain,
    );
  if (found === null) return refuse('frequency-form', '抽查频次应写成“同一单位每2年不超过1次”，或“不限”');
  const [, count = '1', period = '', times = ''] = found;
  return read({ maxTimes: numeral(times), perMonths: numeral(count) * monthsOf(period) });
}

/** 每2年1次 as {everyMonths: 24}, 每年2次 as {everyMonths: 6}; 无 as none (`undefined`). Times that don't divide the months are refused. */
export function readStatutory(text: string): Reading {
  const plain = halfWidth(text).replaceAll(/\s/g, '');
  if (isOpen(plain) || plain === '无') return read(undefined);
  const found =
    /^每(\d{1,3}|[一二两三四五])?(年|半年|个?月|个?季度)(?:(?:检查|抽查|至少|不少于)*(\d{1,2}|[一二两三四五])次)?$/.exec(
      plain,
    );
  const [, count = '1', period = '', times = '1'] = found ?? [];
  const months = (numeral(count) * monthsOf(period)) / numeral(times);
  return found !== null && Number.isInteger(months) && months > 0
    ? read({ everyMonths: months })
    : refuse('statutory-form', '法定检查周期应写成“每年1次”“每2年1次”，或“无”');
}

function read(value: unknown): Reading {
  return { ok: true, value };
}

function refuse(reason: string, detail: string): Reading {
  return { ok: false, reason, detail };
}

function dateOfParts(year: string, month: string, day: string): Reading {
  const date = CalendarDate.safeParse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  return date.success ? read(date.data) : refuse('date-impossible', `没有这一天：${DATE_HINT}`);
}

/** Serial numbers outside 1950 to 2099, except the end of 9999, are more likely a number in the wrong column. */
function dateOfSerial(serial: number): Reading {
  const plausible = (serial >= 18_264 && serial <= 73_050) || (serial >= 2_958_101 && serial <= 2_958_465);
  if (!plausible) return refuse('date-form', `不是日期：${DATE_HINT}`);
  return read(addDays(CalendarDate.parse('1899-12-30'), serial));
}

function splitList(text: string): string[] {
  const words = text
    .split(/[;；、,，|\n]+/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  return [...new Set(words)];
}

function readEach(words: readonly string[], reader: Reader): Reading {
  const values: unknown[] = [];
  for (const word of words) {
    const reading = reader(word);
    if (!reading.ok) return { ...reading, detail: `“${word}”${reading.detail}` };
    values.push(reading.value);
  }
  return read(values);
}

function isOpen(text: string): boolean {
  return ['全部', '所有', '不限', '不限制'].includes(text.trim());
}

function keysByLabel<Key extends string>(
  labels: Readonly<Record<Key, string>>,
  otherNames: Readonly<Partial<Record<Key, readonly string[]>>> | undefined,
): ReadonlyMap<string, string> {
  const others = Object.entries<readonly string[] | undefined>(otherNames ?? {}).flatMap(([key, names]) =>
    (names ?? []).map((name) => [labelForm(name), key] as const),
  );
  return new Map([
    ...others,
    ...Object.entries<string>(labels).map(([key, label]) => [labelForm(label), key] as const),
  ]);
}

function labelForm(text: string): string {
  return halfWidth(text).replaceAll(/\s/g, '').toUpperCase();
}

function basisPoints(whole: string, hundredths = ''): number {
  return Number(whole) * 100 + Number(hundredths.padEnd(2, '0'));
}

function withinWhole(shares: Readonly<Record<string, number>>): Reading {
  return Object.values(shares).every((share) => share <= 10_000)
    ? read(shares)
    : refuse('ratio-above-whole', '抽查比例不得超过 100%');
}

function numeral(text: string): number {
  const digit = new Map([
    ['一', 1],
    ['二', 2],
    ['两', 2],
    ['三', 3],
    ['四', 4],
    ['五', 5],
  ]).get(text);
  return digit ?? Number(text);
}

function monthsOf(period: string): number {
  if (period === '年') return 12;
  if (period === '半年') return 6;
  return period.endsWith('季度') ? 3 : 1;
}
