import * as z from 'zod';
import type { Library } from '#domain/library/column.ts';
import { readDate, readLabel, readLabels, readText, type Reader } from '#domain/library/reading.ts';
import { idColumn } from '#domain/library/subjects.ts';
import { writeLabel, writeLabels } from '#domain/library/writing.ts';
import { liftsFit, LiftableKind, Signal, signalLabels, SignalKind, signalOf } from '#domain/signal/signal.ts';
import { SubjectId } from '#domain/subject/subject-id.ts';
import type { Subject } from '#domain/subject/subject.ts';

/** One line of a file of risk signals (风险信号): what is told of a subject that the register has. */
export const SignalLine = z
  .strictObject({
    id: SubjectId,
    /** As the file has it, to be compared by the eye; the register's name stands. */
    name: z.string().trim().min(1).max(200).optional(),
    kind: SignalKind,
    on: Signal.shape.on,
    reference: Signal.shape.reference,
    lifts: Signal.shape.lifts,
    note: Signal.shape.note,
  })
  .superRefine(liftsFit);
export type SignalLine = z.infer<typeof SignalLine>;

/** What registers call the kinds, and the codes that the interface names them by. */
const LIFTABLE_NAMES: Readonly<Record<LiftableKind, readonly string[]>> = {
  'abnormal-listing': ['abnormal-listing', '经营异常名录', '经营异常'],
  'serious-violation': ['serious-violation', '严重违法失信', '严重违法失信名单'],
  penalty: ['penalty', '处罚'],
  'overdue-report': ['overdue-report', '未按时年报'],
};
const NAMES: Readonly<Record<SignalKind, readonly string[]>> = {
  ...LIFTABLE_NAMES,
  complaint: ['complaint', '投诉', '举报'],
  'failed-check': ['failed-check', '检查不合格'],
  'passed-check': ['passed-check', '检查合格'],
  'credit-repair': ['credit-repair'],
};

const liftableLabels: Readonly<Record<LiftableKind, string>> = {
  'abnormal-listing': signalLabels['abnormal-listing'],
  'serious-violation': signalLabels['serious-violation'],
  penalty: signalLabels.penalty,
  'overdue-report': signalLabels['overdue-report'],
};
const readLiftedKinds = readLabels(liftableLabels, LIFTABLE_NAMES);

/** 全部 is everything that a repair can lift. */
const readLifts: Reader = (text) => {
  const reading = readLiftedKinds(text);
  return reading.ok && Array.isArray(reading.value) && reading.value.length === 0
    ? { ok: true, value: LiftableKind.options }
    : reading;
};

/** Risk signals (风险信号) that other systems know of. */
export const signals: Library<SignalLine> = {
  label: '风险信号',
  keyColumn: idColumn.header,
  // What a signal's id follows from: two lines with the same would be one signal.
  keyOf: ({ id, kind, on, reference }) => JSON.stringify([id, kind, on, reference ?? '']),
  schema: SignalLine,
  columns: [
    idColumn,
    { header: '企业名称', otherHeaders: ['名称'], path: 'name', read: readText },
    {
      header: '信号类型',
      example: '行政处罚',
      otherHeaders: ['风险信号', '信号'],
      path: 'kind',
      required: true,
      read: readLabel(signalLabels, NAMES),
      write: writeLabel(signalLabels),
    },
    {
      header: '发生日期',
      example: '2026-08-20',
      otherHeaders: ['日期'],
      path: 'on',
      required: true,
      read: readDate,
    },
    {
      header: '文书号',
      example: '罚字〔2026〕1号',
      otherHeaders: ['文号', '决定书文号'],
      path: 'reference',
      read: readText,
    },
    {
      header: '修复范围',
      otherHeaders: ['修复的信号类型'],
      path: 'lifts',
      read: readLifts,
      write: writeLabels(liftableLabels),
    },
    { header: '备注', otherHeaders: ['说明'], path: 'note', read: readText },
  ],
};

/** The signal that a line is. */
export function signalOfLine({ id, kind, on, reference, lifts, note }: SignalLine): Signal {
  return signalOf(id, 'import', { kind, on, reference, lifts, note });
}

/** The line that tells of a signal. Importing it again makes the same signal. */
export function lineOfSignal(
  { name }: Pick<Subject, 'name'>,
  { subject, kind, on, reference, lifts, note }: Signal,
): SignalLine {
  return { id: subject, name, kind, on, reference, lifts, note };
}
