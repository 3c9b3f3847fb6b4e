import * as z from 'zod';
import type { Evidence } from '#domain/evidence/evidence.ts';
import { documentLabels, type FollowUpCase } from '#domain/follow-up/follow-up.ts';
import { receiverName, type Handover } from '#domain/handover/handover.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { publicationHash, type PublicRecord } from '#domain/inspection/publication.ts';
import { followUpLabels } from '#domain/inspection/record.ts';

/** What an inspection's file consists of (article 13). */
const FilePart = z.enum([
  'form',
  'record',
  'signature',
  'evidence',
  'experts',
  'publication',
  'corrections',
  'follow-ups',
  'handovers',
  'ledger',
]);
export type FilePart = z.infer<typeof FilePart>;

const fileLabels: Readonly<Record<FilePart, string>> = {
  form: '执法检查登记表',
  record: '检查记录',
  signature: '签字盖章或者未签理由',
  evidence: '证据',
  experts: '专业人员名单',
  publication: '公示信息',
  corrections: '更正',
  'follow-ups': '后续处置文书',
  handovers: '线索移送回执',
  ledger: '账本存证',
};

/** Something that is missing: of which part, and what exactly. */
export const Missing = z.object({ part: FilePart, detail: z.string() });
export type Missing = Readonly<z.infer<typeof Missing>>;

/** Everything that belongs to an inspection, as it is now. */
export interface CaseFile {
  readonly inspection: Inspection;
  readonly followUps: readonly FollowUpCase[];
  readonly handovers: readonly Handover[];
  /** `kept`: the storage has a file of that length and hash. */
  readonly evidence: readonly (Evidence & { readonly kept: boolean })[];
  /** Every version of what was published. */
  readonly publications: readonly PublicRecord[];
  /** Hashes of the versions as the events told them, which the ledger holds. */
  readonly toldHashes: readonly string[];
  /** Requests for a correction that are not answered. */
  readonly openCorrections: readonly string[];
  /** Events that have no entry in the ledger yet. */
  readonly unledgered: readonly string[];
}

/** Everything that is missing in the file, all at once: nobody should come back for the next one. Empty when it is complete. */
export function missingIn(file: CaseFile): readonly Missing[] {
  return [
    ...ofVisit(file),
    ...ofEvidence(file),
    ...ofPublication(file),
    ...file.followUps.flatMap(ofFollowUp),
    ...file.handovers.flatMap(ofHandover),
    ...file.unledgered.map((event) =>
      missing('ledger', `${event} 尚未写入账本 has no entry in the ledger yet`),
    ),
  ];
}

function missing(part: FilePart, detail: string): Missing {
  return { part, detail: `${fileLabels[part]}：${detail}` };
}

function ofVisit({ inspection }: CaseFile): Missing[] {
  const { begunAt, endedAt, record, experts } = inspection;
  const dates =
    begunAt === undefined || endedAt === undefined
      ? [missing('form', '缺少检查的开始或结束时间 the begin or the end of the visit')]
      : [];
  if (record === undefined) return [...dates, missing('record', '未录入 not entered')];
  const { signature, methods } = record;
  return [
    ...dates,
    ...((signature.signed ? signature.by : signature.reason) === ''
      ? [missing('signature', '未注明 neither a signature nor the reason why there is none')]
      : []),
    ...(methods.includes('commissioned') && experts.length === 0
      ? [
          missing(
            'experts',
            '委托专业机构核查，但未登记受邀人员 an agency was commissioned, and nobody of it is entered',
          ),
        ]
      : []),
  ];
}

const EVIDENCE_ID = /^V-[0-9a-f]{24}$/;

/** What was announced and never sent is no evidence, unless the record cites it. */
function ofEvidence({ inspection, evidence }: CaseFile): Missing[] {
  const cited = (inspection.record?.evidence ?? []).filter((reference) => EVIDENCE_ID.test(reference));
  const stored = evidence.filter(({ status }) => status === 'stored');
  return [
    ...cited
      .filter((id) => stored.every((one) => one.id !== id))
      .map((id) => missing('evidence', `记录引用的 ${id} 未留存 is cited by the record and not stored`)),
    ...stored
      .filter(({ kept }) => !kept)
      .map(({ id, name }) =>
        missing(
          'evidence',
          `${name}（${id}）不在存储中或与登记的哈希不符 is not kept, or is not what was stored`,
        ),
      ),
  ];
}

function ofPublication({ publications, toldHashes, openCorrections }: CaseFile): Missing[] {
  const versions = publications.toSorted((a, b) => a.version - b.version);
  return [
    ...(versions.length === 0 ? [missing('publication', '尚未公示 not published')] : []),
    ...versions
      .filter(({ version }, at) => version !== at + 1)
      .map(({ version }) => missing('corrections', `第 ${version} 版之前缺版本 a version before ${version}`)),
    ...versions
      .filter((version) => !toldHashes.includes(publicationHash(version)))
      .map(({ version }) =>
        missing(
          'corrections',
          `第 ${version} 版与存证的哈希不符 version ${version} is not the one that was told of`,
        ),
      ),
    ...openCorrections.map((id) => missing('corrections', `更正申请 ${id} 待答复 is not answered`)),
  ];
}

/** An order to put things right has a number, and what was put right is shown by something. */
function ofFollowUp({ id, kind, status, documents, evidence, outcome }: FollowUpCase): Missing[] {
  const label = `${followUpLabels[kind]}（${id}）`;
  return [
    ...(status === 'closed' ? [] : [missing('follow-ups', `${label}未办结 is not closed`)]),
    ...(kind === 'rectification' && !documents.some((one) => one.kind === 'rectification-order')
      ? [
          missing(
            'follow-ups',
            `${label}缺少${documentLabels['rectification-order']}文号 the number of its rectification-order`,
          ),
        ]
      : []),
    ...(outcome?.kind === 'rectified' && evidence.length === 0
      ? [missing('follow-ups', `${label}缺少整改证据 evidence of what was put right`)]
      : []),
  ];
}

function ofHandover({ id, status, receiver, receipt, returned }: Handover): Missing[] {
  const label = `移送 ${receiverName(receiver)} 的线索（${id}）`;
  return [
    ...(status === 'closed' ? [] : [missing('handovers', `${label}未办结 is not closed`)]),
    ...(receipt === undefined && returned === undefined
      ? [missing('handovers', `${label}缺少回执 has no receipt`)]
      : []),
  ];
}
