import * as z from 'zod';
import { Draw } from '#domain/draw/draw.ts';
import { SummaryCounts, SummaryRow } from '#domain/inspection/draw-summary.ts';
import { RegistrationForm } from '#domain/inspection/registration-form.ts';
import { VisitNotice } from '#domain/inspection/visit-notice.ts';
import type { Operations } from './operation.ts';

/** Inspections on a page of a summary at most: some megabytes to read, and some hundred kilobytes to answer. */
const PAGE = 500;

/** `after`: where the page begins, after the last inspection of the one before, by subject and id. */
export const SummaryQuery = z.object({
  after: z
    .string()
    .regex(/^[^_]{1,64}_I-[0-9a-f]{24}$/, '本列表给出的位置 a position that this list gave')
    .transform((text) => text.split('_'))
    .pipe(z.tuple([z.string(), z.string()]))
    .transform(([subject, id]) => ({ subject, id }))
    .optional(),
  limit: z.coerce
    .number()
    .pipe(z.int().min(1).max(PAGE, `每页不超过 ${PAGE} at most ${PAGE} a page`))
    .default(PAGE),
});

/** A page of the summary 汇总表 of a draw; the head of a unit sees what is its unit's. */
export const DrawSummary = z.strictObject({
  draw: Draw.shape.id,
  title: Draw.shape.title,
  planNumber: Draw.shape.plan.shape.number,
  /** How many the draw sends out; absent until it is dispatched. */
  inspections: Draw.shape.inspections,
  /** Whose inspections alone are shown. */
  unit: z.string().optional(),
  /** Of the rows of this page. */
  counts: SummaryCounts,
  rows: z.array(SummaryRow),
  /** The `after` of the next page, when others follow. */
  next: z.string().optional(),
});
export type DrawSummary = z.infer<typeof DrawSummary>;

export const formsOperations = {
  'GET /inspections/{id}/form': {
    summary: ['执法检查登记表', 'The registration form of an inspection'],
    answers: { 200: { json: RegistrationForm, media: ['text/html'] } },
  },
  'GET /inspections/{id}/notice': {
    summary: ['随机抽查通知书', 'The notice that the subject of an inspection gets'],
    answers: { 200: { json: VisitNotice, media: ['text/html'] } },
  },
  'GET /draws/{id}/summary': {
    summary: ['抽查汇总表', 'All inspections of a draw, a page at a time'],
    query: SummaryQuery,
    answers: { 200: { json: DrawSummary, media: ['text/html'] } },
  },
} as const satisfies Operations<'forms'>;
