import * as z from 'zod';
import type { Publication, PublicRecord } from '#domain/inspection/publication.ts';
import { isWithdrawn } from '#domain/inspection/publication.ts';
import { Instant } from '#domain/time/time.ts';

const version = z.int().positive();

/** What a row tells the national system: 新增, 更正 or 撤销. */
export const SubmissionKind = z.enum(['new', 'corrected', 'withdrawn']);
export type SubmissionKind = z.infer<typeof SubmissionKind>;

/** That a version of a public record went out: in which file, as what, when and by whom. */
export const Delivery = z.object({
  submission: z.string(),
  kind: SubmissionKind,
  /** Of the public record. */
  version,
  at: Instant,
  by: z.string(),
});
export type Delivery = z.infer<typeof Delivery>;

/** What the national system was sent of a public record, and what it is owed (article 7(6)). */
export const Sent = z.object({
  /** The inspection. */
  id: z.string(),
  version,
  /** Files that had it and were not refused, oldest first. */
  deliveries: z.array(Delivery),
  /** The version that is to go out, since when; absent when the national system has the one that stands. */
  owed: z
    .object({
      version,
      at: Instant,
      /** The file whose checks it did not pass: it waits until it is corrected or asked for again. */
      unfit: z.string().optional(),
    })
    .optional(),
});
export type Sent = z.infer<typeof Sent>;

/** A result is published first: it is owed. */
export function firstOwed({ id, version: current, publishedAt }: Publication): Sent {
  return { id, version: 1, deliveries: [], owed: { version: current, at: publishedAt } };
}

/** What is owed after a correction or withdrawal; what was withdrawn before it ever went out need not be told. */
export function owedAnew(sent: Sent | undefined, record: PublicRecord): Sent {
  const { id, version: current } = record;
  const known = sent ?? { id, version: 0, deliveries: [] };
  return settled(known, record, { version: current, at: changedAt(record) });
}

function changedAt(record: PublicRecord): Instant {
  return isWithdrawn(record) ? record.withdrawn.at : (record.corrected?.at ?? record.publishedAt);
}

function settled({ id, version: before, deliveries }: Sent, record: PublicRecord, owed: Sent['owed']): Sent {
  const needless = isWithdrawn(record) && deliveries.length === 0;
  return { id, version: before + 1, deliveries, ...(needless || owed === undefined ? {} : { owed }) };
}

/** What a row of the record that stands would tell. */
export function kindOf({ deliveries }: Sent, record: PublicRecord): SubmissionKind {
  if (isWithdrawn(record)) return 'withdrawn';
  return deliveries.length === 0 ? 'new' : 'corrected';
}

/** Whether a file had it. */
export function wasIn({ deliveries }: Sent, submission: string): boolean {
  return deliveries.some((delivery) => delivery.submission === submission);
}

/** A file went out with it. A version that was made meanwhile stays owed. */
export function deliveredIn(sent: Sent, delivery: Delivery): Sent {
  const { owed, ...others } = sent;
  return {
    ...others,
    version: sent.version + 1,
    deliveries: [...sent.deliveries, delivery],
    ...(owed !== undefined && owed.version > delivery.version ? { owed } : {}),
  };
}

/** The owed version did not pass the checks of a file. A version that was made meanwhile may. */
export function unfitFor(sent: Sent, submission: string, checked: number): Sent {
  return sent.owed?.version === checked
    ? { ...sent, version: sent.version + 1, owed: { ...sent.owed, unfit: submission } }
    : sent;
}

/**
 * A file was refused by the receiving system: what it had is owed again in the version that stands, unless a later file
 * had that.
 * @param at the moment of the refusal
 */
export function takenBack(sent: Sent, submission: string, record: PublicRecord, at: Instant): Sent {
  const deliveries = sent.deliveries.filter((delivery) => delivery.submission !== submission);
  const had = deliveries.some((delivery) => delivery.version === record.version);
  return settled({ ...sent, deliveries }, record, had ? sent.owed : { version: record.version, at });
}
