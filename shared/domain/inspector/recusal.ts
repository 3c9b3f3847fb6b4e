import * as z from 'zod';
import { Instant } from '#domain/time/time.ts';

/** Why somebody must not check a subject (回避). */
export const RecusalKind = z.enum(['kinship', 'former-employment', 'interest', 'other']);
export type RecusalKind = z.infer<typeof RecusalKind>;

export const recusalKindLabels: Readonly<Record<RecusalKind, string>> = {
  kinship: '亲属关系',
  'former-employment': '曾在该单位任职',
  interest: '利害关系',
  other: '其他',
};

/** The reason in the person's own words: it is kept, and shown to those who answer for the inspection. */
export const RecusalReason = z.string().trim().min(1).max(500);

export const Recusal = z.object({
  inspector: z.string(),
  kind: RecusalKind,
  reason: z.string(),
  at: Instant,
});
export type Recusal = z.infer<typeof Recusal>;

/** One of a person's own, with the id of the subject that they avoid. */
export const OwnRecusal = Recusal.extend({ subject: z.string() });
export type OwnRecusal = z.infer<typeof OwnRecusal>;

/** Everyone who is recused for one subject. One record, so that the matching of a draw reads one key per object. */
export const SubjectRecusals = z.object({
  /** The subject's id. */
  id: z.string(),
  version: z.int().positive(),
  recusals: z.array(Recusal).min(1),
});
export type SubjectRecusals = z.infer<typeof SubjectRecusals>;

/** The subject's recusals with one more; undefined when this person is among them already. */
export function withRecusal(
  known: SubjectRecusals | undefined,
  subject: string,
  recusal: Recusal,
): SubjectRecusals | undefined {
  if (known?.recusals.some(({ inspector }) => inspector === recusal.inspector) === true) {
    return undefined;
  }
  return {
    id: subject,
    version: (known?.version ?? 0) + 1,
    recusals: [...(known?.recusals ?? []), recusal],
  };
}

/** The staff numbers of those who are recused. */
export function recusedIn(known: SubjectRecusals | undefined): ReadonlySet<string> {
  return new Set(known?.recusals.map(({ inspector }) => inspector));
}
