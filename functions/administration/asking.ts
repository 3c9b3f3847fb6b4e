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
  return id.success
    ? id.data
    : refuse(
        'query-invalid',
        `地址中的编号无效 The id in the address must be ${id.error.issues[0]?.message ?? 'valid'}.`,
      );
}
