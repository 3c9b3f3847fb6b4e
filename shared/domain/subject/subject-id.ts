import * as z from 'zod';

/** The 31 characters of GB 32100-2015 table 1, in order of their values: no I, O, S, V, Z, which read like 1, 0, 5, U, 2. */
const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** GB 11714-1997 annex A: digits and capital letters by value 0 to 35. */
const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;

/** Why a text is no subject id. */
export type SubjectIdReason =
  | 'id-empty'
  | 'id-mangled'
  | 'id-length'
  | 'id-characters'
  | 'id-division'
  | 'id-check-character';

export interface SubjectIdFault {
  readonly reason: SubjectIdReason;
  /** A sentence for the person who typed it, in Chinese. */
  readonly detail: string;
}

/**
 * A subject's id: the 18-character unified social credit code (统一社会信用代码, GB 32100-2015) or, for those
 * who never got one, the 15-digit registration number (注册号, GS 15-2006). In capitals, without spaces.
 */
export const SubjectId = z
  .string()
  .superRefine((text, context) => {
    const fault = subjectIdFault(text);
    if (fault !== undefined)
      context.addIssue({ code: 'custom', message: fault.detail, params: { reason: fault.reason } });
  })
  .brand<'SubjectId'>();
export type SubjectId = z.infer<typeof SubjectId>;

/**
 * What is wrong with a text as subject id, `undefined` when nothing is. The organisation code's own check
 * character (positions 9 to 17) is not held against it: codes of the early trial districts break it and are in force.
 */
export function subjectIdFault(text: string): SubjectIdFault | undefined {
  if (text === '') return { reason: 'id-empty', detail: '代码为空' };
  if (looksMangled(text)) {
    return {
      reason: 'id-mangled',
      detail: `“${text}”是被表格软件改成数值后的代码，原代码已丢失：请把该列设为“文本”格式后重新填写`,
    };
  }
  if (text.length === 18) return creditCodeFault(text);
  if (text.length === 15) return registrationNumberFault(text);
  return { reason: 'id-length', detail: `应为 18 位统一社会信用代码或 15 位注册号，现为 ${text.length} 位` };
}

/**
 * The 18th character of a unified social credit code (GB 32100-2015: weights 3^(i−1) mod 31).
 * @param first17 17 characters of the standard's alphabet
 * @throws RangeError for anything else
 */
export function creditCodeCheckCharacter(first17: string): string {
  if (first17.length !== 17) throw new RangeError(`17 characters are needed, not ${first17.length}`);
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    const value = CREDIT_ALPHABET.indexOf(character);
    if (value < 0) throw new RangeError(`${character} is not in the alphabet of GB 32100`);
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return CREDIT_ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/**
 * The ninth character of an organisation code (组织机构代码, GB 11714-1997: weights 3 7 9 10 5 8 4 2, mod 11).
 * @param first8 8 digits or capital letters
 * @throws RangeError for anything else
 */
export function organisationCodeCheckCharacter(first8: string): string {
  if (!/^[0-9A-Z]{8}$/.test(first8)) throw new RangeError(`${first8} is not 8 digits or capital letters`);
  const sum = ORGANISATION_WEIGHTS.reduce(
    (total, weight, index) => total + weight * ORGANISATION_ALPHABET.indexOf(first8.charAt(index)),
    0,
  );
  return '0X987654321'.charAt(sum % 11);
}

/**
 * The 15th digit of a registration number (GS 15-2006, ISO 7064 MOD 11,10). The same rule for any number of digits.
 * @param digits the digits before it
 * @throws RangeError when there is anything but digits
 */
export function registrationNumberCheckDigit(digits: string): string {
  if (!/^\d+$/.test(digits)) throw new RangeError(`${digits} is not digits`);
  let product = 10;
  for (const digit of digits) product = (((product + Number(digit)) % 10 || 10) * 2) % 11;
  return String((11 - product) % 10);
}

/**
 * 18 digits became a number of 15 significant digits in the spreadsheet: `9.14104E+17`, or `914103810000000000`
 * once somebody has set the column back to text.
 */
function looksMangled(text: string): boolean {
  return (
    /^\d(\.\d+)?E\+?\d+$/i.test(text) || (/^\d{15}000$/.test(text) && creditCodeFault(text) !== undefined)
  );
}

function creditCodeFault(text: string): SubjectIdFault | undefined {
  const strange = Array.from(text).findIndex((character) => !CREDIT_ALPHABET.includes(character));
  if (strange >= 0) {
    return {
      reason: 'id-characters',
      detail: `第 ${strange + 1} 位“${Array.from(text)[strange] ?? ''}”不是代码字符：应为数字或大写字母（不用 I、O、S、V、Z）`,
    };
  }
  if (!/^\d{6}$/.test(text.slice(2, 8))) {
    return {
      reason: 'id-division',
      detail: `第 3 至 8 位“${text.slice(2, 8)}”应为登记管理机关行政区划码（6 位数字）`,
    };
  }
  return checkFault(text, creditCodeCheckCharacter(text.slice(0, 17)));
}

function registrationNumberFault(text: string): SubjectIdFault | undefined {
  if (!/^\d{15}$/.test(text)) return { reason: 'id-characters', detail: '15 位注册号应全部为数字' };
  return checkFault(text, registrationNumberCheckDigit(text.slice(0, 14)));
}

/** The sentence does not give the right character: people would "repair" a code that has a typing error elsewhere. */
function checkFault(text: string, expected: string): SubjectIdFault | undefined {
  if (text.endsWith(expected)) return undefined;
  return { reason: 'id-check-character', detail: `校验码不符：代码“${text}”中有错字，请对照营业执照核对` };
}
