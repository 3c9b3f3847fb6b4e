import type * as z from 'zod';
import type { PersonRole } from '#domain/person/person.ts';
import { environmentOf, once } from '#lambda/environment.ts';
import { requireRole, staffOf, type Staff } from '#store/people.ts';
import { openState } from '#store/store.ts';
import { refuse } from '#web/problem.ts';
import { param, type HttpRequest } from '#web/request.ts';

export const environment = once(() => environmentOf('administration'));
export const store = once(() => openState(environment().STATE_TABLE));

/** Who asks; only administrators when no other role is named. @throws Refusal `not-staff`, `role-forbidden` */
export async function administrator(request: HttpRequest, ...others: PersonRole[]): Promise<Staff> {
  const staff = await staffOf(store(), request.person, environment().ADMINISTRATORS);
  requireRole(staff, ['administrator', ...others]);
  return staff;
}

/** The id in the address. @throws Refusal `query-invalid` */
export function idOf(schema: z.ZodString, request: HttpRequest): string {
  const id = schema.safeParse(param(request, 'id'));
  if (id.success) return id.data;
  const accepted = id.error.issues[0]?.message ?? 'valid';
  // Named like a field: in a form it is one, and people look for the fault beside it.
  return refuse('query-invalid', `编号无效 The id must be ${accepted}.`, [
    { pointer: '/id', detail: `编号无效 must be ${accepted}` },
  ]);
}
