import * as z from 'zod';
import { CalendarDate, dateInShanghai, Instant } from '#domain/time/time.ts';
import { FormItem, VisitedSubject } from './form-parts.ts';
import { Inspection, InspectionDraw, InspectionStatus } from './inspection.ts';
import { InspectionMember } from './member.ts';
import { ResultCode } from './record.ts';

/** How far an inspection is for those who work through lists: each is in one phase. */
export const InspectionPhase = z.enum(['unrecorded', 'to-publish', 'published', 'archived']);
export type InspectionPhase = z.infer<typeof InspectionPhase>;

const phases: Readonly<Record<InspectionStatus, InspectionPhase>> = {
  assigned: 'unrecorded',
  accepted: 'unrecorded',
  begun: 'unrecorded',
  ended: 'unrecorded',
  recorded: 'to-publish',
  published: 'published',
  closed: 'published',
  archived: 'archived',
};

export function phaseOf({ status }: Pick<Inspection, 'status'>): InspectionPhase {
  return phases[status];
}

/** What lists are narrowed to and counted by: a phase, or of the published ones those whose follow-ups are not all closed. */
export const InspectionGroup = z.enum([...InspectionPhase.options, 'follow-up']);
export type InspectionGroup = z.infer<typeof InspectionGroup>;

export const inspectionGroupLabels: Readonly<Record<InspectionGroup, string>> = {
  unrecorded: '未录入',
  'to-publish': '待公示',
  published: '已公示',
  archived: '已归档',
  'follow-up': '后续未完结',
};

/** The groups that an inspection counts in. */
export function groupsOf(inspection: Pick<Inspection, 'status'>): readonly InspectionGroup[] {
  return [phaseOf(inspection), ...(inspection.status === 'published' ? ['follow-up' as const] : [])];
}

/** How many inspections are in each group. */
export const InspectionTally = z.strictObject({
  unrecorded: z.int(),
  'to-publish': z.int(),
  published: z.int(),
  archived: z.int(),
  'follow-up': z.int(),
});
export type InspectionTally = z.infer<typeof InspectionTally>;

/** What a list shows of an inspection, and what it is narrowed by: nothing that an inspection's own record does not say. */
export const ListedInspection = z.object({
  id: z.string(),
  status: InspectionStatus,
  assignedAt: Instant,
  subject: VisitedSubject.pick({ id: true, name: true, territory: true, jurisdictionUnit: true }),
  draws: z.array(InspectionDraw.pick({ id: true, planNumber: true })).min(1),
  items: z.array(FormItem.shape.code),
  /** Those of its items, and those of its team (检查部门). */
  units: z.array(z.string()),
  team: z.array(InspectionMember.pick({ inspector: true, name: true, unit: true })),
  endedOn: CalendarDate.optional(),
  /** 检查日期. */
  inspectedOn: CalendarDate.optional(),
  results: z.array(ResultCode),
  recordedBy: z.string().optional(),
});
export type ListedInspection = z.infer<typeof ListedInspection>;

/** An inspection as lists show it. */
export function listedOf(inspection: Inspection): ListedInspection {
  const { id, status, assignedAt, subject, draws, items, team, endedAt, record, recordedBy } = inspection;
  const endedOn = endedAt === undefined ? undefined : dateInShanghai(endedAt);
  const inspectedOn = record?.inspectedOn ?? endedOn;
  const { territory, jurisdictionUnit } = subject;
  return {
    id,
    status,
    assignedAt,
    subject: {
      id: subject.id,
      name: subject.name,
      territory,
      ...(jurisdictionUnit === undefined ? {} : { jurisdictionUnit }),
    },
    draws: draws.map((draw) => ({ id: draw.id, planNumber: draw.planNumber })),
    items: items.map(({ code }) => code),
    units: [...new Set([...items, ...team].map(({ unit }) => unit))],
    team: team.map(({ inspector, name, unit }) => ({ inspector, name, unit })),
    ...(endedOn === undefined ? {} : { endedOn }),
    ...(inspectedOn === undefined ? {} : { inspectedOn }),
    results: record?.results ?? [],
    ...(recordedBy === undefined ? {} : { recordedBy }),
  };
}

const text = z.string().trim().min(1).max(100);

/** What a list of inspections is narrowed to. */
export const InspectionFilter = z.strictObject({
  group: InspectionGroup.optional(),
  /** Of those who watch all units; everyone else sees their own. */
  unit: text.optional(),
  /** A part of the name, or the beginning of the code. */
  subject: text.optional(),
  /** One of the codes 1 to 12. */
  result: z
    .string()
    .regex(/^([1-9]|1[0-2])$/, '检查结果代码为 1 至 12 one of the codes 1 to 12')
    .optional(),
  draw: text.optional(),
  item: text.optional(),
  inspector: text.optional(),
  /** What has to be done about it next is due before the day. */
  dueBefore: CalendarDate.optional(),
  endedOn: CalendarDate.optional(),
});
export type InspectionFilter = z.infer<typeof InspectionFilter>;

/** Whether a row fits a filter, by all but when it is due: that day moves without the inspection. */
export function fitsFilter(row: ListedInspection, filter: Omit<InspectionFilter, 'dueBefore'>): boolean {
  const { group, unit, subject, result, draw, item, inspector, endedOn } = filter;
  return (
    (group === undefined || groupsOf(row).includes(group)) &&
    (unit === undefined || row.units.includes(unit)) &&
    (subject === undefined || row.subject.name.includes(subject) || row.subject.id.startsWith(subject)) &&
    (result === undefined || row.results.includes(Number(result))) &&
    (draw === undefined || row.draws.some(({ id }) => id === draw)) &&
    (item === undefined || row.items.includes(item)) &&
    (inspector === undefined || row.team.some((member) => member.inspector === inspector)) &&
    (endedOn === undefined || row.endedOn === endedOn)
  );
}

/** Where a reader of a list goes on: after this row. */
export const ListPlace = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z#.{1,100}$/,
    '本列表给出的位置 a position that this list gave',
  );
