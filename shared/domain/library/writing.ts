import { WITHOUT_END } from '#domain/inspector/inspector.ts';

/**
 * The text of a cell for a value, such that the column's reader makes the same value of it again: what is exported can be
 * corrected and imported. A value that is absent is a blank cell.
 */
export type Writer = (value: unknown) => string;

/** Texts, codes and days stand as they are. */
export const writeText: Writer = (value) => (typeof value === 'string' ? value : '');

/** A last day, 长期有效 when there is none. */
export const writeValidity: Writer = (value) => (value === WITHOUT_END ? '长期有效' : writeText(value));

/** Words with 、 between them. */
export const writeList: Writer = (value) => (Array.isArray(value) ? value.map(String).join('、') : '');

/** 是 or 否. */
export const writeYesNo: Writer = (value) => {
  if (typeof value !== 'boolean') return '';
  return value ? '是' : '否';
};

/** The Chinese label of a word of a fixed list. */
export function writeLabel(labels: Readonly<Record<string, string>>): Writer {
  return (value) => (typeof value === 'string' ? (labels[value] ?? value) : '');
}

/** The Chinese labels of several words. */
export function writeLabels(labels: Readonly<Record<string, string>>): Writer {
  const one = writeLabel(labels);
  return (value) => (Array.isArray(value) ? value.map(one).join('、') : '');
}

/** Shares by class, from basis points: `A 1%，B 3%，C 10%，D 100%`. */
export const writeRatio: Writer = (value) =>
  ['A', 'B', 'C', 'D'].map((letter) => `${letter} ${percent(memberOf(value, letter))}`).join('，');

/** {maxTimes: 1, perMonths: 24} as 同一单位每2年不超过1次. */
export const writeFrequency: Writer = (value) => {
  const months = memberOf(value, 'perMonths');
  if (typeof months !== 'number') return '';
  const period = months % 12 === 0 ? `${months / 12}年` : `${months}个月`;
  return `同一单位每${period}不超过${String(memberOf(value, 'maxTimes'))}次`;
};

/** {everyMonths: 24} as 每2年1次. */
export const writeStatutory: Writer = (value) => {
  const months = memberOf(value, 'everyMonths');
  if (typeof months !== 'number') return '';
  return months % 12 === 0 ? `每${months / 12}年1次` : `每${months}个月1次`;
};

/** Days of leave: `2026-03-02至2026-03-06；2026-04-01至2026-04-01`. */
export const writeLeave: Writer = (value) =>
  Array.isArray(value)
    ? value
        .map((leave) => `${String(memberOf(leave, 'from'))}至${String(memberOf(leave, 'through'))}`)
        .join('；')
    : '';

/** A member of a value by its path: `ratio`, `certificates.0.validThrough`; undefined when there is none. */
export function memberOf(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
      value,
    );
}

/** Digit by digit, as it is read: 2,999 basis points are 29.99%. */
function percent(basisPoints: unknown): string {
  const digits = String(basisPoints).padStart(3, '0');
  const hundredths = digits.slice(-2).replace(/0+$/, '');
  return `${digits.slice(0, -2)}${hundredths === '' ? '' : `.${hundredths}`}%`;
}
