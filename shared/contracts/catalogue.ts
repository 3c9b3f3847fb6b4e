import * as z from 'zod';
import { DeadlineKind, EscalationLevel } from '#domain/deadline/deadline.ts';
import { Reached } from '#domain/deadline/rules.ts';
import { MediaType } from '#domain/evidence/media-type.ts';
import { InspectionDraw } from '#domain/inspection/inspection.ts';
import { LeavingReason } from '#domain/inspection/member.ts';
import { ResultCode } from '#domain/inspection/record.ts';
import { RecusalKind } from '#domain/inspector/recusal.ts';
import { Urgency } from '#domain/message/message.ts';
import { CalendarDate, Instant } from '#domain/time/time.ts';
import { archiveEvents } from './archive-events.ts';
import { calendarEvents } from './calendar-events.ts';
import { correctionEvents } from './correction-events.ts';
import { deadLetterEvents } from './dead-letter-events.ts';
import { deadlineEvents } from './deadline-events.ts';
import { deliveryEvents } from './delivery-events.ts';
import { directoryEvents } from './directory-events.ts';
import { AggregateKind, count, entry, hex64 } from './entry.ts';
import { followUpEvents } from './follow-up-events.ts';
import { handoverEvents } from './handover-events.ts';
import { policyEvents } from './policy-events.ts';
import { riskEvents } from './risk-events.ts';
import { submissionEvents } from './submission-events.ts';
import { triggerEvents } from './trigger-events.ts';

export { Actor, AggregateKind, type Audience, type EventFacts } from './entry.ts';

/** Whom a visit is to, for those who are told of it. */
const subject = { subjectId: z.string(), subjectName: z.string() };

/** How many objects of a list each unit has something to do at. */
const objectsByUnit = z.array(z.strictObject({ unit: z.string(), objects: count }));

/** Every event that Mingchou writes. docs/events.md is generated from it; a field is added here or nowhere. */
export const catalogue = {
  ...triggerEvents,
  'draw.proposed': entry('draw.proposed', {
    zh: '拟定抽查',
    article: '7(1)',
    audience: 'inside',
    data: z.strictObject({
      /** Who decides: the rule has, or the lead section still has to. */
      approval: z.enum(['automatic', 'lead-section']),
      title: z.string(),
      /** Neither is there when a person proposed the draw. */
      trigger: z.string().optional(),
      policy: z.string().optional(),
      plan: z.string(),
      items: z.array(z.string()),
      /** The voided draw that it is made instead of. */
      replaces: z.string().optional(),
    }),
  }),
  'draw.approved': entry('draw.approved', {
    zh: '批准抽查',
    article: '7(1)',
    audience: 'inside',
    data: z.strictObject({ how: z.enum(['automatic', 'lead-section']) }),
  }),
  'draw.gathering': entry('draw.gathering', {
    zh: '汇集检查对象',
    article: '7(2)',
    audience: 'inside',
    /** Steps done, and the objects that they found. */
    data: z.strictObject({ step: z.int().positive(), objects: count }),
  }),
  'draw.beacon-unavailable': entry('draw.beacon-unavailable', {
    zh: '随机信标不可用',
    article: '5',
    audience: 'inside',
    data: z.strictObject({ reason: z.string() }),
  }),
  'draw.freeze-requested': entry('draw.freeze-requested', {
    zh: '重新冻结名单',
    article: '7(2)',
    audience: 'inside',
    data: z.strictObject({}),
  }),
  'draw.committed': entry('draw.committed', {
    zh: '抽查承诺公布',
    article: '5',
    audience: 'inside',
    data: z.strictObject({
      commitmentHash: hex64,
      poolRoot: hex64,
      poolSize: count,
      quota: count,
      beacon: z.enum(['drand', 'announced', 'sealed']),
      /** What the plan asked for, when that could not be had and the fallback was taken. */
      beaconWanted: z.enum(['drand', 'announced', 'sealed']).optional(),
      /** When the beacon's value can be there; absent for a sealed one, which is. */
      readyAt: Instant.optional(),
    }),
  }),
  'draw.beacon-entered': entry('draw.beacon-entered', {
    zh: '录入公开信标',
    article: '5',
    audience: 'inside',
    /** People who have entered a value, and whether two of them agree. */
    data: z.strictObject({ entries: z.int().positive(), agreed: z.boolean() }),
  }),
  'draw.beacon-arrived': entry('draw.beacon-arrived', {
    zh: '随机信标到达',
    article: '5',
    audience: 'inside',
    data: z.strictObject({ value: z.string() }),
  }),
  'draw.drawn': entry('draw.drawn', {
    zh: '抽出检查对象',
    article: '7(2)',
    audience: 'inside',
    data: z.strictObject({ seed: hex64, selected: count }),
  }),
  'draw.matched': entry('draw.matched', {
    zh: '匹配检查人员',
    article: '7(4)',
    audience: 'inside',
    data: z.strictObject({ teams: count, proofHash: hex64 }),
  }),
  'draw.match-requested': entry('draw.match-requested', {
    zh: '重新匹配检查人员',
    article: '7(4)',
    audience: 'inside',
    data: z.strictObject({}),
  }),
  'draw.unstaffed': entry('draw.unstaffed', {
    zh: '无法匹配检查人员',
    article: '10',
    audience: 'inside',
    data: z.strictObject({ reason: z.string() }),
  }),
  'draw.staffing-requested': entry('draw.staffing-requested', {
    zh: '请承担单位直接选派检查人员',
    article: '7(4)',
    audience: 'inside',
    data: z.strictObject({
      title: z.string(),
      units: objectsByUnit,
    }),
  }),
  'draw.teams-chosen': entry('draw.teams-chosen', {
    zh: '直接选派检查人员',
    article: '7(4)',
    audience: 'outside',
    data: z.strictObject({ unit: z.string(), teams: count, teamsHash: hex64, reason: z.string() }),
  }),
  'draw.dispatching': entry('draw.dispatching', {
    zh: '继续派发名单',
    article: '7(3)',
    audience: 'inside',
    /** How many of the draw's teams have been handed out, and to how many objects each unit goes by that. */
    data: z.strictObject({ done: z.int().positive(), units: objectsByUnit.optional() }),
  }),
  'draw.dispatched': entry('draw.dispatched', {
    zh: '派发名单',
    article: '7(3)',
    audience: 'inside',
    /** To how many objects each unit goes: absent on what was written before the units were told. */
    data: z.strictObject({
      inspections: count,
      title: z.string().optional(),
      units: objectsByUnit.optional(),
    }),
  }),
  'draw.closed': entry('draw.closed', {
    zh: '抽查办结',
    article: '14',
    audience: 'outside',
    data: z.strictObject({ inspections: count }),
  }),
  'draw.replaced': entry('draw.replaced', {
    zh: '重新抽取',
    article: '5',
    audience: 'outside',
    data: z.strictObject({ by: z.string() }),
  }),
  'draw.voided': entry('draw.voided', {
    zh: '抽查作废',
    article: '5',
    audience: 'inside',
    data: z.strictObject({ reason: z.string() }),
  }),
  'inspection.assigned': entry('inspection.assigned', {
    zh: '派出检查任务',
    article: '7(4)',
    audience: 'inside',
    data: z.strictObject({
      draw: z.string(),
      ...subject,
      team: z.array(z.strictObject({ inspector: z.string(), unit: z.string() })),
      acceptBy: CalendarDate,
      /** True when the units chose the team; absent when it was drawn. */
      direct: z.literal(true).optional(),
    }),
  }),
  'inspection.joined': entry('inspection.joined', {
    zh: '并入联合检查',
    article: '3',
    audience: 'inside',
    data: z.strictObject({
      draw: z.string(),
      planNumber: z.string(),
      how: InspectionDraw.shape.how,
      ...subject,
      items: z.array(z.string()),
      units: z.array(z.string()),
      /** The whole team as it is now, and who of it is new. */
      team: z.array(z.strictObject({ inspector: z.string(), unit: z.string(), joined: z.boolean() })),
      /** Absent when nobody has to accept anew. */
      acceptBy: CalendarDate.optional(),
    }),
  }),
  'inspection.recused': entry('inspection.recused', {
    zh: '检查人员回避',
    article: '5',
    audience: 'inside',
    data: z.strictObject({
      inspector: z.string(),
      unit: z.string(),
      kind: RecusalKind,
      reason: z.string(),
      ...subject,
      /** Nobody was left in line: the unit has to fill the seat. */
      seatOpen: z.boolean(),
    }),
  }),
  'inspection.replaced': entry('inspection.replaced', {
    zh: '递补检查人员',
    article: '5',
    audience: 'inside',
    data: z.strictObject({
      inspector: z.string(),
      successor: z.string(),
      unit: z.string(),
      why: LeavingReason,
      reason: z.string(),
      ...subject,
      acceptBy: CalendarDate,
    }),
  }),
  'inspection.assigned-directly': entry('inspection.assigned-directly', {
    zh: '直接选派检查人员',
    article: '7(4)',
    audience: 'inside',
    data: z.strictObject({
      unit: z.string(),
      team: z.array(z.string()),
      newcomers: z.array(z.string()),
      leavers: z.array(z.string()),
      reason: z.string(),
      ...subject,
      acceptBy: CalendarDate.optional(),
    }),
  }),
  'inspection.expert-invited': entry('inspection.expert-invited', {
    zh: '邀请专业人员',
    article: '9',
    audience: 'outside',
    data: z.strictObject({ name: z.string(), organisation: z.string(), role: z.string() }),
  }),
  'inspection.accepted': entry('inspection.accepted', {
    zh: '接受任务',
    article: '7(4)',
    audience: 'outside',
    data: z.strictObject({ inspector: z.string(), complete: z.boolean() }),
  }),
  'inspection.begun': entry('inspection.begun', {
    zh: '开始检查',
    article: '7(5)',
    audience: 'outside',
    data: z.strictObject({}),
  }),
  'inspection.ended': entry('inspection.ended', {
    zh: '检查结束',
    article: '14',
    audience: 'outside',
    data: z.strictObject({ publishBy: CalendarDate, provisional: z.boolean() }),
  }),
  'inspection.evidence-stored': entry('inspection.evidence-stored', {
    zh: '留存证据',
    article: '12',
    audience: 'outside',
    /** What was kept, and not what it is called: a name may tell of people. */
    data: z.strictObject({
      evidence: z.string(),
      mediaType: MediaType,
      size: z.int().positive(),
      sha256: hex64,
    }),
  }),
  'inspection.recorded': entry('inspection.recorded', {
    zh: '录入结果',
    article: '7(6)',
    audience: 'outside',
    data: z.strictObject({ results: z.array(ResultCode), recordHash: hex64 }),
  }),
  'inspection.published': entry('inspection.published', {
    zh: '公示结果',
    article: '14',
    audience: 'inside',
    data: z.strictObject({ onTime: z.boolean(), publicationHash: hex64 }),
  }),
  ...followUpEvents,
  ...handoverEvents,
  ...archiveEvents,
  ...correctionEvents,
  ...submissionEvents,
  'recusal.declared': entry('recusal.declared', {
    zh: '声明回避',
    article: '5',
    audience: 'outside',
    data: z.strictObject({ inspector: z.string(), kind: RecusalKind, reason: z.string() }),
  }),
  ...directoryEvents,
  ...riskEvents,
  'deadline.reminded': entry('deadline.reminded', {
    zh: '期限提醒',
    article: '14',
    audience: 'inside',
    data: z.strictObject({
      deadline: DeadlineKind,
      of: z.strictObject({ kind: AggregateKind, id: z.string() }),
      due: CalendarDate,
      /** Working days to go; 0 on the day, negative once past. */
      remaining: z.int(),
      /** 0 before and on the day; then as the rule of the kind escalates. */
      level: EscalationLevel,
      /** Whom the rung reaches, by the rules that the deadline was started by, and the units that answer for it. */
      reaches: z.array(Reached),
      units: z.array(z.string()),
    }),
  }),
  ...deadlineEvents,
  ...calendarEvents,
  'message.posted': entry('message.posted', {
    zh: '发出消息',
    audience: 'inside',
    data: z.strictObject({ to: z.string(), urgency: Urgency, subject: z.string(), text: z.string() }),
  }),
  ...deliveryEvents,
  ...deadLetterEvents,
  'library.imported': entry('library.imported', {
    zh: '导入名录库',
    article: '7(2)',
    audience: 'outside',
    data: z.strictObject({ library: z.string(), rows: count, rejected: count, contentHash: hex64 }),
  }),
  'library.import-started': entry('library.import-started', {
    zh: '开始导入上传的文件',
    article: '7(2)',
    audience: 'inside',
    data: z.strictObject({ library: z.string(), upload: z.string(), dryRun: z.boolean() }),
  }),
  'library.import-continued': entry('library.import-continued', {
    zh: '继续导入',
    article: '7(2)',
    audience: 'inside',
    /** The part of the file that comes next, from 0, and the rows done before it. */
    data: z.strictObject({ library: z.string(), part: count, rows: count }),
  }),
  'library.import-finished': entry('library.import-finished', {
    zh: '导入完毕',
    article: '7(2)',
    audience: 'outside',
    data: z.strictObject({
      library: z.string(),
      /** Whether it only told what would change. */
      dryRun: z.boolean(),
      added: count,
      changed: count,
      unchanged: count,
      rejected: count,
    }),
  }),
  'library.import-refused': entry('library.import-refused', {
    zh: '文件无法导入',
    article: '7(2)',
    audience: 'outside',
    data: z.strictObject({ library: z.string(), reason: z.string() }),
  }),
  ...policyEvents,
  'source.registered': entry('source.registered', {
    zh: '登记触发来源',
    article: '2',
    audience: 'outside',
    data: z.strictObject({ name: z.string() }),
  }),
  'source.rotated': entry('source.rotated', {
    zh: '更换来源密钥',
    article: '2',
    audience: 'outside',
    /** Until when the older secret is accepted. No secret stands in an event. */
    data: z.strictObject({ olderUntil: Instant }),
  }),
};

export type EventType = keyof typeof catalogue;

function isEventType(value: string): value is EventType {
  return Object.hasOwn(catalogue, value);
}

/** The events' names, in the order of the catalogue. */
export const eventTypes: readonly EventType[] = Object.keys(catalogue).filter(isEventType);
