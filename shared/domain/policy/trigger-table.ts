import type { Library } from '#domain/library/column.ts';
import {
  readCapitals,
  readCode,
  readDate,
  readIndustry,
  readLabel,
  type Reader,
} from '#domain/library/reading.ts';
import { writeLabel, writeLabels, writeList } from '#domain/library/writing.ts';
import { creditClassLabels, subjectKindLabels, subjectScaleLabels } from '#domain/subject/subject.ts';
import { TerritoryPrefix } from '#domain/trigger/trigger.ts';
import {
  readBeacon,
  readCohort,
  readNumber,
  readPolicyId,
  readQuota,
  readSeveral,
  readVerbatim,
  writeBeacon,
  writeCohort,
  writeNumber,
  writeQuota,
} from './cells.ts';
import type { PolicyDraft } from './body.ts';
import { Policy } from './policy.ts';

const TriggerDraft = Policy.omit({ version: true });

/** A row whose cells leave every criterion open is an undirected draw (不定向抽查, article 8). */
const RowDraft = TriggerDraft.extend({
  draw: TriggerDraft.shape.draw.extend({ criteria: TriggerDraft.shape.draw.shape.criteria.prefault({}) }),
});

const readTerritory: Reader = (text) => {
  const code = readCode(text);
  return !code.ok || TerritoryPrefix.safeParse(code.value).success
    ? code
    : { ok: false, reason: 'territory-form', detail: '应为 2、4、6、9 或 12 位行政区划代码，如 410381' };
};

const staffingLabels = { random: '随机', direct: '直接选派' } as const;
const approvalLabels = { automatic: '自动', 'lead-section': '牵头科室' } as const;

/** Policies of triggers (触发规则) as a table, one row each: what a spreadsheet shows of them, and what is read back. */
export const triggerTable: Library<PolicyDraft> = {
  label: '触发规则',
  keyColumn: '规则编号',
  keyOf: ({ id }) => id,
  schema: RowDraft,
  columns: [
    { header: '规则编号', path: 'id', required: true, read: readPolicyId },
    { header: '规则名称', path: 'name', required: true, read: readVerbatim },
    { header: '生效日期', path: 'effectiveFrom', required: true, read: readDate },
    { header: '触发条件', path: 'when', required: true, read: readVerbatim },
    {
      header: '并案窗口（小时）',
      path: 'merge.windowHours',
      read: readNumber,
      write: writeNumber,
      whenBlank: { value: () => undefined, note: '不并案' },
    },
    {
      header: '抽查事项',
      path: 'draw.items',
      required: true,
      read: readSeveral(readCapitals),
      write: writeList,
    },
    {
      header: '行政区划',
      path: 'draw.criteria.territory',
      read: readCohort(readTerritory),
      write: writeCohort,
      whenBlank: { value: () => undefined, note: '不限' },
    },
    {
      header: '行业',
      path: 'draw.criteria.industry',
      read: readCohort(readIndustry),
      write: writeCohort,
      whenBlank: { value: () => undefined, note: '不限' },
    },
    {
      header: '主体类型',
      path: 'draw.criteria.kind',
      read: readSeveral(readLabel(subjectKindLabels)),
      write: writeLabels(subjectKindLabels),
      whenBlank: { value: () => undefined, note: '不限' },
    },
    {
      header: '规模',
      path: 'draw.criteria.scale',
      read: readSeveral(readLabel(subjectScaleLabels)),
      write: writeLabels(subjectScaleLabels),
      whenBlank: { value: () => undefined, note: '不限' },
    },
    {
      header: '信用风险类别',
      path: 'draw.criteria.creditClass',
      read: readSeveral(
        readLabel(creditClassLabels, { A: ['A', 'A类'], B: ['B', 'B类'], C: ['C', 'C类'], D: ['D', 'D类'] }),
      ),
      write: writeLabels(creditClassLabels),
      whenBlank: { value: () => undefined, note: '不限' },
    },
    {
      header: '监管标签',
      path: 'draw.criteria.tags',
      read: readSeveral(readVerbatim),
      write: writeList,
      whenBlank: { value: () => undefined, note: '不限' },
    },
    {
      header: '许可证',
      path: 'draw.criteria.licences',
      read: readSeveral(readVerbatim),
      write: writeList,
      whenBlank: { value: () => undefined, note: '不限' },
    },
    {
      header: '抽查数量',
      path: 'draw.quota',
      read: readQuota,
      write: writeQuota,
      whenBlank: { value: () => undefined, note: '按事项中最高的抽查比例' },
    },
    {
      header: '静默期（天）',
      otherHeaders: ['冷却期（天）'],
      path: 'draw.coolDownDays',
      read: readNumber,
      write: writeNumber,
      whenBlank: { value: () => undefined, note: '无' },
    },
    { header: '随机源', path: 'draw.beacon.preferred', required: true, read: readBeacon, write: writeBeacon },
    {
      header: '备用随机源',
      path: 'draw.beacon.fallback',
      read: readBeacon,
      write: writeBeacon,
      whenBlank: { value: () => undefined, note: '无：随机源无法取得时等待' },
    },
    {
      header: '派员方式',
      path: 'draw.staffing',
      read: readLabel(staffingLabels),
      write: writeLabel(staffingLabels),
      whenBlank: { value: () => undefined, note: '随机' },
    },
    {
      header: '审批',
      path: 'draw.approval',
      required: true,
      read: readLabel(approvalLabels),
      write: writeLabel(approvalLabels),
    },
    {
      header: '每组人数',
      path: 'draw.teamSize',
      read: readNumber,
      write: writeNumber,
      whenBlank: { value: () => 2, note: '2 人（第十条）' },
    },
  ],
};
