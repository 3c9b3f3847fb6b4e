import * as z from 'zod';
import type { Acting } from '#domain/follow-up/follow-up.ts';
import type { Inspection, InspectionStatus } from '#domain/inspection/inspection.ts';
import { refuseWrongState, type Standing } from '#domain/lifecycle/lifecycle.ts';
import { watchesAll } from '#domain/person/person.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { CalendarDate, dateInShanghai, Instant } from '#domain/time/time.ts';
import { handoverLifecycle, HandoverStatus } from './lifecycle.ts';

const text = (max: number) => z.string().trim().min(1).max(max);

/** Whom a clue is for: a unit that works here, or an authority outside, which is reached by its contact. */
export const Receiver = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unit'), unit: text(100) }),
  z.strictObject({ kind: z.literal('authority'), name: text(100), contact: text(200) }),
]);
export type Receiver = z.infer<typeof Receiver>;

/** What the team says of a clue. */
export const Clue = z.strictObject({
  clue: text(2_000),
  /** The law or the field that it concerns (涉嫌违反的法律或领域). */
  field: text(200),
  receiver: Receiver,
  /** References to kept evidence (照片、录音录像、文书编号). */
  evidence: z.array(text(500)).max(50).default([]),
});
export type Clue = z.infer<typeof Clue>;

const given = { by: z.string(), at: Instant };

/** A clue of another violation that an inspection came upon, and what became of it (article 11). For staff only. */
export const Handover = z.object({
  id: z.string(),
  version: z.int().positive(),
  status: HandoverStatus,
  inspection: z.string(),
  /** Of the inspection. */
  correlation: z.string(),
  subject: z.object({ id: z.string(), name: z.string() }),
  ...Clue.shape,
  /** The unit that hands it over: that of whoever raised it. */
  from: z.string(),
  team: z.array(z.object({ inspector: z.string(), unit: z.string() })),
  raised: z.object(given),
  /** The last day for the receipt. */
  receiptBy: CalendarDate,
  /** With the number of the letter, where there is one. */
  sent: z.object({ ...given, letter: z.string().optional() }).optional(),
  /** 回执: its number, and the day that stands on it. */
  receipt: z.object({ ...given, number: z.string(), on: CalendarDate }).optional(),
  returned: z.object({ ...given, reason: z.string() }).optional(),
  closed: z.object({ ...given, note: z.string() }).optional(),
});
export type Handover = z.infer<typeof Handover>;

interface Given {
  /** Who acts, by staff number. */
  readonly by: string;
  readonly at: Instant;
}

/** What can be done to a handover. */
export type HandoverCommand = Given &
  (
    | { readonly kind: 'send'; readonly letter?: string | undefined }
    | { readonly kind: 'receive'; readonly number: string; readonly on: CalendarDate }
    | { readonly kind: 'return'; readonly reason: string }
    | { readonly kind: 'close'; readonly note: string }
  );

/** The states of an inspection in which its team may have come upon something and the file is not closed yet. */
const WHILE: readonly InspectionStatus[] = ['begun', 'ended', 'recorded', 'published'];

/**
 * A new handover by a member of the team.
 * @throws Refusal `not-on-team`, `wrong-state` (naming the state and those that would be accepted), `body-invalid` for a receiver
 *   that is the own unit
 */
export function raiseHandover(
  { id: inspection, correlation, status, subject, team }: Inspection,
  said: Clue,
  { id, by, at, receiptBy }: Given & { readonly id: string; readonly receiptBy: CalendarDate },
): Handover {
  const member = team.find(({ inspector }) => inspector === by);
  if (member === undefined) {
    throw new Refusal('not-on-team', `${by} 不是本次检查的检查人员 is not on the team of ${inspection}.`);
  }
  if (!WHILE.includes(status)) {
    throw new Refusal(
      'wrong-state',
      `${inspection} 的状态为 ${status}，线索移送只能在 ${WHILE.join('、')} 状态提出 is ${status}; a clue is handed over from ${WHILE.join(' or ')} only.`,
    );
  }
  refuseOwnUnit(said.receiver, member.unit);
  return {
    id,
    version: 1,
    status: 'raised',
    inspection,
    correlation,
    subject: { id: subject.id, name: subject.name },
    ...said,
    from: member.unit,
    team: team.map(({ inspector, unit }) => ({ inspector, unit })),
    raised: { by, at },
    receiptBy,
  };
}

function refuseOwnUnit(receiver: Receiver, own: string): void {
  if (receiver.kind === 'unit' && receiver.unit === own) {
    throw new Refusal('body-invalid', `线索不能移送本单位 A clue is not handed over to one's own unit.`, [
      { pointer: '/receiver/unit', detail: '另一单位 another unit' },
    ]);
  }
}

/** What somebody is to a handover. An authority outside has no account: its receipt is entered by whoever handed over. */
export function standingsToHandover(
  { from, receiver, team }: Pick<Handover, 'from' | 'receiver' | 'team'>,
  { staffNo, role, unit }: Acting,
): ReadonlySet<Standing> {
  const standings = new Set<Standing>();
  if (team.some(({ inspector }) => inspector === staffNo)) standings.add('team');
  if (role === 'unit' && unit === from) standings.add('unit');
  const receives = receiver.kind === 'unit' ? role === 'unit' && unit === receiver.unit : standings.size > 0;
  if (receives) standings.add('receiver');
  if (watchesAll(role)) standings.add(role);
  return standings;
}

/** Who may read a handover: both sides, the receiver from its sending on, and those who watch all of them. */
export function mayReadHandover(handover: Handover, acting: Acting): boolean {
  const standings = standingsToHandover(handover, acting);
  return (
    standings.size > 1 ||
    (standings.size === 1 && !(standings.has('receiver') && handover.status === 'raised'))
  );
}

/**
 * The handover after the command.
 * @throws Refusal `wrong-state` (naming the state and those that would be accepted), `body-invalid` for a receipt of a day to come
 */
export function decideHandover(handover: Handover, command: HandoverCommand): Handover {
  refuseWrongState(handoverLifecycle, command.kind, handover);
  return { ...evolve(handover, command), version: handover.version + 1 };
}

function evolve(handover: Handover, command: HandoverCommand): Handover {
  const { by, at } = command;
  switch (command.kind) {
    case 'send': {
      const { letter } = command;
      return { ...handover, status: 'sent', sent: { by, at, ...(letter === undefined ? {} : { letter }) } };
    }
    case 'receive': {
      const { number, on } = command;
      refuseFuture(on, at);
      return { ...handover, status: 'received', receipt: { by, at, number, on } };
    }
    case 'return':
      return { ...handover, status: 'returned', returned: { by, at, reason: command.reason } };
    case 'close':
      return { ...handover, status: 'closed', closed: { by, at, note: command.note } };
  }
}

function refuseFuture(on: CalendarDate, at: Instant): void {
  const today = dateInShanghai(at);
  if (on > today) {
    throw new Refusal(
      'body-invalid',
      `回执日期不得晚于今天 A receipt is not of a day after today, ${today}.`,
      [{ pointer: '/on', detail: `${today} 或以前 or earlier` }],
    );
  }
}

/** Whom a clue goes to, by name. */
export function receiverName(receiver: Receiver): string {
  return receiver.kind === 'unit' ? receiver.unit : receiver.name;
}
