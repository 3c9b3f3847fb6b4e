import { refuseUnpermitted, standingsByRole } from '#domain/lifecycle/lifecycle.ts';
import { submissionLifecycle, type SubmissionCommandKind } from '#domain/submission/submission.ts';
import type { PersonRole } from '#domain/person/person.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { openObjects } from '#store/objects.ts';
import { requireRole, staffOf, type Staff } from '#store/people.ts';
import { openState } from '#store/store.ts';
import { param, type HttpRequest } from '#web/request.ts';

export const environment = once(() => environmentOf('submissions'));
export const store = once(() => openState(environment().STATE_TABLE));
export const objects = once(() => openObjects(environment().FILES_BUCKET));

/** Who sends to the national system; the supervisor sees what was sent. */
const SENDING: readonly PersonRole[] = ['lead-section', 'administrator'];
const READING: readonly PersonRole[] = [...SENDING, 'supervisor'];

function person(request: HttpRequest): Promise<Staff> {
  return staffOf(store(), request.person, environment().ADMINISTRATORS);
}

/** Who makes a file. @throws Refusal `not-staff`, `role-forbidden` */
export async function sender(request: HttpRequest): Promise<Staff> {
  const staff = await person(request);
  requireRole(staff, SENDING);
  return staff;
}

/** Who reads what was sent. @throws Refusal `not-staff`, `role-forbidden` */
export async function reader(request: HttpRequest): Promise<Staff> {
  const staff = await person(request);
  requireRole(staff, READING);
  return staff;
}

/** Who tells what the receiving system answered. @throws Refusal `not-staff`, `role-forbidden` */
export async function commanding(request: HttpRequest, command: SubmissionCommandKind): Promise<Staff> {
  const staff = await person(request);
  const submission = { id: param(request, 'id') };
  refuseUnpermitted(submissionLifecycle, command, submission, standingsByRole(staff.role));
  return staff;
}
