import * as z from 'zod';
import { DirectCheck, RiskLevel } from '#domain/risk/rule.ts';
import { ScanCounts, CohortCounts } from '#domain/risk/scan.ts';
import { SignalKind } from '#domain/signal/signal.ts';
import { CalendarDate } from '#domain/time/time.ts';
import { entry } from './entry.ts';

const whom = { subjectId: z.string(), subjectName: z.string() };
const warned = {
  ...whom,
  level: RiskLevel,
  /** The rules that say so, the gravest first. */
  policies: z.array(z.string()),
};

/** What credit-risk monitoring (信用风险监测, article 4) finds. */
export const riskEvents = {
  'signal.recorded': entry('signal.recorded', {
    zh: '记录风险信号',
    article: '4',
    audience: 'outside',
    data: z.strictObject({ subjectId: z.string(), kind: SignalKind, on: CalendarDate }),
  }),
  'warning.raised': entry('warning.raised', {
    zh: '发出风险预警',
    article: '4',
    audience: 'inside',
    data: z.strictObject(warned),
  }),
  'warning.changed': entry('warning.changed', {
    zh: '风险预警变动',
    article: '4',
    audience: 'inside',
    data: z.strictObject({ ...warned, before: RiskLevel }),
  }),
  'warning.cleared': entry('warning.cleared', {
    zh: '风险预警解除',
    article: '4',
    audience: 'outside',
    data: z.strictObject(whom),
  }),
  'warning.acknowledged': entry('warning.acknowledged', {
    zh: '确认风险预警',
    article: '4',
    audience: 'outside',
    data: z.strictObject({ ...whom, note: z.string().optional() }),
  }),
  'warning.dismissed': entry('warning.dismissed', {
    zh: '排除风险预警',
    article: '4',
    audience: 'outside',
    data: z.strictObject({ ...whom, note: z.string() }),
  }),
  'warning.check-due': entry('warning.check-due', {
    zh: '提出直接检查',
    article: '4',
    audience: 'inside',
    data: z.strictObject({ ...warned, items: DirectCheck.shape.items }),
  }),
  'scan.started': entry('scan.started', {
    zh: '开始风险扫描',
    article: '4',
    audience: 'outside',
    data: z.strictObject({ day: CalendarDate, parts: z.int().nonnegative() }),
  }),
  'scan.continued': entry('scan.continued', {
    zh: '继续风险扫描',
    article: '4',
    audience: 'inside',
    /** Which part, and its checkpoint, from 1. */
    data: z.strictObject({ part: z.int().nonnegative(), checkpoint: z.int().positive() }),
  }),
  'scan.weighing': entry('scan.weighing', {
    zh: '核算群体阈值',
    article: '4',
    audience: 'inside',
    data: z.strictObject({ territories: z.int().nonnegative() }),
  }),
  'scan.finished': entry('scan.finished', {
    zh: '风险扫描完毕',
    article: '4',
    audience: 'inside',
    data: z.strictObject({ day: CalendarDate, counts: ScanCounts, cohorts: CohortCounts }),
  }),
};
