import { cleanCell, halfWidth, readRatio, type Reader, type Reading } from '#domain/library/reading.ts';
import { type Writer, writeRatio } from '#domain/library/writing.ts';
import { WantedBeacon } from '#domain/draw/beacon-plan.ts';
import { ClassQuota } from '#domain/item/item.ts';
import { Policy } from './policy.ts';

/**
 * The cells of a policy's row that no library has: each is written as people say it and read as the same value again, so
 * that a file that was exported changes nothing.
 */

function read(value: unknown): Reading {
  return { ok: true, value };
}

function fault(reason: string, detail: string): Reading {
  return { ok: false, reason, detail };
}

/** A text exactly as it stands: a condition's blanks and line breaks are part of it. */
export const readVerbatim: Reader = read;

export const readPolicyId: Reader = (text) =>
  Policy.shape.id.safeParse(text).success
    ? read(text)
    : fault('id-form', '规则编号为 2 至 64 个小写字母、数字和连字符，以字母开头，如 complaint-fuel');

/** A whole number without a sign; whether it is within bounds is the schema's to say. */
export const readNumber: Reader = (text) => {
  const digits = halfWidth(text).replaceAll(/\s/g, '');
  return /^\d{1,9}$/.test(digits) ? read(Number(digits)) : fault('number-form', '应为整数，如 30');
};

export const writeNumber: Writer = (value) => (typeof value === 'number' ? String(value) : '');

/** One of a few numbers of digits, each of which has a name. */
export function readDigits(names: Readonly<Record<number, string>>): Reader {
  const allowed = Object.entries(names).map(([digits, name]) => `${digits}（${name}）`);
  return (text) => {
    const digits = halfWidth(text).replaceAll(/\s/g, '');
    return Object.hasOwn(names, digits)
      ? read(Number(digits))
      : fault('digits-form', `应为 ${allowed.join('、')}`);
  };
}

/** 不限 and the like leave a dimension of the criteria open, as a blank cell does. */
function isOpen(text: string): boolean {
  return ['全部', '所有', '不限', '不限制'].includes(text.trim());
}

/** Several values with 、 or another separator between them, in their order; the words for "all" read as none. */
export function readSeveral(one: Reader): Reader {
  return (text) => {
    if (isOpen(text)) return read(undefined);
    const values: unknown[] = [];
    for (const part of text.split(/[;；、,，|\n]+/)) {
      const word = cleanCell(part);
      if (word === '') continue;
      const reading = one(word);
      if (!reading.ok) return { ...reading, detail: `“${word}”${reading.detail}` };
      values.push(reading.value);
    }
    return read(values);
  };
}

/** What stands for `from-trigger`: the cohort that the report names. */
const FROM_TRIGGER = '按触发信息';

/** Prefixes of a code, or 按触发信息. */
export function readCohort(one: Reader): Reader {
  const several = readSeveral(one);
  return (text) => (text === FROM_TRIGGER ? read('from-trigger') : several(text));
}

export const writeCohort: Writer = (value) => {
  if (value === 'from-trigger') return FROM_TRIGGER;
  return Array.isArray(value) ? value.map(String).join('、') : '';
};

const CLASSES = ['A', 'B', 'C', 'D'] as const;
const QUOTA_FORM = '抽查数量应写成“比例 A 1%，B 3%，C 10%，D 100%”，或“数量 6，权重 A 1，B 1，C 4，D 8”';

/** A quota by shares or by a number with weights; a blank cell leaves it to the items. */
export const readQuota: Reader = (text) => {
  const plain = halfWidth(text).toUpperCase().replaceAll(/\s/g, '');
  if (plain.endsWith('%')) {
    const shares = readRatio(plain.replace(/^比例[:,]?/, ''));
    return shares.ok ? read({ mode: 'ratio', basisPoints: shares.value }) : shares;
  }
  const found = /^数量[:,]?(\d{1,6})[;、,|]?权重[:,]?(.+)$/.exec(plain);
  if (found === null) return fault('quota-form', QUOTA_FORM);
  const weights = new Map<string, number>();
  const rest = (found[2] ?? '').replaceAll(
    /([ABCD])[类级]?[:=]?(\d{1,4})(?!\d)/g,
    (_, letter: string, weight: string) => {
      weights.set(letter, Number(weight));
      return '';
    },
  );
  return weights.size === CLASSES.length && /^[;、,|]*$/.test(rest)
    ? read({ mode: 'count', count: Number(found[1]), weights: Object.fromEntries(weights) })
    : fault('quota-form', QUOTA_FORM);
};

export const writeQuota: Writer = (value) => {
  const quota = ClassQuota.safeParse(value);
  if (!quota.success) return '';
  if (quota.data.mode === 'ratio') return `比例 ${writeRatio(quota.data.basisPoints)}`;
  const { count, weights } = quota.data;
  return `数量 ${count}，权重 ${CLASSES.map((letter) => `${letter} ${weights[letter]}`).join('，')}`;
};

const WEEKDAYS = '一二三四五六日';
const BEACON_FORM =
  '随机源应为“drand”、“密封”，或“公布：周二、周四、周日 21:15 中国福利彩票双色球开奖号码”（星期、时间、来源）';

/** Where the randomness comes from. The announced source comes last, since its words may be any. */
export const readBeacon: Reader = (text) => {
  if (/^drand$/i.test(halfWidth(text))) return read({ kind: 'drand' });
  if (['密封', '封存'].includes(text)) return read({ kind: 'sealed' });
  const found =
    /^公布[:：]\s*((?:(?:周|星期)[一二三四五六日天][、，,\s]*)+)(\d{1,2})[:：](\d{2})\s+(\S.*)$/su.exec(text);
  if (found === null) return fault('beacon-form', BEACON_FORM);
  const [, days = '', hours = '', minutes = '', source = ''] = found;
  const weekdays = [...days.matchAll(/[一二三四五六日天]/g)].map(
    ([day]) => WEEKDAYS.indexOf(day === '天' ? '日' : day) + 1,
  );
  const beacon = WantedBeacon.safeParse({
    kind: 'announced',
    source,
    weekdays,
    time: `${hours.padStart(2, '0')}:${minutes}`,
  });
  return beacon.success ? read(beacon.data) : fault('beacon-form', BEACON_FORM);
};

export const writeBeacon: Writer = (value) => {
  const beacon = WantedBeacon.safeParse(value);
  if (!beacon.success) return '';
  switch (beacon.data.kind) {
    case 'drand':
      return 'drand';
    case 'sealed':
      return '密封';
    case 'announced': {
      const { weekdays, time, source } = beacon.data;
      return `公布：${weekdays.map((day) => `周${WEEKDAYS[day - 1] ?? ''}`).join('、')} ${time} ${source}`;
    }
  }
};
