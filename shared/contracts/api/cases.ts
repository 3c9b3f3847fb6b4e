import * as z from 'zod';
import { MingchouEvent } from '#contracts/events.ts';
import { BeaconPlan } from '#domain/draw/beacon-plan.ts';
import { DrawCriteria } from '#domain/draw/criteria.ts';
import { BeaconEntry, Draw, DrawStatus, LeftOutObject, NamedObject, Staffing } from '#domain/draw/draw.ts';
import { ExclusionCounts } from '#domain/draw/exclusion.ts';
import { SizePerStratum } from '#domain/draw/pool.ts';
import { QuotaPerStratum } from '#domain/draw/quota.ts';
import { InspectionOfDraw } from '#domain/inspection/inspection.ts';
import { ClassQuota } from '#domain/item/item.ts';
import { Message, Words } from '#domain/message/message.ts';
import { PersonRole } from '#domain/person/person.ts';
import { Trigger, TriggerCategory, TriggerStatus } from '#domain/trigger/trigger.ts';
import type { Operations } from './operation.ts';
import { placeOf } from './place.ts';

const reason = z.string().trim().min(1).max(500);

/** Who is asking. An administrator whom the installation names without a row in the library has no unit: `""`. */
export const Myself = z.strictObject({
  staffNo: z.string(),
  name: z.string(),
  role: PersonRole,
  unit: z.string(),
});

/** A message of the inbox: each language by itself, and both together as one text to show. */
export const ShownMessage = z.strictObject({ ...Message.shape, ...Words.shape });

export const Firing = z.strictObject({ policy: z.string().min(1).max(64) });
export const Dismissal = z.strictObject({ reason });
export const Merging = z.strictObject({ into: z.string().min(1).max(64), reason });

/** Whom a draw is about and how many of them: what a preview needs too (articles 6, 8). */
export const Question = z.strictObject({
  items: z.array(z.string().min(1).max(40)).min(1).max(20),
  criteria: DrawCriteria,
  /** Absent, the highest share that one of the items asks for. */
  quota: ClassQuota.optional(),
  coolDownDays: z.int().min(0).max(3_650).default(0),
  /** Ids of objects that are checked besides the draw. */
  named: z
    .array(z.string().regex(/^[0-9A-Z]{1,32}$/, '1 to 32 digits and capital letters'))
    .max(50)
    .default([]),
});

export const ProposalBody = Question.extend({
  title: z.string().trim().min(1).max(200),
  /** Article 10 allows no fewer than two. */
  teamSize: z.int().min(2).max(6).default(2),
  staffing: Staffing.default('random'),
  beacon: BeaconPlan,
});

/** The beacon, where it is to be another one than the voided draw's. */
export const RedrawBody = z.strictObject({ beacon: BeaconPlan.optional() });

export const BeaconBody = z.strictObject({ value: z.string().min(1).max(1_000) });
export const VoidBody = z.strictObject({ reason });

/** What was entered of an announced beacon so far; its value once two people agree. */
export const EnteredBeacon = z.strictObject({
  draw: z.string(),
  entries: z.array(BeaconEntry),
  agreed: z.boolean(),
  value: z.string().optional(),
});
export type EnteredBeacon = z.infer<typeof EnteredBeacon>;

/** Where the next page begins; absent on the last. */
const next = z.string().optional();

export const MessagesQuery = z.strictObject({ after: placeOf('M').optional() });

/** Triggers that meet all of it, newest first. */
export const TriggersQuery = z.strictObject({
  status: TriggerStatus.optional(),
  category: TriggerCategory.optional(),
  source: z.string().min(1).max(64).optional(),
  after: placeOf('T')
    .transform(({ at, id }) => ({ receivedAt: at, id }))
    .optional(),
});
export type TriggersQuery = z.infer<typeof TriggersQuery>;

/** Draws that meet all of it, newest first; `title` is a part of the title or of the document number. */
export const DrawsQuery = z.strictObject({
  status: DrawStatus.optional(),
  title: z.string().min(1).max(200).optional(),
  after: placeOf('D')
    .transform(({ at, id }) => ({ proposedAt: at, id }))
    .optional(),
});
export type DrawsQuery = z.infer<typeof DrawsQuery>;

/** A draw in a list; `plan` is the document number. */
const ListedDraw = z.strictObject({
  id: Draw.shape.id,
  status: Draw.shape.status,
  title: Draw.shape.title,
  trigger: Draw.shape.trigger,
  proposedAt: Draw.shape.proposedAt,
  plan: Draw.shape.plan.shape.number,
});

/** What a draw would find and take: sizes and quota by class. */
export const Preview = z.strictObject({
  pool: SizePerStratum,
  quota: QuotaPerStratum,
  rule: ClassQuota,
  excluded: ExclusionCounts,
  named: z.array(NamedObject),
  namedLeftOut: z.array(LeftOutObject),
});
export type Preview = z.infer<typeof Preview>;

export const casesOperations = {
  'GET /me': { summary: ['本人', 'Who is asking'], answers: { 200: Myself } },
  'GET /me/messages': {
    summary: ['本人的站内消息', 'The messages of the own inbox, newest first'],
    query: MessagesQuery,
    answers: { 200: z.strictObject({ messages: z.array(ShownMessage), next }) },
  },
  'GET /me/inspections': {
    summary: ['本人参加的检查', 'Ids of the inspections that one is on the team of, newest first'],
    answers: { 200: z.strictObject({ inspections: z.array(z.string()) }) },
  },
  'GET /triggers': {
    summary: ['触发信息，新的在前', 'Triggers, newest first'],
    query: TriggersQuery,
    answers: { 200: z.strictObject({ triggers: z.array(Trigger), next }) },
  },
  'GET /triggers/{id}': { summary: ['触发信息', 'A trigger'], answers: { 200: Trigger } },
  'POST /triggers/{id}/fire': {
    summary: ['按规则发起抽查', 'Fire a held trigger by a policy'],
    body: Firing,
    once: true,
    answers: { 200: Trigger },
  },
  'POST /triggers/{id}/dismiss': {
    summary: ['不予抽查', 'Close a held trigger without a draw'],
    body: Dismissal,
    once: true,
    answers: { 200: Trigger },
  },
  'POST /triggers/{id}/merge': {
    summary: ['并案', 'Deal with a held trigger together with another one'],
    body: Merging,
    once: true,
    answers: { 200: Trigger },
  },
  'GET /draws': {
    summary: ['抽查，新的在前', 'Draws, newest first'],
    query: DrawsQuery,
    answers: { 200: z.strictObject({ draws: z.array(ListedDraw), next }) },
  },
  'GET /draws/{id}': {
    summary: ['抽查及其检查', 'A draw, with the inspections that it sends out'],
    answers: { 200: z.strictObject({ ...Draw.shape, inspections: z.array(InspectionOfDraw) }) },
  },
  'POST /draws/{id}/approve': {
    summary: ['批准抽查', 'Approve a proposed draw'],
    once: true,
    answers: { 200: Draw },
  },
  'POST /draws': {
    summary: ['拟定抽查', 'Propose a draw by hand'],
    body: ProposalBody,
    once: true,
    answers: { 201: Draw },
  },
  'POST /draws/preview': {
    summary: ['抽查预览', 'How many objects a draw would find and take'],
    body: Question,
    answers: { 200: Preview },
  },
  'POST /draws/{id}/freeze': {
    summary: ['重新冻结名单', 'Try again to commit a draw for which no beacon could be had'],
    once: true,
    answers: { 200: Draw },
  },
  'POST /draws/{id}/beacon': {
    summary: ['录入公开信标的值', 'Enter what the announced source published'],
    body: BeaconBody,
    once: true,
    answers: { 200: EnteredBeacon },
  },
  'POST /draws/{id}/match': {
    summary: ['重新匹配检查人员', 'Draw the inspectors again'],
    once: true,
    answers: { 200: Draw },
  },
  'POST /draws/{id}/void': {
    summary: ['作废抽查', 'Void a draw that is not dispatched'],
    body: VoidBody,
    once: true,
    answers: { 200: Draw },
  },
  'POST /draws/{id}/redraw': {
    summary: ['重新抽取', 'Draw again instead of a voided draw'],
    body: RedrawBody.optional(),
    once: true,
    answers: { 201: Draw },
  },
  'GET /history/{kind}/{id}': {
    summary: ['办理记录', 'Everything that happened to one record, oldest first'],
    answers: { 200: z.strictObject({ events: z.array(MingchouEvent) }) },
  },
} as const satisfies Operations<'cases'>;
