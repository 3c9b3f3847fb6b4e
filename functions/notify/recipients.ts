import type { EventOf } from '#contracts/events.ts';
import { Trigger } from '#domain/trigger/trigger.ts';
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

/**
 * Whom a rung of the ladder reaches, and what it is about: first those who act, one working day past due their units too,
 * from the second on the supervisors as well.
 */
export async function recipientsOfReminder(
  store: StateTable,
  { data }: EventOf<'deadline.reminded'>,
): Promise<{ to: string[]; about: string }> {
  if (data.of.kind !== 'inspection') {
    const supervisors = data.level > 0 ? await staffIn(store, 'supervisor') : [];
    return { to: [...(await leadSection(store)), ...supervisors], about: await titleOf(store, data.of) };
  }
  const inspection = await loadInspection(store, data.of.id);
  // The units of the form: one whose people all left has no one on the team, and a seat to fill.
  const units = [...inspection.items, ...inspection.team].map(({ unit }) => unit);
  const heads = data.level > 0 ? await headsOf(store, units) : [];
  const supervisors = data.level > 1 ? await staffIn(store, 'supervisor') : [];
  return {
    to: [...inspection.team.map((member) => member.inspector), ...heads, ...supervisors],
    about: `${inspection.subject.name}（${inspection.id}）`,
  };
}

async function titleOf(
  store: StateTable,
  of: { readonly kind: string; readonly id: string },
): Promise<string> {
  return of.kind === 'draw'
    ? (await loadDraw(store, of.id)).title
    : (await mustLoad(store, Trigger, 'TRIGGER', of.id)).report.title;
}
