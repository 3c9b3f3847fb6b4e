import * as z from 'zod';
import { Source, SourceMessage } from '#domain/source/source.ts';
import { Instant } from '#domain/time/time.ts';
import type { Operation } from './operation.ts';

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
} as const satisfies Readonly<Record<string, Operation>>;
