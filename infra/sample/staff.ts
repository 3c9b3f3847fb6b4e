import { at, seededRandom, type SeededRandom } from '#infra/sample/random.ts';
import { personName } from '#infra/sample/subjects.ts';
import { addDays, type CalendarDate } from '#domain/time/time.ts';

/** The units that do inspections (承担单位), each with the qualification that its items ask for. */
export const UNITS = [
  { name: '商贸流通监管中队', qualification: '食品安全' },
  { name: '成品油市场监管所', qualification: '计量' },
  { name: '节能监察中心', qualification: '计量' },
  { name: '电力与民爆安全所', qualification: '特种设备' },
  { name: '对外贸易监管所', qualification: '广告' },
  { name: '汽车与再生资源监管所', qualification: '特种设备' },
] as const;

const INSPECTORS_PER_UNIT = 10;
const QUALIFICATIONS = ['食品安全', '特种设备', '计量', '广告'] as const;
/** Days until the certificate of each unit's ninth inspector lapses, on both sides of the warnings at 60, 30 and 7 days. */
const LAPSING_IN = [5, 25, 55, 7, 30, 60] as const;

export const INSPECTOR_HEADERS = [
  '单位工号',
  '姓名',
  '岗位大类',
  '从事本岗起始日期',
  '岗位资质资格',
  '执法事项范围',
  '层级',
  '担任职务',
  '所在业务部门（机构）',
  '是否专家',
  '执法证编号',
  '执法证有效期',
  '执法证编号2',
  '执法证有效期2',
  '培训有效期',
  '执法人员状态',
  '休假期间',
] as const;

export const PEOPLE_HEADERS = ['单位工号', '姓名', '角色', '所在部门', '邮箱'] as const;

/** Who holds what besides the inspectors and the heads of units. */
const SECTION_PEOPLE = [
  ['HP9001', '牵头科室', '法规与监管科'],
  ['HP9002', '牵头科室', '法规与监管科'],
  ['HP9003', '业务科室', '流通业发展科'],
  ['HP9004', '业务科室', '工业运行科'],
  ['HP9005', '分管领导/督查', '局领导'],
  ['HP9006', '分管领导/督查', '督查室'],
  ['HP9007', '系统管理员', '信息中心'],
] as const;

/**
 * Rows of the inspectors' file without the header: 60 in 6 units. By place in the unit: the tenth of five units has
 * lapsed, the ninth of each lapses soon, the eighth of three is untrained, the seventh of two is inactive, the sixth of two is on leave.
 */
export function inspectorRows(random: SeededRandom, today: CalendarDate): string[][] {
  return UNITS.flatMap((_, unit) =>
    Array.from({ length: INSPECTORS_PER_UNIT }, (__, place) => inspectorRow(random, today, unit, place)),
  );
}

function inspectorRow(random: SeededRandom, today: CalendarDate, unit: number, place: number): string[] {
  const { name, qualification } = at(UNITS, unit);
  const other = random.pick(QUALIFICATIONS);
  const qualifications = place < 7 ? [...new Set([qualification, other])] : [other];
  const second =
    place === 0 ? [certificateNo(unit, place, 2), addDays(today, 400 + random.below(600))] : ['', ''];
  return [
    staffNo(unit, place),
    personName(random),
    '行政执法',
    addDays(today, -400 - random.below(4_000)),
    qualifications.join('；'),
    `${name}职责范围内事项`,
    '县',
    place === 0 ? '组长' : '科员',
    name,
    place === 1 ? '是' : '否',
    certificateNo(unit, place, 1),
    addDays(today, certificateDays(random, unit, place)),
    ...second,
    trainedThrough(random, today, unit, place),
    place === 6 && (unit === 3 || unit === 4) ? '失效' : '有效',
    place === 5 && (unit === 0 || unit === 3) ? `${today}至${addDays(today, 10)}` : '',
  ];
}

/** Days from today to the last valid day of the first certificate, negative when it has lapsed. */
function certificateDays(random: SeededRandom, unit: number, place: number): number {
  const days = 200 + random.below(1_300);
  if (place === 9 && unit < 5) return -10 - random.below(200);
  return place === 8 ? at(LAPSING_IN, unit) : days;
}

function trainedThrough(random: SeededRandom, today: CalendarDate, unit: number, place: number): string {
  const days = 150 + random.below(300);
  if (place === 7 && unit === 0) return '';
  if (place === 7 && unit < 3) return addDays(today, -30 - days);
  return addDays(today, days);
}

/**
 * Rows of the people's file without the header: a head for each unit, two each of lead section, business section
 * and supervisors, one administrator, and every inspector under the staff number of the inspectors' file.
 */
export function peopleRows(random: SeededRandom, inspectors: readonly (readonly string[])[]): string[][] {
  const heads = UNITS.map(({ name }, unit) => [`HP${unit + 1}000`, personName(random), '承担单位', name]);
  const sections = SECTION_PEOPLE.map(([no, role, section]) => [no, personName(random), role, section]);
  const unitColumn = INSPECTOR_HEADERS.indexOf('所在业务部门（机构）');
  const checkers = inspectors.map((row) => [at(row, 0), at(row, 1), '执法检查人员', at(row, unitColumn)]);
  return [...heads, ...sections, ...checkers].map((row) => [
    ...row,
    `${at(row, 0).toLowerCase()}@example.org`,
  ]);
}

function staffNo(unit: number, place: number): string {
  return `HP${unit + 1}${String(place + 1).padStart(3, '0')}`;
}

/** Eleven digits, invented; the first five say so. */
function certificateNo(unit: number, place: number, copy: number): string {
  return `9999${copy}${unit + 1}${String(place + 1).padStart(5, '0')}`;
}

/** Everyone who can sign in to the sample district, as the local issuer wants them. */
export function sampleStaff(
  seed: string,
  today: CalendarDate,
): { readonly id: string; readonly name: string; readonly role: string; readonly unit: string }[] {
  const inspectors = inspectorRows(seededRandom(`${seed}/inspectors`), today);
  return peopleRows(seededRandom(`${seed}/people`), inspectors).map((row) => ({
    id: at(row, 0),
    name: at(row, 1),
    role: at(row, 2),
    unit: at(row, 3),
  }));
}
