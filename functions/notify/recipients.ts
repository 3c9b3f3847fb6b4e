import type { EventOf } from '#contracts/events.ts';
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

/** A record that has a deadline, and how far that is escalated. */
export interface Concern {
  readonly of: { readonly kind: string; readonly id: string };
  readonly level: number;
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

/** Who answers a request for a correction: the heads of the units, or the lead section where they have none, since no request may lie unseen. */
export async function answering(holders: RoleHolders, units: readonly string[]): Promise<string[]> {
  const heads = await Promise.all(units.map(async (unit) => holders('unit', unit)));
  return heads.flat().length > 0 ? heads.flat() : holders('lead-section');
}

/**
 * Whom a rung of the ladder reaches, and what it is about: first those who act, one working day past due their units too,
 * from the second on the supervisors as well. A correction is the unit's to answer: past due the supervisors hear of it. Of a
 * follow-up or a handover that is past due the lead section hears first.
 */
export async function recipientsOfReminder(
  store: StateTable,
  { of, level, inspection: known }: Concern,
  holders: RoleHolders = roleHolders(store),
): Promise<{ to: string[]; about: string }> {
  if (of.kind === 'correction') {
    const { id, units, subject } = await loadCorrection(store, of.id);
    const supervisors = level > 0 ? await holders('supervisor') : [];
    return {
      to: [...(await answering(holders, units)), ...supervisors],
      about: `${subject.name} 公示信息的更正申请（${id}）`,
    };
  }
  if (of.kind === 'follow-up') return recipientsOfFollowUp(await loadFollowUp(store, of.id), level, holders);
  if (of.kind === 'handover') return recipientsOfHandover(await loadHandover(store, of.id), level, holders);
  if (of.kind !== 'inspection') {
    const supervisors = level > 0 ? await holders('supervisor') : [];
    return { to: [...(await holders('lead-section')), ...supervisors], about: await titleOf(store, of) };
  }
  const inspection = known ?? (await loadInspection(store, of.id));
  // The units of the form: one whose people all left has no one on the team, and a seat to fill.
  const units = new Set([...inspection.items, ...inspection.team].map(({ unit }) => unit));
  const heads = level > 0 ? await Promise.all([...units].map(async (unit) => holders('unit', unit))) : [];
  const supervisors = level > 1 ? await holders('supervisor') : [];
  return {
    to: [...inspection.team.map((member) => member.inspector), ...heads.flat(), ...supervisors],
    about: `${inspection.subject.name}（${inspection.id}）`,
  };
}

interface Reached {
  readonly to: string[];
  readonly about: string;
}

/** The unit that answers for it and its people who were on the visit; past due the lead section too, then the supervisors. */
async function recipientsOfFollowUp(
  followUp: FollowUpCase,
  level: number,
  holders: RoleHolders,
): Promise<Reached> {
  const { id, unit, team } = followUp;
  const own = team.flatMap((member) => (member.unit === unit ? [member.inspector] : []));
  return {
    to: [...(await answering(holders, [unit])), ...own, ...(await watching(level, holders))],
    about: `${followUpTitle(followUp)}（${id}）`,
  };
}

/** Whoever acts: the receiving unit once it has the clue, the team until then and for an authority outside. */
async function recipientsOfHandover(
  { id, status, receiver, from, team, subject }: Handover,
  level: number,
  holders: RoleHolders,
): Promise<Reached> {
  const acting =
    receiver.kind === 'unit' && status === 'sent'
      ? await answering(holders, [receiver.unit])
      : [...team.map(({ inspector }) => inspector), ...(await holders('unit', from))];
  return {
    to: [...acting, ...(await watching(level, holders))],
    about: `${subject.name} 线索移送 ${receiverName(receiver)} 的回执（${id}）`,
  };
}

/** Those who watch what is overdue: the lead section from the first working day past due, the supervisors from the second. */
async function watching(level: number, holders: RoleHolders): Promise<string[]> {
  return [
    ...(level > 0 ? await holders('lead-section') : []),
    ...(level > 1 ? await holders('supervisor') : []),
  ];
}

async function titleOf(
  store: StateTable,
  of: { readonly kind: string; readonly id: string },
): Promise<string> {
  return of.kind === 'draw'
    ? (await loadDraw(store, of.id)).title
    : (await mustLoad(store, Trigger, 'TRIGGER', of.id)).report.title;
}
