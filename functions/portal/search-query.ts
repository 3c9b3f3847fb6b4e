import * as z from 'zod';
import { ResultCode } from '#domain/inspection/record.ts';
import type { Filter } from '#domain/publication/search.ts';
import { wordsIn } from '#domain/publication/words.ts';
import { Territory } from '#domain/subject/subject.ts';
import { addDays, addMonths, CalendarDate, Instant } from '#domain/time/time.ts';
import type { Place } from '#store/finding.ts';

/** The fields of the search, by the names that they have in the address. */
const SEARCH_FIELDS = [
  'q',
  'code',
  'unit',
  'territory',
  'item',
  'result',
  'from',
  'through',
  'timing',
] as const;
export type SearchField = (typeof SEARCH_FIELDS)[number];

/** A form sends every field; one that is blank asks for nothing. */
function field<T extends z.ZodType<unknown, string | undefined>>(schema: T) {
  return z
    .string()
    .trim()
    .max(100, '最多 100 个字符 at most 100 characters')
    .transform((text) => (text === '' ? undefined : text))
    .pipe(schema.optional())
    .optional();
}

const text = field(z.string());

/** Two characters at least: of one there is no list, and half of all names have it. */
const Words = z
  .string()
  .optional()
  .transform((typed = '') => wordsIn(typed))
  .refine((words) => words.every((word) => Array.from(word).length >= 2), {
    error: '每个词至少两个字 each word needs two characters at least',
  })
  .refine((words) => words.length <= 5, { error: '最多五个词 at most five words' });

const Day = z
  .string()
  .regex(
    /^(19|20|21)\d{2}(-(0[1-9]|1[0-2])(-\d{2})?)?$/,
    '年、月或日，如 2026、2026-03、2026-03-02 a year, month or day, e.g. 2026, 2026-03 or 2026-03-02',
  );

/** A year or month begins with its first day and ends with its last. */
const FirstDay = Day.transform((typed) => typed + '-01-01'.slice(typed.length - 4)).pipe(CalendarDate);
const LastDay = Day.transform((typed) => ({ first: typed + '-01-01'.slice(typed.length - 4), typed }))
  .pipe(z.object({ first: CalendarDate, typed: z.string() }))
  .transform(({ first, typed }) => {
    const months = { 4: 12, 7: 1 }[typed.length];
    return months === undefined ? first : addDays(addMonths(first, months), -1);
  });

/** What a reader may look for among published results (article 14). */
export const SearchQuery = z
  .object({
    q: z.string().max(100, '最多 100 个字符 at most 100 characters').optional().pipe(Words),
    code: field(z.string().transform((code) => code.toUpperCase())),
    unit: text,
    territory: field(Territory),
    item: text,
    result: field(
      z
        .string()
        .regex(/^([1-9]|1[0-2])$/, '检查结果代码 1 至 12 a result code from 1 to 12')
        .transform(Number)
        .pipe(ResultCode),
    ),
    timing: field(z.enum(['on-time', 'late'], 'on-time 按期，late 逾期')),
    from: field(FirstDay),
    through: field(LastDay),
  })
  .transform(({ q, ...others }): Filter => ({ words: q, ...others }))
  .refine(({ from, through }) => from === undefined || through === undefined || from <= through, {
    path: ['through'],
    error: '不得早于起始日期 must not be before the first day',
  });

/** Where the next page begins: the last place that was looked at, by its time and id; the same in every list. */
export const PlaceQuery = z.object({
  after: z
    .string()
    .regex(
      /^[^_]+_I-[0-9a-f]{24}$/,
      '本列表给出的位置 a position that this list gave, e.g. 2026-03-02T01:30:00.000Z_I-…',
    )
    .transform((given) => given.split('_'))
    .pipe(z.tuple([Instant, z.string()]))
    .transform(([at, id]): Place => ({ at, id }))
    .optional(),
});

/** An address of the same search, from a place on. */
export function searchPath(
  path: string,
  typed: Readonly<Record<string, string>>,
  { next, ...others }: { readonly next?: Place | undefined; readonly format?: string } = {},
): string {
  const parameters = new URLSearchParams([
    ...SEARCH_FIELDS.flatMap((name) => {
      const value = typed[name]?.trim() ?? '';
      return value === '' ? [] : [[name, value]];
    }),
    ...Object.entries(others),
    ...(next === undefined ? [] : [['after', `${next.at}_${next.id}`]]),
  ]).toString();
  return parameters === '' ? path : `${path}?${parameters}`;
}
