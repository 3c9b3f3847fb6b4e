import * as z from 'zod';
import { StaffNo } from '#domain/inspector/inspector.ts';

/** What a person does here (see docs of the regulation): the roles that permissions are written for. */
export const PersonRole = z.enum([
  'lead-section',
  'business-section',
  'unit',
  'inspector',
  'supervisor',
  'administrator',
]);
export type PersonRole = z.infer<typeof PersonRole>;

/** Those who watch everything, of whichever unit. */
export const WATCHING = [
  'lead-section',
  'supervisor',
  'administrator',
] as const satisfies readonly PersonRole[];

export function watchesAll(role: PersonRole): role is (typeof WATCHING)[number] {
  return WATCHING.some((one) => one === role);
}

export const personRoleLabels: Readonly<Record<PersonRole, string>> = {
  'lead-section': '牵头科室',
  'business-section': '业务科室',
  unit: '承担单位',
  inspector: '执法检查人员',
  supervisor: '分管领导/督查',
  administrator: '系统管理员',
};

/** Somebody who signs in. An inspector is in the inspectors' library as well, under the same staff number. */
export const Person = z.strictObject({
  staffNo: StaffNo,
  name: z.string().trim().min(1).max(60),
  role: PersonRole,
  /** The unit or section the person belongs to, by the name that items and inspectors use. */
  unit: z.string().trim().min(1).max(100),
  /** Where messages go when the installation sends mail. */
  email: z.email('邮箱地址格式不对').optional(),
});
export type Person = z.infer<typeof Person>;
