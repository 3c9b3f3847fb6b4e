import { Inspector, inspectorLevelLabels, inspectorStatusLabels } from '#domain/inspector/inspector.ts';
import type { Library } from '#domain/library/column.ts';
import {
  halfWidth,
  readCode,
  readDate,
  readLabel,
  readList,
  readText,
  readValidity,
  readYesNo,
  type Reading,
} from '#domain/library/reading.ts';
import { writeLabel, writeLeave, writeList, writeValidity, writeYesNo } from '#domain/library/writing.ts';
import { Person, personRoleLabels } from '#domain/person/person.ts';

const staffNoHeader = '单位工号';

/** Inspectors (执法人员库). The template's 性别 is not kept: nothing here depends on it, and the report says so. */
export const inspectors: Library<Inspector> = {
  label: '执法人员库',
  keyColumn: staffNoHeader,
  keyOf: (inspector) => inspector.staffNo,
  schema: Inspector,
  columns: [
    {
      header: staffNoHeader,
      example: '1001',
      otherHeaders: ['工号'],
      path: 'staffNo',
      required: true,
      read: readCode,
    },
    { header: '姓名', example: '张三', path: 'name', required: true, read: readText },
    {
      header: '所在业务部门（机构）',
      example: '商贸流通监管中队',
      otherHeaders: ['所在业务部门', '所在部门', '单位'],
      path: 'unit',
      required: true,
      read: readText,
    },
    {
      header: '执法证编号',
      example: '16030001001',
      otherHeaders: ['执法证编号1'],
      path: 'certificates.0.number',
      required: true,
      read: readCode,
    },
    {
      header: '执法证有效期',
      example: '2029-12-31',
      otherHeaders: ['执法证有效期1', '执法证有效期至'],
      path: 'certificates.0.validThrough',
      required: true,
      read: readValidity,
      write: writeValidity,
    },
    { header: '执法证编号2', path: 'certificates.1.number', read: readCode },
    {
      header: '执法证有效期2',
      path: 'certificates.1.validThrough',
      read: readValidity,
      write: writeValidity,
    },
    {
      header: '岗位资质资格',
      example: '食品安全、计量',
      path: 'qualifications',
      read: readList,
      write: writeList,
      whenBlank: { value: () => [], note: '无' },
    },
    {
      header: '培训有效期',
      example: '2027-06-30',
      otherHeaders: ['培训有效期至'],
      path: 'trainedThrough',
      read: readValidity,
      write: writeValidity,
    },
    {
      header: '执法人员状态',
      example: '有效',
      otherHeaders: ['状态'],
      path: 'status',
      read: readLabel(inspectorStatusLabels),
      write: writeLabel(inspectorStatusLabels),
      whenBlank: { value: () => 'active', note: '按“有效”' },
    },
    {
      header: '层级',
      example: '县级',
      path: 'level',
      read: readLabel(inspectorLevelLabels, {
        province: ['省级'],
        city: ['市级'],
        county: ['县级', '区', '区级', '区县'],
        station: ['所级', '乡镇'],
      }),
      write: writeLabel(inspectorLevelLabels),
    },
    { header: '岗位大类', path: 'post', read: readText },
    { header: '担任职务', path: 'office', read: readText },
    { header: '从事本岗起始日期', example: '2020-03-01', path: 'postedOn', read: readDate },
    { header: '执法事项范围', path: 'scope', read: readText },
    {
      header: '是否专家',
      example: '否',
      path: 'expert',
      read: readYesNo,
      write: writeYesNo,
      whenBlank: { value: () => false, note: '按“否”' },
    },
    { header: '手机号', otherHeaders: ['联系电话', '手机'], path: 'phone', read: readCode },
    {
      header: '休假期间',
      example: '2026-10-08至2026-10-12',
      path: 'leave',
      read: readLeave,
      write: writeLeave,
      whenBlank: { value: () => [], note: '无休假' },
    },
  ],
};

/** People who sign in (人员). */
export const people: Library<Person> = {
  label: '人员库',
  keyColumn: staffNoHeader,
  keyOf: (person) => person.staffNo,
  schema: Person,
  columns: [
    {
      header: staffNoHeader,
      example: '1001',
      otherHeaders: ['工号'],
      path: 'staffNo',
      required: true,
      read: readCode,
    },
    { header: '姓名', example: '张三', path: 'name', required: true, read: readText },
    {
      header: '角色',
      example: '执法检查人员',
      path: 'role',
      required: true,
      read: readLabel(personRoleLabels, { supervisor: ['分管领导', '督查'], administrator: ['管理员'] }),
      write: writeLabel(personRoleLabels),
    },
    {
      header: '所在部门',
      example: '商贸流通监管中队',
      otherHeaders: ['所在业务部门（机构）', '单位'],
      path: 'unit',
      required: true,
      read: readText,
    },
    {
      header: '邮箱',
      example: 'zhangsan@example.org',
      otherHeaders: ['电子邮箱'],
      path: 'email',
      read: readCode,
    },
  ],
};

/** Days of leave: `2026-03-02至2026-03-06；2026-04-01` (a single day is its own end). */
function readLeave(text: string): Reading {
  const leaves: { from: unknown; through: unknown }[] = [];
  for (const span of halfWidth(text).split(/[;、,\n]+/)) {
    if (span.trim() === '') continue;
    const [first = '', last = first] = span.split(/至|到|~/).map((day) => day.trim());
    const from = readDate(first);
    const through = readDate(last);
    if (!from.ok) return from;
    if (!through.ok) return through;
    leaves.push({ from: from.value, through: through.value });
  }
  return { ok: true, value: leaves };
}
