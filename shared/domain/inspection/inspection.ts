import * as z from 'zod';
import { deriveId } from '#domain/ids/derive.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { CalendarDate, Instant } from '#domain/time/time.ts';
import { checkRecord, InspectionRecord } from './record.ts';

/** One inspector of the team, with what is shown to the visited party (article 10: 出示执法证件). */
export const InspectionMember = z.object({
  inspector: z.string(),
  name: z.string(),
  unit: z.string(),
  certificate: z.string(),
  acceptedAt: Instant.optional(),
});
export type InspectionMember = z.infer<typeof InspectionMember>;

/** One line of the registration form 执法检查登记表 (article 7(3)). */
export const FormItem = z.object({
  code: z.string(),
  matter: z.string(),
  legalBasis: z.string(),
  unit: z.string(),
});

/** A draw that sends the inspection out: the one that made it, and those that joined it since (article 3). */
export const InspectionDraw = z.object({
  id: z.string(),
  planNumber: z.string(),
  /** Drawn at random, or named by the trigger and checked besides the draw. */
  how: z.enum(['drawn', 'named']),
});
export type InspectionDraw = z.infer<typeof InspectionDraw>;

export const InspectionStatus = z.enum(['assigned', 'accepted', 'begun', 'ended', 'recorded', 'published']);
export type InspectionStatus = z.infer<typeof InspectionStatus>;

/** One visit to one subject, from its assignment to its publication. */
export const Inspection = z.object({
  id: z.string(),
  version: z.int().positive(),
  status: InspectionStatus,
  /** Of the draw that made it. */
  correlation: z.string(),
  draws: z.array(InspectionDraw).min(1),
  subject: z.object({ id: z.string(), name: z.string(), territory: z.string(), creditClass: z.string() }),
  items: z.array(FormItem).min(1),
  /** Article 10: never fewer than two. */
  team: z.array(InspectionMember).min(2),
  assignedAt: Instant,
  acceptedAt: Instant.optional(),
  begunAt: Instant.optional(),
  endedAt: Instant.optional(),
  recordedAt: Instant.optional(),
  publishedAt: Instant.optional(),
  /** The 20th working day after the end; provisional while that year's holidays are not announced (article 14). */
  publishBy: z.object({ date: CalendarDate, provisional: z.boolean() }).optional(),
  record: InspectionRecord.optional(),
});
export type Inspection = z.infer<typeof Inspection>;

/** The inspection that a draw makes of a selected object, when it does not join one that has not begun. */
export function inspectionId(draw: string, subject: string): string {
  return deriveId('I', draw, subject);
}

/** What a person of the team can do. Time and person come with the command. */
export type InspectionCommand =
  | { readonly kind: 'accept' | 'begin' | 'end' | 'publish'; readonly by: string; readonly at: Instant }
  | { readonly kind: 'record'; readonly by: string; readonly at: Instant; readonly record: InspectionRecord };
export type InspectionCommandKind = InspectionCommand['kind'];

/** From which state each command is taken. The refusal prints this table, so it can't disagree with what is done. */
export const allowedFrom: Readonly<Record<InspectionCommandKind, InspectionStatus>> = {
  accept: 'assigned',
  begin: 'accepted',
  end: 'begun',
  record: 'ended',
  publish: 'recorded',
};

/**
 * The inspection after the command. Only the team acts on it: 谁检查、谁录入、谁公示 (article 7(6)).
 * @throws Refusal `not-on-team`, `wrong-state` (naming the state and the one that would be accepted),
 *   `already-accepted`, `record-invalid`.
 */
export function decide(inspection: Inspection, command: InspectionCommand): Inspection {
  if (!inspection.team.some((member) => member.inspector === command.by)) {
    throw new Refusal(
      'not-on-team',
      `${command.by} 不是本次检查的检查人员 is not on the team of ${inspection.id}.`,
    );
  }
  const required = allowedFrom[command.kind];
  if (inspection.status !== required) {
    throw new Refusal(
      'wrong-state',
      `${inspection.id} 的状态为 ${inspection.status}，${command.kind} 只能在 ${required} 状态进行 is ${inspection.status}; ${command.kind} is possible from ${required} only.`,
    );
  }
  return { ...evolve(inspection, command), version: inspection.version + 1 };
}

function evolve(inspection: Inspection, command: InspectionCommand): Inspection {
  switch (command.kind) {
    case 'accept':
      return accept(inspection, command.by, command.at);
    case 'begin':
      return { ...inspection, status: 'begun', begunAt: command.at };
    case 'end':
      return { ...inspection, status: 'ended', endedAt: command.at };
    case 'record':
      checkRecord(
        command.record,
        inspection.items.map((item) => item.code),
      );
      return { ...inspection, status: 'recorded', recordedAt: command.at, record: command.record };
    case 'publish':
      return { ...inspection, status: 'published', publishedAt: command.at };
  }
}

/** Each member accepts for themselves, since each may have a reason to recuse; the last one moves the inspection on. */
function accept(inspection: Inspection, by: string, at: Instant): Inspection {
  const team = inspection.team.map((member) => {
    if (member.inspector !== by) {
      return member;
    }
    if (member.acceptedAt !== undefined) {
      throw new Refusal('already-accepted', `${by} 已于 ${member.acceptedAt} 接受 has accepted already.`);
    }
    return { ...member, acceptedAt: at };
  });
  return team.every((member) => member.acceptedAt !== undefined)
    ? { ...inspection, team, status: 'accepted', acceptedAt: at }
    : { ...inspection, team };
}
