import * as z from 'zod';
import { SubjectId } from '#domain/subject/subject-id.ts';
import { CalendarDate } from '#domain/time/time.ts';

/** What the subject is in law (主体类型). */
export const SubjectKind = z.enum([
  'enterprise',
  'farmer-cooperative',
  'individual-business',
  'foreign-representative-office',
  'public-institution',
  'social-organisation',
  'state-organ',
  'other',
]);
export type SubjectKind = z.infer<typeof SubjectKind>;

export const subjectKindLabels: Readonly<Record<SubjectKind, string>> = {
  enterprise: '企业',
  'farmer-cooperative': '农专社',
  'individual-business': '个体户',
  'foreign-representative-office': '外企代表机构',
  'public-institution': '事业单位',
  'social-organisation': '社会组织',
  'state-organ': '机关',
  other: '其他',
};

/** Registration status (登记状态). */
export const SubjectStatus = z.enum([
  'active',
  'suspended',
  'liquidating',
  'licence-revoked',
  'registration-annulled',
  'deregistered',
  'moved-out',
]);
export type SubjectStatus = z.infer<typeof SubjectStatus>;

export const subjectStatusLabels: Readonly<Record<SubjectStatus, string>> = {
  active: '存续',
  suspended: '停业',
  liquidating: '清算',
  'licence-revoked': '吊销',
  'registration-annulled': '撤销',
  deregistered: '注销',
  'moved-out': '迁出',
};

/** Size by 统计上大中小微型企业划分办法. */
export const SubjectScale = z.enum(['large', 'medium', 'small', 'micro']);
export type SubjectScale = z.infer<typeof SubjectScale>;

export const subjectScaleLabels: Readonly<Record<SubjectScale, string>> = {
  large: '大型',
  medium: '中型',
  small: '小型',
  micro: '微型',
};

/** Credit-risk class (信用风险分类, article 6): A low, B ordinary, C raised, D high. */
export const CreditClass = z.enum(['A', 'B', 'C', 'D']);
export type CreditClass = z.infer<typeof CreditClass>;

/** The class that a subject without one counts as: ordinary risk (docs/decisions/0011). */
export const CLASS_OF_UNCLASSED: CreditClass = 'B';

export const creditClassLabels: Readonly<Record<CreditClass, string>> = {
  A: 'A 低风险',
  B: 'B 一般风险',
  C: 'C 较高风险',
  D: 'D 高风险',
};

/** A GB/T 2260 division of 6 digits, or a town (9) or village (12) below it. */
export const Territory = z
  .string()
  .regex(
    /^\d{6}(\d{3}(\d{3})?)?$/,
    '应为 6 位行政区划代码，或 9 位乡镇、12 位村级代码，如 410381、410381001',
  );

/** First and last division of each section of GB/T 4754-2017: `C` holds 13 to 43. */
const SECTIONS = new Map<string, readonly [number, number]>([
  ['A', [1, 5]],
  ['B', [6, 12]],
  ['C', [13, 43]],
  ['D', [44, 46]],
  ['E', [47, 50]],
  ['F', [51, 52]],
  ['G', [53, 60]],
  ['H', [61, 62]],
  ['I', [63, 65]],
  ['J', [66, 69]],
  ['K', [70, 70]],
  ['L', [71, 72]],
  ['M', [73, 75]],
  ['N', [76, 79]],
  ['O', [80, 82]],
  ['P', [83, 83]],
  ['Q', [84, 85]],
  ['R', [86, 90]],
  ['S', [91, 96]],
  ['T', [97, 97]],
]);

/** A GB/T 4754-2017 industry: a section's letter, then nothing or 2 to 4 digits whose division belongs to the section. */
export const Industry = z
  .string()
  .regex(/^[A-T](\d{2,4})?$/, '应为国民经济行业代码：门类字母加 2 至 4 位数字，如 C13、F5211')
  .refine(
    (code) => code.length === 1 || industrySection(code.slice(1)) === code.charAt(0),
    '门类字母与大类代码不符（GB/T 4754-2017）',
  );

/** The section's letter of an industry code that was written without it (`5211` → `F`), `undefined` when no section has the division. */
export function industrySection(digits: string): string | undefined {
  const division = Number(digits.slice(0, 2));
  for (const [letter, [first, last]] of SECTIONS) if (division >= first && division <= last) return letter;
  return undefined;
}

/** A name or a word of a list as people write it: trimmed, without line breaks. */
const shortText = z.string().trim().min(1).max(200);

/** A supervision tag (监管标签), e.g. 食品经营, 危化品. */
export const Tag = z.string().trim().min(1).max(40);

/** The name of a licence (许可证名称), e.g. 食品经营许可证; draws name licences by it. */
export const LicenceName = z.string().trim().min(1).max(100);

/** A licence (许可证) that a subject holds; `validThrough` is its last valid day, 9999-09-09 for 长期有效. */
export const Licence = z.strictObject({
  name: LicenceName,
  number: z.string().trim().min(1).max(60).optional(),
  /** The day of its approval (许可批准日期). */
  approvedOn: CalendarDate.optional(),
  /** Who issued it (许可发证机关), and who is to check it (检查机关). */
  issuer: z.string().trim().min(1).max(100).optional(),
  inspectedBy: z.string().trim().min(1).max(100).optional(),
  validThrough: CalendarDate,
});
export type Licence = z.infer<typeof Licence>;

/** A check object (检查对象): a business or other body under supervision. */
export const Subject = z
  .strictObject({
    id: SubjectId,
    name: shortText,
    kind: SubjectKind,
    status: SubjectStatus,
    territory: Territory,
    industry: Industry.optional(),
    scale: SubjectScale.optional(),
    creditClass: CreditClass.optional(),
    /** The day on which `creditClass` was given; orders the history of classes. */
    classedOn: CalendarDate.optional(),
    tags: z.array(Tag).max(30),
    /** Rows that were stored before licences were kept have none. */
    licences: z.array(Licence).max(30).default([]),
    address: shortText.optional(),
    legalRepresentative: z.string().trim().min(1).max(60).optional(),
    /** Shown only to those who may act on it. */
    phone: z
      .string()
      .regex(/^[\d+() -]{3,30}$/, '电话只能含数字、空格、+、-、括号')
      .optional(),
    established: CalendarDate.optional(),
    registrationAuthority: shortText.optional(),
    /** The unit that supervises it day by day (管辖单位). */
    jurisdictionUnit: shortText.optional(),
  })
  .superRefine((subject, context) => {
    // A class without its day can't be ordered against the history, and an import would overwrite a newer one.
    if (subject.creditClass !== undefined && subject.classedOn === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['classedOn'],
        message: '填写了信用风险类别，须同时填写评定日期',
      });
    }
    if (subject.creditClass === undefined && subject.classedOn !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['creditClass'],
        message: '填写了评定日期，须同时填写信用风险类别',
      });
    }
  });
export type Subject = z.infer<typeof Subject>;

/** The kind that an id tells by itself: 91, 92, 93 of GB 32100, or the seventh digit of GS 15; `undefined` for other registers. */
export function kindOfId(id: string): SubjectKind | undefined {
  if (id.length === 18) {
    const kinds = new Map<string, SubjectKind>([
      ['91', 'enterprise'],
      ['92', 'individual-business'],
      ['93', 'farmer-cooperative'],
      ['12', 'public-institution'],
      ['11', 'state-organ'],
      ['51', 'social-organisation'],
      ['52', 'social-organisation'],
      ['53', 'social-organisation'],
    ]);
    return kinds.get(id.slice(0, 2));
  }
  return Number(id.charAt(6)) >= 6 ? 'individual-business' : 'enterprise';
}

/** The GB/T 2260 division of the authority that registered the id: positions 3 to 8 of a credit code, 1 to 6 of a registration number. */
export function divisionOfId(id: string): string {
  return id.length === 18 ? id.slice(2, 8) : id.slice(0, 6);
}
