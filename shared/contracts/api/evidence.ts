import * as z from 'zod';
import { Announcement, Evidence } from '#domain/evidence/evidence.ts';
import { Instant } from '#domain/time/time.ts';
import type { Operations } from './operation.ts';

const { shape } = Evidence;

/** A piece of evidence as those who see the inspection see it. */
export const EvidenceView = z.strictObject({
  id: shape.id,
  name: shape.name,
  mediaType: shape.mediaType,
  size: shape.size,
  sha256: shape.sha256,
  by: shape.by,
  at: shape.at,
  status: shape.status,
  storedAt: shape.storedAt,
});
export type EvidenceView = z.infer<typeof EvidenceView>;

/** The request to put the bytes by, each header of it included. */
export const EvidencePlace = EvidenceView.extend({
  upload: z.strictObject({
    method: z.literal('PUT'),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    expiresAt: Instant,
  }),
});
export type EvidencePlace = z.infer<typeof EvidencePlace>;

/** Once it is stored: a link by which it opens in the browser. */
export const ShownEvidence = EvidenceView.extend({
  url: z.string().optional(),
  expiresAt: Instant.optional(),
});
export type ShownEvidence = z.infer<typeof ShownEvidence>;

export const evidenceOperations = {
  'GET /inspections/{id}/evidence': {
    summary: ['检查的证据', 'The evidence of an inspection, oldest first'],
    answers: { 200: z.strictObject({ evidence: z.array(EvidenceView) }) },
  },
  'POST /inspections/{id}/evidence': {
    summary: ['申报证据文件', 'Announce a file; 200 when these bytes are stored already'],
    body: Announcement,
    answers: { 200: EvidenceView, 201: EvidencePlace },
  },
  'GET /inspections/{id}/evidence/{evidence}': {
    summary: ['查看证据', 'A piece of evidence, with a link to it'],
    answers: { 200: ShownEvidence },
  },
  'POST /inspections/{id}/evidence/{evidence}/complete': {
    summary: ['确认证据已上传', 'Say that the file has arrived; it is compared with what was announced'],
    answers: { 200: EvidenceView },
  },
} as const satisfies Operations<'evidence'>;
