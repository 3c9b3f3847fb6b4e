import * as z from 'zod';
import { DeadlineChange } from '#domain/deadline/change.ts';
import { Deadline, DeadlineKind, Month } from '#domain/deadline/deadline.ts';
import { CalendarDate, Instant } from '#domain/time/time.ts';
import type { Operations } from './operation.ts';
import { SeenAnswer, SeenBody, Today } from './today.ts';
import { Figure as CountedFigure } from '#domain/figures/figures.ts';

export const DeadlinesQuery = z.strictObject({
  kind: DeadlineKind.optional(),
  state: z.enum(['open', 'overdue', 'paused', 'requested']).optional(),
  /** Of those who watch all units; the lead section's own are those of `-`. */
  unit: z.string().min(1).max(100).optional(),
  after: z
    .string()
    .regex(/^[^_]+_L-[0-9a-f]{24}$/, '本列表给出的位置 a position that this list gave, e.g. 2026-03-16_L-…')
    .transform((text) => text.split('_'))
    .pipe(z.tuple([CalendarDate, z.string()]))
    .transform(([due, id]) => ({ due, id }))
    .optional(),
});
export type DeadlinesQuery = z.infer<typeof DeadlinesQuery>;

const { shape } = Deadline;

/** A deadline as staff see it, with what is left of it today. */
export const DeadlineView = z.strictObject({
  id: shape.id,
  version: shape.version,
  kind: shape.kind,
  label: z.string(),
  of: shape.of,
  /** What it is of, by its title or the subject's name; absent where the record has neither. */
  about: z.string().optional(),
  /** Empty where the lead section answers for it. */
  units: z.array(z.string()),
  startedAt: shape.startedAt,
  rules: shape.rules,
  due: shape.due,
  provisional: shape.provisional,
  status: shape.status,
  /** Working days to go, negative once past; absent unless it is open or paused. */
  remaining: z.int().optional(),
  overdue: z.boolean(),
  request: shape.request,
  pausedOn: shape.pausedOn,
  metAt: shape.metAt,
  late: shape.late,
});
export type DeadlineView = z.infer<typeof DeadlineView>;

const reason = z.string().trim().min(1).max(500);
/** Sixty working days are a quarter of a year: whoever needs more asks again. */
export const Extension = z.strictObject({ workingDays: z.int().min(1).max(60), reason });
export const Because = z.strictObject({ reason });
/** `{}`: what is approved was said by whoever asked. */
export const NothingMore = z.strictObject({});

/** Shown this once: only a hash of it is kept. */
export const CalendarLink = z.strictObject({ path: z.string(), createdAt: Instant });
export type CalendarLink = z.infer<typeof CalendarLink>;

/** Both months included; this one when neither is named. */
export const FiguresQuery = z.strictObject({
  from: Month.optional(),
  to: Month.optional(),
  format: z.enum(['json', 'csv']).default('json'),
});

const count = z.int().nonnegative();
export const Figure = z.strictObject({
  month: z.string(),
  /** `-` for those that the lead section answers for. */
  unit: z.string(),
  kind: DeadlineKind,
  label: z.string(),
  onTime: count,
  late: count,
  /** Whose day is not over, paused ones included. */
  open: count,
});
export type Figure = z.infer<typeof Figure>;

export const Figures = z.strictObject({ from: Month, to: Month, deadlines: z.array(Figure) });
export type Figures = z.infer<typeof Figures>;

/** What is asked of a figure: its months, at most 24, and the county of cohorts. */
export const FigureQuery = z.strictObject({
  from: Month.optional(),
  to: Month.optional(),
  /** Of cohorts: the county, the first one that is known when absent. */
  territory: z
    .string()
    .regex(/^\d{6}$/, '6 位行政区划代码 6 digits of GB/T 2260')
    .optional(),
  format: z.enum(['json', 'csv']).optional(),
});

export const agendaOperations = {
  'GET /deadlines': {
    summary: ['期限清单', 'The deadlines that have to be kept'],
    query: DeadlinesQuery,
    answers: {
      200: z.strictObject({
        deadlines: z.array(DeadlineView),
        /** The `after` of the next page, when more may follow. */
        next: z.string().optional(),
      }),
    },
  },
  'GET /deadlines/{id}': {
    summary: ['期限', 'A deadline, with what one may do to it'],
    answers: { 200: DeadlineView.extend({ may: z.array(DeadlineChange) }) },
  },
  'POST /deadlines/{id}/extend': {
    summary: ['申请延期', 'Ask for a longer day'],
    body: Extension,
    once: true,
    answers: { 200: DeadlineView },
  },
  'POST /deadlines/{id}/pause': {
    summary: ['申请中止', 'Ask for a pause, whose days are not counted'],
    body: Because,
    once: true,
    answers: { 200: DeadlineView },
  },
  'POST /deadlines/{id}/approve': {
    summary: ['批准延期或中止', 'Grant what was asked for'],
    body: NothingMore,
    once: true,
    answers: { 200: DeadlineView },
  },
  'POST /deadlines/{id}/refuse': {
    summary: ['不批准延期或中止', 'Refuse what was asked for'],
    body: Because,
    once: true,
    answers: { 200: DeadlineView },
  },
  'POST /deadlines/{id}/resume': {
    summary: ['恢复计算期限', 'Let a paused deadline go on'],
    body: Because,
    once: true,
    answers: { 200: DeadlineView },
  },
  'POST /me/calendar-link': {
    summary: ['生成日历订阅链接', 'Make a calendar link, in place of the one before'],
    answers: { 201: CalendarLink },
  },
  'DELETE /me/calendar-link': {
    summary: ['撤销日历订阅链接', 'Take the calendar link back'],
    answers: { 204: [] },
  },
  'GET /public/calendars/{token}': {
    summary: ['期限日历', "The calendar of a link's owner"],
    answers: { 200: ['text/calendar'] },
  },
  'GET /figures/deadlines': {
    summary: ['期限统计', 'Deadlines kept and not kept, by month, unit and kind'],
    query: FiguresQuery,
    answers: { 200: { json: Figures, media: ['text/csv'] } },
  },
  'GET /figures/{name}': {
    summary: [
      '统计图的数据：triggers、risk、results、load、draws、cohorts，加 .csv 为表格文件',
      'The data of a figure, by its name; with .csv a file',
    ],
    query: FigureQuery,
    answers: { 200: { json: CountedFigure, media: ['text/csv'] } },
  },
  'GET /me/today': {
    summary: [
      '今日待办：期限、消息与待办数量',
      'What today asks of the person: deadlines, messages, what waits',
    ],
    answers: { 200: Today },
  },
  'POST /me/messages/seen': {
    summary: ['消息已阅', 'Messages were looked at until now'],
    body: SeenBody,
    answers: { 200: SeenAnswer },
  },
} as const satisfies Operations<'agenda'>;
