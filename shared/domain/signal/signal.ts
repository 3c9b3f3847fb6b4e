import * as z from 'zod';
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
  .superRefine(({ kind, lifts }, context) => {
    if ((kind === 'credit-repair') !== (lifts !== undefined)) {
      context.addIssue({
        code: 'custom',
        path: ['lifts'],
        message:
          '信用修复须注明修复的信号类型，其他信号不可填写 only a credit repair names what it lifts, and it has to',
      });
    }
  });
export type Signal = z.infer<typeof Signal>;

/** The credit-risk class that a subject was given on a day (article 6). */
export const GivenClass = z.object({ subject: z.string(), on: CalendarDate, creditClass: CreditClass });
export type GivenClass = z.infer<typeof GivenClass>;
