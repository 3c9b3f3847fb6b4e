import * as z from 'zod';
import { sha256 } from '#sha256';
import { canonicalJson } from '#domain/canonical/canonical.ts';
import { CalendarDate, dateInShanghai, Instant } from '#domain/time/time.ts';
import { InspectionDraw, type Inspection } from './inspection.ts';
import { ResultCode, resultLabels } from './record.ts';

/** What everyone may read of an inspection (articles 7(6), 14): the result, never the people who were met or who came. */
export const Publication = z.object({
  id: z.string(),
  version: z.int().positive(),
  inspection: z.string(),
  draws: z.array(InspectionDraw),
  subjectId: z.string(),
  subjectName: z.string(),
  items: z.array(z.object({ code: z.string(), matter: z.string(), legalBasis: z.string() })),
  units: z.array(z.string()),
  inspectedOn: CalendarDate,
  results: z.array(z.object({ code: ResultCode, text: z.string() })),
  publishedAt: Instant,
  /** The statutory last day, and whether it was kept. */
  publishBy: CalendarDate,
  onTime: z.boolean(),
  /** How this version came to stand in place of the one before it; absent on the first (article 16). */
  corrected: z.object({ at: Instant, reason: z.string() }).optional(),
});
export type Publication = z.infer<typeof Publication>;

/** What is left of a publication that was withdrawn by law (依法撤下): that it was, when and why, and nothing of what it said. */
export const Withdrawal = z.object({
  id: z.string(),
  version: z.int().positive(),
  inspection: z.string(),
  withdrawn: z.object({ at: Instant, legalReason: z.string() }),
});
export type Withdrawal = z.infer<typeof Withdrawal>;

/** A version of what everyone may read of an inspection. */
export const PublicRecord = z.union([Withdrawal, Publication]);
export type PublicRecord = z.infer<typeof PublicRecord>;

export function isWithdrawn(record: PublicRecord): record is Withdrawal {
  return 'withdrawn' in record;
}

/** The public record of an inspection that is being published. @throws TypeError before it has ended and been recorded */
export function publicationOf(inspection: Inspection): Publication {
  const { endedAt, publishBy, publishedAt, record } = inspection;
  if (endedAt === undefined || publishBy === undefined || publishedAt === undefined || record === undefined) {
    throw new TypeError(`${inspection.id} can't be published before it has ended and been recorded`);
  }
  return {
    id: inspection.id,
    version: 1,
    inspection: inspection.id,
    draws: inspection.draws,
    subjectId: inspection.subject.id,
    subjectName: inspection.subject.name,
    items: inspection.items.map(({ code, matter, legalBasis }) => ({ code, matter, legalBasis })),
    units: [...new Set(inspection.items.map((item) => item.unit))],
    inspectedOn: record.inspectedOn ?? dateInShanghai(endedAt),
    results: resultsOf(record.results),
    publishedAt,
    publishBy: publishBy.date,
    onTime: dateInShanghai(publishedAt) <= publishBy.date,
  };
}

/** SHA-256 of the RFC 8785 form: the ledger holds it, so that a published result can't be changed unseen. */
export function publicationHash(record: PublicRecord): string {
  return sha256(canonicalJson(record));
}

/** Results in the words of the form. */
export function resultsOf(codes: readonly ResultCode[]): Publication['results'] {
  return codes.map((code) => ({ code, text: textOf(code) }));
}

const texts = new Map<number, string>(
  Object.entries(resultLabels).map(([code, text]) => [Number(code), text]),
);

function textOf(code: ResultCode): string {
  const text = texts.get(code);
  if (text === undefined) {
    throw new RangeError(`${code} is not a result code`);
  }
  return text;
}
