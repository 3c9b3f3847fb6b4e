import * as z from 'zod';
import { PolicyBody, PolicyKind } from '#domain/policy/body.ts';
import { Policy } from '#domain/policy/policy.ts';
import { RehearsalWindow, RehearsedTriggers, TriggerFinding } from '#domain/policy/rehearsal.ts';
import {
  CohortFinding,
  RehearsalFailure,
  RehearsedCohorts,
  RehearsedSubjects,
  SubjectFinding,
} from '#domain/risk/rehearsal.ts';
import { RiskRule } from '#domain/risk/rule.ts';
import { Source, SourceMessage } from '#domain/source/source.ts';
import { CalendarDate, Instant } from '#domain/time/time.ts';
import { DryRunQuery, ImportReport } from './import-report.ts';
import type { Operations } from './operation.ts';

const count = z.int().nonnegative();

/** A policy of any kind, in one of its versions. */
const AnyPolicy = z.union([Policy, RiskRule]);

/** Whether a rule that holds for half of the operating subjects or more is meant. */
export const AdoptionQuery = z.strictObject({ confirm: z.enum(['true', 'false']).default('false') });

export const PolicyExportQuery = z.strictObject({
  format: z.enum(['csv', 'xlsx', 'json']).default('csv'),
  about: PolicyKind.optional(),
});

export const RehearsalBody = RehearsalWindow.safeExtend({ policy: PolicyBody });

const rehearsal = {
  id: z.string(),
  policy: z.string(),
  contentHash: z.string(),
  status: z.enum(['started', 'running', 'finished']),
  from: CalendarDate,
  through: CalendarDate,
  startedAt: Instant,
  finishedAt: Instant.optional(),
  progress: z.strictObject({ done: count, total: count }),
  failure: RehearsalFailure.optional(),
  /** The number is whole; of the findings the first are shown, in the order in which they were made. */
  found: count,
};

/** How far the rehearsal of a policy is, and what it has found. */
export const RehearsalView = z.discriminatedUnion('about', [
  z.strictObject({
    ...rehearsal,
    about: z.literal('trigger'),
    counts: RehearsedTriggers,
    findings: z.array(TriggerFinding),
  }),
  z.strictObject({
    ...rehearsal,
    about: z.literal('subject'),
    counts: RehearsedSubjects,
    /** The part of the operating subjects for which the rule holds on the last day. */
    shareBasisPoints: z.int().min(0).max(10_000),
    findings: z.array(SubjectFinding),
  }),
  z.strictObject({
    ...rehearsal,
    about: z.literal('cohort'),
    counts: RehearsedCohorts,
    /** Counts of cohorts have no history: they are those of the rehearsal, whatever its window. */
    asOf: Instant,
    findings: z.array(CohortFinding),
  }),
]);

export const SourceBody = Source.pick({ name: true });

/** A sender of triggers, without its secrets. */
export const SourceView = Source.pick({ id: true, name: true, registeredAt: true }).strict();
export type SourceView = z.infer<typeof SourceView>;

/** A sender that was registered by this request, with the secret that is shown once. */
export const RegisteredSource = SourceView.extend({ secret: z.string() });
export type RegisteredSource = z.infer<typeof RegisteredSource>;

const { id, name } = Source.shape;

/** Until when the older secret is accepted: a day when absent, a week at most; not after this moment when it has leaked. */
export const SourceRotation = z.strictObject({ olderUntil: Instant.optional() });

/** A report to be tried; absent for a sample. */
export const SourceTest = z.strictObject({ report: z.unknown().optional() });

/** A message as the sender would make it, and what the webhook would say to it. */
export const SourceTried = z.strictObject({
  message: z.string(),
  body: z.string(),
  headers: z.record(z.string(), z.string()),
  outcome: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('accepted'), trigger: z.string() }),
    z.strictObject({
      kind: z.literal('refused'),
      reason: z.string(),
      status: z.int(),
      detail: z.string(),
      errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })),
    }),
  ]),
  /** For a POSIX shell. Sent within five minutes it is a real message. */
  curl: z.string(),
});

export const administrationOperations = {
  'PUT /policies/{id}': {
    summary: ['启用规则的新版本', 'Adopt the next version of a policy'],
    query: AdoptionQuery,
    body: PolicyBody,
    answers: { 200: AnyPolicy, 201: AnyPolicy },
  },
  'GET /policies': {
    summary: ['全部规则的全部版本', 'All versions of all policies'],
    answers: { 200: z.strictObject({ policies: z.array(AnyPolicy) }) },
  },
  'GET /policies/export': {
    summary: ['导出规则', 'The newest version of each policy as a file'],
    query: PolicyExportQuery,
    answers: {
      200: {
        json: z.strictObject({ policies: z.array(AnyPolicy) }),
        media: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
      },
    },
  },
  'POST /policies/imports': {
    summary: ['导入规则文件', 'Adopt the policies of a file'],
    query: DryRunQuery,
    body: ['application/octet-stream'],
    answers: { 200: ImportReport },
  },
  'GET /policies/{id}': {
    summary: ['规则的全部版本', 'All versions of one policy, oldest first'],
    answers: { 200: z.strictObject({ id: z.string(), about: PolicyKind, versions: z.array(AnyPolicy) }) },
  },
  'POST /policies/{id}/rehearsals': {
    summary: ['试运行规则', 'Rehearse a policy as it would be adopted'],
    body: RehearsalBody,
    once: true,
    answers: { 202: RehearsalView },
  },
  'GET /policies/{id}/rehearsals/{rehearsal}': {
    summary: ['试运行的进度和结果', 'How far a rehearsal is, and what it has found'],
    answers: { 200: RehearsalView },
  },
  'PUT /sources/{id}': {
    summary: ['登记触发来源', 'Register a sender of triggers; its secret is shown once'],
    body: SourceBody,
    answers: { 200: SourceView, 201: RegisteredSource },
  },
  'GET /sources': {
    summary: ['触发来源', 'Every registered sender of triggers'],
    answers: { 200: z.strictObject({ sources: z.array(SourceView) }) },
  },
  'POST /sources/{id}/rotate': {
    summary: ['更换来源密钥，新密钥仅显示一次', 'Gives a source a new secret, which is shown once'],
    body: SourceRotation,
    answers: { 200: z.strictObject({ id, name, olderUntil: Instant, secret: z.string() }) },
  },
  'GET /sources/{id}/deliveries': {
    summary: [
      '来源最近 100 条签名有效的消息及其结果',
      'The newest 100 messages that a source signed, and what became of each',
    ],
    answers: { 200: z.strictObject({ id, name, messages: z.array(SourceMessage) }) },
  },
  'POST /sources/{id}/test': {
    summary: [
      '试发一条消息：签名、验证、解析，不入库',
      'Signs, proves and reads a message without storing it',
    ],
    body: SourceTest,
    answers: { 200: SourceTried },
  },
} as const satisfies Operations<'administration'>;
