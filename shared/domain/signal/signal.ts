import * as z from 'zod';
import { deriveId } from '#domain/ids/derive.ts';
import { SubjectId } from '#domain/subject/subject-id.ts';
import { CreditClass } from '#domain/subject/subject.ts';
import { CalendarDate } from '#domain/time/time.ts';

/** What speaks for or against a subject (风险信号). */
export const SignalKind = z.enum([
  'complaint',
  'abnormal-listing',
  'serious-violation',
  'penalty',
  'failed-check',
  'passed-check',
  'overdue-report',
  'credit-repair',
]);
export type SignalKind = z.infer<typeof SignalKind>;

export const signalLabels: Readonly<Record<SignalKind, string>> = {
  complaint: '投诉举报',
  'abnormal-listing': '列入经营异常名录',
  'serious-violation': '列入严重违法失信名单',
  penalty: '行政处罚',
  'failed-check': '检查发现问题',
  'passed-check': '检查未发现问题',
  'overdue-report': '年报逾期',
  'credit-repair': '信用修复',
};

/** What a credit repair (信用修复) can lift. A complaint or a failed check has happened, and stays so. */
export const LiftableKind = SignalKind.extract([
  'abnormal-listing',
  'serious-violation',
  'penalty',
  'overdue-report',
]);
export type LiftableKind = z.infer<typeof LiftableKind>;

/** One signal about a subject. It is never changed and never taken back: what ends it is a signal of its own. */
export const Signal = z
  .strictObject({
    /** Follows from what caused it: told twice, it is one. */
    id: z.string().min(1).max(64),
    subject: SubjectId,
    kind: SignalKind,
    /** The day on which it happened. */
    on: CalendarDate,
    /** Where it was learnt: a trigger, an inspection, a file, a person. */
    source: z.enum(['trigger', 'inspection', 'import', 'person']),
    /** The trigger's or inspection's id, the number of a decision (文书号). */
    reference: z.string().trim().min(1).max(100).optional(),
    note: z.string().trim().min(1).max(200).optional(),
    /** Of a credit repair: the kinds that no longer count from its day on, as far as they were there before. */
    lifts: z.array(LiftableKind).min(1).optional(),
  })
  .superRefine(liftsFit);
export type Signal = z.infer<typeof Signal>;

/** What is said of a signal, wherever it comes from. */
type Said = Pick<Signal, 'kind' | 'on' | 'reference' | 'note' | 'lifts'>;

/** Only a credit repair names what it lifts, and it has to. */
export function liftsFit({ kind, lifts }: Pick<Signal, 'kind' | 'lifts'>, context: z.RefinementCtx): void {
  if ((kind === 'credit-repair') !== (lifts !== undefined)) {
    context.addIssue({
      code: 'custom',
      path: ['lifts'],
      message:
        '信用修复须注明修复的信号类型，其他信号不可填写 only a credit repair names what it lifts, and it has to',
    });
  }
}

/**
 * The signal that something said of a subject is. Its id follows from subject, kind, day and reference: one decision is one
 * signal, whether a file, a person or both tell of it, and an exported signal is the same one when it is imported again.
 */
export function signalOf(subject: string, source: Signal['source'], said: Said): Signal {
  const { kind, on, reference, note, lifts } = said;
  return Signal.parse({
    id: deriveId('S', subject, kind, on, reference ?? ''),
    subject,
    kind,
    on,
    source,
    reference,
    note,
    lifts,
  });
}

/** Whether two signals of one id say the same, whoever told of them. What lifts is a set. */
export function saysTheSame(one: Signal, other: Signal): boolean {
  const said = ({ note, lifts }: Signal) => JSON.stringify([note ?? '', lifts?.toSorted() ?? []]);
  return one.id === other.id && said(one) === said(other);
}

/** The credit-risk class that a subject was given on a day (article 6). */
export const GivenClass = z.object({ subject: z.string(), on: CalendarDate, creditClass: CreditClass });
export type GivenClass = z.infer<typeof GivenClass>;
