import * as z from 'zod';
import { Draw } from '#domain/draw/draw.ts';
import { InclusionFile } from '#domain/draw/inclusion.ts';
import { Proof } from '#domain/draw/proof.ts';
import { Publication } from '#domain/inspection/publication.ts';
import { ResultCode } from '#domain/inspection/record.ts';
import { LedgerEntry } from '#domain/ledger/ledger.ts';
import { wordsIn } from '#domain/publication/words.ts';
import { Territory } from '#domain/subject/subject.ts';
import { addDays, addMonths, CalendarDate } from '#domain/time/time.ts';
import {
  DrawInList,
  LedgerPart,
  PublicDirectory,
  PublicDraw,
  PublicItems,
  PublicPlans,
  PublicResult,
  PublicStart,
} from '#contracts/open-data.ts';
import type { Operations } from './operation.ts';
import { placeOf } from './place.ts';

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

/** The fields of the search among published results (article 14). */
export const SearchFields = z.object({
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
});

/** Where the next page begins: the last place that was looked at, by its time and id; the same in every list. */
export const PlaceQuery = z.object({
  after: placeOf('I').optional(),
});

const ResultsQuery = SearchFields.extend(PlaceQuery.shape);

/** A page with `next` goes on there, also where it is not full: the search has read as much as one page may. */
const ResultsPage = z.strictObject({ results: z.array(Publication), next: z.string().optional() });

/** Where the next page begins; absent on the last. */
const next = z.string().optional();

/** Where the next page of draws begins: the last draw of this one, by its time and id. */
export const DrawListQuery = z.object({
  after: placeOf('D')
    .transform(({ at, id }) => ({ proposedAt: at, id }))
    .optional(),
});

export const PoolQuery = z.object({
  part: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, '部分的序号，从 1 起 the number of a part, from 1')
    .transform(Number)
    .default(1),
});

export const CodeQuery = z.object({
  code: z.string().max(64, '最多 64 个字符 at most 64 characters').default(''),
});

export const VersionQuery = z.object({ version: z.coerce.number().pipe(z.int().min(1)).optional() });

/** After which entry, from 0. */
export const LedgerQuery = z.object({ after: z.coerce.number().int().nonnegative().default(0) });

/** An entry's number and hash; 0 and 64 zeros before the first. */
const Link = z.strictObject({ seq: z.int().nonnegative(), hash: LedgerEntry.shape.hash });

/** What was found of a part of the chain. */
export const LedgerCheck = z.strictObject({
  /** The first entry that was asked for, and the last one that was verified: one less when there was none. */
  from: z.int(),
  to: z.int(),
  /** Whether every link in it holds. */
  whole: z.boolean(),
  /** The first link that does not hold. */
  broken: z.strictObject({ seq: z.int(), why: z.string() }).optional(),
  /** The link that the part hangs on, which is the `end` of the part before, and its own last one; absent for a broken part. */
  start: Link.optional(),
  end: Link.optional(),
  /** The newest entry of the chain. */
  head: Link,
  /** Where to go on; absent at the head, and where the chain is broken. */
  next: z.int().optional(),
});
export type LedgerCheck = z.infer<typeof LedgerCheck>;

/** The page of the description of the API: of one function's routes, or of what there is. */
export const ApiPageQuery = z.object({ tag: z.string().optional() });

const Format = { format: z.literal('json').optional() };

export const portalOperations = {
  'GET /public/inspections': {
    summary: ['查询检查结果公示', 'Published results, all or those that are looked for, newest first'],
    query: ResultsQuery,
    answers: { 200: { json: ResultsPage, media: ['text/html'] } },
  },
  'GET /public/inspections.json': {
    summary: ['检查结果公示（JSON）', 'The same as JSON'],
    query: ResultsQuery,
    answers: { 200: ResultsPage },
  },
  'GET /public/inspections.csv': {
    summary: ['检查结果公示（CSV）', 'The same as a file; a `link` header names where it goes on'],
    query: ResultsQuery,
    answers: { 200: ['text/csv'] },
  },
  'GET /public/inspections.atom': {
    summary: ['检查结果公示（Atom）', 'The feed of published results, by their last change'],
    query: ResultsQuery,
    answers: { 200: ['application/atom+xml'] },
  },
  'GET /public/inspections/{id}': {
    summary: ['一项检查结果', 'A published result in one of its versions, or that it was withdrawn'],
    query: VersionQuery,
    answers: { 200: { json: PublicResult, media: ['text/html'] } },
  },
  'GET /public/draws': {
    summary: ['抽取公示', 'Every draw from its commitment on, and every voided one, newest first'],
    query: DrawListQuery,
    answers: {
      200: {
        json: z.strictObject({ draws: z.array(DrawInList), next }),
        media: ['text/html'],
      },
    },
  },
  'GET /public/draws/{id}': {
    summary: ['一次抽取', 'One draw, its whole life as far as it went'],
    answers: { 200: { json: PublicDraw, media: ['text/html'] } },
  },
  'GET /public/draws/{id}/explanation': {
    summary: ['抽取说明', 'The proof in plain words'],
    answers: {
      200: {
        json: z.strictObject({
          id: Draw.shape.id,
          paragraphs: z.array(z.strictObject({ zh: z.string(), en: z.string() })),
        }),
        media: ['text/html'],
      },
    },
  },
  'GET /public/draws/{id}/proof': {
    summary: ['抽取证明', 'The proof file, byte for byte as it was hashed'],
    answers: { 200: Proof },
  },
  'GET /public/draws/{id}/pool': {
    summary: ['抽取名单', 'A part of the pool as it was frozen, one `id,stratum` a line'],
    query: PoolQuery,
    answers: { 200: ['text/plain'] },
  },
  'GET /public/draws/{id}/inclusion': {
    summary: ['查询是否在名单中', 'The answer to a code that a reader typed in'],
    query: CodeQuery,
    answers: { 200: ['text/html'] },
  },
  'GET /public/draws/{id}/inclusion/{subject}': {
    summary: ['在名单中的证明', "One object's line, place and path in the pool"],
    answers: { 200: InclusionFile },
  },
  'GET /public/verify': {
    summary: ['验证页面', 'The page that verifies a proof in the browser'],
    answers: { 200: ['text/html'] },
  },
  'GET /public/verify.js': {
    summary: ['验证脚本', 'The script of that page'],
    answers: { 200: ['text/javascript'] },
  },
  'GET /public/ledger': {
    summary: ['账本', 'Entries of the ledger, from the oldest on'],
    query: LedgerQuery,
    answers: { 200: { json: LedgerPart, media: ['text/html'] } },
  },
  'GET /public/ledger/check': {
    summary: ['核验账本的一段，每次至多 2000 条', 'Verifies a part of the ledger, at most 2,000 entries'],
    query: LedgerQuery,
    answers: { 200: LedgerCheck },
  },
  'GET /': { summary: ['转到公开信息首页', 'Leads to where the public begins'], answers: { 303: [] } },
  'GET /public': {
    summary: ['公开信息首页', 'Where the public begins'],
    query: z.object(Format),
    answers: { 200: { json: PublicStart, media: ['text/html'] } },
  },
  'GET /public/plans': {
    summary: ['抽查计划及其抽取', 'Plans with their draws'],
    query: z.object({ ...Format, after: z.string().optional() }),
    answers: { 200: { json: PublicPlans, media: ['text/html'] } },
  },
  'GET /public/items': {
    summary: ['抽查事项清单', 'List of check items'],
    query: z.object({ ...Format, after: z.string().optional() }),
    answers: { 200: { json: PublicItems, media: ['text/html'] } },
  },
  'GET /public/directory': {
    summary: ['执法检查人员名录库统计', 'The directory of inspectors in figures'],
    query: z.object(Format),
    answers: { 200: { json: PublicDirectory, media: ['text/html'] } },
  },
  'GET /public/schema.json': {
    summary: ['开放数据的 JSON Schema', 'JSON Schema of the open data'],
    answers: { 200: ['application/schema+json'] },
  },
  'GET /public/verifier.js': {
    summary: [
      '核验页面按下按钮后装载的程序',
      'The program that the verification page loads when its button is pressed',
    ],
    answers: { 200: ['text/javascript'] },
  },
  'GET /public/openapi.json': {
    summary: ['接口说明（OpenAPI 3.1）', 'This description of the API'],
    answers: { 200: z.looseObject({ openapi: z.literal('3.1.1') }) },
  },
  'GET /public/events.json': {
    summary: ['事件格式（JSON Schema）', 'The shapes of all events'],
    answers: { 200: ['application/schema+json'] },
  },
  'GET /public/api': {
    summary: ['接口说明', 'This description as pages to read'],
    query: ApiPageQuery,
    answers: { 200: ['text/html'] },
  },
} as const satisfies Operations<'portal'>;
