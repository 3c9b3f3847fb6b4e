import { Refusal, type FieldError } from '#domain/refusal/refusal.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import { FollowUp, NonCooperationKind, Signatory, type InspectionRecord } from './record.ts';

/** What a record is checked against. Days are those of Shanghai. */
export interface RecordedVisit {
  /** Codes of the form's items. */
  readonly items: readonly string[];
  /** Staff numbers. */
  readonly team: readonly string[];
  /** Ids of the evidence of this inspection that is stored. */
  readonly evidence: readonly string[];
  readonly assignedOn: CalendarDate;
  readonly endedOn: CalendarDate;
  readonly today: CalendarDate;
}

/** The record with what follows from it: the day of the visit's end where none is said, and what result 6 proposes. */
export function completedRecord(record: InspectionRecord, endedOn: CalendarDate): InspectionRecord {
  const { results, followUps, inspectedOn = endedOn } = record;
  // Whoever says that nothing follows contradicts result 6: that is refused, not mended.
  const proposed = results.includes(6) && !followUps.includes('abnormal-list') && !followUps.includes('none');
  return {
    ...record,
    inspectedOn,
    followUps: proposed ? [...followUps, 'abnormal-list'] : followUps,
  };
}

/**
 * Checks a record against its visit and the rules of the result codes.
 * @throws Refusal `record-invalid` naming every field at fault (articles 7(6), 9, 10, 12).
 */
export function checkRecord(record: InspectionRecord, visit: RecordedVisit): void {
  const fields: FieldError[] = [
    ...resultErrors(record),
    ...dateErrors(record, visit),
    ...findingErrors(record, visit.items),
    ...conclusionErrors(record, visit),
    ...signatureErrors(record),
    ...leaderErrors(record, visit.team),
    ...nonCooperationErrors(record),
    ...evidenceErrors(record, visit.evidence),
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

/** The day of the check: in Shanghai, between the assignment and the end of the visit, and never in the future. */
function dateErrors(
  { inspectedOn }: InspectionRecord,
  { assignedOn, endedOn, today }: RecordedVisit,
): FieldError[] {
  const latest = endedOn < today ? endedOn : today;
  if (inspectedOn === undefined || (inspectedOn >= assignedOn && inspectedOn <= latest)) {
    return [];
  }
  return [
    {
      pointer: '/inspectedOn',
      detail: `检查日期须在 ${assignedOn}（派出）至 ${latest}（结束）之间 from the assignment, ${assignedOn}, through the end, ${latest}`,
    },
  ];
}

function findingErrors({ findings, methods: all }: InspectionRecord, items: readonly string[]): FieldError[] {
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
    ...findings.flatMap(({ methods = [] }, at) =>
      methods.every((method) => all.includes(method))
        ? []
        : [
            {
              pointer: `/findings/${at}/methods`,
              detail: `须列入本次核查方式 one of the methods of the record: ${all.join(', ')}`,
            },
          ],
    ),
  ];
}

/** What is adopted from elsewhere has its source, and what is said to come from elsewhere has one (article 9). */
function conclusionErrors(
  { conclusions = [], methods }: InspectionRecord,
  { today }: RecordedVisit,
): FieldError[] {
  const said = methods.includes('other-department');
  const errors = conclusions.flatMap(({ date }, at) =>
    date > today
      ? [{ pointer: `/conclusions/${at}/date`, detail: `晚于今日 ${today} later than today, ${today}` }]
      : [],
  );
  if (said && conclusions.length === 0) {
    errors.push({
      pointer: '/conclusions',
      detail:
        '采用行政部门检查结果或专业意见须注明来源文件 the method other-department needs its source document',
    });
  }
  if (!said && conclusions.length > 0) {
    errors.push({
      pointer: '/methods',
      detail:
        '采用了其他部门的结论，核查方式须含 other-department an adopted conclusion is of the method other-department',
    });
  }
  return errors;
}

function signatureErrors({ signature }: InspectionRecord): FieldError[] {
  if (signature.signed) {
    return signature.capacity === undefined
      ? [
          {
            pointer: '/signature/capacity',
            detail: `须注明签字人身份 who signed: ${Signatory.options.join(' or ')}`,
          },
        ]
      : [];
  }
  return signature.witness !== undefined && signature.witness.organisation === undefined
    ? [
        {
          pointer: '/signature/witness/organisation',
          detail: '须注明见证人单位 where the witness belongs to',
        },
      ]
    : [];
}

function leaderErrors({ leader }: InspectionRecord, team: readonly string[]): FieldError[] {
  return leader === undefined || team.includes(leader.inspector)
    ? []
    : [
        {
          pointer: '/leader/inspector',
          detail: `组长须为检查人员 one of the team leads it: ${team.join(', ')}`,
        },
      ];
}

/** What was announced and never arrived, or stands at another inspection, proves nothing. */
function evidenceErrors(
  { evidence = [], conclusions = [] }: InspectionRecord,
  stored: readonly string[],
): FieldError[] {
  const cited = [
    ...evidence.map((id, at) => ({ id, pointer: `/evidence/${at}` })),
    ...conclusions.flatMap(({ evidence: id }, at) =>
      id === undefined ? [] : [{ id, pointer: `/conclusions/${at}/evidence` }],
    ),
  ];
  return cited
    .filter(({ id }) => !stored.includes(id))
    .map(({ id, pointer }) => ({
      pointer,
      detail: `${id} 不是本次检查已留存的证据 is no stored evidence of this inspection`,
    }));
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
  if (followUps.length === 0) {
    errors.push({
      pointer: '/followUps',
      detail: `须选择后续处置 at least one of: ${FollowUp.options.join(', ')}`,
    });
  }
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
