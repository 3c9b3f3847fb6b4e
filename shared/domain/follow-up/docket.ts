import * as z from 'zod';
import { Refusal } from '#domain/refusal/refusal.ts';
import { FollowUpKind, type FollowUpCase } from './follow-up.ts';
import { FollowUpStatus } from './lifecycle.ts';
import { HandoverStatus } from '#domain/handover/lifecycle.ts';
import { receiverName, type Handover } from '#domain/handover/handover.ts';

/**
 * What hangs off an inspection: its follow-ups and handovers, by state. Every step of one of them writes the docket too, so
 * that an inspection is closed by the last of them and by no earlier one, and nothing changes in what was archived.
 */
export const Docket = z.object({
  /** Of the inspection. */
  id: z.string(),
  version: z.int().positive(),
  /** Whether the publication has raised the follow-ups: before it, nothing is complete. */
  raised: z.boolean(),
  archived: z.boolean(),
  followUps: z.array(
    z.object({ id: z.string(), kind: FollowUpKind, status: FollowUpStatus, unit: z.string() }),
  ),
  handovers: z.array(z.object({ id: z.string(), status: HandoverStatus, receiver: z.string() })),
  /** What was told of the follow-ups and handovers, in order: whether the ledger has it all is known without reading each one's history. */
  told: z.array(z.object({ id: z.string(), type: z.string() })),
});
export type Docket = z.infer<typeof Docket>;

/** An event that is committed with the docket. */
export type Told = Readonly<Docket['told'][number]>;

/** Before anything hangs off the inspection; it is stored from its version 1 on. */
export function emptyDocket(inspection: string): Docket {
  return {
    id: inspection,
    version: 0,
    raised: false,
    archived: false,
    followUps: [],
    handovers: [],
    told: [],
  };
}

/** The next version of a docket, with what is told by it. */
function next(docket: Docket, told: readonly Told[]): Docket {
  return {
    ...docket,
    version: docket.version + 1,
    told: [...docket.told, ...told.map(({ id, type }) => ({ id, type }))],
  };
}

/** The docket with the follow-ups that a publication raises; none, too, is said. */
export function withRaised(docket: Docket, cases: readonly FollowUpCase[], told: readonly Told[]): Docket {
  return {
    ...next(docket, told),
    raised: true,
    followUps: cases.map(({ id, kind, status, unit }) => ({ id, kind, status, unit })),
  };
}

/** The docket with a follow-up as it is now. @throws Refusal `wrong-state` once the inspection is archived */
export function withFollowUp(docket: Docket, { id, kind, status, unit }: FollowUpCase, told: Told): Docket {
  refuseArchived(docket);
  const now = { id, kind, status, unit };
  return {
    ...next(docket, [told]),
    followUps: docket.followUps.map((one) => (one.id === id ? now : one)),
  };
}

/** The docket with a handover as it is now, new or known. @throws Refusal `wrong-state` once the inspection is archived */
export function withHandover(docket: Docket, { id, status, receiver }: Handover, told: Told): Docket {
  refuseArchived(docket);
  const now = { id, status, receiver: receiverName(receiver) };
  const known = docket.handovers.some((one) => one.id === id);
  return {
    ...next(docket, [told]),
    handovers: known
      ? docket.handovers.map((one) => (one.id === id ? now : one))
      : [...docket.handovers, now],
  };
}

/** The docket of an inspection whose file is closed for good. @throws Refusal `wrong-state` when it is already */
export function withArchive(docket: Docket): Docket {
  refuseArchived(docket);
  return { ...next(docket, []), archived: true };
}

/** Whether nothing is left to be done: everything that was raised is closed. */
export function isSettled({ raised, followUps, handovers }: Docket): boolean {
  return raised && [...followUps, ...handovers].every(({ status }) => status === 'closed');
}

function refuseArchived({ id, archived }: Docket): void {
  if (archived) {
    throw new Refusal(
      'wrong-state',
      `${id} 已归档，案卷不再变动 is archived; what is in its file does not change any more.`,
    );
  }
}
