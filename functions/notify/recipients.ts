import type { EventOf } from '#contracts/events.ts';
import type { Reached } from '#domain/deadline/rules.ts';
import { answeringUnits } from '#domain/inspection/deadlines.ts';
import { followUpTitle, type FollowUpCase } from '#domain/follow-up/follow-up.ts';
import { receiverName, type Handover } from '#domain/handover/handover.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import type { PersonRole } from '#domain/person/person.ts';
import { Trigger } from '#domain/trigger/trigger.ts';
import { loadCorrection } from '#store/corrections.ts';
import { loadDraw } from '#store/draws.ts';
import { loadFollowUp, loadHandover } from '#store/follow-ups.ts';
import { loadInspection } from '#store/inspections.ts';
import { staffIn } from '#store/people.ts';
import { mustLoad } from '#store/records.ts';
import type { StateTable } from '#store/store.ts';

/** Everyone on the team, by staff number. */
export function recipientsOfAssignment({ data }: EventOf<'inspection.assigned'>): string[] {
  return data.team.map((member) => member.inspector);
}

/** The heads of these units (承担单位). */
export async function headsOf(store: StateTable, units: readonly string[]): Promise<string[]> {
  const heads = await Promise.all([...new Set(units)].map((unit) => staffIn(store, 'unit', unit)));
  return heads.flat();
}

/** The lead section (牵头科室), which watches triggers and draws. */
export function leadSection(store: StateTable): Promise<string[]> {
  return staffIn(store, 'lead-section');
}

/** A record that has a deadline, and whom that concerns. */
export interface Concern {
  readonly of: { readonly kind: string; readonly id: string };
  readonly reaches: readonly Reached[];
  /** The units that answer for the deadline. */
  readonly units: readonly string[];
  /** The inspection that it is, where it was read already. */
  readonly inspection?: Inspection | undefined;
}

/** Gives the staff numbers of those who hold a role. */
export type RoleHolders = (role: PersonRole, unit?: string) => Promise<string[]>;

/** Asks for each role once, however many deadlines its holders are told of. */
export function roleHolders(store: StateTable): RoleHolders {
  const asked = new Map<string, Promise<string[]>>();
  return (role, unit) => {
    const key = `${role} ${unit ?? ''}`;
    const known = asked.get(key) ?? staffIn(store, role, unit);
    asked.set(key, known);
    return known;
  };
}

/** Who answers for units: their heads, or the lead section where they have none, since nothing may lie unseen. */
export async function answering(holders: RoleHolders, units: readonly string[]): Promise<string[]> {
  const heads = await Promise.all(units.map(async (unit) => holders('unit', unit)));
  return heads.flat().length > 0 ? heads.flat() : holders('lead-section');
}

/** Whom a rung of the ladder reaches, and what it is about. The rules of the deadline say which roles; here they become people. */
export async function recipientsOfReminder(
  store: StateTable,
  concern: Concern,
  holders: RoleHolders = roleHolders(store),
): Promise<{ to: string[]; about: string }> {
  const matter = await matterOf(store, concern, holders);
  const reached = await Promise.all(
    concern.reaches.map(async (role) =>
      role === 'actor' || role === 'unit' ? matter[role]() : holders(role),
    ),
  );
  return { to: reached.flat(), about: matter.about };
}

/** What a deadline is about, and the people who are next to it: whoever has to act, and whoever answers for the unit. */
interface Matter extends Readonly<Record<'actor' | 'unit', () => Promise<string[]>>> {
  readonly about: string;
}

async function matterOf(
  store: StateTable,
  { of, units, inspection }: Concern,
  holders: RoleHolders,
): Promise<Matter> {
  switch (of.kind) {
    case 'inspection':
      return matterOfInspection(inspection ?? (await loadInspection(store, of.id)), holders);
    case 'follow-up':
      return matterOfFollowUp(await loadFollowUp(store, of.id), holders);
    case 'handover':
      return matterOfHandover(await loadHandover(store, of.id), holders);
    default: {
      const unit = () => answering(holders, units);
      const actor = units.length > 0 ? unit : () => holders('lead-section');
      return { about: await titleOf(store, of), actor, unit };
    }
  }
}

function matterOfInspection(inspection: Inspection, holders: RoleHolders): Matter {
  return {
    about: `${inspection.subject.name}（${inspection.id}）`,
    actor: () => Promise.resolve(inspection.team.map(({ inspector }) => inspector)),
    unit: () => answering(holders, answeringUnits(inspection)),
  };
}

/** The unit that answers for it and its people who were on the visit. */
function matterOfFollowUp(followUp: FollowUpCase, holders: RoleHolders): Matter {
  const { id, unit, team } = followUp;
  const own = team.flatMap((member) => (member.unit === unit ? [member.inspector] : []));
  const acting = async () => [...(await answering(holders, [unit])), ...own];
  return { about: `${followUpTitle(followUp)}（${id}）`, actor: acting, unit: acting };
}

/** Whoever acts: the receiving unit once it has the clue, the team until then and for an authority outside. */
function matterOfHandover(handover: Handover, holders: RoleHolders): Matter {
  const { id, status, receiver, from, team, subject } = handover;
  const acting = async () =>
    receiver.kind === 'unit' && status === 'sent'
      ? answering(holders, [receiver.unit])
      : [...team.map(({ inspector }) => inspector), ...(await holders('unit', from))];
  return {
    about: `${subject.name} 线索移送 ${receiverName(receiver)} 的回执（${id}）`,
    actor: acting,
    unit: acting,
  };
}

async function titleOf(
  store: StateTable,
  of: { readonly kind: string; readonly id: string },
): Promise<string> {
  switch (of.kind) {
    case 'draw':
      return (await loadDraw(store, of.id)).title;
    case 'trigger':
      return (await mustLoad(store, Trigger, 'TRIGGER', of.id)).report.title;
    case 'correction': {
      const { id, subject } = await loadCorrection(store, of.id);
      return `${subject.name} 公示信息的更正申请（${id}）`;
    }
    default:
      return of.id;
  }
}
