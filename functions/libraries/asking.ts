import { LibraryName } from '#domain/library/library.ts';
import type { PersonRole } from '#domain/person/person.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { openObjects } from '#store/objects.ts';
import { requireRole, staffOf, type Staff } from '#store/people.ts';
import { openState } from '#store/store.ts';
import { refuse } from '#web/problem.ts';
import { param, type HttpRequest } from '#web/request.ts';

export const environment = once(() => environmentOf('libraries'));
export const store = once(() => openState(environment().STATE_TABLE));
export const objects = once(() => openObjects(environment().FILES_BUCKET));

/** Those who handle whole libraries. */
export const HANDLING: readonly PersonRole[] = ['administrator', 'lead-section'];

/** Who asks; only administrators and the lead section handle whole libraries. @throws Refusal `not-staff`, `role-forbidden` */
export async function administrator(request: HttpRequest): Promise<Staff> {
  const staff = await staffOf(store(), request.person, environment().ADMINISTRATORS);
  requireRole(staff, HANDLING);
  return staff;
}

/** The library that the address names. @throws Refusal `not-found` */
export function libraryOf(request: HttpRequest): LibraryName {
  const name = LibraryName.safeParse(param(request, 'library'));
  return name.success
    ? name.data
    : refuse(
        'not-found',
        `没有这个库 There is no such library; libraries: ${LibraryName.options.join(', ')}.`,
      );
}
