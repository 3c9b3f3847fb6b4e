import * as z from 'zod';
import type { Deadline, DeadlineKind } from '#domain/deadline/deadline.ts';
import { CalendarDate, dateInShanghai } from '#domain/time/time.ts';
import { InspectionDraw, InspectionStatus, type Inspection } from './inspection.ts';
import { inspectionLifecycle } from './lifecycle.ts';
import { resultsOf } from './publication.ts';
import { followUpLabels, ResultCode } from './record.ts';

/** Which of its deadlines an inspection is up against in each state; the day of publication stands on the inspection itself. */
const awaited: Readonly<Partial<Record<InspectionStatus, DeadlineKind>>> = {
  assigned: 'accept',
  accepted: 'finish',
  begun: 'finish',
};

export function awaitedDeadline({ status }: Pick<Inspection, 'status'>): DeadlineKind | undefined {
  return awaited[status];
}

/** One inspection in the summary of a draw (汇总表). */
export const SummaryRow = z.strictObject({
  inspection: z.string(),
  subjectId: z.string(),
  subjectName: z.string(),
  how: InspectionDraw.shape.how,
  units: z.array(z.string()),
  items: z.array(z.string()),
  team: z.array(z.string()),
  status: InspectionStatus,
  statusText: z.string(),
  /** The deadline that it is up against; none once it is published. */
  due: z.strictObject({ date: CalendarDate, provisional: z.boolean(), overdue: z.boolean() }).optional(),
  inspectedOn: CalendarDate.optional(),
  results: z.array(z.strictObject({ code: ResultCode, text: z.string() })),
  followUps: z.array(z.string()),
  publishedOn: CalendarDate.optional(),
  /** Whether it was published by the statutory day (article 14). */
  onTime: z.boolean().optional(),
});
export type SummaryRow = z.infer<typeof SummaryRow>;

/**
 * @param how the draw came to it
 * @param deadline the open one of `awaitedDeadline`, where there is one
 */
export function summaryRow(
  inspection: Inspection,
  how: InspectionDraw['how'],
  deadline: Deadline | undefined,
  today: CalendarDate,
): SummaryRow {
  const { id, subject, items, team, status, endedAt, publishedAt, publishBy, record } = inspection;
  const due = deadline === undefined ? publishBy : { date: deadline.due, provisional: deadline.provisional };
  const publishedOn = publishedAt && dateInShanghai(publishedAt);
  return {
    inspection: id,
    subjectId: subject.id,
    subjectName: subject.name,
    how,
    units: [...new Set(items.map(({ unit }) => unit))],
    items: items.map(({ code }) => code),
    team: team.map(({ name }) => name),
    status,
    statusText: inspectionLifecycle.statuses[status],
    due: due && publishedOn === undefined ? { ...due, overdue: due.date < today } : undefined,
    inspectedOn: record && (record.inspectedOn ?? (endedAt && dateInShanghai(endedAt))),
    results: record === undefined ? [] : resultsOf(record.results),
    followUps: record === undefined ? [] : record.followUps.map((one) => followUpLabels[one]),
    publishedOn,
    onTime: publishedOn && publishBy && publishedOn <= publishBy.date,
  };
}

const count = z.int().nonnegative();

/** How far a list of inspections has come, as the counters above it say (未录入、待公示、已公示). */
export const SummaryCounts = z.strictObject({
  all: count,
  notEntered: count,
  toPublish: count,
  published: count,
  overdue: count,
});
export type SummaryCounts = z.infer<typeof SummaryCounts>;

export function summaryCounts(rows: readonly SummaryRow[]): SummaryCounts {
  const published = rows.filter(({ publishedOn }) => publishedOn !== undefined).length;
  const toPublish = rows.filter(({ status }) => status === 'recorded').length;
  return {
    all: rows.length,
    notEntered: rows.length - published - toPublish,
    toPublish,
    published,
    overdue: rows.filter(({ due }) => due?.overdue === true).length,
  };
}
