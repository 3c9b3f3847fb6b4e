import * as z from 'zod';
import type { Publication } from '#domain/inspection/publication.ts';
import { ResultCode } from '#domain/inspection/record.ts';
import { CalendarDate, endOfDay, Instant, startOfDay } from '#domain/time/time.ts';
import { hasWords, pairsOfName, pairsOfWord } from './words.ts';

/** What is told of a public record in every list that it is found by: all that a search and a feed ask. */
export const Summary = z.object({
  id: z.string(),
  version: z.int().positive(),
  subjectId: z.string(),
  subjectName: z.string(),
  /** Of the subject when it was inspected; empty where it is not known. */
  territory: z.string(),
  units: z.array(z.string()),
  /** Codes. */
  items: z.array(z.string()),
  results: z.array(ResultCode),
  inspectedOn: CalendarDate,
  publishedAt: Instant,
  onTime: z.boolean(),
  /** Of the version that stands; absent on the first. */
  correctedAt: Instant.optional(),
});
export type Summary = z.infer<typeof Summary>;

export function summaryOf(publication: Publication, territory: string): Summary {
  const { id, version, subjectId, subjectName, units, items, results } = publication;
  const { inspectedOn, publishedAt, onTime, corrected } = publication;
  return {
    id,
    version,
    subjectId,
    subjectName,
    territory,
    units,
    items: items.map(({ code }) => code),
    results: results.map(({ code }) => code),
    inspectedOn,
    publishedAt,
    onTime,
    ...(corrected === undefined ? {} : { correctedAt: corrected.at }),
  };
}

/** What a reader looks for; all of it has to be so. */
export interface Filter {
  /** Each stands somewhere in the subject's name; as `wordsIn` gives them. */
  readonly words: readonly string[];
  /** The subject's whole code. */
  readonly code?: string | undefined;
  readonly unit?: string | undefined;
  /** A county, town or village, by 6, 9 or 12 digits. */
  readonly territory?: string | undefined;
  readonly item?: string | undefined;
  readonly result?: ResultCode | undefined;
  /** Whether it was published within the statutory days (article 14). */
  readonly timing?: 'on-time' | 'late' | undefined;
  /** First and last day of publication in Asia/Shanghai. */
  readonly from?: CalendarDate | undefined;
  readonly through?: CalendarDate | undefined;
}

/** Whether a record is what is looked for. */
export function takes(filter: Filter, summary: Summary): boolean {
  const { code, unit, territory = '', item, result, timing, from, through } = filter;
  return (
    (code === undefined || summary.subjectId === code) &&
    (unit === undefined || summary.units.includes(unit)) &&
    summary.territory.startsWith(territory) &&
    (item === undefined || summary.items.includes(item)) &&
    (result === undefined || summary.results.includes(result)) &&
    (timing === undefined || summary.onTime === (timing === 'on-time')) &&
    (from === undefined || summary.publishedAt >= startOfDay(from)) &&
    (through === undefined || summary.publishedAt <= endOfDay(through)) &&
    hasWords(summary.subjectName, filter.words)
  );
}

/** Whether anything is looked for at all. */
export function isOpen({ words, ...others }: Filter): boolean {
  return words.length === 0 && Object.values(others).every((value) => value === undefined);
}

/** Digits of a county and of a town. */
const COUNTY = 6;
const TOWN = 9;
/** Most results are 1 未发现问题: a list of those would be the list of everything. */
const COMMON_RESULT: ResultCode = 1;
/** With the pairs of a name at most 59 lists, so that a correction that changes name and results stays below 100 items. */
const MAX_ITEMS = 12;
const MAX_UNITS = 4;

const listed = {
  code: (code: string) => `CODE#${code}`,
  late: 'LATE',
  name: (pair: string) => `NAME#${pair}`,
  item: (code: string) => `ITEM#${code}`,
  territory: (digits: string) => `AT#${digits}`,
  result: (code: ResultCode) => `RESULT#${code}`,
  unit: (unit: string) => `UNIT#${unit}`,
} as const;

/** The lists that a record stands in. */
export function listsOf(summary: Summary): string[] {
  const { subjectId, subjectName, onTime, territory, items, units, results } = summary;
  return [
    listed.code(subjectId),
    ...(onTime ? [] : [listed.late]),
    ...[COUNTY, TOWN]
      .filter((digits) => territory.length >= digits)
      .map((digits) => listed.territory(territory.slice(0, digits))),
    ...units.slice(0, MAX_UNITS).map(listed.unit),
    ...items.slice(0, MAX_ITEMS).map(listed.item),
    ...results.filter((code) => code !== COMMON_RESULT).map(listed.result),
    ...pairsOfName(subjectName).map(listed.name),
  ];
}

/**
 * Lists each of which holds everything that the filter takes, those that look shortest first; none when only the whole list
 * does. Of a name's pairs the middle comes first: names begin with a place and end with a trade.
 */
export function listsFor({ code, timing, words, item, territory, result, unit }: Filter): string[] {
  const pairs = [...new Set(words.flatMap(pairsOfWord))];
  const middle = Math.floor(pairs.length / 2);
  return [
    ...(code === undefined ? [] : [listed.code(code)]),
    ...(timing === 'late' ? [listed.late] : []),
    ...[...pairs.slice(middle), ...pairs.slice(0, middle)].map(listed.name),
    ...(item === undefined ? [] : [listed.item(item)]),
    ...(territory === undefined
      ? []
      : [listed.territory(territory.slice(0, territory.length < TOWN ? COUNTY : TOWN))]),
    ...(result === undefined || result === COMMON_RESULT ? [] : [listed.result(result)]),
    ...(unit === undefined ? [] : [listed.unit(unit)]),
  ];
}
