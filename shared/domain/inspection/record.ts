import * as z from 'zod';
import { CheckMethod } from '#domain/item/item.ts';
import { Refusal, type FieldError } from '#domain/refusal/refusal.ts';

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

const text = (max: number) => z.string().trim().min(1).max(max);

/** The record of one inspection (执法检查登记表), as the inspector of the team enters it. */
export const InspectionRecord = z.strictObject({
  results: z.array(ResultCode).min(1),
  /** How the check was made (核查方式); on-site comes first in article 9. */
  methods: z.array(CheckMethod).min(1),
  /** One line per check item of the form: every item is answered, none is added. */
  findings: z.array(
    z.strictObject({
      item: z.string(),
      checked: z.boolean(),
      /** 发现问题情况; `无` when there is none. */
      finding: text(2_000),
      /** 处置情况; `无` when there is none. */
      handling: text(2_000),
    }),
  ),
  /** The visited party's signature or seal, or why there is none (article 10). */
  signature: z.discriminatedUnion('signed', [
    z.strictObject({ signed: z.literal(true), by: text(50) }),
    z.strictObject({ signed: z.literal(false), reason: text(500), witness: text(50).optional() }),
  ]),
  opinion: z.string().trim().max(2_000).optional(),
  nonCooperation: NonCooperationKind.optional(),
  /** References to kept evidence (照片、录音录像、文书编号). */
  evidence: z.array(text(500)).max(50).optional(),
  followUps: z.array(FollowUp).min(1),
});
export type InspectionRecord = z.infer<typeof InspectionRecord>;

/**
 * Checks a record against the items of its form and the rules of the result codes.
 * @throws Refusal `record-invalid` naming every field at fault (articles 7(6), 10, 12).
 */
export function checkRecord(record: InspectionRecord, items: readonly string[]): void {
  const fields: FieldError[] = [
    ...resultErrors(record),
    ...findingErrors(record, items),
    ...nonCooperationErrors(record),
    ...followUpErrors(record),
  ];
  if (fields.length > 0) {
    throw new Refusal(
      'record-invalid',
      '检查记录不符合规则 The record breaks the rules of the form.',
      fields,
    );
  }
}

/** What is wrong with the results by themselves. */
export function resultErrors({ results }: Pick<InspectionRecord, 'results'>): FieldError[] {
  const errors: FieldError[] = [];
  if (new Set(results).size < results.length) {
    errors.push({ pointer: '/results', detail: '结果代码重复 a result code stands twice' });
  }
  if (results.includes(1) && results.length > 1) {
    errors.push({
      pointer: '/results',
      detail: '1（未发现问题）不能与其他结果并列 1 excludes every other result',
    });
  }
  return errors;
}

function findingErrors({ findings }: InspectionRecord, items: readonly string[]): FieldError[] {
  const answered = findings.map((finding) => finding.item);
  return [
    ...items
      .filter((item) => !answered.includes(item))
      .map((item) => ({ pointer: '/findings', detail: `缺少事项 ${item} item ${item} is not answered` })),
    ...findings.flatMap((finding, at) =>
      !items.includes(finding.item) || answered.indexOf(finding.item) !== at
        ? [
            {
              pointer: `/findings/${at}/item`,
              detail: `${finding.item} 不在登记表中或重复 is not an open item of this form; open: ${items.join(', ')}`,
            },
          ]
        : [],
    ),
  ];
}

function nonCooperationErrors({ results, nonCooperation, evidence }: InspectionRecord): FieldError[] {
  if (!results.includes(8)) {
    return nonCooperation === undefined
      ? []
      : [{ pointer: '/nonCooperation', detail: '仅在结果含 8 时填写 only with result 8' }];
  }
  const errors: FieldError[] = [];
  if (nonCooperation === undefined) {
    errors.push({
      pointer: '/nonCooperation',
      detail: `结果 8 须注明第十二条情形之一 result 8 needs one of: ${NonCooperationKind.options.join(', ')}`,
    });
  }
  if (evidence === undefined || evidence.length === 0) {
    errors.push({
      pointer: '/evidence',
      detail: '结果 8 须留存证据 result 8 needs at least one evidence reference',
    });
  }
  return errors;
}

function followUpErrors({ followUps, results }: InspectionRecord): FieldError[] {
  const errors: FieldError[] = [];
  if (followUps.includes('none') && followUps.length > 1) {
    errors.push({ pointer: '/followUps', detail: '无需后续处置不能与其他处置并列 none excludes the others' });
  }
  if (results.includes(6) && !followUps.includes('abnormal-list')) {
    errors.push({
      pointer: '/followUps',
      detail: '结果 6 须提出列入经营异常名录 result 6 proposes abnormal-list',
    });
  }
  return errors;
}
