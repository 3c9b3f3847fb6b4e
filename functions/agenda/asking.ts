import { Deadline } from '#domain/deadline/deadline.ts';
import type { Counting } from '#domain/deadline/rules.ts';
import type { InspectionMember } from '#domain/inspection/member.ts';
import { watchesAll } from '#domain/person/person.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { stateCouncilCalendar } from '#reference/working-days.ts';
import { recordOf } from '#store/agenda.ts';
import { CountedBy, countedByKeys, countingOf, workingDays } from '#store/calendars.ts';
import { stateKey } from '#store/keys.ts';
import { staffBeside, staffOf, type Staff } from '#store/people.ts';
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
function keeps(
  { role, unit, staffNo }: Staff,
  { units = [] }: Deadline,
  team: readonly InspectionMember[],
): boolean {
  return role === 'unit'
    ? units.includes(unit)
    : role === 'inspector' && team.some(({ inspector }) => inspector === staffNo);
}

/** The person who asks, and what days are counted by, in one reading. @throws Refusal `not-staff` */
export async function counter(
  request: HttpRequest,
): Promise<{ readonly staff: Staff; readonly counting: Counting }> {
  const { staff, found } = await staffBeside(
    store(),
    request.person,
    environment().ADMINISTRATORS,
    countedByKeys,
  );
  return { staff, counting: countingOf(reference(), found.all(CountedBy, countedByKeys)) };
}

/** A deadline, as somebody who may see it finds it. */
export interface VisibleDeadline {
  readonly staff: Staff;
  readonly deadline: Deadline;
  /** What it is about; absent where the record has neither a title nor a subject. */
  readonly about: string | undefined;
  readonly counting: Counting;
  /** Whether the person may ask for a longer day or a pause. */
  readonly mayAsk: boolean;
}

/**
 * The deadline, if it is this person's to see: another unit's gets the same 404 as one that does not exist. Two readings: who
 * asks with what they ask for, and then what it is of.
 */
export async function visible(request: HttpRequest): Promise<VisibleDeadline> {
  const id = param(request, 'id');
  const own = stateKey('DEADLINE', id);
  const { staff, found } = await staffBeside(store(), request.person, environment().ADMINISTRATORS, [
    own,
    ...countedByKeys,
  ]);
  const deadline = found.one(Deadline, own) ?? unknownDeadline(id);
  const { about, team } = await recordOf(store(), deadline);
  const mayAsk = staff.role === 'lead-section' || keeps(staff, deadline, team);
  if (!mayAsk && !watchesAll(staff.role)) unknownDeadline(id);
  return {
    staff,
    deadline,
    about,
    counting: countingOf(reference(), found.all(CountedBy, countedByKeys)),
    mayAsk,
  };
}

function unknownDeadline(id: string): never {
  return refuse('not-found', `没有找到 deadline ${id} was not found.`);
}
