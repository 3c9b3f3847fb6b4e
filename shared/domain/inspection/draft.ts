import * as z from 'zod';
import {
  isPossible,
  refuseUnpermitted,
  refuseWrongState,
  type Lifecycle,
} from '#domain/lifecycle/lifecycle.ts';
import { Instant } from '#domain/time/time.ts';
import type { Inspection, InspectionStatus } from './inspection.ts';
import { inspectionLifecycle } from './lifecycle.ts';
import { onTeam, type Reader } from './readers.ts';

/** What a draft may be as JSON, in bytes: a record with all its texts is some tens of kilobytes. */
export const MAX_DRAFT_BYTES = 64 * 1_024;

/** What is filled in so far, field by field as the form names them: whether it would do as a record is not asked of it. */
export const DraftFields = z.record(z.string().min(1).max(200), z.string());

/** What somebody has filled in of an inspection's record (执法检查登记表) and not entered yet. */
export const RecordDraft = z.object({
  inspection: z.string(),
  by: z.string(),
  version: z.int().positive(),
  at: Instant,
  /** When the record that stood then was entered; absent when there was none. */
  over: Instant.optional(),
  fields: DraftFields,
});
export type RecordDraft = z.infer<typeof RecordDraft>;

/** A draft as its writer gets it back. */
export const ShownDraft = RecordDraft.pick({ version: true, at: true, fields: true }).strict();
export type ShownDraft = z.infer<typeof ShownDraft>;

export function shownDraft({ version, at, fields }: RecordDraft): ShownDraft {
  return { version, at, fields };
}

/** A record is filled in from the begin of the visit on, and until the result is published (article 7(6)). */
const drafting: Lifecycle<InspectionStatus, 'draft'> = {
  ...inspectionLifecycle,
  steps: {
    draft: {
      zh: '暂存记录',
      article: '7(6)',
      by: ['team'],
      from: ['begun', 'ended', 'recorded'],
      to: 'unchanged',
    },
  },
};

/** Whether this person may keep a draft of the inspection's record at present: whoever may enter the record. */
export function mayDraft(reader: Pick<Reader, 'staffNo'>, inspection: Inspection): boolean {
  return onTeam(reader, inspection) && isPossible(drafting, 'draft', inspection.status);
}

/**
 * What somebody has filled in, in the next version of their draft. It is no event and has no ledger entry: it says nothing of
 * the visit that anybody could rely on, is read by its writer alone, and what is entered of it in the end is an event.
 * @throws Refusal `not-on-team`, `wrong-state`
 */
export function drafted(
  inspection: Inspection,
  known: RecordDraft | undefined,
  { by, at, fields }: Pick<RecordDraft, 'by' | 'at' | 'fields'>,
): RecordDraft {
  const standings = onTeam({ staffNo: by }, inspection) ? ['team' as const] : [];
  refuseUnpermitted(drafting, 'draft', inspection, new Set(standings));
  refuseWrongState(drafting, 'draft', inspection);
  const { id, recordedAt } = inspection;
  return {
    inspection: id,
    by,
    version: (known?.version ?? 0) + 1,
    at,
    ...(recordedAt === undefined ? {} : { over: recordedAt }),
    fields,
  };
}

/** The draft if it is of the record as it stands: entering a record, by whomever, leaves behind what was filled in before. */
export function currentDraft(
  { recordedAt }: Pick<Inspection, 'recordedAt'>,
  draft: RecordDraft | undefined,
): RecordDraft | undefined {
  return draft?.over === recordedAt ? draft : undefined;
}
