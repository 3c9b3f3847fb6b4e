import type { PersonRole } from '#domain/person/person.ts';
import type { Subject } from '#domain/subject/subject.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { requireRole, staffOf, type Staff } from '#store/people.ts';
import { openState } from '#store/store.ts';
import { knownSubjects } from '#store/subjects.ts';
import { refuse } from '#web/problem.ts';
import { param, type HttpRequest } from '#web/request.ts';

const environment = once(() => environmentOf('monitoring'));
export const store = once(() => openState(environment().STATE_TABLE));

/** Who reads warnings and scans, and who decides about them. */
export const WATCHING: readonly PersonRole[] = [
  'lead-section',
  'business-section',
  'supervisor',
  'administrator',
];
export const DECIDING: readonly PersonRole[] = ['lead-section'];
/** Who adds to what is known of subjects. */
export const RECORDING: readonly PersonRole[] = ['lead-section', 'administrator'];

/** The person who asks. @throws Refusal `not-staff`, `role-forbidden` */
export async function staff(request: HttpRequest, roles?: readonly PersonRole[]): Promise<Staff> {
  const person = await staffOf(store(), request.person, environment().ADMINISTRATORS);
  if (roles !== undefined) requireRole(person, roles);
  return person;
}

/** The subject that the address names, if it is this person's to see: another unit's is the same 404 as none. */
export async function visibleSubject(request: HttpRequest, person: Staff): Promise<Subject> {
  const id = param(request, 'id');
  const [subject] = await knownSubjects(store(), [id]);
  return subject === undefined || !mayRead(person, subject)
    ? refuse('not-found', `没有找到 subject ${id} was not found.`)
    : subject;
}

/** Those who watch all subjects, and the people of the unit that supervises this one (管辖单位). */
function mayRead({ role, unit }: Staff, { jurisdictionUnit }: Subject): boolean {
  switch (role) {
    case 'lead-section':
    case 'supervisor':
    case 'administrator':
    case 'business-section':
      return true;
    case 'unit':
    case 'inspector':
      return unit === jurisdictionUnit;
  }
}
