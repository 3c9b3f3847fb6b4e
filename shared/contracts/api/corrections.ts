import * as z from 'zod';
import { Correction, CorrectionStatus } from '#domain/correction/correction.ts';
import { PublicRequest, StaffRequest } from '#domain/correction/request.ts';
import { Changes } from '#domain/correction/version.ts';
import { CalendarDate } from '#domain/time/time.ts';
import type { Operations } from './operation.ts';
import { placeOf } from './place.ts';

const { shape } = Correction;

/** What whoever asked is told: the receipt number 受理编号, and by when there is an answer. Nothing of it is secret. */
export const Receipt = z.strictObject({
  receipt: z.string(),
  status: z.literal('received'),
  receivedOn: CalendarDate,
  answerBy: CalendarDate,
  link: z.string(),
});
export type Receipt = z.infer<typeof Receipt>;

export const CorrectionsQuery = z.object({
  status: CorrectionStatus.default('received'),
  after: placeOf('C')
    .transform(({ at, id }) => ({ receivedAt: at, id }))
    .optional(),
});

/** A request in a list. Who asked is shown to those who answer, and to others only so far that two can be told apart. */
export const ListedCorrection = z.strictObject({
  id: shape.id,
  version: shape.version,
  status: shape.status,
  inspection: shape.inspection,
  subject: shape.subject,
  units: shape.units,
  of: shape.of,
  requester: shape.requester,
  wrong: shape.wrong,
  right: shape.right,
  receivedAt: shape.receivedAt,
  decision: shape.decision,
});
export type ListedCorrection = z.infer<typeof ListedCorrection>;

export const CorrectionView = ListedCorrection.extend({
  answerBy: z.strictObject({ date: CalendarDate, provisional: z.boolean() }),
});
export type CorrectionView = z.infer<typeof CorrectionView>;

const reason = z.string().trim().min(1).max(1_000);
/** Of the public record that was looked at. */
const version = z.int().positive();

export const Grant = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('correct'), version, reason, changes: Changes }),
  z.strictObject({ kind: z.literal('withdraw'), version, legalReason: reason }),
]);
export const Refusing = z.strictObject({ reason });

/** What everyone who has the receipt number sees: the state, the days, and why a request was refused. */
export const PublicState = z.strictObject({
  receipt: z.string(),
  status: CorrectionStatus,
  receivedOn: CalendarDate,
  answerBy: CalendarDate,
  decidedOn: CalendarDate.optional(),
  /** Of a refusal. */
  reason: z.string().optional(),
});
export type PublicState = z.infer<typeof PublicState>;

export const correctionsOperations = {
  'POST /inspections/{id}/corrections': {
    summary: ['工作人员申请更正', 'Ask for a correction of what was published, as staff'],
    body: StaffRequest,
    once: true,
    answers: { 201: Receipt },
  },
  'GET /corrections': {
    summary: ['更正申请', 'Requests for a correction of a status, oldest first'],
    query: CorrectionsQuery,
    answers: {
      200: z.strictObject({
        corrections: z.array(ListedCorrection),
        /** The `after` of the next page, when more may follow. */
        next: z.string().optional(),
      }),
    },
  },
  'GET /corrections/{id}': {
    summary: ['更正申请', 'A request for a correction'],
    answers: { 200: CorrectionView },
  },
  'POST /corrections/{id}/grant': {
    summary: ['准予更正或撤下', 'Correct what was published, or withdraw it by law'],
    body: Grant,
    once: true,
    answers: { 200: CorrectionView },
  },
  'POST /corrections/{id}/refuse': {
    summary: ['不予更正', 'Let what was published stand, with the reason'],
    body: Refusing,
    once: true,
    answers: { 200: CorrectionView },
  },
  'POST /public/inspections/{id}/corrections': {
    summary: ['公众申请更正', 'Ask for a correction, as somebody of the public'],
    body: { json: PublicRequest, media: ['application/x-www-form-urlencoded'] },
    once: true,
    answers: { 201: { json: Receipt, media: ['text/html'] } },
  },
  'GET /public/corrections/{receipt}': {
    summary: ['更正申请办理情况', 'What became of a request, for whoever has its number'],
    answers: { 200: { json: PublicState, media: ['text/html'] } },
  },
} as const satisfies Operations<'corrections'>;
