import * as z from 'zod';
import { RiskLevel } from '#domain/risk/rule.ts';
import { ScanPart, ScanRun } from '#domain/risk/scan.ts';
import { RiskStanding } from '#domain/risk/standing.ts';
import { RiskWarning, RiskWarningStatus } from '#domain/risk/warning.ts';
import { GivenClass, liftsFit, Signal } from '#domain/signal/signal.ts';
import { Subject } from '#domain/subject/subject.ts';
import { CalendarDate } from '#domain/time/time.ts';
import { IndustryPrefix, TerritoryPrefix } from '#domain/trigger/trigger.ts';
import type { Operations } from './operation.ts';

const count = z.int().nonnegative();
/** Where the next page begins; absent on the last. */
const next = z.string().optional();
const NEXT = '须为上一页的 next the next of the page before';

export const HistoryQuery = z.strictObject({
  /** Where the page before stopped, as its `next` says. */
  after: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}#(CLASS|SIGNAL#S-[0-9a-f]{24})$/, NEXT)
    .optional(),
});

export const FormerQuery = z.strictObject({
  /** Where the page before stopped, as its `next` says. */
  after: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}#[0-9a-f]{64}$/, NEXT)
    .optional(),
});

export const WarningQuery = z.strictObject({
  status: RiskWarningStatus.default('open'),
  level: RiskLevel.optional(),
  territory: TerritoryPrefix.optional(),
  industry: IndustryPrefix.optional(),
  /** Where the page before stopped, as its `next` says. */
  after: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}#W-[0-9a-f]{24}$/, NEXT)
    .optional(),
});
export type WarningQuery = z.infer<typeof WarningQuery>;

const { kind, on, reference, note, lifts } = Signal.shape;
export const SignalBody = z.strictObject({ kind, on, reference, note, lifts }).superRefine(liftsFit);
export type SignalBody = z.infer<typeof SignalBody>;

const warningNote = z.string().trim().min(1).max(500);
export const AcknowledgementBody = z.strictObject({ note: warningNote.optional() });
export const WarningDismissal = z.strictObject({ note: warningNote });

/** What the scan found at last. */
export const RiskView = RiskStanding.pick({ level: true, warning: true, directCheckOn: true }).strict();
export type RiskView = z.infer<typeof RiskView>;

/** A subject with, newest first, the signals about it and the classes that it was given; the telephone is left out for whoever does not act on it. */
export const SubjectHistory = z.strictObject({
  subject: Subject,
  risk: RiskView.optional(),
  signals: z.array(Signal.safeExtend({ label: z.string() })),
  classes: z.array(GivenClass.omit({ subject: true }).strict()),
  next,
});

/** What the library said of a subject before, each with the day on which a file said otherwise. */
export const FormerSubjects = z.strictObject({
  former: z.array(z.strictObject({ until: CalendarDate, subject: Subject })),
  next,
});

/** A scan in a list. */
export const ScanView = z.strictObject({
  id: ScanRun.shape.id,
  day: ScanRun.shape.day,
  status: ScanRun.shape.status,
  startedAt: ScanRun.shape.startedAt,
  /** Absent once it is finished. */
  runningForSeconds: z.int().optional(),
  parts: z.strictObject({ open: count, all: count }),
  counts: ScanRun.shape.counts,
  cohorts: ScanRun.shape.cohorts,
  capacity: ScanRun.shape.capacity,
  territories: count,
});
export type ScanView = z.infer<typeof ScanView>;

/** How far one part of a scan has come. */
export const ScanPartView = z.strictObject({
  part: ScanPart.shape.part,
  status: ScanPart.shape.status,
  evaluated: count,
  after: ScanPart.shape.after,
});
export type ScanPartView = z.infer<typeof ScanPartView>;

export const monitoringOperations = {
  'GET /subjects/{id}': {
    summary: ['检查对象及其信号', 'A subject with the signals about it and its classes'],
    query: HistoryQuery,
    answers: { 200: SubjectHistory },
  },
  'GET /subjects/{id}/former': {
    summary: ['检查对象的历史信息', 'What the library said of a subject before'],
    query: FormerQuery,
    answers: { 200: FormerSubjects },
  },
  'POST /subjects/{id}/signals': {
    summary: ['登记信号', 'Record what was learnt of a subject'],
    body: SignalBody,
    once: true,
    answers: { 200: Signal, 201: Signal },
  },
  'GET /warnings': {
    summary: ['风险预警', 'The warnings of a status, newest first'],
    query: WarningQuery,
    answers: { 200: z.strictObject({ warnings: z.array(RiskWarning), next }) },
  },
  'GET /warnings/{id}': { summary: ['风险预警', 'A warning'], answers: { 200: RiskWarning } },
  'POST /warnings/{id}/acknowledge': {
    summary: ['确认预警', 'Say that somebody deals with a warning'],
    body: AcknowledgementBody,
    once: true,
    answers: { 200: RiskWarning },
  },
  'POST /warnings/{id}/dismiss': {
    summary: ['排除预警', 'Say why a warning is none'],
    body: WarningDismissal,
    once: true,
    answers: { 200: RiskWarning },
  },
  'GET /scans': {
    summary: ['扫描记录', 'The newest scans, and the pass over the library that is under way'],
    answers: {
      200: z.strictObject({
        scans: z.array(ScanView),
        pass: z.strictObject({ startedOn: CalendarDate, evaluated: count }).optional(),
      }),
    },
  },
  'GET /scans/{id}': {
    summary: ['一次扫描', 'One scan with its parts'],
    answers: { 200: z.strictObject({ ...ScanView.shape, parts: z.array(ScanPartView) }) },
  },
} as const satisfies Operations<'monitoring'>;
