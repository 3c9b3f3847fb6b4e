import * as z from 'zod';
import { ArrangedDay, ArrangedKind, ArrangementDocument } from '#domain/calendar/arrangement.ts';
import { DeadlineRules, DeadlineRulesDraft, DeadlineTable } from '#domain/deadline/rules.ts';
import { CalendarDate, Instant } from '#domain/time/time.ts';
import { DryRunQuery } from './import-report.ts';
import type { Operations } from './operation.ts';

const count = z.int().nonnegative();

export const CalendarExportQuery = z.strictObject({
  format: z.enum(['json', 'csv', 'xlsx']).default('json'),
});

/** What the arrangement of a year came to, or would come to. */
export const ArrangementReport = z.strictObject({
  year: z.int(),
  /** Of a CSV file its encoding; `xlsx`, `json` or `icalendar`. */
  form: z.string(),
  daysOff: count,
  makeUpDays: count,
  /** Entries that are no days of the arrangement, and where in the file they stand. */
  skipped: z.array(z.strictObject({ at: z.string(), reason: z.string() })),
  dryRun: z.boolean(),
  changed: z.boolean(),
  changedDays: z.array(z.strictObject({ date: CalendarDate, kind: ArrangedKind, name: z.string() })),
  /** Of a dry run: open deadlines, those that would move, and those that would be overdue by it. */
  deadlines: z.strictObject({ open: count, moved: count, overdue: count }).optional(),
});
export type ArrangementReport = z.infer<typeof ArrangementReport>;

/** The form in which arrangements are exchanged as JSON, as it is given out. */
const ExportedArrangement = z.strictObject({
  year: z.int(),
  days: z.array(z.strictObject({ name: ArrangedDay.shape.name, date: CalendarDate, isOffDay: z.boolean() })),
});

/** A year that is known, and where it is from. */
const KnownYear = z.strictObject({
  year: z.int(),
  source: z.enum(['reference', 'imported']),
  daysOff: count,
  makeUpDays: count,
  adoptedAt: Instant.optional(),
  by: z.string().optional(),
  contentHash: z.string().optional(),
});

/** The years that are known, and the day through which a deadline is certain. */
export const KnownYears = z.strictObject({
  calendars: z.array(KnownYear),
  horizon: z.string().optional(),
});
export type KnownYears = z.infer<typeof KnownYears>;

/** A version of the deadline rules as it was adopted, by whom and when. */
const AdoptedRules = DeadlineRules.extend({
  contentHash: z.string(),
  adoptedAt: Instant,
  by: z.string(),
}).strict();

export const calendarsOperations = {
  'PUT /calendars/{year}': {
    summary: ['导入放假安排', "Adopt a year's arrangement, or try it"],
    query: DryRunQuery,
    body: { json: ArrangementDocument, media: ['application/octet-stream'] },
    answers: { 200: ArrangementReport, 201: ArrangementReport },
  },
  'GET /calendars/{year}': {
    summary: ['导出放假安排', "A year's arrangement, in a form that can be imported again"],
    query: CalendarExportQuery,
    answers: {
      200: {
        json: ExportedArrangement,
        media: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
      },
    },
  },
  'GET /calendars': {
    summary: ['已知的年份', 'The years that are known'],
    answers: { 200: KnownYears },
  },
  'PUT /deadline-rules': {
    summary: ['启用期限规则的新版本', 'Adopt the next version of the deadline rules'],
    body: DeadlineRulesDraft,
    answers: { 200: AdoptedRules, 201: AdoptedRules },
  },
  'GET /deadline-rules': {
    summary: ['期限规则', 'The deadline rules in force, every version, and the defaults'],
    answers: {
      200: z.strictObject({
        inForce: z.strictObject({ version: count, rules: DeadlineTable }),
        versions: z.array(AdoptedRules),
        defaults: DeadlineTable,
      }),
    },
  },
} as const satisfies Operations<'calendars'>;
