import * as z from 'zod';
import { CalendarDate } from '#domain/time/time.ts';

/** The day that the templates write for 长期有效, "valid without end". */
export const WITHOUT_END = CalendarDate.parse('9999-09-09');

/** A number by which a unit knows its people (单位工号). Never a national id number: those are not kept. */
export const StaffNo = z
  .string()
  .regex(
    /^[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff._-]{0,31}$/,
    '工号为 1 至 32 位字母、数字、汉字、点或连字符',
  )
  .refine((text) => !/^\d{17}[\dXx]$/.test(text), '工号不得使用身份证号码');
export type StaffNo = z.infer<typeof StaffNo>;

/** A certificate of law enforcement (执法证); `validThrough` is its last valid day. */
export const Certificate = z.strictObject({
  number: z.string().trim().min(1).max(40),
  validThrough: CalendarDate,
});
export type Certificate = z.infer<typeof Certificate>;

export const InspectorStatus = z.enum(['active', 'inactive']);
export type InspectorStatus = z.infer<typeof InspectorStatus>;

export const inspectorStatusLabels: Readonly<Record<InspectorStatus, string>> = {
  active: '有效',
  inactive: '失效',
};

/** The level of the authority (层级). */
export const InspectorLevel = z.enum(['province', 'city', 'county', 'station']);
export type InspectorLevel = z.infer<typeof InspectorLevel>;

export const inspectorLevelLabels: Readonly<Record<InspectorLevel, string>> = {
  province: '省',
  city: '市',
  county: '县',
  station: '所',
};

/** Days away from work, both ends included. */
export const Leave = z
  .strictObject({ from: CalendarDate, through: CalendarDate })
  .refine((leave) => leave.from <= leave.through, '休假止不得早于休假起');
export type Leave = z.infer<typeof Leave>;

/** One of the directory of inspectors (执法检查人员名录库, article 5). */
export const Inspector = z.strictObject({
  staffNo: StaffNo,
  name: z.string().trim().min(1).max(60),
  unit: z.string().trim().min(1).max(100),
  certificates: z.array(Certificate).min(1).max(2),
  /** Qualifications (岗位资质资格) that an item may ask for, e.g. 特种设备. */
  qualifications: z.array(z.string().trim().min(1).max(40)).max(20),
  /** Last day on which the training (执法能力培训, article 5) counts; absent for somebody never trained. */
  trainedThrough: CalendarDate.optional(),
  status: InspectorStatus,
  level: InspectorLevel.optional(),
  /** Kind of post (岗位大类). */
  post: z.string().trim().min(1).max(60).optional(),
  /** Office held (担任职务). */
  office: z.string().trim().min(1).max(60).optional(),
  postedOn: CalendarDate.optional(),
  /** Matters that the inspector may enforce (执法事项范围), as text. */
  scope: z.string().trim().min(1).max(500).optional(),
  expert: z.boolean(),
  /** Shown only to those who may act on it. */
  phone: z
    .string()
    .regex(/^[\d+() -]{3,30}$/, '电话只能含数字、空格、+、-、括号')
    .optional(),
  leave: z.array(Leave).max(20),
});
export type Inspector = z.infer<typeof Inspector>;

/** Why an inspector may not be drawn or assigned. */
export const IneligibleReason = z.enum([
  'inactive',
  'wrong-unit',
  'certificate-lapsed',
  'untrained',
  'unqualified',
  'on-leave',
]);
export type IneligibleReason = z.infer<typeof IneligibleReason>;

export const ineligibleReasonLabels: Readonly<Record<IneligibleReason, string>> = {
  inactive: '执法人员状态为失效',
  'wrong-unit': '不属于承担单位',
  'certificate-lapsed': '执法证在检查期内失效',
  untrained: '培训未完成或已过期',
  unqualified: '缺少要求的资质资格',
  'on-leave': '检查期内休假',
};

export type Eligibility =
  | { readonly eligible: true }
  | { readonly eligible: false; readonly reasons: readonly IneligibleReason[] };

export interface EligibilityNeed {
  /** The unit that does the inspection (承担单位). */
  readonly unit: string;
  /** First day of the inspection; without it only `through` is looked at for leave. */
  readonly from?: CalendarDate;
  /** Last day on which the inspector may have to act: certificate and training must reach it. */
  readonly through: CalendarDate;
  /** A qualification that one of the items asks for (人员要求). */
  readonly qualification?: string;
}

/**
 * Whether an inspector may be drawn or assigned for an inspection, or every reason why not, in a fixed order.
 * Lapsed and untrained people are never drawn (article 5); one certificate that reaches the last day is enough.
 */
export function eligibility(inspector: Inspector, need: EligibilityNeed): Eligibility {
  const from = need.from ?? need.through;
  const { qualification } = need;
  const failed: Readonly<Record<IneligibleReason, boolean>> = {
    inactive: inspector.status !== 'active',
    'wrong-unit': inspector.unit !== need.unit,
    'certificate-lapsed': certifiedThrough(inspector) < need.through,
    untrained: inspector.trainedThrough === undefined || inspector.trainedThrough < need.through,
    unqualified: qualification !== undefined && !inspector.qualifications.includes(qualification),
    'on-leave': inspector.leave.some((leave) => leave.from <= need.through && leave.through >= from),
  };
  const reasons = IneligibleReason.options.filter((reason) => failed[reason]);
  return reasons.length === 0 ? { eligible: true } : { eligible: false, reasons };
}

/** The last day on which at least one certificate is valid: the day from which 60, 30 and 7 days are counted back for the warnings. */
export function certifiedThrough(inspector: Inspector): CalendarDate {
  return inspector.certificates
    .map((certificate) => certificate.validThrough)
    .reduce((latest, day) => (day > latest ? day : latest));
}

/** The number of the certificate that is valid longest, to be shown and written on the form (article 10). @throws RangeError when none is valid on the day */
export function certificateOn(inspector: Inspector, day: CalendarDate): string {
  const [latest] = inspector.certificates.toSorted((a, b) => (a.validThrough > b.validThrough ? -1 : 1));
  if (latest === undefined || latest.validThrough < day) {
    throw new RangeError(`${inspector.staffNo} holds no certificate that is valid on ${day}`);
  }
  return latest.number;
}
