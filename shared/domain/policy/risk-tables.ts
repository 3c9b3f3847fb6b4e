import * as z from 'zod';
import type { Column, Library } from '#domain/library/column.ts';
import { readCapitals, readDate, readLabel } from '#domain/library/reading.ts';
import { writeLabel, writeList } from '#domain/library/writing.ts';
import { CohortRuleBody, riskLevelLabels, SubjectRuleBody } from '#domain/risk/rule.ts';
import type { PolicyDraft, PolicyKind } from './body.ts';
import { readDigits, readNumber, readPolicyId, readSeveral, readVerbatim, writeNumber } from './cells.ts';
import { Policy } from './policy.ts';

const { id } = Policy.shape;

/** A row need not say what its rule is about: its table does. */
function rowAbout<Schema extends z.ZodType>(about: PolicyKind, schema: Schema) {
  return z.preprocess((row) => (typeof row === 'object' ? { ...row, about } : row), schema);
}

/** What every rule about risk has. */
const shared: readonly Column[] = [
  { header: '规则编号', path: 'id', required: true, read: readPolicyId },
  { header: '规则名称', path: 'name', required: true, read: readVerbatim },
  { header: '生效日期', path: 'effectiveFrom', required: true, read: readDate },
  { header: '条件', path: 'when', required: true, read: readVerbatim },
];

/** Rules about subjects (主体规则) as a table, one row each. */
export const subjectTable: Library<PolicyDraft> = {
  label: '主体规则',
  keyColumn: '规则编号',
  keyOf: (rule) => rule.id,
  schema: rowAbout('subject', SubjectRuleBody.safeExtend({ id })),
  columns: [
    ...shared,
    {
      header: '等级',
      path: 'level',
      required: true,
      read: readLabel(riskLevelLabels),
      write: writeLabel(riskLevelLabels),
    },
    { header: '理由', path: 'reason', required: true, read: readVerbatim },
    {
      header: '直接检查事项',
      path: 'directCheck.items',
      read: readSeveral(readCapitals),
      write: writeList,
      whenBlank: { value: () => undefined, note: '不提出直接检查' },
    },
    {
      header: '直接检查静默期（天）',
      otherHeaders: ['直接检查冷却期（天）'],
      path: 'directCheck.coolDownDays',
      read: readNumber,
      write: writeNumber,
      whenBlank: { value: () => undefined, note: '不提出直接检查' },
    },
  ],
};

const severityLabels = { normal: '一般', severe: '严重' } as const;

/** Rules about cohorts (群体规则) as a table, one row each. */
export const cohortTable: Library<PolicyDraft> = {
  label: '群体规则',
  keyColumn: '规则编号',
  keyOf: (rule) => rule.id,
  schema: rowAbout('cohort', CohortRuleBody.extend({ id })),
  columns: [
    ...shared,
    {
      header: '行政区划位数',
      path: 'territoryDigits',
      read: readDigits({ 6: '县区', 9: '乡镇街道' }),
      write: writeNumber,
      whenBlank: { value: () => undefined, note: '6（县区）' },
    },
    {
      header: '行业位数',
      path: 'industryDigits',
      required: true,
      read: readDigits({ 0: '门类', 2: '大类', 3: '中类', 4: '小类' }),
      write: writeNumber,
    },
    {
      header: '紧急程度',
      path: 'severity',
      read: readLabel(severityLabels),
      write: writeLabel(severityLabels),
      whenBlank: { value: () => undefined, note: '一般' },
    },
    {
      header: '静默期（天）',
      otherHeaders: ['冷却期（天）'],
      path: 'coolDownDays',
      required: true,
      read: readNumber,
      write: writeNumber,
    },
  ],
};
