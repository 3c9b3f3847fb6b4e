import { describe, expect, test } from 'vitest';
import { Person, PersonRole, personRoleLabels } from '#domain/person/person.ts';

describe('a person', () => {
  test('has one of the six roles of the regulation', () => {
    expect(PersonRole.options.map((role) => personRoleLabels[role])).toEqual([
      '牵头科室',
      '业务科室',
      '承担单位',
      '执法检查人员',
      '分管领导/督查',
      '系统管理员',
    ]);
  });

  test('is known by a staff number and holds nothing that is not listed', () => {
    const person = { staffNo: 'GX-001', name: '示例', role: 'unit', unit: '节能监察中心' };
    expect(Person.parse(person)).toEqual(person);
    expect(Person.safeParse({ ...person, idNumber: '11010519491231002X' }).success).toBe(false);
    expect(Person.safeParse({ ...person, role: 'public' }).success).toBe(false);
    expect(Person.safeParse({ ...person, email: 'nobody' }).success).toBe(false);
  });
});
