import type { MingchouEvent } from '#contracts/events.ts';
import type { Archive, ArchivedFile } from '#domain/archive/archive.ts';
import type { Evidence } from '#domain/evidence/evidence.ts';
import type { FollowUpCase } from '#domain/follow-up/follow-up.ts';
import type { Handover } from '#domain/handover/handover.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import type { PublicRecord } from '#domain/inspection/publication.ts';
import type { LedgerEntry } from '#domain/ledger/ledger.ts';

/** A text of the package, before it is listed. */
export interface Text {
  readonly name: string;
  readonly text: string;
}

/** A value as a file that a person can read too. */
export function json(name: string, value: unknown): Text {
  return { name, text: `${JSON.stringify(value, undefined, 2)}\n` };
}

/** A step of the audit trail: the event as it was told, and the entry of the public ledger that holds its hash. */
export interface Step {
  readonly event: MingchouEvent;
  readonly entry: LedgerEntry | undefined;
}

/** What the pages of a package tell of. */
export interface Shown {
  readonly inspection: Inspection;
  readonly archive: Archive;
  readonly followUps: readonly FollowUpCase[];
  readonly handovers: readonly Handover[];
  readonly publications: readonly PublicRecord[];
  readonly steps: readonly Step[];
  readonly evidence: readonly (ArchivedFile & { readonly evidence: Evidence })[];
}
