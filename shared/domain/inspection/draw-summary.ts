import type { Deadline, DeadlineKind } from '#domain/deadline/deadline.ts';
import { dateInShanghai, type CalendarDate } from '#domain/time/time.ts';
import type { Inspection, InspectionDraw, InspectionStatus } from './inspection.ts';
import { resultsOf, type Publication } from './publication.ts';
import { followUpLabels } from './record.ts';

/** The states of an inspection in the words of the lists that staff work from. */
export const statusLabels: Readonly<Record<InspectionStatus, string>> = {
  assigned: '待接受',
  accepted: '待检查',
  begun: '检查中',
  ended: '待录入',
  recorded: '待公示',
  published: '已公示',
  closed: '已办结',
  archived: '已归档',
};

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
export interface SummaryRow {
  readonly inspection: string;
  readonly subjectId: string;
  readonly subjectName: string;
  readonly how: InspectionDraw['how'];
  readonly units: readonly string[];
  readonly items: readonly string[];
  readonly team: readonly string[];
  readonly status: InspectionStatus;
  readonly statusText: string;
  /** The deadline that it is up against; none once it is published. */
  readonly due:
    | { readonly date: CalendarDate; readonly provisional: boolean; readonly overdue: boolean }
    | undefined;
  readonly inspectedOn: CalendarDate | undefined;
  readonly results: Publication['results'];
  readonly followUps: readonly string[];
  readonly publishedOn: CalendarDate | undefined;
  /** Whether it was published by the statutory day (article 14). */
  readonly onTime: boolean | undefined;
}

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
    statusText: statusLabels[status],
    due: due && publishedOn === undefined ? { ...due, overdue: due.date < today } : undefined,
    inspectedOn: record && (record.inspectedOn ?? (endedAt && dateInShanghai(endedAt))),
    results: record === undefined ? [] : resultsOf(record.results),
    followUps: record === undefined ? [] : record.followUps.map((one) => followUpLabels[one]),
    publishedOn,
    onTime: publishedOn && publishBy && publishedOn <= publishBy.date,
  };
}

/** How far a list of inspections has come, as the counters above it say (未录入、待公示、已公示). */
export interface SummaryCounts {
  readonly all: number;
  readonly notEntered: number;
  readonly toPublish: number;
  readonly published: number;
  readonly overdue: number;
}

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
