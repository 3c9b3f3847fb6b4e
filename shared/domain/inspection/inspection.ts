import * as z from 'zod';
import { deriveId } from '#domain/ids/derive.ts';
import { eligibility, ineligibleReasonLabels, type Inspector } from '#domain/inspector/inspector.ts';
import type { RecusalKind } from '#domain/inspector/recusal.ts';
import { isPossible, refuseUnpermitted, refuseWrongState } from '#domain/lifecycle/lifecycle.ts';
import { Refusal, type FieldError } from '#domain/refusal/refusal.ts';
import { CalendarDate, dateInShanghai, Instant } from '#domain/time/time.ts';
import { FormItem, VisitedSubject } from './form-parts.ts';
import { inspectionLifecycle } from './lifecycle.ts';
import { FormerMember, InspectionMember, OpenSeat, type LeavingReason } from './member.ts';
import { InspectionRecord } from './record.ts';
import { recorded } from './recording.ts';
import { withMembers, withoutMember, withUnitTeam, type Seats } from './team.ts';
import { withSuccessors, type Replacing } from './unresponsive.ts';

export { FormItem } from './form-parts.ts';
export { InspectionMember } from './member.ts';

/** A draw that sends the inspection out: the one that made it, and those that joined it since (article 3). */
export const InspectionDraw = z.object({
  id: z.string(),
  planNumber: z.string(),
  /** Drawn at random, or named by the trigger and checked besides the draw. */
  how: z.enum(['drawn', 'named']),
});
export type InspectionDraw = z.infer<typeof InspectionDraw>;

/** An inspection in the list of a draw that sends it out; `subject` is the id of whom it is to. */
export const InspectionOfDraw = z.object({
  id: z.string(),
  subject: z.string(),
  how: InspectionDraw.shape.how,
});
export type InspectionOfDraw = z.infer<typeof InspectionOfDraw>;

/** A professional or agency that the team brings along (article 9). Shown to staff only. */
export const Expert = z.object({
  name: z.string(),
  organisation: z.string(),
  role: z.string(),
  invitedBy: z.string(),
  at: Instant,
});
export type Expert = z.infer<typeof Expert>;

export const InspectionStatus = z.enum([
  'assigned',
  'accepted',
  'begun',
  'ended',
  'recorded',
  'published',
  'closed',
  'archived',
]);
export type InspectionStatus = z.infer<typeof InspectionStatus>;

/** One visit to one subject, from its assignment to its publication. */
export const Inspection = z
  .object({
    id: z.string(),
    version: z.int().positive(),
    status: InspectionStatus,
    /** Of the draw that made it. */
    correlation: z.string(),
    draws: z.array(InspectionDraw).min(1),
    subject: VisitedSubject,
    items: z.array(FormItem).min(1),
    team: z.array(InspectionMember),
    /** Whoever was on the team and left it before the visit began, in that order. */
    left: z.array(FormerMember).default([]),
    openSeats: z.array(OpenSeat).default([]),
    experts: z.array(Expert).default([]),
    assignedAt: Instant,
    acceptedAt: Instant.optional(),
    begunAt: Instant.optional(),
    endedAt: Instant.optional(),
    recordedAt: Instant.optional(),
    /** Who entered the record last (录入员). */
    recordedBy: z.string().optional(),
    publishedAt: Instant.optional(),
    /** When the last of what hangs off it was done (articles 11, 15). */
    closedAt: Instant.optional(),
    /** Under which number it was archived (档号, article 13), and by whom. */
    archived: z.object({ number: z.string(), by: z.string(), at: Instant }).optional(),
    /** The 20th working day after the end; provisional while that year's holidays are not announced (article 14). */
    publishBy: z.object({ date: CalendarDate, provisional: z.boolean() }).optional(),
    record: InspectionRecord.optional(),
  })
  .refine(({ team, openSeats }) => team.length + openSeats.length >= 2, {
    path: ['team'],
    error: 'article 10: never fewer than two seats',
  })
  .refine(({ status, openSeats }) => status === 'assigned' || openSeats.length === 0, {
    path: ['openSeats'],
    error: 'article 10: nobody sets out while a seat is open',
  });
export type Inspection = z.infer<typeof Inspection>;

/** The inspection that a draw makes of a selected object, when it does not join one that has not begun. */
export function inspectionId(draw: string, subject: string): string {
  return deriveId('I', draw, subject);
}

interface Given {
  /** Who acts: a person by staff number, or the function that carries a draw on. */
  readonly by: string;
  readonly at: Instant;
}

/** What can be done to an inspection. Time and person come with the command, and so does what the library says of people. */
export type InspectionCommand = Given &
  (
    | { readonly kind: 'end' | 'publish' | 'close' }
    /** `number`: the next archive number (档号) of the unit. */
    | { readonly kind: 'archive'; readonly number: string }
    /** `directory`: the people of the team as the library has them today. */
    | { readonly kind: 'accept'; readonly directory: readonly Inspector[] }
    | { readonly kind: 'begin'; readonly directory: readonly Inspector[] }
    /** `evidence`: ids of what is stored of this inspection. */
    | { readonly kind: 'record'; readonly record: InspectionRecord; readonly evidence: readonly string[] }
    /** `successor`: the next in line, undefined when nobody is left. */
    | {
        readonly kind: 'recuse';
        readonly recusal: RecusalKind;
        readonly reason: string;
        readonly successor: InspectionMember | undefined;
      }
    /** `acceptBy`: the last day to accept. */
    | {
        readonly kind: 'replace';
        readonly inspector: string;
        readonly reason: string;
        readonly directory: readonly Inspector[];
        readonly acceptBy: CalendarDate;
        readonly successor: InspectionMember | undefined;
      }
    | ({ readonly kind: 'succeed' } & Omit<Replacing, 'by' | 'at'>)
    | {
        readonly kind: 'assign';
        readonly unit: string;
        readonly members: readonly InspectionMember[];
        readonly reason: string;
      }
    /** `members`: those of the draw's teams who come along; the units that keep their team send nobody. */
    | {
        readonly kind: 'join';
        readonly draw: InspectionDraw;
        readonly items: readonly FormItem[];
        readonly members: readonly InspectionMember[];
      }
    | { readonly kind: 'invite'; readonly expert: Pick<Expert, 'name' | 'organisation' | 'role'> }
  );
export type InspectionCommandKind = InspectionCommand['kind'];
type CommandOf<K extends InspectionCommandKind> = Extract<InspectionCommand, { kind: K }>;

/** What the library says of the team at the moment of a command. */
type Directory = Pick<CommandOf<'begin'>, 'directory' | 'at'>;

/** Whether an inspection has not begun, so that a draw may still join it (article 3). */
export function isOpen(inspection: Pick<Inspection, 'status'>): boolean {
  return isPossible(inspectionLifecycle, 'join', inspection.status);
}

/**
 * The inspection after the command.
 * @throws Refusal `not-on-team`, `seat-open`, `wrong-state` (naming the state and those that would be accepted),
 *   `already-accepted`, `inspector-ineligible`, `member-can-act`, `nobody-left`, `team-below-two`, `body-invalid`, `record-invalid`.
 */
export function decide(inspection: Inspection, command: InspectionCommand): Inspection {
  // What the team alone does is refused to others here too, whoever let them come so far: 谁检查、谁录入、谁公示.
  if (inspectionLifecycle.steps[command.kind].by.every((one) => one === 'team')) {
    const standings = memberIn(inspection, command.by) === undefined ? [] : ['team' as const];
    refuseUnpermitted(inspectionLifecycle, command.kind, inspection, new Set(standings));
  }
  if (command.kind === 'begin') {
    refuseOpenSeats(inspection);
  }
  refuseWrongState(inspectionLifecycle, command.kind, inspection);
  return { ...evolve(inspection, command), version: inspection.version + 1 };
}

function memberIn(inspection: Inspection, inspector: string): InspectionMember | undefined {
  return inspection.team.find((member) => member.inspector === inspector);
}

function evolve(inspection: Inspection, command: InspectionCommand): Inspection {
  switch (command.kind) {
    case 'accept':
      return accept(inspection, command);
    case 'recuse':
      return recuse(inspection, command);
    case 'replace':
      return replace(inspection, command);
    case 'succeed':
      return seated(inspection, withSuccessors(inspection, command), command.at);
    case 'assign':
      return assign(inspection, command);
    case 'join':
      return join(inspection, command);
    case 'begin':
      refuseIneligible(inspection.team, command);
      return { ...inspection, status: 'begun', begunAt: command.at };
    case 'end':
      return { ...inspection, status: 'ended', endedAt: command.at };
    case 'record':
      return recorded(inspection, command);
    case 'publish':
      return { ...inspection, status: 'published', publishedAt: command.at };
    case 'close':
      return { ...inspection, status: 'closed', closedAt: command.at };
    case 'archive': {
      const { number, by, at } = command;
      return { ...inspection, status: 'archived', archived: { number, by, at } };
    }
    case 'invite':
      return {
        ...inspection,
        experts: [...inspection.experts, { ...command.expert, invitedBy: command.by, at: command.at }],
      };
  }
}

/** Each member accepts for themselves, since each may have a reason to recuse; the last one moves the inspection on. */
function accept(inspection: Inspection, command: CommandOf<'accept'>): Inspection {
  const { by, at } = command;
  const team = inspection.team.map((member) => {
    if (member.inspector !== by) {
      return member;
    }
    if (member.acceptedAt !== undefined) {
      throw new Refusal('already-accepted', `${by} 已于 ${member.acceptedAt} 接受 has accepted already.`);
    }
    refuseIneligible([member], command);
    return { ...member, acceptedAt: at };
  });
  return seated(inspection, { ...inspection, team }, at);
}

/** The law gives no choice: whoever has to avoid the subject goes, whether or not somebody is left to come. */
function recuse(inspection: Inspection, command: CommandOf<'recuse'>): Inspection {
  const { by, at, recusal, reason, successor } = command;
  const { inspector, name, unit } = memberOrRefuse(inspection, by);
  const former: FormerMember = { inspector, name, unit, why: 'recused', kind: recusal, reason, by, at };
  return seated(inspection, withoutMember(inspection, former, successor), at);
}

/** Somebody who can't act makes room for the next in line; nobody chooses who that is. */
function replace(inspection: Inspection, command: CommandOf<'replace'>): Inspection {
  const { by, at, reason, successor } = command;
  const member = memberOrRefuse(inspection, command.inspector);
  const why = replacementReason(member, command);
  if (successor === undefined) {
    throw new Refusal(
      'nobody-left',
      `${member.unit} 没有可以递补的检查人员，请直接选派 Nobody of ${member.unit} is left in line for ${member.inspector}; assign somebody directly.`,
    );
  }
  const { inspector, name, unit } = member;
  const former: FormerMember = { inspector, name, unit, why, reason, by, at };
  return seated(inspection, withoutMember(inspection, former, successor), at);
}

/** Why a member may be replaced: they can't act today, or said nothing until the last day to accept had passed. */
function replacementReason(member: InspectionMember, command: CommandOf<'replace'>): LeavingReason {
  if (ineligibleOf([member], command).length > 0) {
    return 'ineligible';
  }
  if (member.acceptedAt === undefined && dateInShanghai(command.at) > command.acceptBy) {
    return 'unresponsive';
  }
  throw new Refusal(
    'member-can-act',
    `${member.inspector} 具备执法资格，且未逾期未接受，不能更换 can act and is not overdue (accept by ${command.acceptBy}); only somebody who can't is replaced.`,
  );
}

function assign(inspection: Inspection, command: CommandOf<'assign'>): Inspection {
  const { unit, members, reason, by, at } = command;
  if (!inspection.items.some((item) => item.unit === unit)) {
    throw new Refusal(
      'body-invalid',
      `${unit} 不承担本次检查的事项 has no item on the form of ${inspection.id}.`,
      [{ pointer: '/unit', detail: 'one of the units of the form' }],
    );
  }
  refuseBelowTwo(unit, members);
  refuseSeatedElsewhere(inspection, unit, members);
  return seated(inspection, withUnitTeam(inspection, unit, members, { reason, by, at }), at);
}

/** @throws Refusal `team-below-two` unless two different people are there (article 10). */
function refuseBelowTwo(unit: string, members: readonly InspectionMember[]): void {
  const people = new Set(members.map(({ inspector }) => inspector)).size;
  if (people < 2 || people < members.length) {
    throw new Refusal(
      'team-below-two',
      `${unit} 的检查人员不得少于两人，且不得重复（第十条） ${unit} sends ${people}; a team has at least two inspectors, each once (article 10).`,
    );
  }
}

/** Somebody who moved to another unit since they were drawn sits on the team for the old one: nobody has two seats. */
function refuseSeatedElsewhere(
  { id, team }: Inspection,
  unit: string,
  members: readonly InspectionMember[],
): void {
  const elsewhere = new Map(team.flatMap((one) => (one.unit === unit ? [] : [[one.inspector, one.unit]])));
  const fields = members.flatMap(({ inspector, name }, at) =>
    elsewhere.has(inspector)
      ? [
          {
            pointer: `/inspectors/${at}`,
            detail: `${name}（${inspector}）已代表 ${elsewhere.get(inspector)} sits there for another unit`,
          },
        ]
      : [],
  );
  if (fields.length > 0) {
    throw new Refusal('team-invalid', `有人已在 ${id} 的检查组中 Somebody is on the team already.`, fields);
  }
}

/** Items that the form has are not asked twice; whoever comes along accepts first (article 3: 一次抽查、全面体检). */
function join(inspection: Inspection, { draw, items, members, at }: CommandOf<'join'>): Inspection {
  const known = new Set(inspection.items.map(({ code }) => code));
  return {
    ...seated(inspection, withMembers(inspection, members), at),
    draws: [...inspection.draws, draw],
    items: [...inspection.items, ...items.filter(({ code }) => !known.has(code))],
  };
}

/** The inspection with these seats: accepted when nobody is missing and each has accepted, waiting for it otherwise. */
function seated(inspection: Inspection, { team, left, openSeats }: Seats, at: Instant): Inspection {
  const { acceptedAt, ...rest } = inspection;
  const complete = openSeats.length === 0 && team.every((member) => member.acceptedAt !== undefined);
  return complete
    ? { ...rest, team, left, openSeats, status: 'accepted', acceptedAt: acceptedAt ?? at }
    : { ...rest, team, left, openSeats, status: 'assigned' };
}

function memberOrRefuse(inspection: Inspection, inspector: string): InspectionMember {
  const member = memberIn(inspection, inspector);
  if (member === undefined) {
    throw new Refusal(
      'body-invalid',
      `${inspector} 不是本次检查的检查人员 is not on the team of ${inspection.id}.`,
      [{ pointer: '/inspector', detail: inspection.team.map((one) => one.inspector).join(', ') }],
    );
  }
  return member;
}

function refuseOpenSeats(inspection: Inspection): void {
  const [seat] = inspection.openSeats;
  if (seat !== undefined && isOpen(inspection)) {
    throw new Refusal(
      'seat-open',
      `${seat.unit} 的席位空缺（原 ${seat.formerly}），须先直接选派 A seat of ${seat.unit} (formerly ${seat.formerly}) is open; assign somebody directly before the visit begins.`,
    );
  }
}

/** @throws Refusal `inspector-ineligible` naming each person and why (articles 5, 10). */
function refuseIneligible(members: readonly InspectionMember[], command: Directory): void {
  const faults = ineligibleOf(members, command);
  if (faults.length > 0) {
    throw new Refusal(
      'inspector-ineligible',
      `检查人员不具备资格，须更换 Somebody can't act today and has to be replaced: ${faults.map(({ detail }) => detail).join('; ')}.`,
      faults,
    );
  }
}

/** Those who can't act on the day of the command, with every reason. */
function ineligibleOf(members: readonly InspectionMember[], { directory, at }: Directory): FieldError[] {
  const today = dateInShanghai(at);
  return members.flatMap(({ inspector, name, unit }) => {
    const known = directory.find(({ staffNo }) => staffNo === inspector);
    const found = known && eligibility(known, { unit, through: today });
    if (found?.eligible === true) {
      return [];
    }
    const reasons = found?.reasons.map((reason) => `${ineligibleReasonLabels[reason]} ${reason}`) ?? [
      '不在执法人员库 not in the directory',
    ];
    return [{ pointer: `/team/${inspector}`, detail: `${name}（${inspector}）：${reasons.join('、')}` }];
  });
}
