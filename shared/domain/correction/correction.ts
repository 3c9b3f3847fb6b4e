import * as z from 'zod';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { isWithdrawn, type Publication, type PublicRecord } from '#domain/inspection/publication.ts';
import type { InspectionRecord } from '#domain/inspection/record.ts';
import { refuseWrongState } from '#domain/lifecycle/lifecycle.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { Instant } from '#domain/time/time.ts';
import { correctionLifecycle } from './lifecycle.ts';
import { PublicRequest, StaffRequest } from './request.ts';
import { correctedPublication, withdrawnPublication, type Changes } from './version.ts';

export const CorrectionStatus = z.enum(['received', 'granted', 'refused']);
export type CorrectionStatus = z.infer<typeof CorrectionStatus>;

/** Who asks. Of the public it holds what they said of themselves, which only those who answer may read. */
export const Requester = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('public'),
    name: PublicRequest.shape.name,
    contact: PublicRequest.shape.contact,
  }),
  z.object({ kind: z.literal('staff'), staffNo: z.string() }),
]);
export type Requester = z.infer<typeof Requester>;

const given = { by: z.string(), at: Instant };
const version = z.int().positive();

/** What was decided: by whom, when, and which version of the public record came of it. */
export const Decision = z.discriminatedUnion('outcome', [
  z.object({ ...given, outcome: z.literal('corrected'), version, reason: z.string() }),
  z.object({ ...given, outcome: z.literal('withdrawn'), version, legalReason: z.string() }),
  /** Shown to whoever has the receipt number 受理编号. */
  z.object({ ...given, outcome: z.literal('refused'), reason: z.string() }),
]);
export type Decision = z.infer<typeof Decision>;

/** A request to correct what was published of an inspection (article 16), and what became of it. */
export const Correction = z.object({
  id: z.string(),
  version,
  status: CorrectionStatus,
  inspection: z.string(),
  /** Of the inspection. */
  correlation: z.string(),
  subject: z.object({ id: z.string(), name: z.string() }),
  /** Those who carried the inspection out, and answer. */
  units: z.array(z.string()).min(1),
  /** The version of the public record that stood when it was asked. */
  of: version,
  requester: Requester,
  wrong: StaffRequest.shape.wrong,
  right: StaffRequest.shape.right,
  receivedAt: Instant,
  decision: Decision.optional(),
});
export type Correction = z.infer<typeof Correction>;

interface Asking {
  readonly id: string;
  readonly at: Instant;
  readonly requester: Requester;
  readonly said: StaffRequest;
}

/** A new request. @throws Refusal `wrong-state` when there is no public record that could be corrected */
export function receive(
  inspection: Inspection,
  record: PublicRecord | undefined,
  { id, at, requester, said: { wrong, right } }: Asking,
): Correction {
  if (record === undefined) {
    throw new Refusal(
      'wrong-state',
      `${inspection.id} 的状态为 ${inspection.status}，尚未公示，更正只能在 published 状态提出 is ${inspection.status}; a correction is possible from published only.`,
    );
  }
  const { subjectId, subjectName, version: of } = standing(record);
  return {
    id,
    version: 1,
    status: 'received',
    inspection: inspection.id,
    correlation: inspection.correlation,
    subject: { id: subjectId, name: subjectName },
    units: [...new Set([...inspection.items, ...inspection.team].map(({ unit }) => unit))],
    of,
    requester,
    wrong,
    right,
    receivedAt: at,
  };
}

interface Given {
  /** Who decides, by staff number. */
  readonly by: string;
  readonly at: Instant;
}

/** What can be decided of a request. `version` is the one of the public record that was looked at. */
export type CorrectionCommand = Given &
  (
    | {
        readonly kind: 'correct';
        readonly version: number;
        readonly reason: string;
        readonly changes: Changes;
        /** What the team recorded of the visit. */
        readonly record: InspectionRecord | undefined;
      }
    | { readonly kind: 'withdraw'; readonly version: number; readonly legalReason: string }
    | { readonly kind: 'refuse'; readonly reason: string }
  );
export type CorrectionCommandKind = CorrectionCommand['kind'];

/** A decided request, and the version of the public record that it makes; none when it is refused. */
export interface Decided {
  readonly correction: Correction;
  readonly record?: PublicRecord;
}

/**
 * The request after the command.
 * @param current the public record as it stands
 * @throws Refusal `wrong-state` (naming the state and those that would be accepted; also when the public record was withdrawn
 *   meanwhile), `published-anew`, `body-invalid`
 */
export function decide(correction: Correction, current: PublicRecord, command: CorrectionCommand): Decided {
  refuseWrongState(correctionLifecycle, command.kind, correction);
  const { by, at } = command;
  const next = { ...correction, version: correction.version + 1 };
  switch (command.kind) {
    case 'correct': {
      const { reason, changes, version: seen } = command;
      const record = correctedPublication(lookedAt(current, seen), changes, { at, reason }, command.record);
      const decision: Decision = { by, at, outcome: 'corrected', version: record.version, reason };
      return { correction: { ...next, status: 'granted', decision }, record };
    }
    case 'withdraw': {
      const { legalReason, version: seen } = command;
      const record = withdrawnPublication(lookedAt(current, seen), { at, legalReason });
      const decision: Decision = { by, at, outcome: 'withdrawn', version: record.version, legalReason };
      return { correction: { ...next, status: 'granted', decision }, record };
    }
    case 'refuse': {
      const decision: Decision = { by, at, outcome: 'refused', reason: command.reason };
      return { correction: { ...next, status: 'refused', decision } };
    }
  }
}

/** The public record, when it is the one that the decision was made on: two decisions must not undo each other unseen. */
function lookedAt(current: PublicRecord, seen: number): Publication {
  const publication = standing(current);
  if (publication.version !== seen) {
    throw new Refusal(
      'published-anew',
      `当前公示为第 ${publication.version} 版，而非第 ${seen} 版，请重新查看后再决定 The public record is at version ${publication.version}, not ${seen}; read it again before you decide.`,
      [{ pointer: '/version', detail: String(publication.version) }],
    );
  }
  return publication;
}

/** The public record unless it is withdrawn: nothing can be corrected any more. */
function standing(record: PublicRecord): Publication {
  if (isWithdrawn(record)) {
    throw new Refusal(
      'wrong-state',
      `${record.id} 已依法撤下（withdrawn），不能再更正 was withdrawn; a correction is possible while it is published only.`,
    );
  }
  return record;
}
