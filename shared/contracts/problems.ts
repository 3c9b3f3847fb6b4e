import * as z from 'zod';

/**
 * Every way in which a request is refused: the reason (the end of the problem's `type` URN, RFC 9457), its status and
 * its title. A Refusal whose reason is not here is a defect, not a bad request, and is answered with 500.
 */
export const problems = {
  'signature-missing': [401, '缺少签名 Signature missing'],
  'signature-invalid': [401, '签名无效 Signature invalid'],
  'timestamp-stale': [401, '时间戳超出容许范围 Timestamp outside the tolerance'],
  'source-unknown': [404, '来源未登记 Source unknown'],
  'source-reserved': [409, '来源编号由系统使用 Source id of the system itself'],
  'rotation-running': [409, '密钥更换尚未结束 Rotation running'],
  'message-id-reused': [409, '消息编号已用于其他内容 Message id used for another body'],
  'idempotency-key-reused': [409, '幂等键已用于其他请求 Idempotency key used for another request'],
  'body-too-large': [413, '请求体过大 Body too large'],
  'media-type-unsupported': [415, '不支持的内容类型 Media type not supported'],
  'encoding-invalid': [400, '编码错误 Wrong encoding'],
  'json-invalid': [400, '不是有效的 JSON Not JSON'],
  'body-invalid': [422, '内容不符合要求 Body does not fit'],
  'query-invalid': [400, '查询参数无效 Query does not fit'],
  'not-found': [404, '没有找到 Not found'],
  'route-unknown': [404, '没有这个地址 No such address'],
  'method-not-allowed': [405, '不支持的方法 Method not allowed'],
  'not-staff': [403, '不是本系统工作人员 Not a member of staff'],
  'other-site': [403, '来自其他网站的表单 Form of another site'],
  'nothing-to-send': [409, '无须重新发送 Nothing to send again'],
  'role-forbidden': [403, '职责不符 Role not allowed'],
  'not-on-team': [403, '不是本次检查的检查人员 Not on the team'],
  'wrong-state': [409, '状态不符 Wrong state'],
  'merge-full': [409, '并入的信息已满 No room for another report'],
  'beacon-not-entered': [409, '信标不由人工录入 Beacon not entered by people'],
  'beacon-early': [409, '信标尚未公布 Beacon not out yet'],
  'beacon-value': [422, '信标的值不成立 Beacon value not valid'],
  'replaced-already': [409, '已重新抽取 Drawn again already'],
  'already-accepted': [409, '已经接受 Accepted already'],
  'seat-open': [409, '席位空缺 Seat open'],
  'inspector-ineligible': [409, '检查人员不具备资格 Inspector not eligible'],
  'member-can-act': [409, '该人员可以履职 Member can act'],
  'nobody-left': [409, '没有可以递补的检查人员 Nobody left in line'],
  'leave-overlaps': [422, '休假期间重叠 Leave overlaps'],
  'team-below-two': [422, '检查人员少于两人 Team below two'],
  'team-invalid': [422, '选派的检查人员不符合要求 Team not allowed'],
  'teams-incomplete': [422, '选派未覆盖全部检查对象 Teams do not cover the objects'],
  'version-conflict': [409, '版本冲突 Version conflict'],
  'statutory-deadline': [409, '法定期限 Statutory deadline'],
  'deadline-past': [409, '期限已过 Deadline past'],
  'request-pending': [409, '已有待批准的申请 Request pending already'],
  'own-request': [403, '不得批准自己的申请 Own request'],
  'published-anew': [409, '公示信息已有新版本 Published anew meanwhile'],
  'nothing-owed': [409, '没有待报送的公示信息 Nothing owed'],
  'too-many-requests': [429, '申请过多 Too many requests'],
  'archive-incomplete': [409, '案卷不完整 File not complete'],
  'package-not-ready': [409, '档案包尚未生成 Package not built yet'],
  'document-missing': [409, '缺少文书 Document missing'],
  'evidence-full': [409, '证据数量已达上限 No room for more evidence'],
  'evidence-missing': [409, '证据尚未上传 Evidence not uploaded'],
  'evidence-differs': [409, '证据与申报不符 Evidence not what was announced'],
  'record-invalid': [422, '检查记录不符合规则 Record breaks the rules'],
  'file-empty': [422, '文件是空的 File empty'],
  'file-encoding': [422, '文件编码无法识别 File encoding not known'],
  'file-encoding-mixed': [422, '文件混有两种编码 Two encodings in one file'],
  'file-is-workbook': [422, '需要 XLSX 或 CSV 文件 An old or encrypted workbook'],
  'workbook-unreadable': [422, '工作簿打不开 Workbook not readable'],
  'workbook-too-large': [422, '工作簿过大 Workbook too large inside'],
  'cells-merged': [422, '合并单元格 Merged cells'],
  'file-is-utf-16': [422, '文件编码为 UTF-16 File is UTF-16'],
  'file-is-binary': [422, '不是文本文件 Not a text file'],
  'csv-quotes': [422, '引号不成对 Quotes do not pair up'],
  'table-empty': [422, '文件中没有内容 Nothing in the file'],
  'columns-missing': [422, '缺少列 Columns missing'],
  'column-twice': [422, '列重复 Column twice'],
  'icalendar-unreadable': [422, '日历文件无法读取 Calendar file not readable'],
  'calendar-year': [422, '不能导入这一年 Year can not be imported'],
  'calendar-empty': [422, '文件中没有安排 No arrangement in the file'],
  'calendar-invalid': [422, '放假安排有误 Arrangement not valid'],
  'upload-missing': [409, '文件尚未上传 File not uploaded yet'],
  'signal-differs': [409, '信号已登记且内容不同 Signal recorded otherwise'],
  'policy-invalid': [422, '规则无效 Policy not valid'],
  'policy-id-taken': [409, '编号已用于另一类规则 Id of another kind of policy'],
  'rehearsal-required': [409, '规则须先试运行 Rehearsal required'],
  'policy-too-broad': [409, '规则涉及面过宽 Policy too broad'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;
export type ProblemReason = keyof typeof problems;

export function isProblemReason(reason: string): reason is ProblemReason {
  return Object.hasOwn(problems, reason);
}

/** A problem document of RFC 9457; `errors` names every field at fault by JSON Pointer. */
export const ProblemDocument = z.object({
  type: z.string().startsWith('urn:mingchou:problem:'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z
    .array(
      z.object({
        pointer: z.string(),
        detail: z.string(),
        yours: z.unknown().optional(),
        theirs: z.unknown().optional(),
      }),
    )
    .optional(),
});
export type ProblemDocument = z.infer<typeof ProblemDocument>;
