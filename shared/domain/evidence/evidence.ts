import * as z from 'zod';
import { InspectionStatus, type Inspection } from '#domain/inspection/inspection.ts';
import { onTeam } from '#domain/inspection/readers.ts';
import { deriveId } from '#domain/ids/derive.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { Instant } from '#domain/time/time.ts';
import { evidenceTypes, MediaType } from './media-type.ts';

/** How a file is called by those who took it: shown beside it, never a path. */
const FileName = z
  .string()
  .trim()
  .min(1, '须填写文件名 a name is needed')
  .max(200, '文件名不超过 200 字 at most 200 characters')
  .regex(/^[^\p{Cc}\p{Cf}/\\]*$/u, '文件名不得含斜杠或控制字符 no slashes, no control characters');

/** SHA-256 in lower-case hex. */
const Digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/, '须为 64 位小写十六进制 SHA-256 a SHA-256 in lower-case hex');

const Bytes = z.int('须为整数字节数 a whole number of bytes').min(1, '文件是空的 the file is empty');

/** What is said of a file before it is uploaded. Type and size are refused here, before a byte has been sent. */
export const Announcement = z
  .strictObject({ name: FileName, mediaType: MediaType, size: Bytes, sha256: Digest })
  .superRefine(({ mediaType, size }, context) => {
    const { maxBytes, zh } = evidenceTypes[mediaType];
    if (size > maxBytes) {
      context.addIssue({
        code: 'custom',
        path: ['size'],
        message: `${zh}不超过 ${maxBytes} 字节，本文件 ${size} 字节 at most ${maxBytes} bytes for ${mediaType}`,
      });
    }
  });
export type Announcement = z.infer<typeof Announcement>;

/**
 * A file that is kept as evidence of an inspection (articles 10, 12). `announced`: a place was given for exactly these
 * bytes. `stored`: they are there and are what was announced; from then on it never changes.
 */
export const Evidence = z.object({
  id: z.string(),
  version: z.int().positive(),
  inspection: z.string(),
  name: z.string(),
  mediaType: MediaType,
  size: z.int().positive(),
  /** SHA-256 of the bytes, in hex: the ledger's event carries it too. */
  sha256: z.string(),
  /** Who announced it last. */
  by: z.string(),
  at: Instant,
  status: z.enum(['announced', 'stored']),
  storedAt: Instant.optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** What those who see the inspection see of a piece. */
export function shownEvidence(evidence: Evidence) {
  const { id, name, mediaType, size, sha256, by, at, status, storedAt } = evidence;
  return { id, name, mediaType, size, sha256, by, at, status, storedAt };
}

/** Oldest first. */
export function byTime(one: Pick<Evidence, 'id' | 'at'>, other: Pick<Evidence, 'id' | 'at'>): number {
  return one.at < other.at || (one.at === other.at && one.id < other.id) ? -1 : 1;
}

/** How many files an inspection takes: they are all read where a record cites some of them. */
export const MAX_EVIDENCE = 200;

/** From the begin of the visit on. What belongs to a published result (rectification orders, receipts) still arrives later; its record can no longer cite it. */
const evidenceTakenFrom: readonly InspectionStatus[] = ['begun', 'ended', 'recorded', 'published'];

/** The same bytes of one inspection are one piece of evidence, however often they are announced. */
export function evidenceId(inspection: string, hash: string): string {
  return deriveId('V', inspection, hash);
}

/**
 * @throws Refusal `not-on-team`: whoever inspects collects the evidence (谁检查、谁录入); `wrong-state` before the visit begins and
 *   once the file is closed.
 */
export function refuseCollecting(inspection: Inspection, staffNo: string): void {
  const { id, status } = inspection;
  if (!onTeam({ staffNo }, inspection)) {
    throw new Refusal('not-on-team', `${staffNo} 不是本次检查的检查人员 is not on the team of ${id}.`);
  }
  if (!evidenceTakenFrom.includes(status)) {
    throw new Refusal(
      'wrong-state',
      `${id} 的状态为 ${status}，证据只能在 ${evidenceTakenFrom.join('、')} 状态上传 is ${status}; evidence is taken from ${evidenceTakenFrom.join(' or ')} only.`,
    );
  }
}

/**
 * The evidence after a file was announced: new, announced again (with what was said last), or stored already and unchanged.
 * @throws Refusal `evidence-full` when the inspection has as many files as it takes.
 */
export function announced(
  known: readonly Evidence[],
  inspection: string,
  said: Announcement,
  { by, at }: { readonly by: string; readonly at: Instant },
): Evidence {
  const id = evidenceId(inspection, said.sha256);
  const before = known.find((one) => one.id === id);
  if (before?.status === 'stored') {
    return before;
  }
  if (before === undefined && known.length >= MAX_EVIDENCE) {
    throw new Refusal(
      'evidence-full',
      `本次检查已有 ${MAX_EVIDENCE} 份证据，达到上限 ${inspection} has ${MAX_EVIDENCE} pieces of evidence already; that is all it takes.`,
    );
  }
  return { id, version: (before?.version ?? 0) + 1, inspection, ...said, by, at, status: 'announced' };
}

/** What the storage has where the file was to be put. */
export interface Received {
  readonly size: number;
  readonly mediaType: string | undefined;
  readonly sha256: string;
  /** The first bytes, by which a type is known. */
  readonly head: Uint8Array;
}

/**
 * The evidence once its bytes are there.
 * @throws Refusal `evidence-missing` when nothing came, `evidence-differs` naming each of size, type, digest and content that is
 *   not what was announced. The evidence stays announced: it can be sent again.
 */
export function stored(evidence: Evidence, received: Received | undefined, at: Instant): Evidence {
  if (received === undefined) {
    throw new Refusal(
      'evidence-missing',
      `“${evidence.name}”尚未上传，或上传后逾期被清除，请重新申报并上传 “${evidence.name}” has not arrived, or it was not completed in time and is gone; announce it again and send it.`,
    );
  }
  const fields = differences(evidence, received);
  if (fields.length > 0) {
    throw new Refusal(
      'evidence-differs',
      `收到的文件与申报的不符，请重新申报并上传 What arrived as “${evidence.name}” is not what was announced; announce it again and send it.`,
      fields,
    );
  }
  return { ...evidence, version: evidence.version + 1, status: 'stored', storedAt: at };
}

function differences({ size, mediaType, sha256 }: Evidence, received: Received) {
  const { zh, begins } = evidenceTypes[mediaType];
  return [
    ...different('/size', size, received.size),
    ...different('/mediaType', mediaType, received.mediaType ?? '无 none'),
    ...different('/sha256', sha256, received.sha256),
    ...(begins(received.head)
      ? []
      : [{ pointer: '/mediaType', detail: `内容不是${zh} the content is not ${mediaType}` }]),
  ];
}

function different(pointer: string, said: string | number, came: string | number) {
  return said === came
    ? []
    : [{ pointer, detail: `申报为 ${said}，收到 ${came} announced ${said}, received ${came}` }];
}
