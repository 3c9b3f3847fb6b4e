import type { EventOf } from '#contracts/events.ts';
import type { Reached } from '#domain/deadline/rules.ts';
import { answeringUnits } from '#domain/inspection/deadlines.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import type { PersonRole } from '#domain/person/person.ts';
import { Trigger } from '#domain/trigger/trigger.ts';
import { loadCorrection } from '#store/corrections.ts';
import { loadDraw } from '#store/draws.ts';
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
  const { of, reaches, units, inspection: known } = concern;
  const inspection = of.kind === 'inspection' ? (known ?? (await loadInspection(store, of.id))) : undefined;
  const reached = await Promise.all(
    reaches.map(async (role) =>
      peopleOf(role === 'actor' ? actorOf(concern) : role, { units, inspection }, holders),
    ),
  );
  return {
    to: reached.flat(),
    about:
      inspection === undefined ? await titleOf(store, of) : `${inspection.subject.name}（${inspection.id}）`,
  };
}

/** Who has to act where it is not a team: a unit, or the lead section where no unit answers. */
function actorOf({ of, units }: Concern): Reached {
  return of.kind === 'inspection' ? 'actor' : units.length > 0 ? 'unit' : 'lead-section';
}

async function peopleOf(
  role: Reached,
  { units, inspection }: Pick<Concern, 'units' | 'inspection'>,
  holders: RoleHolders,
): Promise<string[]> {
  switch (role) {
    case 'actor':
      return inspection?.team.map(({ inspector }) => inspector) ?? [];
    case 'unit':
      return answering(holders, inspection === undefined ? units : answeringUnits(inspection));
    case 'lead-section':
    case 'supervisor':
      return holders(role);
  }
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
