import * as z from 'zod';
import { CLASS_OF_UNCLASSED, type CreditClass, type Subject, SubjectKind } from '#domain/subject/subject.ts';
import { IndustryPrefix } from '#domain/trigger/trigger.ts';

/** How an item is checked (核查方式); article 9 puts the visit first. */
export const CheckMethod = z.enum([
  'on-site',
  'written',
  'network',
  'testing',
  'other-department',
  'commissioned',
]);
export type CheckMethod = z.infer<typeof CheckMethod>;

export const checkMethodLabels: Readonly<Record<CheckMethod, string>> = {
  'on-site': '实地检查',
  written: '书面检查',
  network: '网络监测',
  testing: '检验检测',
  'other-department': '行政部门检查结果或专业意见',
  commissioned: '委托专业机构',
};

/** A share in basis points: 1 is 0.01 %, 10,000 is everything. Whole numbers, so that a share never depends on rounding. */
export const BasisPoints = z.int().min(0).max(10_000);

/** The share of each credit-risk class that a draw takes (抽查比例, article 6). */
export const ClassRatio = z.strictObject({ A: BasisPoints, B: BasisPoints, C: BasisPoints, D: BasisPoints });
export type ClassRatio = z.infer<typeof ClassRatio>;

/** Weight of a class in a draw of a fixed number; 0 leaves the class out. */
const Weight = z.int().min(0).max(1_000);

/** How many of each class a draw takes: a share of each, or a number in all with the weight of each class (article 6). */
export const ClassQuota = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('ratio'), basisPoints: ClassRatio }),
  z.strictObject({
    mode: z.literal('count'),
    count: z.int().min(1).max(100_000),
    weights: z.strictObject({ A: Weight, B: Weight, C: Weight, D: Weight }),
  }),
]);
export type ClassQuota = z.infer<typeof ClassQuota>;

/** A subject is checked for the item no more than `maxTimes` in any `perMonths` months: 每2年不超过1次 is {1, 24}. */
export const Frequency = z.strictObject({
  maxTimes: z.int().min(1).max(99),
  perMonths: z.int().min(1).max(120),
});
export type Frequency = z.infer<typeof Frequency>;

/** A frequency that a law sets for the item itself (article 4, last sentence): a draw for it in each period of so many months. */
export const Statutory = z.strictObject({ everyMonths: z.int().min(1).max(120) });
export type Statutory = z.infer<typeof Statutory>;

/** A check item (抽查事项) of the list that article 2 speaks of. */
export const Item = z.strictObject({
  code: z
    .string()
    .regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/, '编号为大写字母、数字和连字符，如 YS-GXJ-003')
    .max(40),
  matter: z.string().trim().min(1).max(200),
  subMatter: z.string().trim().min(1).max(200).optional(),
  /** The statute that it rests on (抽查依据). */
  legalBasis: z.string().trim().min(1).max(2_000),
  /** The unit that answers for the inspection (抽查主体). */
  unit: z.string().trim().min(1).max(100),
  /** Whom the item concerns; an empty list leaves that dimension open. */
  appliesTo: z.strictObject({
    kinds: z.array(SubjectKind).max(8),
    industries: z.array(IndustryPrefix).max(50),
  }),
  ratio: ClassRatio,
  /** Absent when nothing limits how often. */
  frequency: Frequency.optional(),
  /** Absent when no law sets one. */
  statutory: Statutory.optional(),
  methods: z.array(CheckMethod).min(1),
  /** A qualification that at least one of the team needs (人员要求). */
  qualification: z.string().trim().min(1).max(40).optional(),
  /** What is looked at, and what is asked for (检查内容及要求). */
  content: z.string().trim().min(1).max(5_000),
  /** What the subject is asked to have ready (所需材料). */
  materials: z.string().trim().min(1).max(2_000).optional(),
});
export type Item = z.infer<typeof Item>;

/** Whether the item concerns the subject, by kind and industry. A subject without industry is met only by items open to all industries. */
export function itemApplies(item: Item, subject: Pick<Subject, 'kind' | 'industry'>): boolean {
  const { kinds, industries } = item.appliesTo;
  const { industry } = subject;
  return (
    (kinds.length === 0 || kinds.includes(subject.kind)) &&
    (industries.length === 0 || industries.some((prefix) => industry?.startsWith(prefix) === true))
  );
}

/** The share, in basis points, for a class. A subject without a class counts as B, ordinary risk. */
export function ratioFor(item: Item, creditClass: CreditClass | undefined): number {
  return item.ratio[creditClass ?? CLASS_OF_UNCLASSED];
}
