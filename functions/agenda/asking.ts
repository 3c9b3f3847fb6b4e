import type { Deadline } from '#domain/deadline/deadline.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import { watchesAll } from '#domain/person/person.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { workingDays } from '#store/calendars.ts';
import { loadDeadline } from '#store/deadlines.ts';
import { loadInspection } from '#store/inspections.ts';
import { staffOf, type Staff } from '#store/people.ts';
import { openState } from '#store/store.ts';
import { refuse } from '#web/problem.ts';
import { param, type HttpRequest } from '#web/request.ts';

export const environment = once(() => environmentOf('agenda'));
export const store = once(() => openState(environment().STATE_TABLE));
export const reference = once(stateCouncilCalendar);

/** The calendar and the deadline rules as they are now. */
export function counting(): Promise<Counting> {
  return workingDays(store(), reference());
}

/** The person who asks. @throws Refusal `not-staff` */
export function person(request: HttpRequest): Promise<Staff> {
  return staffOf(store(), request.person, environment().ADMINISTRATORS);
}

/** The person whose link is used. @throws Refusal `not-staff` for one who left */
export function owner(staffNo: string): Promise<Staff> {
  return staffOf(store(), staffNo, environment().ADMINISTRATORS);
}

/** Whether the deadline is this person's to keep: a unit's that answers for it, or the team's. */
async function keeps({ role, unit, staffNo }: Staff, { of, units = [] }: Deadline): Promise<boolean> {
  if (role === 'unit') return units.includes(unit);
  if (role !== 'inspector' || of.kind !== 'inspection') return false;
  const { team } = await loadInspection(store(), of.id);
  return team.some(({ inspector }) => inspector === staffNo);
}

/** The deadline, if it is this person's to see: another unit's gets the same 404 as one that does not exist. */
export async function visible(request: HttpRequest): Promise<{
  readonly staff: Staff;
  readonly deadline: Deadline;
  /** Whether the person may ask for a longer day or a pause. */
  readonly mayAsk: boolean;
}> {
  const staff = await person(request);
  const id = param(request, 'id');
  const deadline = await loadDeadline(store(), id);
  const mayAsk = staff.role === 'lead-section' || (await keeps(staff, deadline));
  if (!mayAsk && !watchesAll(staff.role)) {
    refuse('not-found', `没有找到 deadline ${id} was not found.`);
  }
  return { staff, deadline, mayAsk };
}
