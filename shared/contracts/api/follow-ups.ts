import * as z from 'zod';
import { DocumentKind, FollowUpCase, OutcomeKind } from '#domain/follow-up/follow-up.ts';
import { Clue, Handover } from '#domain/handover/handover.ts';
import { CalendarDate } from '#domain/time/time.ts';
import type { Operations } from './operation.ts';

const text = (max: number) => z.string().trim().min(1).max(max);
const reason = text(1_000);

/** What is asked for: of whom, open or closed, and whether only what is overdue. */
export const DueListQuery = z.object({
  scope: z.enum(['mine', 'unit', 'all']).optional(),
  status: z.enum(['open', 'closed']).default('open'),
  overdue: z.literal('true', 'true 或不写 true, or left out').optional(),
  /** Where the page before stopped, as its `next` says. */
  after: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}_[FH]-[0-9a-f]{24}$/, '本列表给出的位置 a position that this list gave')
    .transform((position) => position.split('_'))
    .pipe(z.tuple([CalendarDate, z.string()]))
    .transform(([due, id]) => ({ due, id }))
    .optional(),
});
export type DueListQuery = z.infer<typeof DueListQuery>;

export const DueBody = z.strictObject({ due: CalendarDate, reason });
export const NoteBody = z.strictObject({ text: text(2_000) });
export const DocumentBody = z.strictObject({ document: DocumentKind, number: text(100), on: CalendarDate });
export const EvidenceReference = z.strictObject({ reference: text(500) });
export const OfferBody = z.strictObject({ to: text(100), reason });
export const AcceptanceBody = z.strictObject({});
export const DeclineBody = z.strictObject({ reason });
export const OutcomeBody = z.strictObject({ outcome: OutcomeKind, text: text(2_000) });

export const SendingBody = z.strictObject({ letter: text(100).optional() });
export const ReceiptBody = z.strictObject({ number: text(100), on: CalendarDate });
export const ReturnBody = z.strictObject({ reason });
export const HandoverEndBody = z.strictObject({ note: text(2_000) });

/** What staff see of a follow-up: everything. A list of its own, so that a field added to the record is a decision here too. */
export const FollowUpView = FollowUpCase.pick({
  id: true,
  version: true,
  status: true,
  kind: true,
  inspection: true,
  subject: true,
  unit: true,
  foundBy: true,
  raisedAt: true,
  due: true,
  dueSet: true,
  documents: true,
  evidence: true,
  notes: true,
  offer: true,
  moves: true,
  outcome: true,
}).strict();
export type FollowUpView = z.infer<typeof FollowUpView>;

/** What both sides see of a handover. */
export const HandoverView = Handover.pick({
  id: true,
  version: true,
  status: true,
  inspection: true,
  subject: true,
  clue: true,
  field: true,
  receiver: true,
  evidence: true,
  from: true,
  raised: true,
  receiptBy: true,
  sent: true,
  receipt: true,
  returned: true,
  closed: true,
}).strict();
export type HandoverView = z.infer<typeof HandoverView>;

/** Where the next page begins; absent on the last. */
const next = z.string().optional();

export const followUpsOperations = {
  'GET /follow-ups': {
    summary: ['后续处置', 'Follow-ups by the day they are due'],
    query: DueListQuery,
    answers: { 200: z.strictObject({ followUps: z.array(FollowUpView), next }) },
  },
  'GET /follow-ups/{id}': { summary: ['后续处置', 'A follow-up'], answers: { 200: FollowUpView } },
  'POST /follow-ups/{id}/due': {
    summary: ['设定办结期限', 'Set the day by which a follow-up is to be closed'],
    body: DueBody,
    once: true,
    answers: { 200: FollowUpView },
  },
  'POST /follow-ups/{id}/notes': {
    summary: ['记录办理情况', 'Add a note to a follow-up'],
    body: NoteBody,
    once: true,
    answers: { 200: FollowUpView },
  },
  'POST /follow-ups/{id}/documents': {
    summary: ['登记文书', 'Enter a paper that a follow-up left'],
    body: DocumentBody,
    once: true,
    answers: { 200: FollowUpView },
  },
  'POST /follow-ups/{id}/evidence': {
    summary: ['登记整改证据', 'Refer to what shows that things were put right'],
    body: EvidenceReference,
    once: true,
    answers: { 200: FollowUpView },
  },
  'POST /follow-ups/{id}/offer': {
    summary: ['移交其他单位', 'Ask another unit to answer for a follow-up'],
    body: OfferBody,
    once: true,
    answers: { 200: FollowUpView },
  },
  'POST /follow-ups/{id}/accept': {
    summary: ['接收后续处置', 'Take over a follow-up that was offered'],
    body: AcceptanceBody.optional(),
    once: true,
    answers: { 200: FollowUpView },
  },
  'POST /follow-ups/{id}/decline': {
    summary: ['不予接收', 'Decline a follow-up that was offered'],
    body: DeclineBody,
    once: true,
    answers: { 200: FollowUpView },
  },
  'POST /follow-ups/{id}/close': {
    summary: ['办结', 'Close a follow-up with what it came to'],
    body: OutcomeBody,
    once: true,
    answers: { 200: FollowUpView },
  },
  'POST /inspections/{id}/handovers': {
    summary: ['移送线索', 'Raise a clue that is to be handed over'],
    body: Clue,
    once: true,
    answers: { 201: HandoverView },
  },
  'GET /handovers': {
    summary: ['线索移送', 'Handovers by the last day for their receipt'],
    query: DueListQuery,
    answers: { 200: z.strictObject({ handovers: z.array(HandoverView), next }) },
  },
  'GET /handovers/{id}': { summary: ['线索移送', 'A handover'], answers: { 200: HandoverView } },
  'POST /handovers/{id}/send': {
    summary: ['发出移送', 'Send a handover, with the number of its letter where there is one'],
    body: SendingBody.optional(),
    once: true,
    answers: { 200: HandoverView },
  },
  'POST /handovers/{id}/receive': {
    summary: ['登记回执', 'Enter the receipt of a handover'],
    body: ReceiptBody,
    once: true,
    answers: { 200: HandoverView },
  },
  'POST /handovers/{id}/return': {
    summary: ['退回移送', 'Give a handover back'],
    body: ReturnBody,
    once: true,
    answers: { 200: HandoverView },
  },
  'POST /handovers/{id}/close': {
    summary: ['办结移送', 'Close a handover'],
    body: HandoverEndBody,
    once: true,
    answers: { 200: HandoverView },
  },
} as const satisfies Operations<'follow-ups'>;
