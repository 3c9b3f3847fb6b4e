import * as z from 'zod';
import { DeadlineKind } from '#domain/deadline/kind.ts';
import { DraftFields } from '#domain/inspection/draft.ts';
import { InspectionStatus } from '#domain/inspection/inspection.ts';
import {
  InspectionFilter,
  InspectionTally,
  ListedInspection,
  ListPlace,
} from '#domain/inspection/listing.ts';
import { ResultCode } from '#domain/inspection/record.ts';
import { StaffNo } from '#domain/inspector/inspector.ts';
import { CalendarDate } from '#domain/time/time.ts';

/** What a list of inspections is asked for. */
export const InspectionsQuery = InspectionFilter.extend({ after: ListPlace.optional() });
export type InspectionsQuery = z.infer<typeof InspectionsQuery>;

/** One row of the list that staff work from. */
export const InspectionRow = z.strictObject({
  ...ListedInspection.omit({ draws: true, results: true, recordedBy: true }).shape,
  /** 状态, as people read it. */
  statusLabel: z.string(),
  /** 任务编号, and 任务名称 of the draw that made it. */
  draws: z.array(z.strictObject({ id: z.string(), planNumber: z.string(), title: z.string().optional() })),
  /** 截止日期 of what has to be done next, with the working days left; negative when it is overdue. */
  due: z
    .strictObject({
      kind: DeadlineKind,
      label: z.string(),
      date: CalendarDate,
      provisional: z.boolean(),
      paused: z.boolean(),
      remaining: z.int(),
      overdue: z.boolean(),
    })
    .optional(),
  results: z.array(z.strictObject({ code: ResultCode, text: z.string() })),
  /** 录入员. */
  recordedBy: z.strictObject({ staffNo: z.string(), name: z.string().optional() }).optional(),
  /** 后续处置状态: how many follow-ups and handovers hang off it, and how many of them are open. */
  followUp: z.strictObject({ open: z.int(), total: z.int() }).optional(),
});
export type InspectionRow = z.infer<typeof InspectionRow>;

export const InspectionList = z.strictObject({
  inspections: z.array(InspectionRow),
  /** Of the whole unit, or of all units, whatever the list is narrowed to. */
  tally: InspectionTally,
  /** How many rows of the list were looked at for this page. */
  examined: z.int(),
  /** Where to go on; absent when the list ends here. */
  next: z.string().optional(),
});

const assignment = {
  unit: z.string().min(1).max(100),
  inspectors: z.array(StaffNo).max(50),
  reason: z.string().trim().min(1).max(500),
};
/** Which people of a unit go (直接选派, article 7(4)), and why. */
export const Assignment = z.strictObject(assignment);
export type Assignment = z.infer<typeof Assignment>;

export const MOST_IN_BATCH = 100;

/** The same for many inspections: those named, or those that a list shows, from a place on. */
export const BatchAssignment = z.union([
  z.strictObject({
    ...assignment,
    ids: z.array(z.string().min(1).max(100)).min(1).max(MOST_IN_BATCH),
  }),
  z.strictObject({ ...assignment, filter: InspectionFilter, after: ListPlace.optional() }),
]);

/** What became of one inspection: its version after the command, or the problem for which it stays as it is. */
export const BatchOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({
    id: z.string(),
    outcome: z.literal('done'),
    version: z.int(),
    status: InspectionStatus,
  }),
  z.strictObject({
    id: z.string(),
    outcome: z.literal('refused'),
    problem: z.strictObject({
      type: z.string(),
      title: z.string(),
      status: z.int(),
      detail: z.string(),
      errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).optional(),
    }),
  }),
]);
export type BatchOutcome = z.infer<typeof BatchOutcome>;

export const BatchAnswer = z.strictObject({
  outcomes: z.array(BatchOutcome),
  done: z.int(),
  refused: z.int(),
  /** Where the list goes on that was asked for; send it as `after`, until there is none. */
  next: z.string().optional(),
});

export const InspectionDraftBody = z.strictObject({ fields: DraftFields });
