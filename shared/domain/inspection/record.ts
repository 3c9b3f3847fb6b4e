import * as z from 'zod';
import { CheckMethod } from '#domain/item/item.ts';
import { CalendarDate, Instant } from '#domain/time/time.ts';

/** Result codes of the record form 市场监管领域随机抽查情况记录表, with their printed words. */
export const resultLabels = {
  1: '未发现问题',
  2: '发现问题经责令已改正',
  3: '发现问题待后续处理',
  4: '未按规定公示应当公示的信息',
  5: '公示信息隐瞒真实情况、弄虚作假',
  6: '通过登记的住所（经营场所）无法联系',
  7: '已关闭停业或正在组织清算',
  8: '不配合检查情节严重',
  9: '注销',
  10: '被吊销 / 被撤销',
  11: '迁出',
  12: '未发现开展本次抽查涉及的经营活动',
} as const;

export const ResultCode = z.int().min(1).max(12);
export type ResultCode = z.infer<typeof ResultCode>;

/** The four kinds of serious non-cooperation of article 12. */
export const nonCooperationLabels = {
  'entry-refused': '拒绝检查人员或其委托的专业机构进入被检查场所',
  'material-refused': '拒绝向检查人员或其委托的专业机构提供相关情况或相关材料',
  'untruthful-material': '不如实或不按要求提供情况或相关材料',
  obstruction: '其他阻挠、妨碍抽查工作的行为，致使抽查工作无法正常进行',
} as const;
export const NonCooperationKind = z.enum([
  'entry-refused',
  'material-refused',
  'untruthful-material',
  'obstruction',
]);
export type NonCooperationKind = z.infer<typeof NonCooperationKind>;

/** What follows (后续处置). */
export const followUpLabels = {
  none: '无需后续处置',
  rectification: '责令改正',
  'case-transfer': '移送办案机构',
  'department-notice': '抄告相关部门',
  'daily-supervision': '反馈日常监管',
  'abnormal-list': '列入经营异常名录',
  other: '其他',
} as const;
export const FollowUp = z.enum([
  'none',
  'rectification',
  'case-transfer',
  'department-notice',
  'daily-supervision',
  'abnormal-list',
  'other',
]);
export type FollowUp = z.infer<typeof FollowUp>;

/** Who may sign for the visited party (article 10). */
export const signatoryLabels = {
  'legal-representative': '法定代表人（负责人）',
  'authorised-person': '被授权人',
} as const;
export const Signatory = z.enum(['legal-representative', 'authorised-person']);
export type Signatory = z.infer<typeof Signatory>;

const text = (max: number) => z.string().trim().min(1).max(max);

/** What the first records said in one word is the beginning of what is said now. */
const asList = (value: unknown) => (typeof value === 'string' ? [value] : value);
const asNamed = (value: unknown) => (typeof value === 'string' ? { name: value } : value);

/** Somebody who saw that nobody signed (article 10). */
const Witness = z.preprocess(asNamed, z.strictObject({ name: text(50), organisation: text(100).optional() }));

/** What another department found, adopted instead of a check of one's own (article 9), with where it can be read. */
export const Conclusion = z.strictObject({
  department: text(100),
  documentNumber: text(100),
  date: CalendarDate,
  summary: text(2_000),
  /** Id of stored evidence: a copy of the document. */
  evidence: text(64).optional(),
});
export type Conclusion = z.infer<typeof Conclusion>;

/** The record of one inspection (执法检查登记表), as the inspector of the team enters it. Old records lack what came later. */
export const InspectionRecord = z.strictObject({
  /** 检查日期: the day on which the visit ended when it is not said. */
  inspectedOn: CalendarDate.optional(),
  /** Who received the team (联系人); never published, and the phone is for those who act. */
  contact: z
    .strictObject({
      name: text(50),
      phone: z
        .string()
        .trim()
        .regex(/^[\d+() -]{3,30}$/, '电话只能含数字、空格、+、-、括号 digits, spaces, +, -, ( and ) only')
        .optional(),
    })
    .optional(),
  results: z.array(ResultCode).min(1),
  /** How the check was made (核查方式); on-site comes first in article 9. */
  methods: z.array(CheckMethod).min(1),
  /** One line per check item of the form: every item is answered, none is added. */
  findings: z.array(
    z.strictObject({
      item: z.string(),
      checked: z.boolean(),
      /** How this item was checked, where that differs from item to item (article 9). */
      methods: z.array(CheckMethod).min(1).optional(),
      /** 发现问题情况; `无` when there is none. */
      finding: text(2_000),
      /** 处置情况; `无` when there is none. */
      handling: text(2_000),
    }),
  ),
  /** 采用的行政部门检查结果或专业意见. */
  conclusions: z.array(Conclusion).max(20).optional(),
  /** The visited party's signature or seal, or why there is none (article 10). */
  signature: z.discriminatedUnion('signed', [
    z.strictObject({ signed: z.literal(true), by: text(50), capacity: Signatory.optional() }),
    z.strictObject({ signed: z.literal(false), reason: text(500), witness: Witness.optional() }),
  ]),
  /** 被检查单位意见. */
  opinion: z.string().trim().max(2_000).optional(),
  /** 组长意见, with who of the team leads it. */
  leader: z.strictObject({ inspector: z.string(), opinion: text(2_000) }).optional(),
  nonCooperation: z.preprocess(asList, z.array(NonCooperationKind).min(1).max(4)).optional(),
  /** Ids of stored evidence of this inspection (照片、录音录像、文书). */
  evidence: z.array(text(500)).max(50).optional(),
  /** 后续处置; result 6 proposes 列入经营异常名录 by itself. */
  followUps: z.array(FollowUp).default([]),
});
export type InspectionRecord = z.infer<typeof InspectionRecord>;

/** The record as it is shown: to those who don't act on the visit with a telephone number that is masked. */
export const ShownRecord = InspectionRecord.extend({
  contact: z.strictObject({ name: z.string(), phone: z.string().optional() }).optional(),
});

/** A record as it was entered: by whom, when, and in which version of the inspection it stood first. */
export const EnteredRecord = z.object({
  version: z.int().positive(),
  by: z.string(),
  at: Instant,
  record: InspectionRecord,
});
export type EnteredRecord = z.infer<typeof EnteredRecord>;
