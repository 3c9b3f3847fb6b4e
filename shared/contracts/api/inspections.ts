import * as z from 'zod';
import { Draw } from '#domain/draw/draw.ts';
import { ObjectId } from '#domain/draw/pool.ts';
import { Docket } from '#domain/follow-up/docket.ts';
import { Inspection } from '#domain/inspection/inspection.ts';
import { EnteredRecord, InspectionRecord, ShownRecord } from '#domain/inspection/record.ts';
import { Workload } from '#domain/inspection/workload.ts';
import { IneligibleReason, Inspector, Leave, StaffNo } from '#domain/inspector/inspector.ts';
import { OwnRecusal, RecusalKind, RecusalReason } from '#domain/inspector/recusal.ts';
import { Training } from '#domain/inspector/warning.ts';
import { SubjectId } from '#domain/subject/subject-id.ts';
import { CalendarDate, Instant } from '#domain/time/time.ts';
import { ShownDraft } from '#domain/inspection/draft.ts';
import {
  Assignment,
  BatchAnswer,
  BatchAssignment,
  InspectionDraftBody,
  InspectionList,
  InspectionsQuery,
} from './inspection-lists.ts';
import { EvidenceView } from './evidence.ts';
import type { Operations } from './operation.ts';

const reason = z.string().trim().min(1).max(500);
const { shape } = Inspection;

/** What staff see of an inspection: everything. A shape of its own, so that a field added to the record is a decision here too. */
export const InspectionView = z.strictObject({
  id: shape.id,
  version: shape.version,
  status: shape.status,
  correlation: shape.correlation,
  draws: shape.draws,
  subject: shape.subject,
  items: shape.items,
  team: shape.team,
  left: shape.left,
  openSeats: shape.openSeats,
  experts: shape.experts,
  assignedAt: shape.assignedAt,
  acceptedAt: shape.acceptedAt,
  begunAt: shape.begunAt,
  endedAt: shape.endedAt,
  recordedAt: shape.recordedAt,
  recordedBy: shape.recordedBy,
  publishedAt: shape.publishedAt,
  publishBy: shape.publishBy,
  closedAt: shape.closedAt,
  archived: shape.archived,
  record: ShownRecord.optional(),
  /** What this person has filled in of a record that is not entered yet. */
  draft: ShownDraft.optional(),
});
export type InspectionView = z.infer<typeof InspectionView>;

/** `{}` or nothing: what is to be said is said by the address. */
export const NothingSaid = z.strictObject({});

export const Recusing = z.strictObject({ kind: RecusalKind, reason: RecusalReason });
export const Replacement = z.strictObject({ inspector: StaffNo, reason });

const name = z.string().trim().min(1).max(100);
export const Invitation = z.strictObject({ name, organisation: name, role: name });

/** What a unit has to choose: its objects with what is checked there, its people, and who of them must avoid which object. */
export const TeamsToChoose = z.strictObject({
  draw: Draw.shape.id,
  title: Draw.shape.title,
  unit: z.string(),
  objects: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      items: z.array(z.string()),
      /** At least one of the team has each of them. */
      qualifications: z.array(z.string()),
      /** Staff numbers. */
      recused: z.array(z.string()),
    }),
  ),
  inspectors: z.array(Inspector.pick({ staffNo: true, name: true, qualifications: true })),
  /** What the unit has chosen already; it can choose anew while another unit has not. */
  chosen: z.strictObject({ by: z.string(), at: Instant, reason: z.string() }).optional(),
});
export type TeamsToChoose = z.infer<typeof TeamsToChoose>;

export const Choosing = z.strictObject({
  teams: z
    .array(z.strictObject({ object: ObjectId, inspectors: z.array(StaffNo).max(50) }))
    .min(1)
    .max(20_000),
  reason,
});
export type Choosing = z.infer<typeof Choosing>;

/** How many teams the unit chose, and the units that have yet to choose. */
export const Chosen = z.strictObject({
  draw: Draw.shape.id,
  unit: z.string(),
  teams: z.int().positive(),
  missing: z.array(z.string()),
});
export type Chosen = z.infer<typeof Chosen>;

export const Declaration = z.strictObject({ subject: SubjectId, kind: RecusalKind, reason: RecusalReason });

/** The head of a unit reads their own; everyone else names one. Without their load, whoever only chooses among them waits for no visits to be counted. */
export const DirectoryQuery = z.object({
  unit: z.string().max(100, '承担单位不超过 100 字 the name of a unit has at most 100 characters').optional(),
  load: z.enum(['true', 'false'], '须为 true 或 false true or false').default('true'),
});
export type DirectoryQuery = z.infer<typeof DirectoryQuery>;

/** One of the directory: whether they can be sent today, or every reason why not. */
export const ListedInspector = Inspector.extend({
  certifiedThrough: CalendarDate,
  eligible: z.boolean(),
  reasons: z.array(z.strictObject({ reason: IneligibleReason, label: z.string() })),
});
export type ListedInspector = z.infer<typeof ListedInspector>;

/** The same with the trainings that were recorded. */
export const ShownInspector = ListedInspector.extend({ trainings: z.array(Training) });
export type ShownInspector = z.infer<typeof ShownInspector>;

export const Directory = z.strictObject({
  unit: z.string(),
  day: CalendarDate,
  /** With the load of each unless it was asked for without. */
  inspectors: z.array(ListedInspector.extend({ load: Workload.optional() })),
});
export type Directory = z.infer<typeof Directory>;

export const OneInspector = z.strictObject({
  day: CalendarDate,
  inspector: ShownInspector.extend({ load: Workload }),
});
export type OneInspector = z.infer<typeof OneInspector>;

export const LeaveBody = z.strictObject({ leave: z.array(Leave).max(20) });
export const TrainingBody = z
  .strictObject({
    title: z.string().trim().min(1).max(200),
    on: CalendarDate,
    validThrough: CalendarDate,
  })
  .refine(({ on, validThrough }) => on <= validThrough, {
    path: ['validThrough'],
    message: '不得早于培训日期 not before the day of the training',
  });

export const inspectionsOperations = {
  'GET /draws/{id}/teams': {
    summary: ['待选派的检查对象和人员', 'What the own unit has to choose for a draw'],
    answers: { 200: TeamsToChoose },
  },
  'POST /draws/{id}/teams': {
    summary: ['直接选派检查人员', 'Choose the people for all objects of the own unit'],
    body: Choosing,
    once: true,
    answers: { 200: Chosen },
  },
  'GET /me/recusals': {
    summary: ['本人申报的回避', 'The subjects that one avoids'],
    answers: { 200: z.strictObject({ recusals: z.array(OwnRecusal) }) },
  },
  'POST /me/recusals': {
    summary: ['申报回避', 'Declare in advance to avoid a subject'],
    body: Declaration,
    once: true,
    answers: { 200: OwnRecusal },
  },
  'GET /inspectors': {
    summary: ['执法检查人员名录', 'The directory of inspectors of a unit'],
    query: DirectoryQuery,
    answers: { 200: Directory },
  },
  'GET /inspectors/{staffNo}': {
    summary: ['执法检查人员', 'An inspector of the directory'],
    answers: { 200: OneInspector },
  },
  'PUT /inspectors/{staffNo}/leave': {
    summary: ['登记休假', "Set an inspector's periods of leave"],
    body: LeaveBody,
    once: true,
    answers: { 200: ShownInspector },
  },
  'POST /inspectors/{staffNo}/trainings': {
    summary: ['登记培训', 'Record a training of an inspector'],
    body: TrainingBody,
    once: true,
    answers: { 200: ShownInspector },
  },
  'GET /inspections/{id}': {
    summary: ['检查', 'An inspection, its evidence, and the states of what hangs off it'],
    answers: {
      200: InspectionView.extend({
        followUps: Docket.shape.followUps,
        handovers: Docket.shape.handovers,
        evidence: z.array(EvidenceView),
      }),
    },
  },
  'POST /inspections/{id}/accept': {
    summary: ['接受任务', 'Accept the inspection, for oneself'],
    body: NothingSaid.optional(),
    once: true,
    answers: { 200: InspectionView },
  },
  'POST /inspections/{id}/recuse': {
    summary: ['回避', 'Avoid the subject; the next in line comes'],
    body: Recusing,
    once: true,
    answers: { 200: InspectionView },
  },
  'POST /inspections/{id}/replace': {
    summary: ['更换检查人员', "Replace somebody who can't act by the next in line"],
    body: Replacement,
    once: true,
    answers: { 200: InspectionView },
  },
  'POST /inspections/{id}/assign': {
    summary: ['直接选派', "Name a unit's people, with the reason"],
    body: Assignment,
    once: true,
    answers: { 200: InspectionView },
  },
  'POST /inspections/{id}/experts': {
    summary: ['邀请专业人员', 'Invite a professional or an agency'],
    body: Invitation,
    once: true,
    answers: { 200: InspectionView },
  },
  'POST /inspections/{id}/begin': {
    summary: ['开始检查', 'Begin the visit'],
    body: NothingSaid.optional(),
    once: true,
    answers: { 200: InspectionView },
  },
  'POST /inspections/{id}/end': {
    summary: ['结束检查', 'End the visit'],
    body: NothingSaid.optional(),
    once: true,
    answers: { 200: InspectionView },
  },
  'POST /inspections/{id}/record': {
    summary: ['录入检查记录', 'Enter the record, for the first time or again'],
    body: InspectionRecord,
    once: true,
    answers: { 200: InspectionView },
  },
  'GET /inspections/{id}/records': {
    summary: ['检查记录的各个版本', 'Every version of the record, oldest first'],
    answers: { 200: z.strictObject({ records: z.array(EnteredRecord.extend({ record: ShownRecord })) }) },
  },
  'POST /inspections/{id}/publish': {
    summary: ['公示检查结果', 'Publish the result'],
    body: NothingSaid.optional(),
    once: true,
    answers: { 200: InspectionView },
  },
  'GET /inspections': {
    summary: ['检查清单，含各阶段数量', 'Inspections that staff work from, with how many are in each phase'],
    query: InspectionsQuery,
    answers: { 200: InspectionList },
  },
  'GET /inspections.csv': {
    summary: ['导出检查清单', 'The same list as a CSV file'],
    query: InspectionsQuery,
    answers: { 200: ['text/csv'] },
  },
  'POST /inspections/assign': {
    summary: ['批量直接选派检查人员', "Assign a unit's people to many inspections"],
    body: BatchAssignment,
    once: true,
    answers: { 200: BatchAnswer },
  },
  'PUT /inspections/{id}/draft': {
    summary: ['暂存检查记录', 'Keep what is filled in of a record that is not entered yet'],
    body: InspectionDraftBody,
    answers: { 200: ShownDraft },
  },
} as const satisfies Operations<'inspections'>;
